//! The scan- options: nut-scanner looks for devices, and what it finds is printed as C's nutconf prints it.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use daemon::child;

use crate::Error;
use crate::args::{Args, Given};

const SCANNER: &str = "nut-scanner";
/// A large network takes its time, but nobody waits for ever.
const PATIENCE: Duration = Duration::from_secs(600);

/// Attributes of a scan and the options of nut-scanner for them.
const SNMP: &[(&str, &str)] = &[
    ("community", "-c"),
    ("sec-level", "-l"),
    ("sec-name", "-u"),
    ("auth-password", "-W"),
    ("priv-password", "-X"),
    ("auth-protocol", "-w"),
    ("priv-protocol", "-x"),
];
const IPMI: &[(&str, &str)] = &[
    ("username", "-b"),
    ("password", "-B"),
    ("auth-type", "-d"),
    ("cipher-suite-id", "-L"),
];

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    kind: String,
    /// Driver, port, and the others.
    settings: Vec<(String, String)>,
}

/// Makes all scans that were asked for; the lines to print.
pub(crate) fn all(args: &Args, verbose: bool) -> Result<Vec<String>, Error> {
    let mut lines = Vec::new();
    for given in args.given() {
        let Some(words) = words(given)? else { continue };
        let scanner = find(
            env::current_exe().ok().as_deref(),
            env::var_os("PATH").as_deref(),
        );
        let scanner = scanner.ok_or(Error::NoScanner)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let said = child::run(&scanner, &words, PATIENCE)?;
        if !said.success {
            return Err(Error::Scan(given.name));
        }
        for (number, found) in said.text.lines().filter_map(parse).enumerate() {
            lines.extend(told(&found, number + 1, verbose));
        }
    }
    Ok(lines)
}

/// Beside this program, else where programs are.
fn find(own: Option<&Path>, path: Option<&OsStr>) -> Option<PathBuf> {
    let beside = own.and_then(Path::parent).map(Path::to_owned);
    let dirs = path.map(|path| env::split_paths(path).collect::<Vec<_>>());
    let dirs = beside.into_iter().chain(dirs.unwrap_or_default());
    dirs.map(|dir| dir.join(SCANNER))
        .find(|program| program.is_file())
}

/// What nut-scanner is to be told for an option, if it is one of these.
fn words(given: &Given) -> Result<Option<Vec<String>>, Error> {
    let args: Vec<&str> = given.words.iter().map(String::as_str).collect();
    let mut words = vec!["-q".to_owned(), "-P".to_owned()];
    let mut say = |said: &[&str]| words.extend(said.iter().map(|word| (*word).to_owned()));
    let mut known: &[(&str, &str)] = &[];
    let mut rest: &[&str] = &[];
    let mut timeout = None;
    match (given.name, args.as_slice()) {
        ("--scan-usb", _) => say(&["-U"]),
        ("--scan-snmp", [first, last, more @ ..]) => {
            say(&["-S", "-s", first, "-e", last]);
            (known, rest) = (SNMP, more);
        }
        ("--scan-ipmi", [first, last, more @ ..]) => {
            say(&["-I", "-s", first, "-e", last]);
            (known, rest) = (IPMI, more);
        }
        ("--scan-nut", [first, last, port, more @ ..]) => {
            say(&["-O", "-s", first, "-e", last, "-p", port]);
            timeout = more.first().copied();
        }
        ("--scan-xml-http", more) => {
            say(&["-M"]);
            timeout = more.first().copied();
        }
        ("--scan-avahi", more) => {
            say(&["-A"]);
            timeout = more.first().copied();
        }
        ("--scan-serial", ports) => say(&["-E", &ports.join(",")]),
        _ => return Ok(None),
    }
    for word in rest {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match known.iter().find(|(name, _)| *name == key) {
            Some((_, option)) => say(&[option, value]),
            None if key == "timeout" => timeout = Some(value),
            None => {
                let text = format!("{key:?} is nothing that {} knows", given.name);
                return Err(Error::Usage(text));
            }
        }
    }
    if let Some(timeout) = timeout {
        say(&["-t", &seconds(timeout)?.to_string()]);
    }
    Ok(Some(words))
}

/// Whole seconds for a time in microseconds.
fn seconds(micros: &str) -> Result<u64, Error> {
    let read = micros
        .parse::<u64>()
        .map_err(|_| Error::Usage(format!("{micros:?} is no number of microseconds")));
    Ok(read?.div_ceil(1_000_000).max(1))
}

/// One line of nut-scanner's: `USB:driver="usbhid-ups",port="auto"`.
fn parse(line: &str) -> Option<Found> {
    let (kind, mut rest) = line.split_once(':')?;
    let mut settings = Vec::new();
    while let Some((key, behind)) = rest.split_once("=\"") {
        let end = behind
            .find("\",")
            .or_else(|| behind.strip_suffix('"').map(str::len))?;
        let value = behind.get(..end)?;
        settings.push((key.to_owned(), value.to_owned()));
        rest = behind.get(end + 1..)?.trim_start_matches(',');
    }
    let kind = kind.to_owned();
    (!settings.is_empty()).then_some(Found { kind, settings })
}

/// `USB usbhid-ups auto`, or a section with all settings.
fn told(found: &Found, number: usize, verbose: bool) -> Vec<String> {
    let harmless = |text: &str| {
        text.chars()
            .map(|c| if c.is_control() { '?' } else { c })
            .collect::<String>()
    };
    if verbose {
        let header = format!("[device_type_{}_no_{number:03}]", harmless(&found.kind));
        let settings = found.settings.iter();
        let settings = settings.map(|(key, value)| {
            let value = config::edit::quoted(&harmless(value));
            format!("\t{} = {value}", harmless(key))
        });
        return std::iter::once(header)
            .chain(settings)
            .chain([String::new()])
            .collect();
    }
    let value = |key| {
        let mut settings = found.settings.iter();
        settings
            .find(|(known, _)| known == key)
            .map_or("", |(_, value)| value.as_str())
    };
    vec![harmless(&format!(
        "{} {} {}",
        found.kind,
        value("driver"),
        value("port")
    ))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<String, String> {
        let args = Args::read(line.split_whitespace().map(ToOwned::to_owned)).unwrap();
        let words = words(&args.given()[0]).map_err(|why| why.to_string())?;
        Ok(words.unwrap_or_default().join(" "))
    }

    #[test]
    fn nut_scanner_is_asked_in_its_own_words() {
        for (line, expected) in [
            ("--scan-usb", "-q -P -U"),
            (
                "--scan-nut 10.0.0.1 10.0.0.9 3493 1500000",
                "-q -P -O -s 10.0.0.1 -e 10.0.0.9 -p 3493 -t 2",
            ),
            (
                "--scan-snmp a b community=c timeout=10",
                "-q -P -S -s a -e b -c c -t 1",
            ),
            (
                "--scan-serial /dev/ttyS0 /dev/ttyS1",
                "-q -P -E /dev/ttyS0,/dev/ttyS1",
            ),
            ("--scan-avahi", "-q -P -A"),
            ("--scan-ipmi a b username=u", "-q -P -I -s a -e b -b u"),
            ("--get-mode", ""),
        ] {
            assert_eq!(asked(line).as_deref(), Ok(expected), "{line}");
        }
        assert!(
            asked("--scan-snmp a b colour=red")
                .unwrap_err()
                .contains("\"colour\" is nothing")
        );
        assert!(
            asked("--scan-avahi soon")
                .unwrap_err()
                .contains("no number of microseconds")
        );
    }

    #[test]
    fn what_it_finds_is_printed_as_c_prints_it() {
        let line = r#"USB:driver="usbhid-ups",port="auto",product="Model, "5" P",serial="x"#
            .to_owned()
            + "\u{1b}\"";
        let found = parse(&line).unwrap();
        assert_eq!(told(&found, 1, false), ["USB usbhid-ups auto"]);
        let section = [
            "[device_type_USB_no_001]",
            "\tdriver = usbhid-ups",
            "\tport = auto",
            "\tproduct = \"Model, \\\"5\\\" P\"",
            "\tserial = x?",
            "",
        ];
        assert_eq!(told(&found, 1, true), section);
        assert_eq!(parse("nothing"), None);
        assert_eq!(parse("USB:"), None);
    }

    #[test]
    fn without_nut_scanner_nothing_is_found() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(
            find(
                Some(&dir.path().join("nutconf")),
                Some(dir.path().as_os_str())
            ),
            None
        );
        std::fs::write(dir.path().join(SCANNER), "").unwrap();
        assert_eq!(
            find(None, Some(dir.path().as_os_str())),
            Some(dir.path().join(SCANNER))
        );
    }
}
