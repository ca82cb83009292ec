//! The files together, and the tables as the source of the manual.

use crate::{Directive, UpsConf, UpsdConf, Users, ups, upsd, users};
use std::path::Path;

#[test]
fn ten_planted_mistakes_give_ten_located_messages() {
    let upsd_conf = "MAXAGE 15\nmaxconn 20\nLISTEN 0.0.0.0 99999\nSTATEPATH\n";
    let ups_conf = "pollinterval = often\n[rack]\n  driver = usbhid-ups\n  port = auto\n\
                    \x20 desc = Rack UPS\n[lab]\n  driver = dummy-ups\n[Rack]\n  port = \"a#b\"\n";
    let upsd_users = "[admin]\n  password = x\n  actions = SETT\n  upsmon prime\n[c d]\n";
    let upsd = UpsdConf::parse(Path::new("upsd.conf"), upsd_conf.as_bytes());
    let ups = UpsConf::parse(Path::new("ups.conf"), ups_conf.as_bytes());
    let users = Users::parse(Path::new("upsd.users"), upsd_users.as_bytes());
    let told: Vec<String> = [upsd.problems, ups.problems, users.problems]
        .concat()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told.join("\n"),
        r##"upsd.conf:2:1: warning: unknown directive "maxconn", did you mean MAXCONN?
maxconn 20
^
upsd.conf:3:16: error: LISTEN: "99999" is no port, the highest is 65535; usage: LISTEN <address> [<port>]
LISTEN 0.0.0.0 99999
               ^
upsd.conf:4:1: error: STATEPATH: a value is missing; usage: STATEPATH <directory>
STATEPATH
^
ups.conf:1:16: error: pollinterval: "often" is not a whole number of seconds; usage: pollinterval = <seconds>
pollinterval = often
               ^
ups.conf:5:15: warning: desc: only the first word behind "=" is taken; quote the value: desc = "..."
  desc = Rack UPS
              ^
ups.conf:6:1: error: [lab] has no port and is ignored; add port = "..."
[lab]
^
ups.conf:8:1: error: [Rack] differs only in case from [rack] in line 2 and is ignored; rename one
[Rack]
^
ups.conf:9:12: error: "#" inside quotes ends the line, which is ignored; write "\#"
  port = "a#b"
           ^
upsd.users:3:13: warning: actions: unknown action "SETT", did you mean SET?
  actions = SETT
            ^
upsd.users:4:10: error: upsmon: "prime" is neither primary nor secondary; usage: upsmon = primary|secondary...
  upsmon prime
         ^
upsd.users:5:1: error: a header with blanks needs quotes; write "[c d]"
[c d]
^"##
            .to_owned()
    );
}

#[test]
fn every_directive_is_documented_and_no_name_comes_twice() {
    check(upsd::DIRECTIVES);
    check(users::SETTINGS);
    check(ups::GLOBAL);
    check(ups::SHARED);
    check(ups::SECTION);
}

fn check<T>(table: &[Directive<T>]) {
    for (number, directive) in table.iter().enumerate() {
        assert!(directive.doc.ends_with('.'), "{}", directive.name);
        let same = |other: &Directive<T>| other.name.eq_ignore_ascii_case(directive.name);
        assert_eq!(
            table.iter().position(same),
            Some(number),
            "{}",
            directive.name
        );
    }
}
