//! Options as getopt reads them (POSIX mode), for a parser that reads them a little differently.

use std::ffi::{OsStr, OsString};

/// Takes combined options apart: `-jW5` becomes `-j`, `-W`, `5`.
///
/// `with_value` holds the letters of the options that take a value. All of what stands behind such a letter
/// is its value, also `=x`, which clap would read as `x`. From the first operand on nothing is an option.
pub(crate) fn split(args: impl IntoIterator<Item = OsString>, with_value: &str) -> Vec<OsString> {
    let mut args = args.into_iter();
    // the program's name
    let mut out: Vec<OsString> = args.next().into_iter().collect();
    while let Some(arg) = args.next() {
        match options(&arg) {
            Some(letters) => {
                if take_apart(letters, with_value, &mut out) {
                    out.extend(args.next());
                }
            }
            None => {
                out.push(arg);
                break;
            }
        }
    }
    out.extend(args);
    out
}

/// The letters of a word of options; `--`, `-`, long options and operands are none.
fn options(arg: &OsStr) -> Option<&str> {
    arg.to_str()?
        .strip_prefix('-')
        .filter(|letters| !letters.is_empty() && !letters.starts_with('-'))
}

/// Returns whether the last option's value is the next word.
fn take_apart(letters: &str, with_value: &str, out: &mut Vec<OsString>) -> bool {
    for (at, letter) in letters.char_indices() {
        out.push(format!("-{letter}").into());
        if with_value.contains(letter) {
            let value = letters.get(at + letter.len_utf8()..).unwrap_or_default();
            if value.is_empty() {
                return true;
            }
            out.push(value.into());
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> String {
        let args = line.split(' ').map(OsString::from);
        let parts = split(args, "Wp");
        parts
            .iter()
            .map(|part| part.to_str().unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn words_of_options_are_taken_apart() {
        for (line, split) in [
            ("upsc", "upsc"),
            ("upsc -jl", "upsc -j -l"),
            ("upsc -jW5 x", "upsc -j -W 5 x"),
            ("upsc -W 5 x -l", "upsc -W 5 x -l"),
            ("upsc -p=x=y", "upsc -p =x=y"),
            ("upsc -p -l -j", "upsc -p -l -j"),
            ("upsc -W", "upsc -W"),
            ("upsc x -jl", "upsc x -jl"),
            ("upsc - -jl", "upsc - -jl"),
            ("upsc -- -jl", "upsc -- -jl"),
            ("upsc --long -jl", "upsc --long -jl"),
        ] {
            assert_eq!(parts(line), split);
        }
    }
}
