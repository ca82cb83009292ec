//! Asking for a variable: what is doubtful is asked for twice.

use crate::letters::ABSENT;
use crate::present::{Present, Worth};
use crate::talk::{Fault, Talk};
use crate::variables::{Edit, Variable};

/// Asks for a variable; `None` when there is no answer.
pub(crate) fn ask(talk: &mut Talk, row: &Variable) -> Result<Option<String>, Fault> {
    match row.edit {
        Edit::Text => talk.ask_any_text(row.letter),
        Edit::Listed => talk.ask_text(row.letter),
    }
}

/// Asks for a variable. What is doubtful has to be said twice; so has that it is not there, which in some moments a unit says of
/// all that it is asked. If the unit says something else then, answers before may have been to other questions, too.
pub(crate) fn certain(talk: &mut Talk, present: &Present) -> Result<String, Fault> {
    let letter = present.row.letter;
    let answer = |talk: &mut Talk| {
        let answer = ask(talk, present.row)?;
        answer.ok_or_else(|| Fault::Silent(letter.to_vec()))
    };
    let first = answer(talk)?;
    let is_absent = first == ABSENT;
    match present.judge(&first) {
        Worth::Good if !is_absent => return Ok(first),
        Worth::None if !is_absent => {}
        _ => {
            talk.settle()?;
            let second = answer(talk)?;
            if second == first || (!is_absent && present.is_same(&first, &second)) {
                return Ok(second);
            }
        }
    }
    Err(Fault::garbled(letter, first.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::{Clock, Report};
    use serial::Simulated;

    /// What comes of these answers to `letter`, of which `before` was the one before.
    fn answers(letter: &[u8], before: &str, answers: &'static [&'static str]) -> Option<String> {
        let mut left = answers.iter();
        let line = Simulated::new(move |_| {
            left.next()
                .map(|answer| format!("{answer}\r\n").into_bytes())
                .unwrap_or_default()
        });
        let mut present = Present::new(Variable::of(letter).next()?);
        for _ in 0..2 {
            present.tell(before, &mut Report::default());
        }
        certain(&mut Talk::new(Box::new(line), Clock::default()), &present).ok()
    }

    #[test]
    fn what_is_doubtful_has_to_be_said_twice() {
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(answers(b"P", "017.4", &["018.0"]), said("018.0"));
        assert_eq!(answers(b"P", "017.4", &["18.0", "18.1"]), said("18.1"));
        assert_eq!(answers(b"P", "017.4", &["18.0", "018.0"]), None);
        assert_eq!(answers(b"P", "017.4", &["01", "01"]), None);
        assert_eq!(answers(b"P", "017.4", &["NA", "NA"]), said("NA"));
        assert_eq!(answers(b"P", "017.4", &["NA", "017.4"]), None);
        assert_eq!(answers(b"X", "OK", &["NG", "NG"]), said("NG"));
        assert_eq!(answers(b"X", "OK", &["NG", "OK"]), None);
    }
}
