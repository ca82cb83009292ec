//! Object identifiers as the tables write them.

use snmp::Oid;

const ENTERPRISES: &[u32] = &[1, 3, 6, 1, 4, 1];
const STANDARD: &[u32] = &[1, 3, 6, 1, 2, 1];

/// The object that a table's text means: `e` and `m` in front stand for enterprises and the standard's objects, `d` for the number of the device, `n`
/// for that of an outlet, a group or a sensor, `n+1` for the number behind it. Nothing when the text needs a number that is not given.
pub(crate) fn object(text: &str, device: u32, item: Option<u32>) -> Option<Oid> {
    let mut arcs: Vec<u32> = Vec::with_capacity(24);
    for word in text.split('.') {
        match word {
            "e" => arcs.extend(ENTERPRISES),
            "m" => arcs.extend(STANDARD),
            "d" => arcs.push(device),
            "n" => arcs.push(item?),
            "n+1" => arcs.push(item?.checked_add(1)?),
            number => arcs.push(number.parse().ok()?),
        }
    }
    Oid::new(&arcs).ok()
}

/// An object without such numbers.
pub(crate) fn plain(text: &str) -> Option<Oid> {
    object(text, 0, None)
}

/// Whether the number of the device is in it.
pub(crate) fn is_per_device(text: &str) -> bool {
    text.split('.').any(|word| word == "d")
}

/// Whether the number of an outlet and so on is in it.
pub(crate) fn is_per_item(text: &str) -> bool {
    text.split('.').any(|word| word == "n" || word == "n+1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_for_numbers() {
        let text = |text, item| object(text, 7, item).map(|oid| oid.to_string());
        assert_eq!(text("m.1.1.0", None).as_deref(), Some("1.3.6.1.2.1.1.1.0"));
        assert_eq!(
            text("e.9.d.n.n+1", Some(3)).as_deref(),
            Some("1.3.6.1.4.1.9.7.3.4")
        );
        assert_eq!(text("e.9.n", None), None);
        assert_eq!(text("e.9.x", None), None);
        assert!(is_per_device("e.1.d.n") && is_per_item("e.1.n+1.0"));
        assert!(!is_per_device("e.1.0") && !is_per_item("e.1.0"));
    }
}
