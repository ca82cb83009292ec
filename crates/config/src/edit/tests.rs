use super::*;
use proptest::prelude::*;
use std::path::Path;

fn read(format: Format, source: &str) -> Document {
    Document::parse(format, Path::new("f"), source.as_bytes()).unwrap()
}

fn text(document: &Document) -> &str {
    std::str::from_utf8(document.bytes()).unwrap()
}

/// What `edit` makes of `source`; doing it twice changes nothing more.
#[track_caller]
fn after(
    format: Format,
    source: &str,
    edit: impl Fn(&mut Document) -> Result<(), EditError>,
) -> String {
    let mut document = read(format, source);
    edit(&mut document).unwrap();
    let once = text(&document).to_owned();
    edit(&mut document).unwrap();
    assert_eq!(text(&document), once, "twice is not once");
    once
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    for (source, expected) in [
        ("MAXAGE 15\n", "MAXAGE 20\n"),
        (
            "# a\n\tMAXAGE  15   # b\n\nX 1",
            "# a\n\tMAXAGE  20   # b\n\nX 1",
        ),
        ("MAXAGE \"15\"#b\r\n", "MAXAGE \"20\"#b\r\n"),
        ("MAXAGE 1\nMAXAGE 2\n", "MAXAGE 1\nMAXAGE 20\n"),
        ("MAXAGE \\\n15\n", "MAXAGE \\\n20\n"),
        ("MAXAGE 1 2 3 # c\n", "MAXAGE 20 # c\n"),
        ("MAXAGE # c\n", "MAXAGE 20 # c\n"),
    ] {
        let found = after(Format::Directives, source, |file| {
            file.set("MAXAGE", &[], &["20"])
        });
        assert_eq!(found, expected, "{source:?}");
    }
}

#[test]
fn a_new_directive_stands_where_it_belongs() {
    for (source, expected) in [
        ("", "LISTEN ::1\n"),
        ("MAXAGE 1", "MAXAGE 1\nLISTEN ::1"),
        (
            "LISTEN a\n# x\nMAXAGE 1\n",
            "LISTEN a\nLISTEN ::1\n# x\nMAXAGE 1\n",
        ),
        (
            "# x\n#LISTEN a\n#LISTEN b\n\nMAXAGE 1\n",
            "# x\n#LISTEN a\n#LISTEN b\nLISTEN ::1\n\nMAXAGE 1\n",
        ),
        (
            "# LISTEN <a>\n#\n# explained\n\nX 1\n",
            "# LISTEN <a>\n#\n# explained\nLISTEN ::1\n\nX 1\n",
        ),
        ("X 1\r\n", "X 1\r\nLISTEN ::1\r\n"),
    ] {
        let found = after(Format::Directives, source, |file| {
            file.add("LISTEN", &["::1"])
        });
        assert_eq!(found, expected, "{source:?}");
    }
}

#[test]
fn directives_are_told_apart_by_their_first_words() {
    let source = "NOTIFYFLAG ONLINE SYSLOG\nNOTIFYFLAG ONBATT SYSLOG # so\n";
    let flag = |file: &mut Document| file.set("NOTIFYFLAG", &["ONBATT"], &["SYSLOG+EXEC"]);
    assert_eq!(
        after(Format::Directives, source, flag),
        "NOTIFYFLAG ONLINE SYSLOG\nNOTIFYFLAG ONBATT SYSLOG+EXEC # so\n"
    );
    let mut file = read(Format::Directives, source);
    file.retain("NOTIFYFLAG", |words| words[0] != "ONLINE");
    assert_eq!(text(&file), "NOTIFYFLAG ONBATT SYSLOG # so\n");
}

const UPS: &str = "# all\npollinterval = 5\n\n[rack]\n\tdriver = dummy-ups # which\n\tport = \"a b\"\n\n# the other\n[desk]\n\tnolock\n";

#[test]
fn a_setting_is_changed_in_its_section() {
    for (section, key, value, old, new) in [
        (
            "rack",
            "driver",
            Value::Words(&["usbhid-ups"]),
            "dummy-ups",
            "usbhid-ups",
        ),
        ("rack", "port", Value::Words(&["x"]), "\"a b\"", "\"x\""),
        (
            "rack",
            "desc",
            Value::Words(&["a b"]),
            "\"a b\"\n",
            "\"a b\"\n\tdesc = \"a b\"\n",
        ),
        ("desk", "nolock", Value::Flag, "", ""),
        (
            "rack",
            "nolock",
            Value::Flag,
            "\"a b\"\n",
            "\"a b\"\n\tnolock\n",
        ),
        (
            "desk",
            "nolock",
            Value::Words(&["x"]),
            "nolock",
            "nolock = x",
        ),
        ("rack", "port", Value::Flag, " = \"a b\"", ""),
    ] {
        let found = after(Format::Ups, UPS, |file| file.set_key(section, key, value));
        assert_eq!(found, UPS.replacen(old, new, 1), "{section} {key}");
    }
}

#[test]
fn a_new_section_comes_last_and_looks_like_the_others() {
    let add = |file: &mut Document| {
        file.add_section("hall")?;
        file.set_key("hall", "driver", Value::Words(&["apcsmart"]))?;
        file.set_key("hall", "port", Value::Words(&["/dev/ttyS0"]))
    };
    let expected = format!("{UPS}\n[hall]\n\tdriver = apcsmart\n\tport = /dev/ttyS0\n");
    assert_eq!(after(Format::Ups, UPS, add), expected);
    assert_eq!(
        after(Format::Ups, "", add),
        "[hall]\n    driver = apcsmart\n    port = /dev/ttyS0\n"
    );
    let mut file = read(Format::Ups, &expected);
    assert_eq!(file.sections(), ["rack", "desk", "hall"]);
    file.remove_section("hall");
    assert_eq!(text(&file), UPS);
    file.remove_section("rack");
    assert_eq!(
        text(&file),
        "# all\npollinterval = 5\n\n\n# the other\n[desk]\n\tnolock\n"
    );
    assert!(read(Format::Ups, "").add_section("a\"b").is_err());
    assert!(read(Format::Ups, "").add_section("").is_err());
}

#[test]
fn of_sections_of_one_name_the_last_value_counts_for_devices_and_the_first_section_for_users() {
    let source = "[a]\nx = 1\n[b]\n[a]\nX = 2\nx = 3\n";
    let set = |format| {
        after(format, source, |file| {
            file.set_key("a", "x", Value::Words(&["9"]))
        })
    };
    assert_eq!(set(Format::Ups), "[a]\nx = 1\n[b]\n[a]\nX = 2\nx = 9\n");
    assert_eq!(set(Format::Users), "[a]\nx = 9\n[b]\n[a]\nX = 2\nx = 3\n");
}

#[test]
fn the_line_before_one_that_is_taken_out_stays_whole() {
    for (source, expected) in [
        ("B 1\nA 1", "B 1"),
        ("B 1\r\nA 1", "B 1"),
        // without its line end it would end in the middle
        ("B \\\n\nA 1", "B \\\n\n"),
        ("B x\\\r\nA 1", "B x\\\r"),
        ("B x\\\\\nA 1", "B x\\\\"),
    ] {
        let mut document = read(Format::Directives, source);
        document.retain("A", |_| false);
        assert_eq!(text(&document), expected, "{source:?}");
        read(Format::Directives, text(&document));
    }
}

#[test]
fn words_are_added_to_what_a_user_may_do() {
    let source = "[u]\n  password = x\n  actions = SET # so\n  INSTCMDS = a\n  instcmds = b\n";
    let add = |file: &mut Document| file.add_to_key("u", "actions", &["set", "FSD"]);
    assert_eq!(
        after(Format::Users, source, add),
        source.replace("SET #", "SET FSD #")
    );
    let add = |file: &mut Document| file.add_to_key("u", "instcmds", &["b", "c", "a"]);
    assert_eq!(
        after(Format::Users, source, add),
        source.replace("= b", "= b c")
    );
    let one = |file: &mut Document| file.set_key("u", "instcmds", Value::Words(&["ALL"]));
    assert_eq!(
        after(Format::Users, source, one),
        source.replace("= a\n  instcmds = b", "= ALL")
    );
    let role = |file: &mut Document| file.set_key("u", "upsmon", Value::Loose(&["primary"]));
    assert_eq!(
        after(Format::Users, source, role),
        format!("{source}  upsmon primary\n")
    );
}

#[test]
fn what_is_no_header_is_told_with_its_place() {
    for source in ["[a]\n[b c]\n", "[a]\n[b\n", "[a]\n[]\n"] {
        let told =
            Document::parse(Format::Ups, Path::new("ups.conf"), source.as_bytes()).unwrap_err();
        let told = told[0].to_string();
        assert!(
            told.starts_with("ups.conf:2:1: error: this header is not \"[name]\""),
            "{told}"
        );
        assert!(Document::parse(Format::Directives, Path::new("x"), source.as_bytes()).is_ok());
    }
}

#[test]
fn lines_with_too_many_words_are_refused() {
    let many = ["x"; 40];
    let mut file = read(Format::Directives, "A 1\n");
    assert_eq!(file.set("A", &[], &many), Err(EditError::TooMany));
    assert_eq!(file.add("B", &many), Err(EditError::TooMany));
    assert_eq!(text(&file), "A 1\n");
    let mut file = read(Format::Ups, "[a]\n");
    assert_eq!(
        file.set_key("a", "k", Value::Words(&many)),
        Err(EditError::TooMany)
    );
    assert_eq!(
        file.set_key("a", "[k]", Value::Flag),
        Err(EditError::Name("[k]".into()))
    );
}

/// A line of a file as people write it.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("   ".to_owned()),
        "# [a-z]{0,4} \u{e4}",
        "#?[A-C]( +[a-c=]{1,3}){0,3}( # x)?",
        r#"[ \t]{0,2}[A-C] ?=? ?"[a-c =]{0,4}(\\[#"\\])?"[ ]?"#,
        "[A-C] \\\\\n ?[a-c]{1,2}",
        r"\[[a-c]\]",
    ]
}

fn any_file() -> impl Strategy<Value = String> {
    let lines = proptest::collection::vec(any_line(), 0..8);
    (lines, prop_oneof![Just("\n"), Just("\r\n")], any::<bool>()).prop_filter_map(
        "not certain",
        |(lines, end, ended)| {
            let mut text = lines.join(end);
            if ended && !text.is_empty() {
                text.push_str(end);
            }
            Document::parse(Format::Ups, Path::new("f"), text.as_bytes())
                .ok()
                .map(|_| text)
        },
    )
}

/// A value that a file can carry.
fn any_value() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{1,3}", r#"[ -~]{0,6}"#]
}

/// Every line with words, but for those that `mine` says to leave out.
fn others(file: &Document, mine: impl Fn(&[&str]) -> bool) -> Vec<Vec<&str>> {
    let rows = file.rows.iter().map(|row| row.words(0));
    rows.filter(|words| !words.is_empty() && !mine(words))
        .collect()
}

proptest! {
    #[test]
    fn a_set_directive_says_so_and_all_others_are_as_before(source in any_file(), value in any_value()) {
        let mut file = read(Format::Directives, &source);
        file.set("A", &[], &[&value, "x"]).unwrap();
        let directives = file.directives("A");
        prop_assert_eq!(directives.last(), Some(&vec![value.as_str(), "x"]));
        let before = read(Format::Directives, &source);
        let is_mine = |words: &[&str]| words[0] == "A";
        prop_assert_eq!(others(&file, is_mine), others(&before, is_mine));
        let known = before.directives("A").len().max(1);
        prop_assert_eq!(directives.len(), known);
        let once = text(&file).to_owned();
        file.set("A", &[], &[&value, "x"]).unwrap();
        prop_assert_eq!(text(&file), once);
    }

    #[test]
    fn what_was_added_and_is_taken_out_leaves_the_old_bytes(source in any_file(), value in any_value()) {
        let mut file = read(Format::Directives, &source);
        file.set("NEW", &["k"], &[&value]).unwrap();
        prop_assert_ne!(text(&file), &source);
        file.retain("NEW", |_| false);
        prop_assert_eq!(text(&file), &source);
    }

    #[test]
    fn a_value_set_back_leaves_the_old_bytes(source in any_file(), old in any_value(), value in any_value()) {
        // an empty word may be there as a continuation, which is not how anybody would write it; "=" may touch its neighbours
        prop_assume!(!old.is_empty() && old != "=");
        let mut file = read(Format::Directives, &source);
        file.set("A", &[], &[&old]).unwrap();
        let before = text(&file).to_owned();
        file.set("A", &[], &[&value]).unwrap();
        file.set("A", &[], &[&old]).unwrap();
        let back = text(&file).to_owned();
        let mut again = read(Format::Directives, &before);
        again.set("A", &[], &[&old]).unwrap();
        prop_assert_eq!(text(&again), &before);
        // quotes that a value once needed stay around it
        if value.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !value.is_empty() {
            prop_assert_eq!(back, before);
        }
    }

    #[test]
    fn a_set_key_says_so_and_all_others_are_as_before(source in any_file(), value in any_value(), users in any::<bool>()) {
        let format = if users { Format::Users } else { Format::Ups };
        let mut file = read(format, &source);
        file.add_section("a").unwrap();
        file.set_key("a", "K", Value::Words(&[&value])).unwrap();
        file.set_key("a", "A", Value::Words(&[&value])).unwrap();
        for key in ["K", "A"] {
            let entry = file.entry("a", key).unwrap();
            prop_assert_eq!(entry.words, [value.as_str()]);
        }
        let before = read(format, &source);
        let is_mine = |words: &[&str]| words[0] == "A" || words[0] == "K" || words[0] == "[a]";
        prop_assert_eq!(others(&file, is_mine), others(&before, is_mine));
        for section in before.sections().into_iter().filter(|name| *name != "a") {
            prop_assert_eq!(file.entries(section), before.entries(section));
        }
        let once = text(&file).to_owned();
        file.set_key("a", "A", Value::Words(&[&value])).unwrap();
        prop_assert_eq!(text(&file), once);
    }

    #[test]
    fn a_section_that_comes_and_goes_leaves_the_old_bytes(source in any_file(), value in any_value()) {
        // a blank line at the end would be taken for the one that was put there
        prop_assume!(source.is_empty() || source.lines().last().is_some_and(|line| !line.trim().is_empty()));
        let mut file = read(Format::Ups, &source);
        file.add_section("new").unwrap();
        file.set_key("new", "k", Value::Words(&[&value])).unwrap();
        file.set_key("new", "flag", Value::Flag).unwrap();
        file.remove_key("new", "flag");
        prop_assert_eq!(file.entry("new", "k").unwrap().words, [value.as_str()]);
        file.remove_section("new");
        prop_assert_eq!(text(&file), &source);
    }
}
