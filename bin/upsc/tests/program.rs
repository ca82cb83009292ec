//! upsc as users see it: stdout, stderr, exit code.

use std::process::{Command, Stdio};

use client::testing::{Ended, Server, Then, run, unused_port};

const VARS: &str = "BEGIN LIST VAR rack\n\
    VAR rack battery.charge \"97\"\n\
    VAR rack ups.status \"OL CHRG\"\n\
    END LIST VAR rack\n";

fn server() -> Server {
    Server::answering(&[
        ("LIST VAR rack", VARS),
        (
            "GET VAR rack ups.status",
            "VAR rack ups.status \"OL CHRG\"\n",
        ),
        ("GET VAR rack no.such", "ERR VAR-NOT-SUPPORTED\n"),
        ("LIST VAR gone", "ERR UNKNOWN-UPS\n"),
        ("LIST CLIENT gone", "ERR UNKNOWN-UPS\n"),
        (
            "LIST UPS",
            "BEGIN LIST UPS\nUPS rack \"Server \\\"rack\\\"\"\nUPS desk \"Description unavailable\"\nEND LIST UPS\n",
        ),
        (
            "LIST CLIENT rack",
            "BEGIN LIST CLIENT rack\nCLIENT rack 192.0.2.7\nEND LIST CLIENT rack\n",
        ),
        (
            "LIST CLIENT desk",
            "BEGIN LIST CLIENT desk\nEND LIST CLIENT desk\n",
        ),
    ])
}

fn upsc(args: &[&str]) -> Ended {
    run(env!("CARGO_BIN_EXE_upsc"), args, &[], "")
}

fn good(args: &[&str], stdout: &str) {
    assert_eq!(upsc(args), Ended::with(0, stdout, ""), "{args:?}");
}

fn bad(args: &[&str], stdout: &str, stderr: &str) {
    assert_eq!(upsc(args), Ended::with(1, stdout, stderr), "{args:?}");
}

#[test]
fn every_form_prints_what_c_prints() {
    let server = server();
    let (rack, desk, host) = (server.ups("rack"), server.ups("desk"), server.host());
    good(&[&rack], "battery.charge: 97\nups.status: OL CHRG\n");
    good(&[&rack, "ups.status"], "OL CHRG\n");
    good(&[&rack, "ups.status", "-l", "surplus"], "OL CHRG\n");
    good(&["-l", &host], "rack\ndesk\n");
    good(
        &["-L", &host],
        "rack: Server \"rack\"\ndesk: Description unavailable\n",
    );
    good(&["-c", &rack], "192.0.2.7\n");
    good(&["-c", &desk], "");
}

#[test]
fn every_form_prints_the_json_that_c_prints() {
    let server = server();
    let (rack, desk, host) = (server.ups("rack"), server.ups("desk"), server.host());
    good(
        &["-j", &rack],
        "{\n  \"battery.charge\": \"97\",\n  \"ups.status\": \"OL CHRG\"\n}\n",
    );
    good(&["-j", &rack, "ups.status"], "\"OL CHRG\"\n");
    good(&["-jl", &host], "[\n  \"rack\",\n  \"desk\"\n]\n");
    good(
        &["-jL", &host],
        "{\n  \"rack\": \"Server \\\"rack\\\"\",\n  \"desk\": \"Description unavailable\"\n}\n",
    );
    good(&["-jc", &rack], "[\n  \"192.0.2.7\"\n]\n");
    good(&["-D", "-DD", "-j", "-c", &desk], "[\n\n]\n");
}

#[test]
fn refusals_are_told_in_the_words_of_c() {
    let server = server();
    let (rack, gone) = (server.ups("rack"), server.ups("gone"));
    let unknown = "Error: Unknown UPS\n";
    bad(&[&gone], "", unknown);
    bad(&["-c", &gone], "", unknown);
    bad(
        &["-j", &gone],
        "{\n  \"error\": \"Unknown UPS\"\n}\n",
        unknown,
    );
    bad(&["-jc", &gone], "{\"error\": \"Unknown UPS\"}\n", unknown);
    let missing = "Variable not supported by UPS";
    bad(
        &["-j", &rack, "no.such"],
        &format!("{{\"error\": \"{missing}\"}}\n"),
        &format!("Error: {missing}\n"),
    );
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let ups = format!("rack@127.0.0.1:{}", unused_port());
    let text = "Connection failure: Connection refused";
    bad(&[&ups], "", &format!("Error: {text}\n"));
    bad(
        &["-j", &ups],
        &format!("{{\"error\": \"{text}\"}}\n"),
        &format!("Error: {text}\n"),
    );
}

#[test]
fn a_server_that_talks_nonsense_is_told() {
    for (words, then, text) in [
        ("VAR rack ups.sta", Then::Close, "Server disconnected"),
        ("SSH-2.0-OpenSSH_9\r\n", Then::Wait, "Protocol error"),
        (
            "BEGIN LIST VAR rack\n",
            Then::Repeat("VAR rack a.b \"1\"\n"),
            "Protocol error",
        ),
        (
            "BEGIN LIST VAR rack\nVAR rack a.b\nEND LIST VAR rack\n",
            Then::Wait,
            "Protocol error",
        ),
    ] {
        let server = Server::raw(words, then);
        bad(&[&server.ups("rack")], "", &format!("Error: {text}\n"));
    }
    let server = Server::raw("", Then::Wait);
    bad(
        &["-W", "0.3", &server.ups("rack")],
        "",
        "Error: Read error: Connection timed out\n",
    );
}

#[test]
fn operands_that_name_nothing_are_told() {
    let format = "Error: invalid UPS definition.\nRequired format: upsname[@hostname[:port]]\n";
    for args in [&[][..], &["-j"], &["-c"], &["@localhost"], &["ups@"], &[""]] {
        bad(args, "", format);
    }
    let ended = upsc(&["-l", "localhost:0"]);
    assert!(ended.stdout.is_empty() && ended.code == Some(1));
    assert!(ended.stderr.starts_with("Error: invalid hostname.\n"));
}

#[test]
fn options_that_make_no_sense_end_with_1() {
    for args in [&["-z"][..], &["-jz", "x"], &["--help"], &["-W"]] {
        let ended = upsc(args);
        assert!(ended.stdout.is_empty() && ended.code == Some(1));
        assert!(ended.stderr.starts_with("error: "), "{args:?}");
    }
    bad(
        &["-W", "five", "x"],
        "",
        "Error: invalid network timeout: five: write a number of seconds\n",
    );
    bad(
        &["-A", "/nonexistent/x", "x"],
        "",
        "Error: can't open nutauth.conf file /nonexistent/x: No such file or directory\n",
    );
}

#[test]
fn a_nutauth_conf_that_is_there_or_unwanted_is_no_matter() {
    let server = server();
    let file = tempfile::NamedTempFile::new().unwrap();
    for choice in [file.path().to_str().unwrap(), "none"] {
        good(
            &["-A", choice, &server.ups("rack"), "ups.status"],
            "OL CHRG\n",
        );
    }
}

#[test]
fn help_and_version_end_with_0() {
    good(
        &["-V"],
        &format!("Network UPS Tools upsc {}\n", proto::VERSION),
    );
    let help = upsc(&["-h"]);
    assert!(help.stdout.contains("-W <seconds>") && help.stderr.is_empty());
    assert_eq!(help.code, Some(0));
}

#[test]
fn a_reader_who_leaves_early_hears_nothing() {
    let server = server();
    let mut child = Command::new(env!("CARGO_BIN_EXE_upsc"))
        .arg(server.ups("rack"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty());
}
