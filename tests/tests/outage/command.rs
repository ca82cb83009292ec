//! SHUTDOWNCMD that fails, and what becomes of upsmon meanwhile and afterwards.

use testkit::Signal;
use tests::Subject;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::{each, pause, upsmons};

#[test]
fn a_shutdowncmd_that_fails_is_tried_again_until_it_succeeds() {
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut).primary(&room, "lab");
    host.script(
        "shutdown",
        "date +%s%N >> DIR/marks\ntest $(wc -l < DIR/marks) -ge 3\n",
    );
    let mut host = host.started();
    room.await_logins("lab", 1);
    room.says("lab", "OB LB");
    host.await_marks(3);
    assert_eq!(host.await_end(), Some(0), "{}", host.log());
    assert_eq!(host.marks().len(), 3);
    let log = host.log();
    assert!(
        log.matches("Unable to call shutdown command").count() >= 2,
        "{log}"
    );
}

#[test]
fn sigterm_in_finaldelay_does_not_stop_the_shutdown() {
    each(
        upsmons("sigterm_in_finaldelay_does_not_stop_the_shutdown"),
        |who| {
            each([Signal::SIGTERM, Signal::SIGINT], |signal| {
                let room = Room::new(&["lab"]);
                let mut host = Host::new(&who)
                    .primary(&room, "lab")
                    .set("FINALDELAY", "3")
                    .started();
                room.await_logins("lab", 1);
                room.says("lab", "OB LB");
                host.await_notice("SHUTDOWN", 1);
                host.signal(signal);
                host.expect_unmarked("lets FINALDELAY pass");
                host.expect_one_shutdown();
            });
        },
    );
}

#[test]
fn with_shutdownexit_no_it_stays_logged_in_until_it_is_stopped() {
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut).secondary(&room, "lab");
    let mut host = host
        .set("SHUTDOWNEXIT", "no")
        .set("HOSTSYNC", "0")
        .started();
    room.await_logins("lab", 1);
    room.says("lab", "OB LB");
    host.await_mark();
    pause(3);
    assert!(!host.has_ended(), "{}", host.log());
    assert_eq!(room.logins("lab"), Some(1), "{}", host.log());
    host.signal(Signal::SIGTERM);
    host.expect_one_shutdown();
    room.await_logins("lab", 0);
}

#[test]
fn with_shutdownexit_yes_it_logs_out_as_the_command_starts() {
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut)
        .secondary(&room, "lab")
        .set("HOSTSYNC", "0");
    host.script("shutdown", "date +%s%N >> DIR/marks\nsleep 3\n");
    let mut host = host.started();
    room.await_logins("lab", 1);
    room.says("lab", "OB LB");
    host.await_mark();
    room.await_logins("lab", 0);
    assert!(
        !host.has_ended(),
        "it waits for the command: {}",
        host.log()
    );
    host.expect_one_shutdown();
}
