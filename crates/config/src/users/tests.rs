//! The rules of upsd.users.

use super::*;
use proptest::prelude::*;

fn parse(source: &str) -> (Users, Vec<String>) {
    let loaded = Users::parse(Path::new("upsd.users"), source.as_bytes());
    (
        loaded.value,
        loaded.problems.iter().map(ToString::to_string).collect(),
    )
}

fn good(source: &str) -> Users {
    let (users, told) = parse(source);
    assert!(told.is_empty(), "{source}: {told:?}");
    users
}

/// The first line of each problem of a user `a` with a password and `lines`.
fn told(lines: &str) -> Vec<String> {
    let (_, told) = parse(&format!("[a]\npassword = x\n{lines}\n"));
    told.iter()
        .map(|text| {
            text.lines()
                .next()
                .unwrap()
                .trim_start_matches("upsd.users:")
                .to_owned()
        })
        .collect()
}

#[test]
fn users_are_read_with_all_their_rights() {
    let users = good("[admin]\n  password = \"my pass\\\"\\#\"\n");
    let admin = users.find("admin").unwrap();
    assert_eq!(admin.password, plain("my pass\"#"));

    let users = good(
        "[a]\n  Password=x\n  actions = SET fsd\n  ACTIONS=Set login\n  instcmds = test.battery.start\n\
         instcmds = ALL\n[A]\n password = y\n upsmon primary\n[b]\n password=z\n upsmon = Slave\n\
         [c]\n password=z\n upsmon master\n[d]\n password=z\n upsmon secondary\n\"[g h]\"\npassword=z\n",
    );
    let a = users.find("a").unwrap();
    assert_eq!(a.password, plain("x"));
    assert_eq!(a.actions, ["set", "fsd", "login"]);
    assert_eq!(a.instcmds, ["test.battery.start", "all"]);
    let primary = ["login", "master", "fsd"];
    assert_eq!(users.find("A").unwrap().actions, primary);
    assert_eq!(users.find("b").unwrap().actions, ["login"]);
    assert_eq!(users.find("c").unwrap().actions, primary);
    assert_eq!(users.find("d").unwrap().actions, ["login"]);
    assert!(users.find("g h").is_some());
    assert_eq!(users.find("B"), None);
    assert_eq!(a.place, Some(Place { line: 1, col: 1 }));
}

#[test]
fn a_second_section_of_a_name_gives_nobody_its_rights() {
    let (users, told) = parse("[a]\npassword=x\n[b]\npassword=y\n[a]\nactions=SET\npassword=z\n");
    assert_eq!(
        told,
        [
            "upsd.users:5:1: error: [a] stands already in line 1, this one is ignored; merge the two\n[a]\n^"
        ]
    );
    assert!(users.users.iter().all(|user| user.actions.is_empty()));
    assert_eq!(users.users.len(), 2);
}

#[test]
fn a_header_that_is_none_gives_the_user_above_nothing() {
    let (users, told) = parse("[a]\npassword=x\n[c d]\nactions=SET\n[\"e f\"]\nactions=SET\n");
    assert_eq!(
        told,
        [
            "upsd.users:3:1: error: a header with blanks needs quotes; write \"[c d]\"\n[c d]\n^",
            "upsd.users:5:1: error: a header with blanks needs quotes; write \"[e f]\"\n[\"e f\"]\n^",
        ]
    );
    assert!(users.find("a").unwrap().actions.is_empty());
}

#[test]
fn every_other_slip_is_told() {
    for (lines, expected) in [
        (
            "password = y",
            "3:1: warning: password: the user has a password already, the first one counts; remove one",
        ),
        (
            "actions = SET SOTE",
            "3:15: warning: actions: unknown action \"SOTE\", it is ignored; there are SET and FSD",
        ),
        (
            "actions = SETT",
            "3:11: warning: actions: unknown action \"SETT\", did you mean SET?",
        ),
        (
            "upsmon primry",
            "3:8: error: upsmon: \"primry\" is neither primary nor secondary; usage: upsmon = primary|secondary...",
        ),
        (
            "upsmon",
            "3:1: warning: upsmon: there is no \"=\" behind it, the line is ignored; write upsmon = \"...\"",
        ),
        (
            "allowfrom = localhost",
            "3:1: warning: allowfrom: obsolete and ignored; use LISTEN in upsd.conf and a firewall",
        ),
        (
            "allowfrom localhost",
            "3:1: warning: allowfrom: obsolete and ignored; use LISTEN in upsd.conf and a firewall",
        ),
        (
            "instcmd = ALL",
            "3:1: warning: unknown setting \"instcmd\", did you mean instcmds?",
        ),
        (
            "xyzzy = 1",
            "3:1: warning: unknown setting \"xyzzy\"; the line is ignored",
        ),
        (
            "user joe",
            "3:1: warning: \"user\" lines are obsolete and ignored; write [name] sections",
        ),
        (
            "actions SET",
            "3:1: warning: actions: there is no \"=\" behind it, the line is ignored; write actions = \"...\"",
        ),
        (
            "actions =",
            "3:1: error: actions: a value is missing; usage: actions = <action>...",
        ),
    ] {
        assert_eq!(told(lines), [expected], "{lines}");
    }
}

#[test]
fn of_two_passwords_the_first_counts() {
    let (users, _) = parse("[a]\npassword=x\npassword=y\n");
    assert_eq!(users.users[0].password, plain("x"));
}

#[test]
fn a_password_cut_by_a_blank_or_empty_is_told_and_never_shown() {
    let (users, told) = parse("[a]\npassword = hunter2 rest\n");
    assert_eq!(users.users[0].password, plain("hunter2"));
    assert_eq!(
        told,
        [
            "upsd.users:2:20: warning: password: only the first word behind \"=\" is taken; quote the value: password = \"...\""
        ]
    );
    let (users, told) = parse("[a]\npassword = \"\"\n");
    assert_eq!(users.users[0].password, plain(""));
    assert!(told[0].contains("the password is empty"), "{told:?}");
    let all: String = parse("[a]\npasswrod = hunter2\npassword hunter2\npassword = \"hunter2#\"\n")
        .1
        .concat();
    assert!(!all.contains("hunter"), "{all}");
    assert!(!format!("{users:?}").contains("hunter"));
}

#[test]
fn lines_before_the_first_user_are_told() {
    let (users, told) = parse("actions = SET\nupsmon primary\nnolock\n");
    assert_eq!(users.users, []);
    assert_eq!(told.len(), 3);
    assert!(
        told.iter()
            .all(|text| text.contains("before the first [user] line"))
    );
}

#[test]
fn a_user_without_password_is_told() {
    let (users, told) = parse("[a]\nactions = SET\n");
    assert_eq!(users.users[0].password, None);
    assert_eq!(
        told,
        [
            "upsd.users:1:1: warning: [a] has no password and so can never log in; add password = \"...\"\n[a]\n^"
        ]
    );
}

proptest! {
    #[test]
    fn any_bytes_are_survived(source in prop::collection::vec(any::<u8>(), 0..2000)) {
        let loaded = Users::parse(Path::new("f"), &source);
        loaded.problems.iter().for_each(|problem| drop(problem.to_string()));
    }

    #[test]
    fn lines_in_any_order_give_each_name_once(
        source in "((\\[a\\]|\\[b\\]|\\[|\\]|password|actions|SET|upsmon|primary|=|\"|#|\\\\|é)[ \n]?){0,60}"
    ) {
        let users = Users::parse(Path::new("f"), source.as_bytes()).value.users;
        let mut names: Vec<_> = users.iter().map(|user| &user.name).collect();
        names.sort();
        names.dedup();
        prop_assert_eq!(names.len(), users.len());
    }
}

const HASH: &str =
    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

#[test]
fn a_hash_is_read_with_quotes_and_without() {
    for line in [
        format!("password = \"{HASH}\""),
        format!("password = {HASH}"),
    ] {
        let (users, told) = joined(&format!("[a]\n {line}\n"));
        assert_eq!(told, "");
        let Some(Password::Hashed(hash)) = &users.users[0].password else {
            panic!("{users:?}");
        };
        assert_eq!(hash.to_string(), HASH);
    }
}

#[test]
fn what_begins_as_a_hash_and_is_none_lets_nobody_in() {
    let (users, told) = joined("[a]\n password = \"$argon2i$v=19$x\"\n");
    assert_eq!(users.users[0].password, None);
    assert!(
        told.starts_with("upsd.users:1:1: warning: [a] has no password"),
        "{told}"
    );
    assert!(
        told.contains("upsd.users:2:13: error: password: only hashes of Argon2id, version 19, are known; usage: "),
        "{told}"
    );
    assert!(!told.contains("$x"), "{told}");
}

#[test]
fn a_password_that_a_comment_cuts_is_told() {
    let (users, told) = joined("[a]\n password = pa#ss\n");
    assert!(
        told.starts_with("upsd.users:2:15: warning: this \"#\" begins a comment"),
        "{told}"
    );
    assert!(!told.contains("pa#"), "{told}");
    assert_eq!(
        users.users[0].password,
        Some(Password::Plain(Secret::new("pa")))
    );
    for whole in [
        "password = pa # ss",
        r##"password = "pa\#ss""##,
        "password = \"pa\"# x",
        r"password = pa\#ss",
        "actions = SET# x",
    ] {
        assert_eq!(
            joined(&format!(
                "[a]\n password = x\n[b]\n {whole}\n upsmon secondary\n"
            ))
            .1
            .lines()
            .filter(|line| line.contains("comment"))
            .count(),
            0,
            "{whole}"
        );
    }
}

#[test]
fn a_user_may_be_bound_to_networks() {
    let (users, told) =
        joined("[a]\n password = x\n networks = 10.0.0.0/8 ::1\n networks=192.168.1.7\n");
    assert_eq!(told, "");
    let a = users.find("a").unwrap();
    for (address, may) in [
        ("10.9.9.9", true),
        ("::1", true),
        ("192.168.1.7", true),
        ("192.168.1.8", false),
    ] {
        assert_eq!(a.may_come_from(address.parse().unwrap()), may, "{address}");
    }
    assert!(User::default().may_come_from("8.8.8.8".parse().unwrap()));
}

#[test]
fn a_network_that_is_none_is_told_and_lets_nobody_in() {
    let (users, told) = joined("[a]\n password = x\n networks = lan\n");
    assert_eq!(
        told,
        "upsd.users:3:13: error: networks: \"lan\" is no address and no network such as 10.0.0.0/8; \
         usage: networks = <address>[/<bits>]...\n networks = lan\n            ^"
    );
    assert_eq!(users.users[0].networks, Some(Vec::new()));
    assert!(!users.users[0].may_come_from("127.0.0.1".parse().unwrap()));
}

#[test]
fn a_file_may_stand_in_for_the_password() {
    let (users, told) = joined("[a]\n password-file = admin.password\n password = y\n");
    assert!(told.contains("has a password already"), "{told}");
    assert_eq!(users.users[0].password, None);
    assert_eq!(
        users.users[0].password_file.as_ref().unwrap().path,
        Path::new("admin.password")
    );
}

fn plain(text: &str) -> Option<Password> {
    Some(Password::Plain(Secret::new(text)))
}

fn joined(source: &str) -> (Users, String) {
    let (users, told) = parse(source);
    (users, told.join("\n"))
}
