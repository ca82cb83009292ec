//! Whether a device still tells its status.
//!
//! ```text
//! never told: nothing to miss --told--> known --3 rounds without a word--> missed --told--> known
//! ```
//! The status is what others act on. A device may refuse the report that has it for a moment; when it goes on, and answers
//! everything else, the last status must not pass for the present one.

/// In so many rounds in a row the status may be missing.
const ROUNDS_MAX: u32 = 2;

/// What is known of it.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// A word came since the last round.
    now: bool,
    /// Rounds without a word, once there was one.
    missing: Option<u32>,
}

impl Told {
    /// A word of the status came, in a walk or by an interrupt report.
    pub(crate) fn note(&mut self) {
        self.now = true;
    }

    /// A round is over in which the status was asked for; whether it is missed.
    pub(crate) fn is_missed(&mut self) -> bool {
        self.missing = match self.missing {
            _ if std::mem::take(&mut self.now) => Some(0),
            missing => missing.map(|rounds| rounds.saturating_add(1)),
        };
        self.missing.is_some_and(|rounds| rounds > ROUNDS_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each letter is a round: `t` with a word, `-` without. The result has `!` where the status is missed.
    fn play(rounds: &str) -> String {
        let mut told = Told::default();
        let mut play = |round| {
            if round == 't' {
                told.note();
            }
            if told.is_missed() { '!' } else { '.' }
        };
        rounds.chars().map(&mut play).collect()
    }

    #[test]
    fn a_status_is_missed_after_three_rounds_and_until_it_is_told() {
        assert_eq!(play("t--t---t----t-"), "......!...!!..");
    }

    #[test]
    fn what_was_never_told_is_not_missed() {
        assert_eq!(play("-----t---"), "........!");
    }
}
