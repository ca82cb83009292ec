//! The options, as a table: the command line, the help and the manual go by it.
//!
//! What follows an option is told as in `config`'s grammars: `<port>` must be there, `[port]` may be, `...` stands for more of it.

/// One option.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spec {
    /// With its dashes.
    pub(crate) name: &'static str,
    /// The words that follow it.
    pub(crate) args: &'static str,
    /// What it is for.
    pub(crate) doc: &'static str,
    /// Whether it may be given more than once.
    pub(crate) repeats: bool,
}

impl Spec {
    /// How many words must follow.
    pub(crate) fn least(&self) -> usize {
        let args = self.args.split_whitespace();
        args.filter(|arg| !arg.starts_with('[')).count()
    }

    /// How many words may follow.
    pub(crate) fn most(&self) -> usize {
        if self.args.contains("...") {
            usize::MAX
        } else {
            self.args.split_whitespace().count()
        }
    }
}

const fn once(name: &'static str, args: &'static str, doc: &'static str) -> Spec {
    Spec {
        name,
        args,
        doc,
        repeats: false,
    }
}

const fn often(name: &'static str, args: &'static str, doc: &'static str) -> Spec {
    Spec {
        repeats: true,
        ..once(name, args, doc)
    }
}

const MONITOR: &str = "<ups> <host[:port]> <power> <user> <password> primary|secondary";
const LISTEN: &str = "<address> [port]";
const DEVICE: &str = "<ups> <driver> <port> [key=value]...";
const FLAGS: &str = "<event> <flag...>";
const USER: &str = "<name> [key=value]...";

/// All of them.
#[rustfmt::skip]
pub(crate) static OPTIONS: &[Spec] = &[
    once("--local", "<directory>", "Where the files are"),
    once("--system", "", "The files are where this build has them, whatever NUT_CONFPATH says"),
    once("--is-configured", "", "Print true and exit 0 when nut.conf has a MODE other than none, else false and 1"),
    once("--get-mode", "", "Print MODE of nut.conf, or unknown"),
    once("--set-mode", "standalone|netserver|netclient|controlled|manual|none", "Set MODE of nut.conf"),
    once("--get-monitor", "", "Print the UPSes that upsmon watches, without passwords"),
    often("--set-monitor", MONITOR, "Watch this UPS, and only those named so; the password - is that of --password-file"),
    often("--add-monitor", MONITOR, "Watch this UPS, too"),
    once("--get-listen", "", "Print the addresses on which upsd listens"),
    often("--set-listen", LISTEN, "Listen on this address, and only on those named so"),
    often("--add-listen", LISTEN, "Listen on this address, too"),
    once("--get-device", "[ups]", "Print the UPSes of ups.conf, without passwords"),
    often("--set-device", DEVICE, "Have this UPS with these settings, and only those named so; a key without = is a flag"),
    often("--add-device", DEVICE, "Have this UPS, too; if it is there, change these settings of it"),
    once("--get-notifyflags", "[event]", "Print how events are told, as far as upsmon.conf says"),
    often("--set-notifyflags", FLAGS, "Tell the event so: SYSLOG, WALL, EXEC, or IGNORE"),
    often("--add-notifyflags", FLAGS, "Tell the event so, too"),
    once("--get-notifymsg", "[event]", "Print what is told of events, as far as upsmon.conf says"),
    often("--set-notifymsg", "<event> <text>", "Say this of the event"),
    once("--get-notifycmd", "", "Print NOTIFYCMD"),
    once("--set-notifycmd", "<command>", "Run this for events that are told to EXEC"),
    once("--get-shutdowncmd", "", "Print SHUTDOWNCMD"),
    once("--set-shutdowncmd", "<command>", "Shut this host down so"),
    once("--get-minsupplies", "", "Print MINSUPPLIES"),
    once("--set-minsupplies", "<count>", "How many power supplies this host needs"),
    once("--get-powerdownflag", "", "Print POWERDOWNFLAG"),
    once("--set-powerdownflag", "<file>", "The file that tells the last script of a shutdown to have the UPS cut its power"),
    once("--get-user", "[name]", "Print the users of upsd.users, without passwords"),
    often("--set-user", USER, "Have this user, and only those named so; upsmon=primary as the name is the user upsmon with that role"),
    often("--add-user", USER, "Have this user, too; if it is there, change what is named"),
    once("--password-file", "<file>", "Where the password is for users without password= and monitors with -; - is standard input"),
    once("--hash-passwords", "", "Keep passwords of users as hashes, which C NUT does not know"),
    once("--scan-usb", "", "Print UPSes on USB, as nut-scanner finds them"),
    often("--scan-snmp", "<first> <last> [key=value]...", "Print UPSes with SNMP: timeout (microseconds), community, sec-level, sec-name, \
        auth-password, priv-password, auth-protocol, priv-protocol"),
    once("--scan-xml-http", "[microseconds]", "Print UPSes with XML over HTTP"),
    often("--scan-nut", "<first> <last> <port> [microseconds]", "Print UPSes of other servers"),
    once("--scan-avahi", "[microseconds]", "Print servers that announce themselves"),
    often("--scan-ipmi", "<first> <last> [key=value]...", "Print power supplies with IPMI: username, password, auth-type, cipher-suite-id"),
    once("--scan-serial", "<port...>", "Print UPSes on serial ports"),
    once("--autoconfigure", "", "Does nothing, as in C NUT"),
    often("--verbose", "", "Tell more: what was written; of scans all settings"),
    often("-D", "", "The same"),
    once("--version", "", "Print the version and exit"),
    once("--help", "", "Print this help and exit"),
];

/// Short forms. C has `-help`, too.
pub(crate) const SHORT: &[(&str, &str)] = &[
    ("-h", "--help"),
    ("-help", "--help"),
    ("-V", "--version"),
    ("-v", "--verbose"),
];

/// Each of a pair excludes the other.
pub(crate) const EXCLUSIVE: &[(&str, &str)] = &[
    ("--set-monitor", "--add-monitor"),
    ("--set-listen", "--add-listen"),
    ("--set-device", "--add-device"),
    ("--set-user", "--add-user"),
    ("--local", "--system"),
];

/// The option called so.
pub(crate) fn find(name: &str) -> Option<&'static Spec> {
    OPTIONS.iter().find(|spec| spec.name == name)
}

/// All of it, a line for each option, of which the manual's table is made.
pub(crate) fn help() -> String {
    let mut text = "Reads and changes the configuration files, and keeps their comments.\n\n\
        usage: nutconf [options]\n\n"
        .to_owned();
    for spec in OPTIONS {
        let short = SHORT
            .iter()
            .filter(|(short, long)| *long == spec.name && short.len() == 2);
        let short: String = short.map(|(short, _)| format!("{short}, ")).collect();
        let term = format!("{short}{} {}", spec.name, spec.args);
        text += &format!("  {}  {}\n", term.trim_end(), spec.doc);
    }
    text + "\nset- options replace what is there, add- options keep it. All files are written or none. It ends with 0 when it was done, \
        1 when not, 128 when the system does not let a file be read or written."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_option_is_there_twice_and_pairs_and_short_forms_are_of_options() {
        for (index, spec) in OPTIONS.iter().enumerate() {
            assert!(
                OPTIONS
                    .iter()
                    .skip(index + 1)
                    .all(|other| other.name != spec.name)
            );
            assert!(spec.name.starts_with("--") || spec.name == "-D");
            assert!(!spec.doc.is_empty() && !spec.doc.ends_with('.'));
        }
        for (_, long) in SHORT {
            assert!(find(long).is_some());
        }
        for (one, other) in EXCLUSIVE {
            assert!(find(one).is_some() && find(other).is_some());
        }
    }

    #[test]
    fn the_words_that_follow_are_counted() {
        for (name, least, most) in [
            ("--set-monitor", 6, 6),
            ("--add-listen", 1, 2),
            ("--set-device", 3, usize::MAX),
            ("--set-notifyflags", 2, usize::MAX),
            ("--scan-serial", 1, usize::MAX),
            ("--set-mode", 1, 1),
            ("--help", 0, 0),
        ] {
            let spec = find(name).unwrap();
            assert_eq!((spec.least(), spec.most()), (least, most), "{name}");
        }
    }
}
