//! What happens to an upsmon between outages: reloads, a second instance, a pause of the process, questions.

use testkit::Signal;
use tests::Subject;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::pause;

fn lone() -> (Room, Host) {
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut).primary(&room, "lab").started();
    room.await_logins("lab", 1);
    (room, host)
}

#[test]
fn a_good_reload_is_in_force_at_once_and_keeps_the_login() {
    let (room, host) = lone();
    host.write_conf("NOTIFYMSG ONBATT \"hello %s\"\n");
    host.order("reload");
    host.await_line("Reloading configuration");
    room.says("lab", "OB");
    host.await_line("hello lab@");
    assert_eq!(room.logins("lab"), Some(1));
}

#[test]
fn a_second_upsmon_on_the_same_host_is_refused() {
    let (_room, mut host) = lone();
    let second = host.ask(&["-FF"]);
    assert_eq!(second.code, Some(1));
    assert!(
        second
            .stdout
            .contains("A previous upsmon instance is already running!"),
        "{}",
        second.stdout
    );
    assert!(!host.has_ended());
}

#[test]
fn a_process_that_was_stopped_for_longer_than_deadtime_does_not_take_the_ups_for_silent() {
    let (room, mut host) = lone();
    room.says("lab", "OB");
    host.await_notice("ONBATT", 1);
    host.signal(Signal::SIGSTOP);
    pause(9);
    host.signal(Signal::SIGCONT);
    pause(4);
    host.expect_unmarked("nothing was silent");
}

#[test]
fn the_running_upsmon_explains_itself() {
    let (room, mut host) = lone();
    room.says("lab", "OB");
    host.await_notice("ONBATT", 1);
    let told = host.ask(&["--explain"]);
    assert_eq!(told.code, Some(0), "{}", told.stderr);
    for part in [
        "low-battery",
        "counts as good",
        "status=\"OB\"",
        "MINSUPPLIES 1: no shutdown",
    ] {
        assert!(told.stdout.contains(part), "{part}: {}", told.stdout);
    }
    host.signal(Signal::SIGTERM);
    host.await_end();
    assert_eq!(host.ask(&["--explain"]).code, Some(1));
}
