//! When rows are read: devices are slow, and most of what they say never changes.

/// When a row is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum When {
    /// In each full walk.
    #[default]
    Full,
    /// In each walk.
    Quick,
    /// At the start, and after something was set or commanded.
    SemiStatic,
    /// At the start.
    Static,
    /// Never: the value is kept by the driver and not by the device.
    Absent,
    /// Never: it is a command.
    Command,
}

/// A way through the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Walk {
    /// After the device was opened.
    First,
    /// Each POLLINTERVAL.
    Quick,
    /// Each POLLFREQ, and after a change.
    Full {
        /// Something was set or commanded.
        changed: bool,
        /// Interrupt reports are not used, which makes the reference read static values, too.
        polled: bool,
    },
}

impl When {
    /// Whether a walk reads a row.
    #[must_use]
    pub fn is_due(self, walk: Walk) -> bool {
        match (self, walk) {
            (Self::Absent | Self::Command, _) => false,
            (Self::Quick, _) | (_, Walk::First) | (Self::Full, Walk::Full { .. }) => true,
            (_, Walk::Quick) => false,
            (Self::Static, Walk::Full { polled, .. }) => polled,
            (Self::SemiStatic, Walk::Full { changed, polled }) => changed || polled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Walk = Walk::Full {
        changed: false,
        polled: false,
    };
    const CHANGED: Walk = Walk::Full {
        changed: true,
        polled: false,
    };
    const POLLED: Walk = Walk::Full {
        changed: false,
        polled: true,
    };

    #[test]
    fn walks_read_what_is_due() {
        #[rustfmt::skip]
        let due = [
            (When::Quick,      [true,  true,  true,  true,  true]),
            (When::Full,       [true,  false, true,  true,  true]),
            (When::SemiStatic, [true,  false, false, true,  true]),
            (When::Static,     [true,  false, false, false, true]),
            (When::Absent,     [false, false, false, false, false]),
            (When::Command,    [false, false, false, false, false]),
        ];
        for (when, expected) in due {
            let walks = [Walk::First, Walk::Quick, FULL, CHANGED, POLLED];
            assert_eq!(walks.map(|walk| when.is_due(walk)), expected, "{when:?}");
        }
    }
}
