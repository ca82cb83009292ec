use super::*;

const HEAD: &str = "CMDSCRIPT /bin/x -a\nPIPEFN /run/p\nLOCKFN /run/l\n";

fn parse(source: &str) -> (UpsschedConf, Vec<String>) {
    let loaded = UpsschedConf::parse(Path::new("upssched.conf"), source.as_bytes());
    let told = loaded.problems.iter().map(|problem| {
        let shown = problem.to_string();
        let line = shown.lines().next().unwrap_or_default();
        line.replace("upssched.conf:", "")
    });
    (loaded.value, told.collect())
}

fn rules(lines: &str) -> Vec<Rule> {
    let (conf, told) = parse(&format!("{HEAD}{lines}"));
    assert!(told.is_empty(), "{told:?}");
    conf.rules
}

fn problem(line: &str) -> String {
    let (_, told) = parse(&format!("{HEAD}{line}\n"));
    assert_eq!(told.len(), 1, "{told:?}");
    told[0].clone()
}

#[test]
fn every_command_is_taken() {
    let rules = rules(
        "AT ONBATT rack@srv START-TIMER low 30\nAT onbatt * START-TIMER-SHARED low 5\nAT ONLINE * CANCEL-TIMER low back\n\
         AT ONLINE * CANCEL-TIMER-MATCHED low\nAT COMMBAD * EXECUTE \"a b\"\n",
    );
    let cancel = |command: &str, matched| What::Cancel {
        name: "low".to_owned(),
        command: command.to_owned(),
        matched,
    };
    let start = |seconds: &str, shared| What::Start {
        name: "low".to_owned(),
        seconds: seconds.to_owned(),
        shared,
    };
    let what: Vec<_> = rules.into_iter().map(|rule| rule.what).collect();
    let expected = [
        start("30", false),
        start("5", true),
        cancel("back", false),
        cancel("", true),
        What::Execute("a b".to_owned()),
    ];
    assert_eq!(what, expected);
}

#[test]
fn all_rules_that_match_are_given_in_their_order() {
    let (conf, _) = parse(&format!(
        "{HEAD}AT ONBATT a EXECUTE 1\nAT ONLINE a EXECUTE 2\nAT onbatt * EXECUTE 3\nAT ONBATT A EXECUTE 4\n"
    ));
    let of = |notice: &str, ups: &str| -> Vec<u32> {
        conf.matching(notice, ups)
            .map(|rule| rule.place.line - 3)
            .collect()
    };
    assert_eq!(of("ONBATT", "a"), [1, 3]);
    assert_eq!(of("ONBATT", ""), [3], "without a UPS only * matches");
    assert_eq!(of("ONLINE", "a"), [2]);
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    for (line, expected) in [
        (
            "AT ONBAT * EXECUTE x",
            "4:4: warning: AT: \"ONBAT\" is no event of upsmon, did you mean ONBATT?",
        ),
        (
            "AT ONBATT * EXEC x",
            "4:13: error: AT: invalid command \"EXEC\"",
        ),
        (
            "AT ONBATT * START-TIMR x 1",
            "4:13: error: AT: invalid command \"START-TIMR\", did you mean START-TIMER?",
        ),
        (
            "AT ONBATT * START-TIMER x soon",
            "4:27: error: AT: \"soon\" is not a whole number of seconds",
        ),
        (
            "AT ONBATT * START-TIMER x",
            "4:13: warning: AT: the seconds are missing",
        ),
        ("AT ONBATT * EXECUTE", "4:1: error: AT: a value is missing"),
        (
            "PIPEFN run/p",
            "4:8: error: PIPEFN: the path must begin with /",
        ),
        (
            "at ONBATT * EXECUTE x",
            "4:1: warning: unknown directive \"at\", did you mean AT?",
        ),
    ] {
        let told = problem(line);
        assert!(told.starts_with(expected), "{told}");
    }
    assert!(problem(&format!("PIPEFN /{}", "x".repeat(107))).contains("107 bytes at most"));
}

#[test]
fn the_paths_are_needed_and_come_first() {
    let (_, told) = parse("AT ONBATT * EXECUTE x\n");
    assert_eq!(told.len(), 4, "{told:?}");
    let (conf, told) = parse("AT ONBATT * EXECUTE x\nCMDSCRIPT /x\nPIPEFN /p\nLOCKFN /l\n");
    assert!(
        told[0].contains("have to stand before the first AT"),
        "{told:?}"
    );
    assert_eq!((conf.rules.len(), told.len()), (1, 1));
}
