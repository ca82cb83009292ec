//! The rules of ups.conf.

use super::*;
use proptest::prelude::*;

fn parse(source: &str) -> (UpsConf, Vec<String>) {
    let loaded = UpsConf::parse(Path::new("ups.conf"), source.as_bytes());
    let told = loaded.problems.iter().map(|problem| {
        let shown = problem.to_string();
        let line = shown.lines().next().unwrap_or_default();
        line.trim_start_matches("ups.conf:").to_owned()
    });
    (loaded.value, told.collect())
}

fn good(source: &str) -> UpsConf {
    let (conf, told) = parse(source);
    assert!(told.is_empty(), "{source}: {told:?}");
    conf
}

const RACK: &str = "[rack]\ndriver = dummy-ups\nport = x.dev\n";

/// The section `[rack]` with more lines, the first of them line 4, and what is told of it.
fn with(lines: &str) -> (Section, Vec<String>) {
    let (conf, told) = parse(&format!("{RACK}{lines}\n"));
    (conf.section("rack").cloned().unwrap(), told)
}

#[test]
fn an_empty_file_has_no_sections_and_no_problems() {
    assert_eq!(good("# nothing\n\n"), UpsConf::default());
}

#[test]
fn defaults_are_those_of_nut() {
    let conf = good(RACK);
    let rack = &conf.sections[0];
    assert_eq!(
        (rack.driver.as_str(), rack.port.as_str()),
        ("dummy-ups", "x.dev")
    );
    assert_eq!(conf.pollinterval(rack), Duration::from_secs(2));
    assert_eq!(conf.synchronous(rack), Synchronous::Auto);
    assert_eq!(conf.reconnect_max_tries(rack), None);
    assert_eq!(conf.reconnect_report_freq(rack), None);
    assert_eq!(conf.maxstartdelay(rack), Duration::from_secs(75));
    assert_eq!(
        (conf.maxretry(rack), conf.retrydelay(rack)),
        (1, Duration::from_secs(5))
    );
    assert_eq!(
        (conf.debug_min(rack), conf.libusb_debug(rack)),
        (None, None)
    );
    assert_eq!((conf.user(rack), conf.group(rack)), (None, None));
    assert_eq!(rack.place, Some(Place { line: 1, col: 1 }));
}

#[test]
fn every_global_directive_is_taken() {
    let conf = good(
        "driverpath = /drv\nStatePath = /run\nchroot = /jail\nuser = u\ngroup = g\npollinterval = 3\n\
         synchronous = yes\nreconnect_max_tries = 0\nreconnect_report_freq = 9\nmaxstartdelay = 10\n\
         maxretry = 4\nretrydelay = 6\nnowait\nDEBUG_min = 2\nLIBUSB_DEBUG = 1\n[r]\ndriver=a\nport=b\n",
    );
    let globals = &conf.globals;
    assert_eq!(globals.driverpath, Some("/drv".into()));
    assert_eq!(globals.statepath, Some("/run".into()));
    assert_eq!(globals.chroot, Some("/jail".into()));
    assert!(globals.nowait);
    let rack = &conf.sections[0];
    assert_eq!((conf.user(rack), conf.group(rack)), (Some("u"), Some("g")));
    assert_eq!(conf.pollinterval(rack), Duration::from_secs(3));
    assert_eq!(conf.synchronous(rack), Synchronous::Yes);
    assert_eq!(conf.reconnect_max_tries(rack), Some(0));
    assert_eq!(conf.reconnect_report_freq(rack), Some(9));
    assert_eq!(conf.maxstartdelay(rack), Duration::from_secs(10));
    assert_eq!(
        (conf.maxretry(rack), conf.retrydelay(rack)),
        (4, Duration::from_secs(6))
    );
    assert_eq!(
        (conf.debug_min(rack), conf.libusb_debug(rack)),
        (Some(2), Some(1))
    );
}

#[test]
fn every_section_directive_is_taken_and_kept_as_a_setting() {
    let (rack, told) = with(
        "desc = \"Rack UPS\"\nsdorder = -1\nsdcommands = load.off.delay,shutdown.default\nallow_killpower\n\
         nolock\nignorelb\nuser=u\ngroup=g\npollinterval=1\nsynchronous=no\nreconnect_max_tries=-1\n\
         reconnect_report_freq=2\nmaxstartdelay=3\nmaxretry=4\nretrydelay=5\ndebug_min=6\nLIBUSB_DEBUG=3\n\
         default.battery.charge.low = 20\nOverride.ups.mfr = \"A B\"\nvendorid = 051d\nallow_duplicates",
    );
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(rack.desc.as_deref(), Some("Rack UPS"));
    assert_eq!(rack.sdorder, Some(-1));
    assert_eq!(rack.sdcommands, ["load.off.delay", "shutdown.default"]);
    assert!(rack.allow_killpower && rack.nolock && rack.ignorelb);
    assert_eq!(
        rack.shared,
        Shared {
            user: Some("u".into()),
            group: Some("g".into()),
            pollinterval: Some(Duration::from_secs(1)),
            synchronous: Some(Synchronous::No),
            reconnect_max_tries: Some(-1),
            reconnect_report_freq: Some(2),
            maxstartdelay: Some(Duration::from_secs(3)),
            maxretry: Some(4),
            retrydelay: Some(Duration::from_secs(5)),
            debug_min: Some(6),
            libusb_debug: Some(3),
        }
    );
    assert_eq!(
        rack.defaults().collect::<Vec<_>>(),
        [("battery.charge.low", "20")]
    );
    assert_eq!(rack.overrides().collect::<Vec<_>>(), [("ups.mfr", "A B")]);
    assert_eq!(rack.settings.len(), 23);
    let own: Vec<_> = rack.driver_settings().collect();
    assert_eq!(
        (own[0].key.as_str(), own[0].value.as_deref()),
        ("vendorid", Some("051d"))
    );
    assert_eq!(
        (own[1].key.as_str(), own[1].value.as_deref()),
        ("allow_duplicates", None)
    );
    assert_eq!(own[1].place, Place { line: 24, col: 1 });
    assert_eq!(own.len(), 2);
}

#[test]
fn a_section_beats_the_globals_and_a_negative_number_means_the_global_one() {
    let conf = good(&format!(
        "pollinterval = 9\nmaxretry = 3\n{RACK}pollinterval = 4\nmaxretry = -1\n"
    ));
    let rack = &conf.sections[0];
    assert_eq!(
        (conf.pollinterval(rack), conf.maxretry(rack)),
        (Duration::from_secs(4), 3)
    );
}

#[test]
fn bad_values_are_located_and_leave_the_default() {
    for (line, told) in [
        (
            "pollinterval = five",
            "4:16: error: pollinterval: \"five\" is not a whole number of seconds; usage: pollinterval = <seconds>",
        ),
        (
            "pollinterval = 0",
            "4:16: error: pollinterval: 0 is too often, the least is 1 second; usage: pollinterval = <seconds>",
        ),
        (
            "reconnect_max_tries = 1x",
            "4:23: error: reconnect_max_tries: \"1x\" is not a whole number of attempts; usage: reconnect_max_tries = <count>",
        ),
        (
            "debug_min = -1",
            "4:13: error: debug_min: \"-1\" is not a whole number of debug levels; usage: debug_min = <level>",
        ),
        (
            "maxstartdelay = x",
            "4:17: error: maxstartdelay: \"x\" is not a whole number of seconds; usage: maxstartdelay = <seconds>",
        ),
        (
            "user = \"\"",
            "4:8: error: user: the value is empty; usage: user = <name>",
        ),
        (
            "sdorder",
            "4:1: error: sdorder: a value is missing; usage: sdorder = <rank>",
        ),
    ] {
        let (rack, found) = with(line);
        assert_eq!(found, [told], "{line}");
        assert_eq!(
            (rack.shared, rack.sdorder),
            (Shared::default(), None),
            "{line}"
        );
    }
}

#[test]
fn odd_values_are_taken_as_c_does_and_told() {
    let (rack, told) = with(
        "synchronous = maybe\nLIBUSB_DEBUG = all\npollinterval = 3s\nignorelb = no\nsddelay = 5",
    );
    assert_eq!(rack.shared.synchronous, Some(Synchronous::No));
    assert_eq!(rack.shared.libusb_debug, Some(4));
    assert_eq!(rack.shared.pollinterval, Some(Duration::from_secs(3)));
    assert!(rack.ignorelb);
    assert_eq!(
        told,
        [
            "4:15: warning: synchronous: \"maybe\" is none of yes, no, auto, and is read as no",
            "5:16: warning: LIBUSB_DEBUG: \"all\" is not a debug level and is read as 4",
            "6:16: warning: pollinterval: \"3s\" is read as 3",
            "7:12: warning: ignorelb is a flag, any value switches it on; remove the line to switch it off",
            "8:1: warning: sddelay: obsolete and ignored; remove the line",
        ]
    );
}

#[test]
fn lines_that_c_drops_without_a_word_are_told_with_the_fix() {
    for (line, told) in [
        (
            "desc Rack",
            "4:1: warning: desc: there is no \"=\" behind it, the line is ignored; write desc = \"...\"",
        ),
        (
            "desc the Rack",
            "4:1: warning: desc: there is no \"=\" behind it, the line is ignored; write desc = \"...\"",
        ),
        (
            "desc =",
            "4:1: warning: desc: nothing stands behind \"=\", the line is ignored; write desc = \"...\"",
        ),
        (
            "desc = Rack UPS",
            "4:13: warning: desc: only the first word behind \"=\" is taken; quote the value: desc = \"...\"",
        ),
        (
            "product = Smart UPS",
            "4:17: warning: product: only the first word behind \"=\" is taken; quote the value: product = \"...\"",
        ),
        (
            "chroot = /x",
            "4:1: warning: chroot has no effect in a section; move it before the first [name] line",
        ),
    ] {
        assert_eq!(with(line).1, [told], "{line}");
    }
    assert_eq!(with("desc = Rack UPS").0.desc.as_deref(), Some("Rack"));
    assert_eq!(
        with("x = \"y z\"")
            .0
            .settings
            .last()
            .unwrap()
            .value
            .as_deref(),
        Some("y z")
    );
}

#[test]
fn a_key_near_a_common_one_is_told_and_others_are_left_to_the_driver() {
    for (line, name) in [
        ("pollintervall = 5", "pollinterval"),
        ("ignorLB", "ignorelb"),
        ("Desc = x", "desc"),
        ("no_lock", "nolock"),
        ("libusb_debug = 1", "LIBUSB_DEBUG"),
    ] {
        let (rack, told) = with(line);
        assert_eq!(told.len(), 1, "{line}");
        assert!(
            told[0].ends_with(&format!("is left to the driver, did you mean {name}?")),
            "{told:?}"
        );
        assert_eq!(rack.driver_settings().count(), 1);
    }
    for line in [
        "offdelay = 5",
        "subdriver = q1",
        "pollfreq = 30",
        "cable = 940",
        "community = x",
    ] {
        assert_eq!(with(line).1, [""; 0], "{line}");
    }
}

#[test]
fn descriptions_that_break_clients_are_told() {
    for desc in [r#""a \"b\"""#, r#""a \\ b""#] {
        let (rack, told) = with(&format!("desc = {desc}"));
        assert!(told[0].contains("many clients cannot read"), "{told:?}");
        assert!(rack.desc.is_some());
    }
    let (rack, told) = with("desc = \"Büro\"");
    assert_eq!(
        told,
        ["4:10: warning: byte 0xc3 is not printable ASCII; 2 such bytes of this line are left out"]
    );
    assert_eq!(rack.desc.as_deref(), Some("Bro"));
}

#[test]
fn unusable_sections_are_told_and_the_others_stay() {
    let (conf, told) = parse(&format!(
        "[a]\nport = x\n[b]\ndriver = y\n[c]\ndriver = \"\"\nport=x\n{RACK}"
    ));
    assert_eq!(
        told,
        [
            "1:1: error: [a] has no driver and is ignored; add driver = \"...\"",
            "3:1: error: [b] has no port and is ignored; add port = \"...\"",
            "5:1: error: [c] has no driver and is ignored; add driver = \"...\"",
            "6:10: error: driver: the value is empty; usage: driver = <program>",
        ]
    );
    assert_eq!(conf.sections.len(), 1);
    assert_eq!(conf.sections[0].name, "rack");
}

#[test]
fn a_section_that_appears_twice_is_merged_and_the_later_value_wins() {
    let (conf, told) = parse(&format!(
        "{RACK}[b]\ndriver=x\nport=y\n[rack]\nport = z\nnolock\n"
    ));
    assert_eq!(
        told,
        ["7:1: warning: [rack] stands already in line 1; the two are merged, the later value wins"]
    );
    let names: Vec<_> = conf
        .sections
        .iter()
        .map(|section| section.name.as_str())
        .collect();
    assert_eq!(names, ["rack", "b"]);
    assert_eq!(
        (conf.sections[0].port.as_str(), conf.sections[0].nolock),
        ("z", true)
    );
}

#[test]
fn of_names_that_differ_in_case_the_first_counts() {
    let (conf, told) = parse(&format!("{RACK}[RACK]\ndriver = other\nport = z\n"));
    assert_eq!(
        told,
        [
            "4:1: error: [RACK] differs only in case from [rack] in line 1 and is ignored; rename one"
        ]
    );
    assert_eq!(conf.sections.len(), 1);
    assert_eq!(conf.sections[0].driver, "dummy-ups");
}

#[test]
fn headers_without_a_name_or_with_blanks_are_errors_and_own_what_follows() {
    for header in ["[]", "[a b]", "[a"] {
        let (conf, told) = parse(&format!("{RACK}{header}\nport = z\n"));
        assert_eq!(told.len(), 1, "{header}");
        assert!(told[0].contains("error"), "{told:?}");
        assert_eq!(conf.sections[0].port, "x.dev", "{header}");
    }
    let (conf, told) = parse("\"[a b]\"\ndriver=x\nport=y\n");
    assert_eq!(
        told,
        [
            "1:1: warning: \"a b\" is an awkward name for a UPS; use only letters, digits, \".\", \"_\" and \"-\""
        ]
    );
    assert_eq!(conf.sections[0].name, "a b");
}

#[test]
fn globals_that_do_nothing_are_told() {
    for (line, told) in [
        (
            "nolock",
            "1:1: warning: nolock has no effect before the first section; move it below a [name] line",
        ),
        (
            "driver = x",
            "1:1: warning: driver has no effect before the first section; move it below a [name] line",
        ),
        (
            "pollintreval = 5",
            "1:1: warning: unknown global setting \"pollintreval\", did you mean pollinterval?",
        ),
        (
            "xyzzy = 5",
            "1:1: warning: unknown global setting \"xyzzy\"; the line is ignored",
        ),
        (
            "allow_all",
            "1:1: warning: unknown global setting \"allow_all\"; the line is ignored",
        ),
        (
            "statepath",
            "1:1: error: statepath: a value is missing; usage: statepath = <directory>",
        ),
        (
            "STATEPATH /run",
            "1:1: warning: STATEPATH: there is no \"=\" behind it, the line is ignored; write STATEPATH = \"...\"",
        ),
    ] {
        assert_eq!(
            parse(line),
            (UpsConf::default(), vec![told.to_owned()]),
            "{line}"
        );
    }
}

#[test]
fn a_last_line_without_line_end_counts() {
    assert!(with("").0.settings.len() == 2);
    let (conf, told) = parse(&format!("{RACK}nolock"));
    assert!(told.is_empty() && conf.sections[0].nolock);
}

#[test]
fn crlf_files_are_read_as_others() {
    let conf = good(&RACK.replace('\n', "\r\n"));
    assert_eq!(conf.sections[0].port, "x.dev");
}

#[test]
fn a_community_is_never_shown() {
    let loaded = UpsConf::parse(
        Path::new("f"),
        b"[a]\ncommunity = sesame x\ndriver=x\nport=y\n",
    );
    assert_eq!(loaded.problems.len(), 1);
    assert!(!loaded.problems[0].to_string().contains("sesame"));
}

proptest! {
    #[test]
    fn any_bytes_are_survived(source in prop::collection::vec(any::<u8>(), 0..2000)) {
        let loaded = UpsConf::parse(Path::new("f"), &source);
        loaded.problems.iter().for_each(|problem| drop(problem.to_string()));
    }

    #[test]
    fn lines_in_any_order_give_usable_sections_of_different_names(
        source in "((\\[a\\]|\\[A\\]|\\[b\\]|\\[|driver|port|desc|nolock|=|x|\"|#|\\\\|é)[ \n]?){0,80}"
    ) {
        let sections = UpsConf::parse(Path::new("f"), source.as_bytes()).value.sections;
        prop_assert!(sections.iter().all(|section| !section.driver.is_empty()));
        let mut names: Vec<_> = sections.iter().map(|s| s.name.to_ascii_lowercase()).collect();
        names.sort();
        names.dedup();
        prop_assert_eq!(names.len(), sections.len());
    }
}
