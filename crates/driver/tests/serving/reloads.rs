//! Reading ups.conf again while serving.

use daemon::signals::Event;

use crate::fake::Lab;

#[test]
fn what_may_change_changes_and_what_may_not_is_told() {
    let lab = Lab::start("reload", "mode = a", vec![]);
    let mut client = lab.quiet_client();
    let or_error = "INSTCMD driver.reload-or-error TRACKING R";
    assert_eq!(client.ask(or_error), "TRACKING R 0");

    lab.configure(
        "reload",
        "mode = a\npollinterval = 3\ndefault.lab.new = 5\nsdcommands = x",
    );
    assert_eq!(client.ask(or_error), "TRACKING R 0");
    let dump = client.dump();
    assert!(
        dump.contains(&r#"SETINFO driver.parameter.pollinterval "3""#.to_owned()),
        "{dump:#?}"
    );
    assert!(dump.contains(&r#"SETINFO lab.new "5""#.to_owned()));

    lab.configure("elsewhere", "mode = b");
    assert_eq!(client.ask(or_error), "TRACKING R 2");
    client.send("DUMPVALUE driver.parameter.port");
    assert_eq!(
        client.wait("DUMPDONE"),
        [r#"SETINFO driver.parameter.port "reload""#, "DATAOK"]
    );
    assert_eq!(lab.driver.stop().code(), 0);
}

#[test]
fn a_wrong_file_changes_nothing() {
    let lab = Lab::start("wrong", "pollinterval = 5", vec![]);
    let mut client = lab.quiet_client();
    for wrong in ["pollinterval = 7\nnonsense = 1", "pollinterval = abc"] {
        lab.configure("wrong", wrong);
        assert_eq!(
            client.ask("INSTCMD driver.reload-or-error TRACKING R"),
            "TRACKING R 3"
        );
        client.send("DUMPVALUE driver.parameter.pollinterval");
        assert_eq!(
            client.wait("DUMPDONE"),
            [r#"SETINFO driver.parameter.pollinterval "5""#, "DATAOK"]
        );
    }
    std::fs::remove_file(lab.dir.path().join("ups.conf")).unwrap();
    assert_eq!(
        client.ask("INSTCMD driver.reload-or-exit TRACKING R"),
        "TRACKING R 0"
    );
    assert_eq!(client.ask("PING"), "PONG");
}

#[test]
fn reload_or_exit_leaves_only_when_a_restart_is_needed() {
    let lab = Lab::start("leave", "", vec![]);
    let mut client = lab.client();
    let reloading = r#"SETINFO driver.state "reloading""#;
    client.send("PING");
    client.wait("PONG");
    lab.driver.signal(Event::ReloadOrExit);
    client.wait(reloading);
    lab.configure("leave", "ignorelb");
    lab.driver.signal(Event::Reload);
    client.wait(reloading);
    client.send("PING");
    client.wait("PONG");
    lab.configure("moved", "");
    client.send("INSTCMD driver.reload-or-exit TRACKING R");
    client.wait("TRACKING R 0");
    assert_eq!(lab.driver.join().code(), 138);
}
