//! Object identifiers: the names of an agent's values.

use std::fmt;
use std::str::FromStr;

/// Arcs that an object identifier has at most (RFC 2578, 3.5).
pub const ARCS_MAX: usize = 128;

/// An object identifier, 2 to [`ARCS_MAX`] arcs. The order is that of a walk.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(Vec<u32>);

/// Why a text or a list of arcs is no object identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadOid {
    /// Too few or too many arcs.
    #[error("{0} arcs; an object identifier has 2 to {ARCS_MAX}")]
    Length(usize),
    /// The first two arcs cannot be written on the wire.
    #[error("{0}.{1} begins no object identifier; they begin with 0, 1 or 2, mostly with 1.3.6.1")]
    Root(u32, u32),
    /// Something between the points is no arc.
    #[error(
        "\"{0}\" is no arc; an object identifier is written as numbers with points between, as 1.3.6.1.2.1.1.2.0"
    )]
    Arc(String),
}

impl Oid {
    /// The one with these arcs.
    ///
    /// # Errors
    /// There is none with these arcs.
    pub fn new(arcs: &[u32]) -> Result<Self, BadOid> {
        match arcs {
            _ if !(2..=ARCS_MAX).contains(&arcs.len()) => Err(BadOid::Length(arcs.len())),
            // the two share one number on the wire, 40 times the first and the second
            [first, second, ..] if *first > 2 || (*first < 2 && *second > 39) => {
                Err(BadOid::Root(*first, *second))
            }
            [2, second, ..] if *second > u32::MAX - 80 => Err(BadOid::Root(2, *second)),
            _ => Ok(Self(arcs.to_vec())),
        }
    }

    /// Its arcs.
    #[must_use]
    pub fn arcs(&self) -> &[u32] {
        &self.0
    }

    /// The one below this with one arc more. Nothing when there is no room for it.
    #[must_use]
    pub fn child(&self, arc: u32) -> Option<Self> {
        self.join(&[arc])
    }

    /// The one below this with these arcs more. Nothing when there is no room for them.
    #[must_use]
    pub fn join(&self, arcs: &[u32]) -> Option<Self> {
        Self::new(&[self.arcs(), arcs].concat()).ok()
    }

    /// Whether this is `root` or lies below it.
    #[must_use]
    pub fn starts_with(&self, root: &Self) -> bool {
        self.0.starts_with(&root.0)
    }

    /// The arcs that this has more than `root`. Nothing when it does not lie there.
    #[must_use]
    pub fn below(&self, root: &Self) -> Option<&[u32]> {
        self.0.strip_prefix(root.arcs())
    }
}

impl FromStr for Oid {
    type Err = BadOid;

    /// With or without a point in front.
    fn from_str(text: &str) -> Result<Self, BadOid> {
        let text = text.strip_prefix('.').unwrap_or(text);
        let arc = |word: &str| {
            let is_plain = word.bytes().all(|byte| byte.is_ascii_digit());
            let number = word.parse().ok().filter(|_| is_plain);
            number.ok_or_else(|| BadOid::Arc(word.chars().take(20).collect()))
        };
        // one more than there may be shows that there are too many
        let arcs: Result<Vec<u32>, _> = text.split('.').take(ARCS_MAX + 1).map(arc).collect();
        Self::new(&arcs?)
    }
}

impl fmt::Display for Oid {
    /// Without a point in front.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, arc) in self.0.iter().enumerate() {
            let point = if index == 0 { "" } else { "." };
            write!(f, "{point}{arc}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn oid(text: &str) -> Oid {
        text.parse().unwrap()
    }

    proptest! {
        #[test]
        fn text_and_back_is_nothing(mut arcs in prop::collection::vec(any::<u32>(), 2..=ARCS_MAX)) {
            arcs[0] %= 2;
            arcs[1] %= 40;
            let oid = Oid::new(&arcs).unwrap();
            prop_assert_eq!(oid.to_string().parse(), Ok(oid.clone()));
            prop_assert_eq!(format!(".{oid}").parse(), Ok(oid));
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = text.parse::<Oid>();
        }
    }

    #[test]
    fn what_is_no_identifier_is_told() {
        let bad = |text: &str| text.parse::<Oid>().unwrap_err().to_string();
        assert!(bad("1").starts_with("1 arcs;"));
        assert!(bad("3.6.1").starts_with("3.6 begins no object identifier"));
        assert!(bad("1.3..6").starts_with("\"\" is no arc"));
        assert!(bad("1.3.+6").starts_with("\"+6\" is no arc"));
        assert!(bad("1.3.4294967296").starts_with("\"4294967296\" is no arc"));
        assert!(bad(" 1.3").starts_with("\" 1\" is no arc"));
        assert!(bad(&vec!["1"; 200].join(".")).starts_with("129 arcs;"));
    }

    #[test]
    fn what_lies_below_is_found_arc_by_arc() {
        let root = oid("1.3.6.1");
        assert_eq!(root.child(4), Some(oid(".1.3.6.1.4")));
        assert!(oid("1.3.6.1.4").starts_with(&root));
        assert!(!oid("1.3.6.10").starts_with(&root));
        assert_eq!(oid("1.3.6.1.4.7").below(&root), Some(&[4, 7][..]));
        assert_eq!(oid("1.3.6.10").below(&root), None);
        assert_eq!(Oid::new(&[1; ARCS_MAX]).unwrap().child(1), None);
    }

    #[test]
    fn the_order_is_that_of_a_walk() {
        assert!(oid("1.3.6.1") < oid("1.3.6.1.0"));
        assert!(oid("1.3.6.1.9") < oid("1.3.6.1.10"));
        assert!(oid("1.3.6.1.2.1") < oid("1.3.6.1.10"));
    }
}
