//! The questions that every unit understands: smart mode and status.

use tracing::debug;

use crate::letters::{ESCAPE, SMART, STATUS};
use crate::sift::Sieve;
use crate::status::Register;
use crate::talk::{ANSWER, Fault, PROMPT, Talk};

/// Puts the unit into smart mode, with so many attempts; whether it is.
pub(crate) fn smart(talk: &mut Talk, attempts: u32) -> Result<bool, Fault> {
    for _ in 0..attempts {
        match talk.ask(&[SMART], Sieve::Answer, PROMPT) {
            Ok(Some(answer)) if answer == b"SM" => return Ok(true),
            Ok(_) | Err(Fault::Garbled(..)) => {}
            Err(other) => return Err(other),
        }
        // it may be in a menu; what it says to that does not matter, nor do late answers
        talk.send(&[ESCAPE])?;
        talk.pause(PROMPT)?;
        talk.settle()?;
    }
    Ok(false)
}

/// Asks for the status. What is grave and new has to be said twice: after garbage, or with an answer that was late, a digit
/// or two could mean anything.
pub(crate) fn status(talk: &mut Talk, last: Option<Register>) -> Result<Register, Fault> {
    let first = register(talk)?;
    if !first.is_grave() || last == Some(first) {
        return Ok(first);
    }
    talk.settle()?;
    let second = register(talk)?;
    if second == first || !second.is_grave() {
        return Ok(second);
    }
    debug!("the status was {first:?}, then {second:?}");
    Err(Fault::garbled(&[STATUS], second.words().as_bytes()))
}

/// Asks for the status, and believes it.
pub(crate) fn register(talk: &mut Talk) -> Result<Register, Fault> {
    talk.drain()?;
    // what they tell is in the answer
    talk.take_alert();
    let answer = talk.ask(&[STATUS], Sieve::Answer, ANSWER)?;
    let answer = answer.ok_or_else(|| Fault::Silent(vec![STATUS]))?;
    Register::parse(&answer).ok_or_else(|| Fault::garbled(&[STATUS], &answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serial::Simulated;

    fn talk(answers: &'static [&'static [u8]]) -> Talk {
        let mut answers = answers.iter();
        let line = Simulated::new(move |_| answers.next().map(|a| a.to_vec()).unwrap_or_default());
        Talk::new(Box::new(line), driver::Clock::default())
    }

    fn words(answers: &'static [&'static [u8]], last: Option<&[u8]>) -> Result<String, Fault> {
        let last = last.and_then(Register::parse);
        status(&mut talk(answers), last).map(Register::words)
    }

    #[test]
    fn a_low_battery_has_to_be_said_twice() {
        let said = |words: &str| Ok(words.to_owned());
        assert_eq!(words(&[b"50\r\n", b"50\r\n"], None), said("OB LB"));
        assert_eq!(words(&[b"50\r\n", b"08\r\n"], None), said("OL"));
        assert_eq!(words(&[b"50\r\n"], Some(b"50")), said("OB LB"));
        assert_eq!(words(&[b"10\r\n"], Some(b"08")), said("OB"));
        assert_eq!(words(&[b"00\r\n", b"00\r\n"], Some(b"08")), said("OFF"));
        assert!(words(&[b"50\r\n", b"FF\r\n"], None).is_err());
        assert!(words(&[b"50\r\n"], None).is_err());
    }

    #[test]
    fn smart_mode_is_tried_so_often() {
        assert_eq!(smart(&mut talk(&[b"SM\r\n"]), 1), Ok(true));
        assert_eq!(smart(&mut talk(&[b"NA\r\n", b"", b"SM\r\n"]), 2), Ok(true));
        assert_eq!(smart(&mut talk(&[b"S", b"?\r\n"]), 1), Ok(false));
        assert_eq!(smart(&mut talk(&[]), 5), Ok(false));
    }
}
