//! What is done when a transfer fails (spec nutdrv_qx.md, section 8).
//!
//! | error | what is done |
//! |---|---|
//! | timeout | the exchange has failed, nothing else |
//! | stall | the same (the endpoint was cleared); three in a row while an answer is waited for: the port is reset, the device opened anew |
//! | overflow | the same; three in a row: reset and opened anew |
//! | gone, denied, in use, not found, input/output | the device is opened anew, the same one |
//!
//! The reference exits when another program has taken the device. Here it is opened anew, and whoever has it is told.

use usb::Error;

use super::talk::Trouble;

/// Failures of one kind in a row after which the port is reset.
const PATIENCE: u32 = 3;

/// Failures since the last answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Failures {
    stalls: u32,
    overflows: u32,
}

/// What is done about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Nothing; the next exchange may do.
    Wait,
    /// The device is opened anew.
    Reopen,
    /// The port is reset before that.
    Reset,
}

impl Failures {
    /// What is done about `trouble`.
    pub(super) fn note(&mut self, trouble: &Trouble) -> Remedy {
        let error = match trouble {
            Trouble::Asking(error) | Trouble::Listening(error) => error,
            Trouble::Spoiled => return Remedy::Wait,
        };
        match error {
            Error::Gone(_)
            | Error::Denied { .. }
            | Error::Busy { .. }
            | Error::NotFound(_)
            | Error::Io(_) => Remedy::Reopen,
            // what a device does not know it may refuse, and be well
            Error::Stalled(_) if matches!(trouble, Trouble::Listening(_)) => {
                count(&mut self.stalls)
            }
            Error::Overflow(_) => count(&mut self.overflows),
            _ => Remedy::Wait,
        }
    }
}

fn count(failures: &mut u32) -> Remedy {
    *failures = failures.saturating_add(1);
    if *failures < PATIENCE {
        return Remedy::Wait;
    }
    *failures = 0;
    Remedy::Reset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remedies(word: &str, make: fn(Error) -> Trouble, times: usize) -> Vec<Remedy> {
        let mut failures = Failures::default();
        let trouble = make(Error::from_word(word, "x").unwrap());
        (0..times).map(|_| failures.note(&trouble)).collect()
    }

    #[test]
    fn a_device_that_is_not_there_or_not_ours_is_opened_anew() {
        for word in ["gone", "denied", "busy", "notfound", "io"] {
            for make in [Trouble::Asking, Trouble::Listening] {
                assert_eq!(remedies(word, make, 1), [Remedy::Reopen], "{word}");
            }
        }
    }

    #[test]
    fn silence_is_never_more_than_a_failed_exchange() {
        let all = remedies("timeout", Trouble::Asking, 10);
        assert!(all.iter().all(|remedy| *remedy == Remedy::Wait));
    }

    #[test]
    fn stalls_and_overflows_in_a_row_lead_to_a_reset() {
        use Remedy::{Reset, Wait};
        let expected = [Wait, Wait, Reset, Wait, Wait, Reset];
        assert_eq!(remedies("stalled", Trouble::Listening, 6), expected);
        assert_eq!(remedies("overflow", Trouble::Listening, 6), expected);
        assert_eq!(remedies("stalled", Trouble::Asking, 6), [Wait; 6]);
    }
}
