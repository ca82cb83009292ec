//! `MONITOR` in upsmon.conf.

use config::edit::Document;

use super::{Others, role_named};
use crate::Error;
use crate::password::Passwords;

/// Sets or adds UPSes to watch: name, host, power value, user, password, role.
pub(super) fn change(
    file: &mut Document,
    given: &[&[String]],
    others: Others,
    passwords: &mut Passwords,
) -> Result<(), Error> {
    let mut wanted = Vec::new();
    for words in given {
        let [ups, host, power, user, password, role] = words else {
            return Err(Error::Usage("a monitor has six words".to_owned()));
        };
        if power.parse::<u32>().is_err() {
            let text = format!("{power:?} is no power value; give a number of power supplies");
            return Err(Error::Usage(text));
        }
        let system = format!("{ups}@{host}");
        let role = role_named(role)?;
        // what stands there already is not asked for again
        let kept = kept_password(file, &system);
        let password = match password.as_str() {
            "-" if !passwords.has_source() && kept.is_some() => kept.unwrap_or_default(),
            "-" => passwords.take()?.expose().to_owned(),
            given => given.to_owned(),
        };
        let values = [power, user, password.as_str(), role];
        file.set("MONITOR", &[&system], &values)?;
        // of several lines for one UPS upsmon takes the first; one is enough
        let mut first = true;
        file.retain("MONITOR", |known| {
            let is_other = known.first() != Some(&system.as_str());
            is_other || (known.get(1..) == Some(&values) && std::mem::take(&mut first))
        });
        wanted.push(system);
    }
    if others == Others::Go {
        let is_wanted = |known: &[&str]| {
            known
                .first()
                .is_some_and(|system| wanted.iter().any(|wanted| wanted == system))
        };
        file.retain("MONITOR", is_wanted);
    }
    Ok(())
}

fn kept_password(file: &Document, system: &str) -> Option<String> {
    let lines = file.directives("MONITOR");
    let line = lines.iter().find(|words| words.first() == Some(&system))?;
    line.get(3).map(|password| (*password).to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::testing::after;
    use super::*;
    use config::edit::Format;

    const SOURCE: &str = "# watch\nMONITOR rack@localhost 1 u \"p w\" master # mine\nMONITOR desk@srv 0 u p slave\nPOLLFREQ 5\n";

    fn monitor(others: Others, lines: &[&str]) -> Result<String, String> {
        after(change, Format::Directives, SOURCE, others, lines)
    }

    #[test]
    fn monitors_are_set_and_added() {
        assert_eq!(
            monitor(Others::Stay, &["hall|srv:3494|1|v|a#b|slave"]).unwrap(),
            SOURCE.replace(
                "POLL",
                "MONITOR hall@srv:3494 1 v \"a\\#b\" secondary\nPOLL"
            )
        );
        assert_eq!(
            monitor(Others::Go, &["rack|localhost|2|u|p w|primary"]).unwrap(),
            SOURCE
                .replace(" 1 u \"p w\" master", " 2 u \"p w\" primary")
                .replace("MONITOR desk@srv 0 u p slave\n", "")
        );
    }

    #[test]
    fn a_dash_is_the_password_of_the_file() {
        let found = monitor(Others::Stay, &["rack|localhost|1|u|-|primary"]).unwrap();
        assert!(
            found.contains("1 u \"from the file\" primary # mine\n"),
            "{found}"
        );
    }

    #[test]
    fn of_several_lines_for_one_ups_one_stays() {
        let source = "MONITOR a@b 1 u p primary\nMONITOR a@b 1 u q primary\n";
        let found = after(
            change,
            Format::Directives,
            source,
            Others::Stay,
            &["a|b|1|u|q|primary"],
        );
        let found = found.unwrap();
        let first = found.lines().next().unwrap();
        assert_eq!(first, "MONITOR a@b 1 u q primary");
        assert_eq!(found.lines().count(), 1);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(
            monitor(Others::Stay, &["a|b|x|u|p|primary"])
                .unwrap_err()
                .contains("no power value")
        );
        assert!(
            monitor(Others::Stay, &["a|b|1|u|p|king"])
                .unwrap_err()
                .contains("neither primary nor secondary")
        );
        assert!(
            monitor(Others::Stay, &["a|b|1|u|p\nq|primary"])
                .unwrap_err()
                .contains("line end")
        );
    }
}
