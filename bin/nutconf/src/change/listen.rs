//! `LISTEN` in upsd.conf.

use config::edit::Document;

use super::Others;
use crate::Error;
use crate::password::Passwords;

/// Sets or adds addresses, each with its port.
pub(super) fn change(
    file: &mut Document,
    given: &[&[String]],
    others: Others,
    _: &mut Passwords,
) -> Result<(), Error> {
    let given: Vec<Vec<&str>> = given
        .iter()
        .map(|words| words.iter().map(String::as_str).collect())
        .collect();
    for words in &given {
        if let Some(port) = words.get(1).filter(|port| !is_port(port)) {
            let text = format!("{port:?} is no port; give a number from 1 to 65535");
            return Err(Error::Usage(text));
        }
        if !file
            .directives("LISTEN")
            .iter()
            .any(|known| is_same(known, words))
        {
            file.add("LISTEN", words)?;
        }
    }
    if others == Others::Go {
        file.retain("LISTEN", |known| {
            given.iter().any(|words| is_same(known, words))
        });
    }
    Ok(())
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Whether they are the same address, with NUT's port where none is given.
fn is_same(one: &[&str], other: &[&str]) -> bool {
    let default = config::upsd::PORT.to_string();
    let port = |words: &[&str]| {
        words
            .get(1)
            .map_or_else(|| default.clone(), |port| (*port).to_owned())
    };
    one.first() == other.first() && port(one) == port(other)
}

#[cfg(test)]
mod tests {
    use super::super::testing::after;
    use super::*;
    use config::edit::Format;

    #[test]
    fn addresses_are_set_and_added() {
        let source = "# where\nLISTEN 127.0.0.1 # here\nLISTEN ::1 3493\nMAXAGE 15\n";
        let listen =
            |others, lines: &[&str]| after(change, Format::Directives, source, others, lines);
        assert_eq!(
            listen(Others::Stay, &["127.0.0.1|3493", "10.0.0.1|4000"]).unwrap(),
            source.replace("3493\n", "3493\nLISTEN 10.0.0.1 4000\n")
        );
        assert_eq!(
            listen(Others::Go, &["127.0.0.1", "10.0.0.1"]).unwrap(),
            source.replace("LISTEN ::1 3493", "LISTEN 10.0.0.1")
        );
        assert!(
            listen(Others::Go, &["a|0"])
                .unwrap_err()
                .contains("is no port")
        );
    }
}
