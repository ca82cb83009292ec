//! Every directive of upsd.conf, good and bad.

use super::*;
use crate::Severity;
use proptest::prelude::*;

fn parse(source: &str) -> (UpsdConf, Vec<String>) {
    let loaded = UpsdConf::parse(Path::new("upsd.conf"), source.as_bytes());
    (
        loaded.value,
        loaded.problems.iter().map(first_line).collect(),
    )
}

fn first_line(problem: &crate::Problem) -> String {
    let shown = problem.to_string();
    let line = shown.lines().next().unwrap_or_default();
    line.trim_start_matches("upsd.conf:").to_owned()
}

fn good(source: &str) -> UpsdConf {
    let (conf, told) = parse(source);
    assert!(told.is_empty(), "{source}: {told:?}");
    conf
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let conf = good("# nothing\n");
    assert_eq!(conf, UpsdConf::default());
    assert_eq!(conf.maxage(), Duration::from_secs(15));
    assert_eq!(conf.trackingdelay(), Duration::from_secs(3600));
    assert_eq!(conf.idletimeout(), Some(Duration::from_secs(300)));
    assert_eq!(conf.maxconn(), None);
    assert!(!conf.allow_no_device() && !conf.allow_not_all_listeners());
    assert!(!conf.disable_weak_ssl());
    assert_eq!(conf.certrequest(), CertRequest::No);
    let hosts: Vec<_> = conf
        .listeners()
        .into_iter()
        .map(|l| (l.host, l.port))
        .collect();
    let port = ListenPort::Number(PORT);
    assert_eq!(
        hosts,
        [("::1".into(), port.clone()), ("127.0.0.1".into(), port)]
    );
}

#[test]
fn every_directive_is_taken() {
    let conf = good(
        "LISTEN * \nLISTEN ::1 nut\nLISTEN localhost 13493\nMAXAGE 20\nTRACKINGDELAY 60\nIDLETIMEOUT 0\n\
         MAXCONN 100\nALLOW_NO_DEVICE yes\nALLOW_NOT_ALL_LISTENERS 1\nSTATEPATH /run/nut\n\
         DATAPATH \"/usr/share/nut x\"\nCERTFILE /c.pem\nCERTPATH /ca\nCERTIDENT srv \"p w\"\n\
         CERTREQUEST REQUIRE\nDISABLE_WEAK_SSL true\ndebug_Min 3\n",
    );
    let listen: Vec<_> = conf
        .listeners()
        .into_iter()
        .map(|l| (l.host, l.port))
        .collect();
    assert_eq!(
        listen,
        [
            ("*".into(), ListenPort::Number(PORT)),
            ("::1".into(), ListenPort::Service("nut".into())),
            ("localhost".into(), ListenPort::Number(13493)),
        ]
    );
    assert_eq!(conf.listen[1].place, Some(Place { line: 2, col: 1 }));
    assert_eq!(conf.maxage(), Duration::from_secs(20));
    assert_eq!(conf.trackingdelay(), Duration::from_secs(60));
    assert_eq!(conf.idletimeout(), None);
    assert_eq!(conf.maxconn(), Some(100));
    assert!(conf.allow_no_device() && conf.allow_not_all_listeners());
    assert_eq!(conf.statepath, Some("/run/nut".into()));
    assert_eq!(conf.datapath, Some("/usr/share/nut x".into()));
    assert_eq!(conf.certfile, Some("/c.pem".into()));
    assert_eq!(conf.certpath, Some("/ca".into()));
    let ident = conf.certident.as_ref().unwrap();
    assert_eq!(
        (ident.name.as_str(), ident.password.expose()),
        ("srv", "p w")
    );
    assert_eq!(conf.certrequest(), CertRequest::Require);
    assert!(conf.disable_weak_ssl());
    assert_eq!(conf.debug_min, Some(3));
}

#[test]
fn every_spelling_of_a_value_is_taken() {
    for (value, on) in [
        ("TRUE", true),
        ("Off", false),
        ("2", true),
        ("0", false),
        ("no", false),
    ] {
        let conf = good(&format!("ALLOW_NO_DEVICE {value}"));
        assert_eq!(conf.allow_no_device, Some(on), "{value}");
    }
    for (value, request) in [
        ("0", CertRequest::No),
        ("NO", CertRequest::No),
        ("1", CertRequest::Request),
        ("REQUEST", CertRequest::Request),
        ("2", CertRequest::Require),
    ] {
        let conf = good(&format!("CERTREQUEST {value}"));
        assert_eq!(conf.certrequest, Some(request), "{value}");
    }
    assert_eq!(good("MAXCONN 0").maxconn(), None);
    assert_eq!(good("CERTIDENT \"\" pw").certident.unwrap().name, "");
}

#[test]
fn bad_values_are_located_and_leave_the_default() {
    for (source, told) in [
        (
            "MAXAGE soon",
            "1:8: error: MAXAGE: \"soon\" is not a whole number of seconds; usage: MAXAGE <seconds>",
        ),
        (
            "MAXAGE -1",
            "1:8: error: MAXAGE: \"-1\" is not a whole number of seconds; usage: MAXAGE <seconds>",
        ),
        (
            "MAXAGE",
            "1:1: error: MAXAGE: a value is missing; usage: MAXAGE <seconds>",
        ),
        (
            "MAXAGE = 15",
            "1:8: error: MAXAGE: here the value follows without \"=\"; usage: MAXAGE <seconds>",
        ),
        (
            "TRACKINGDELAY x",
            "1:15: error: TRACKINGDELAY: \"x\" is not a whole number of seconds; usage: TRACKINGDELAY <seconds>",
        ),
        (
            "IDLETIMEOUT x",
            "1:13: error: IDLETIMEOUT: \"x\" is not a whole number of seconds; usage: IDLETIMEOUT <seconds>",
        ),
        (
            "MAXCONN many",
            "1:9: error: MAXCONN: \"many\" is not a whole number of connections; usage: MAXCONN <count>",
        ),
        (
            "ALLOW_NO_DEVICE maybe",
            "1:17: error: ALLOW_NO_DEVICE: \"maybe\" is neither yes nor no; usage: ALLOW_NO_DEVICE yes|no",
        ),
        (
            "DISABLE_WEAK_SSL 2",
            "1:18: error: DISABLE_WEAK_SSL: \"2\" is neither yes nor no; usage: DISABLE_WEAK_SSL yes|no",
        ),
        (
            "STATEPATH \"\"",
            "1:11: error: STATEPATH: the value is empty; usage: STATEPATH <directory>",
        ),
        (
            "CERTIDENT a",
            "1:1: error: CERTIDENT: a value is missing; usage: CERTIDENT <name> <password>",
        ),
        (
            "CERTREQUEST require",
            "1:13: error: CERTREQUEST: \"require\" is none of NO, REQUEST, REQUIRE; usage: CERTREQUEST NO|REQUEST|REQUIRE",
        ),
        (
            "DEBUG_MIN -1",
            "1:11: error: DEBUG_MIN: \"-1\" is not a whole number of debug levels; usage: DEBUG_MIN <level>",
        ),
        (
            "DEBUG_MIN 1x",
            "1:11: error: DEBUG_MIN: \"1x\" is not a whole number of debug levels; usage: DEBUG_MIN <level>",
        ),
        (
            "LISTEN ::1 70000",
            "1:12: error: LISTEN: \"70000\" is no port, the highest is 65535; usage: LISTEN <address> [<port>]",
        ),
        (
            "LISTEN 0.0.0.0:3493",
            "1:8: error: LISTEN: \"0.0.0.0:3493\" is neither an address nor the name of a host; usage: LISTEN <address> [<port>]",
        ),
        (
            "LISTEN 192.0.2.0/24",
            "1:8: error: LISTEN: \"192.0.2.0/24\" is neither an address nor the name of a host; usage: LISTEN <address> [<port>]",
        ),
        (
            "LISTEN 0.0.0.0, 3493",
            "1:8: error: LISTEN: \"0.0.0.0,\" is neither an address nor the name of a host; usage: LISTEN <address> [<port>]",
        ),
        (
            "listen ::1",
            "1:1: warning: unknown directive \"listen\", did you mean LISTEN?",
        ),
    ] {
        assert_eq!(
            parse(source),
            (UpsdConf::default(), vec![told.to_owned()]),
            "{source}"
        );
    }
}

#[test]
fn sloppy_numbers_and_surplus_words_are_taken_with_a_warning() {
    let (conf, told) = parse("MAXAGE 15s\nMAXCONN 5 6\n");
    assert_eq!(
        (conf.maxage, conf.maxconn),
        (Some(Duration::from_secs(15)), Some(5))
    );
    assert_eq!(
        told,
        [
            "1:8: warning: MAXAGE: \"15s\" is read as 15",
            "2:11: warning: MAXCONN: this word is one too many and is ignored; usage: MAXCONN <count>",
        ]
    );
}

#[test]
fn access_lists_of_old_are_warnings() {
    for source in ["ACCEPT a b", "REJECT a b", "ACL a b c", "ACL"] {
        let loaded = UpsdConf::parse(Path::new("f"), source.as_bytes());
        assert_eq!(loaded.problems.len(), 1, "{source}");
        assert_eq!(loaded.problems[0].severity, Severity::Warning, "{source}");
        assert!(!loaded.has_errors());
    }
}

#[test]
fn of_repeated_directives_the_last_wins() {
    assert_eq!(
        good("MAXAGE 1\nMAXAGE 2\n").maxage(),
        Duration::from_secs(2)
    );
}

#[test]
fn a_key_password_is_never_in_a_message() {
    let (_, told) = parse("CERTIDENT a hunter2 hunter3\n");
    assert_eq!(told.len(), 1);
    let loaded = UpsdConf::parse(
        Path::new("f"),
        b"CERTIDENT a \"hunter2 # x\"\nCERTIDNT a hunter2\n",
    );
    let all: String = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(loaded.problems.len(), 2);
    assert!(!all.contains("hunter"), "{all}");
    assert!(!format!("{:?}", good("CERTIDENT a hunter2")).contains("hunter"));
}

#[test]
fn a_reload_keeps_what_the_new_file_does_not_give() {
    let old = good("MAXAGE 20\nMAXCONN 9\nCERTFILE /a\nDEBUG_MIN 3\nLISTEN ::1\n");
    let new = good("MAXAGE 30\n").over(&old);
    assert_eq!(new.maxage(), Duration::from_secs(30));
    assert_eq!((new.maxconn, new.certfile), (Some(9), Some("/a".into())));
    assert_eq!((new.debug_min, new.listen), (None, vec![]));
}

proptest! {
    #[test]
    fn any_bytes_are_survived(source in prop::collection::vec(any::<u8>(), 0..2000)) {
        let loaded = UpsdConf::parse(Path::new("f"), &source);
        loaded.problems.iter().for_each(|problem| drop(problem.to_string()));
    }

    #[test]
    fn words_in_any_order_are_survived(
        source in "((LISTEN|MAXAGE|CERTIDENT|ACL|DEBUG_MIN|STATEPATH|1|-|=|\"|#|\\\\|é|x)[ \n\t]?){0,60}"
    ) {
        let loaded = UpsdConf::parse(Path::new("f"), source.as_bytes());
        loaded.problems.iter().for_each(|problem| drop(problem.to_string()));
    }
}
