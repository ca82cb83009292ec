//! What is not done, and how it is told.

use crate::{nutconf, sample, text, with_samples};
use testkit::Sandbox;

/// Asks for changes to two files, of which one cannot be: neither is changed.
#[track_caller]
fn refused(sandbox: &Sandbox, words: &[&str]) -> String {
    let before: Vec<String> = crate::FILES
        .iter()
        .map(|name| text(sandbox, name))
        .collect();
    let words = [&["--set-mode", "manual"], words].concat();
    let said = nutconf(sandbox, &words);
    assert_eq!(
        (said.code, said.stdout.as_str()),
        (Some(1), ""),
        "{}",
        said.stderr
    );
    let after: Vec<String> = crate::FILES
        .iter()
        .map(|name| text(sandbox, name))
        .collect();
    assert_eq!(after, before, "{words:?}");
    said.stderr
}

#[test]
fn a_file_that_is_broken_is_told_with_its_place_and_not_changed() {
    for (name, broken, words, told) in [
        (
            "upsmon.conf",
            "POLLFREQ 5\nNOTIFYCMD \"a # b\"\n",
            &["--set-minsupplies", "0"][..],
            "upsmon.conf:2:14: error: \"#\" inside quotes ends the line; write \"\\#\"\nNOTIFYCMD \"a # b\"\n             ^\n",
        ),
        (
            "upsd.conf",
            "MAXAGE 15\nSTATEPATH \"/run\n",
            &["--add-listen", "::1"],
            "upsd.conf:2:11: error: this quote is never closed; add the closing quote\nSTATEPATH \"/run\n          ^\n",
        ),
        (
            "ups.conf",
            "[a b]\n",
            &["--add-device", "x", "dummy-ups", "x"],
            "ups.conf:1:1: error: this header is not \"[name]\"; write it so\n[a b]\n^\n",
        ),
        // its line may hold a password, and is not shown
        (
            "upsd.users",
            "[u]\npassword = \"hunter2\n",
            &["--add-user", "x", "password=y"],
            "upsd.users:2:12: error: this quote is never closed; add the closing quote\nError",
        ),
    ] {
        let sandbox = with_samples();
        sandbox.write(name, broken);
        let stderr = refused(&sandbox, words);
        let stderr = stderr.replace(&format!("{}/", sandbox.etc().display()), "");
        assert!(stderr.starts_with(told), "{stderr}");
        assert!(
            stderr.ends_with("correct it first. Nothing was written\n"),
            "{stderr}"
        );
    }
    let sandbox = with_samples();
    sandbox.write("nut.conf", "MODE=\"none\n");
    let said = nutconf(&sandbox, &["--set-mode", "manual"]);
    assert_eq!(
        (said.code, text(&sandbox, "nut.conf").as_str()),
        (Some(1), "MODE=\"none\n")
    );
    assert!(
        said.stderr
            .contains("nut.conf:1:6: error: this quote is never closed"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_change_that_makes_a_new_mistake_is_refused_and_old_mistakes_are_none_of_its_business() {
    let sandbox = with_samples();
    for (words, told) in [
        (
            &["--set-powerdownflag", "killpower"][..],
            "the path must begin with /",
        ),
        (&["--set-minsupplies", "many"], "\"many\" is not"),
        (
            &["--add-monitor", "a", "b", "x", "u", "p", "primary"],
            "\"x\" is no power value",
        ),
        (
            &[
                "--add-monitor",
                "a",
                "b",
                "1",
                "u",
                "p\nMINSUPPLIES 0",
                "primary",
            ],
            "holds a line end",
        ),
        (
            &["--set-notifyflags", "ONBAT", "WALL"],
            "did you mean ONBATT?",
        ),
        (&["--add-listen", "::1", "http"], "is no port"),
        (&["--add-user", "u", "password="], "the password is empty"),
        (
            &[
                "--add-device",
                "a",
                "dummy-ups",
                "x",
                "--add-device",
                "A",
                "dummy-ups",
                "y",
            ],
            "differs only in case",
        ),
    ] {
        let stderr = refused(&sandbox, words);
        assert!(stderr.contains(told), "{words:?}: {stderr}");
    }
    sandbox.write("upsmon.conf", "POLLFREQ five\n");
    let said = nutconf(&sandbox, &["--set-shutdowncmd", "/bin/true"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert_eq!(
        text(&sandbox, "upsmon.conf"),
        "POLLFREQ five\nSHUTDOWNCMD /bin/true\n"
    );
}

#[test]
fn wrong_usage_is_told_and_ends_with_one() {
    let sandbox = with_samples();
    for (words, told) in [
        (&["--frob"][..], "nutconf: unknown option: --frob\n"),
        (&["frob"], "nutconf: unexpected word: frob\n"),
        (&["--set-mode"], "too few words behind --set-mode"),
        (&["--set-mode", "sometimes"], "\"sometimes\" is no mode"),
        (
            &["--set-user", "a", "--add-user", "b"],
            "exclude each other",
        ),
        (
            &["--local", "/nonexistent"],
            "Error: configuration directory /nonexistent isn't available",
        ),
        (
            &["--add-monitor", "a", "b", "1", "u", "-", "primary"],
            "say where it is with --password-file",
        ),
        (
            &["--add-user", "a", "--password-file", "/nonexistent"],
            "cannot read the password in /nonexistent",
        ),
    ] {
        let said = nutconf(&sandbox, words);
        assert_eq!(
            (said.code, said.stdout.as_str()),
            (Some(1), ""),
            "{words:?}"
        );
        assert!(said.stderr.contains(told), "{words:?}: {}", said.stderr);
    }
    for words in [
        &["--help"][..],
        &["-h"],
        &["-help"],
        &["--frob", "--help"],
        &["--version"],
        &[],
    ] {
        let said = nutconf(&sandbox, words);
        assert_eq!(
            (said.code, said.stderr.as_str()),
            (Some(0), ""),
            "{words:?}"
        );
        assert!(said.stdout.contains("nutconf"), "{}", said.stdout);
    }
    assert_eq!(text(&sandbox, "upsmon.conf"), sample("upsmon.conf"));
}

#[test]
fn a_directory_where_nothing_can_be_written_ends_with_128() {
    let sandbox = Sandbox::new();
    // where root cannot write either
    let said = nutconf(&sandbox, &["--local", "/proc", "--set-mode", "manual"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(128), ""));
    assert!(
        said.stderr.starts_with("Error: cannot ") && said.stderr.contains("/proc"),
        "{}",
        said.stderr
    );
    std::fs::create_dir(sandbox.etc().join("upsd.conf")).unwrap();
    let said = nutconf(&sandbox, &["--add-listen", "::1"]);
    assert_eq!(said.code, Some(128));
    assert!(
        said.stderr
            .contains("upsd.conf is no file that could be replaced"),
        "{}",
        said.stderr
    );
}
