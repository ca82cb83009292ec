//! Alert characters out of what comes: a UPS in smart mode sends them whenever it likes, in the middle of an answer, too.

/// Alerts about what the status register has, with what they tell.
#[rustfmt::skip]
const ALERTS: &[(u8, &str)] = &[
    (b'!', "on battery"),
    (b'$', "on line"),
    (b'%', "battery low"),
    (b'+', "battery not low any more"),
    (b'#', "battery to be replaced"),
    (b'?', "overload"),
    (b'=', "no overload any more"),
];
/// Characters that are never part of an answer and tell nothing about the status: the EEPROM was changed, an alarm of the
/// Measure-UPS card, the unit is about to switch off.
const NOTES: &[u8] = b"|&*";

/// What an answer may be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sieve {
    /// No alert character.
    Answer,
    /// The capability string begins with, and may be full of, `#`.
    Capability,
    /// The command set lists the alert characters themselves.
    CommandSet,
}

/// Bytes without alerts and line ends, and the alerts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sifted {
    /// The answer.
    pub(crate) text: Vec<u8>,
    /// The last alert about the status.
    pub(crate) alert: Option<&'static str>,
}

impl Sieve {
    /// Parts answer and alerts.
    pub(crate) fn sift(self, bytes: &[u8]) -> Sifted {
        let mut sifted = Sifted::default();
        for &byte in bytes {
            match byte {
                b'\r' | b'\n' | b'*' => {}
                _ if self.keeps(byte) => sifted.text.push(byte),
                _ => sifted.alert = alert(byte).or(sifted.alert),
            }
        }
        sifted
    }

    fn keeps(self, byte: u8) -> bool {
        match self {
            Self::Answer => alert(byte).is_none() && !NOTES.contains(&byte),
            Self::Capability => byte == b'#' || Self::Answer.keeps(byte),
            Self::CommandSet => true,
        }
    }
}

/// Whether a text would come back whole from a UPS that was told it.
pub(crate) fn survives(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && Sieve::Answer.keeps(byte);
    text.bytes().all(plain)
}

fn alert(byte: u8) -> Option<&'static str> {
    let row = ALERTS.iter().find(|(alert, _)| *alert == byte);
    row.map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_alert_in_the_middle_of_an_answer_is_taken_out() {
        let sifted = Sieve::Answer.sift(b"22|!9.3\r\n");
        assert_eq!(sifted.text, b"229.3");
        assert_eq!(sifted.alert, Some("on battery"));
        assert_eq!(Sieve::Answer.sift(b"08&|*\r\n").alert, None);
        assert_eq!(Sieve::Answer.sift(b"!$").alert, Some("on line"));
    }

    #[test]
    fn lists_keep_what_they_list() {
        let set = b"3.!$%+?=#|.AB\r\n";
        assert_eq!(Sieve::CommandSet.sift(set).text, b"3.!$%+?=#|.AB");
        assert_eq!(Sieve::CommandSet.sift(set).alert, None);
        assert_eq!(Sieve::Capability.sift(b"#uI13$253\r\n").text, b"#uI13253");
    }

    proptest! {
        #[test]
        fn alerts_between_the_bytes_change_no_answer(text in "[ -~]{0,20}", at in 0usize..20, alert in 0usize..7) {
            prop_assume!(survives(&text));
            let mut bytes = text.clone().into_bytes();
            let at = at.min(bytes.len());
            bytes.insert(at, ALERTS[alert].0);
            let sifted = Sieve::Answer.sift(&bytes);
            prop_assert_eq!(sifted.text, text.into_bytes());
            prop_assert_eq!(sifted.alert, Some(ALERTS[alert].1));
        }
    }
}
