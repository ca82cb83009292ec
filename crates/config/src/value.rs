//! Words read as values: numbers, switches, paths.
//!
//! C NUT reads most numbers with `atoi`, which stops at the first byte that is no digit. So `15s` is 15 here
//! too, with a warning; a word that does not even begin with a number is an error and the default stays.

use crate::grammar::{Args, Fault};
use std::path::PathBuf;
use std::time::Duration;
use text::{Place, Word};

/// A file that is named in another one, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// As it was written.
    pub path: PathBuf,
    /// Where the directive stands.
    pub place: Place,
}

impl<'a> Args<'a> {
    /// Word `index` as the name of a file that is to be read.
    ///
    /// # Errors
    /// A fault when it is missing or empty.
    pub fn file_name(&self, index: usize) -> Result<FileName, Fault> {
        let path = self.path(index)?;
        let place = self.place;
        Ok(FileName { path, place })
    }

    /// Word `index`, which must be there.
    ///
    /// # Errors
    /// A fault at the name when the word is missing.
    pub fn word(&self, index: usize) -> Result<Word<'a>, Fault> {
        self.words
            .get(index)
            .copied()
            .ok_or_else(|| Fault::error(self.name, "a value is missing"))
    }

    /// Word `index` as text; it may be empty.
    ///
    /// # Errors
    /// A fault when it is missing.
    pub fn text(&self, index: usize) -> Result<String, Fault> {
        Ok(self.word(index)?.text.to_owned())
    }

    /// Word `index` as the name of something, so it must not be empty.
    ///
    /// # Errors
    /// A fault when it is missing or empty.
    pub fn name(&self, index: usize) -> Result<String, Fault> {
        let word = self.word(index)?;
        if word.text.is_empty() {
            return Err(Fault::error(word, "the value is empty"));
        }
        Ok(word.text.to_owned())
    }

    /// Word `index` as a path.
    ///
    /// # Errors
    /// A fault when it is missing or empty.
    pub fn path(&self, index: usize) -> Result<PathBuf, Fault> {
        self.name(index).map(PathBuf::from)
    }

    /// Word `index` as a number of `unit` that is not negative.
    ///
    /// # Errors
    /// A fault when it does not begin with a digit or is too large.
    pub fn whole(&mut self, index: usize, unit: &str) -> Result<u32, Fault> {
        let word = self.word(index)?;
        let number = self.integer(index, unit)?;
        u32::try_from(number).map_err(|_| no_number(word, unit))
    }

    /// Word `index` as a number of `unit`.
    ///
    /// # Errors
    /// A fault when it does not begin with a number or is too large.
    pub fn integer(&mut self, index: usize, unit: &str) -> Result<i32, Fault> {
        let word = self.word(index)?;
        let (number, rest) = split_number(word.text);
        let value = strict(word, number, unit)?;
        if !rest.is_empty() {
            self.warn(word, format!("{:?} is read as {value}", word.text));
        }
        Ok(value)
    }

    /// Word `index` as a number of `unit`, with nothing behind the digits.
    ///
    /// # Errors
    /// A fault when it is anything else.
    pub fn strict_integer(&self, index: usize, unit: &str) -> Result<i32, Fault> {
        let word = self.word(index)?;
        strict(word, word.text, unit)
    }

    /// Word `index` as a debug level: a number that is not negative, with nothing behind the digits.
    ///
    /// # Errors
    /// A fault when it is anything else.
    pub fn level(&self, index: usize) -> Result<u32, Fault> {
        let word = self.word(index)?;
        let level = self.strict_integer(index, "debug levels")?;
        u32::try_from(level).map_err(|_| no_number(word, "debug levels"))
    }

    /// Word `index` as seconds.
    ///
    /// # Errors
    /// As [`whole`](Self::whole).
    pub fn seconds(&mut self, index: usize) -> Result<Duration, Fault> {
        self.whole(index, "seconds")
            .map(|seconds| Duration::from_secs(seconds.into()))
    }

    /// Word `index` as a switch: a number, where 0 is off, or a word as for [`truth`](Self::truth).
    ///
    /// # Errors
    /// A fault when it is neither.
    pub fn switch(&mut self, index: usize) -> Result<bool, Fault> {
        if self
            .word(index)?
            .text
            .starts_with(|c: char| c.is_ascii_digit())
        {
            return Ok(self.integer(index, "anything")? != 0);
        }
        self.truth(index)
    }

    /// Word `index` as `true`, `on`, `yes`, `1`, or `false`, `off`, `no`, `0`, in any letter case.
    ///
    /// # Errors
    /// A fault when it is none of them.
    pub fn truth(&self, index: usize) -> Result<bool, Fault> {
        let word = self.word(index)?;
        match word.text.to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => Ok(true),
            "false" | "off" | "no" | "0" => Ok(false),
            _ => Err(Fault::error(
                word,
                format!("{:?} is neither yes nor no", word.text),
            )),
        }
    }
}

/// The number at the front, as `atoi` sees it, and what stands behind it.
fn split_number(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    text.split_at(text.len() - rest.len())
}

fn strict(word: Word<'_>, number: &str, unit: &str) -> Result<i32, Fault> {
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(no_number(word, unit));
    }
    number.parse().map_err(|_| {
        let most = i32::MAX;
        Fault::error(
            word,
            format!("{:?} is too large, the most is {most}", word.text),
        )
    })
}

fn no_number(word: Word<'_>, unit: &str) -> Fault {
    Fault::error(
        word,
        format!("{:?} is not a whole number of {unit}", word.text),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_split_as_atoi_does() {
        for (text, number, rest) in [
            ("15", "15", ""),
            (" 15s", "15", "s"),
            ("-1", "-1", ""),
            ("1.5", "1", ".5"),
            ("five", "", "five"),
            ("-", "-", ""),
            ("", "", ""),
        ] {
            assert_eq!(split_number(text), (number, rest), "{text:?}");
        }
    }

    #[test]
    fn a_number_needs_digits_and_must_fit() {
        let read = |text| strict(Word { text, at: 0 }, text, "seconds").map_err(|fault| fault.text);
        assert_eq!(read("+7"), Ok(7));
        assert_eq!(read("-7"), Ok(-7));
        assert_eq!(
            read("-"),
            Err("\"-\" is not a whole number of seconds".into())
        );
        assert_eq!(
            read("99999999999"),
            Err("\"99999999999\" is too large, the most is 2147483647".into())
        );
    }
}
