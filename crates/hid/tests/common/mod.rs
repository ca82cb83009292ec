//! Descriptors that several tests use. They were made for this project from the paths that subdrivers map, one of each
//! vendor; descriptors of real devices belong to the recordings of the drivers.

/// Name and bytes of each.
pub(crate) fn descriptors() -> Vec<(&'static str, Vec<u8>)> {
    let texts = [
        ("apc", include_str!("../descriptors/apc.hex")),
        ("cps", include_str!("../descriptors/cps.hex")),
        ("idowell", include_str!("../descriptors/idowell.hex")),
        ("mge", include_str!("../descriptors/mge.hex")),
        ("openups", include_str!("../descriptors/openups.hex")),
        ("powercom", include_str!("../descriptors/powercom.hex")),
        ("powervar", include_str!("../descriptors/powervar.hex")),
        ("tripplite", include_str!("../descriptors/tripplite.hex")),
    ];
    texts.map(|(name, text)| (name, bytes(text))).to_vec()
}

#[allow(clippy::unwrap_used, reason = "the files are ours")]
fn bytes(text: &str) -> Vec<u8> {
    let words = text.split_whitespace();
    words
        .map(|word| u8::from_str_radix(word, 16).unwrap())
        .collect()
}
