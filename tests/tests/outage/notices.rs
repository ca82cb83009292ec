//! Logins that are refused and tried again; NOTIFYCMD.

use std::time::Duration;

use testkit::{PATIENCE, Wire, eventually};
use tests::Subject;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::pause;

#[test]
fn a_refused_login_is_told_and_tried_again_until_it_is_right() {
    let mut room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut);
    let lab = format!("lab@127.0.0.1:{}", room.site.port);
    let host = host.monitors_as(&lab, "secondary", "later").started();
    let line = host.await_line("login on UPS");
    assert!(
        line.contains("the primary will not wait for this host"),
        "{line}"
    );
    assert_eq!(room.logins("lab"), Some(0));
    // it watches all the same
    room.says("lab", "OB");
    host.await_notice("ONBATT", 1);
    assert_eq!(room.logins("lab"), Some(0));
    room.change_passwords("later");
    let logged_in = || (room.logins("lab") == Some(1)).then_some(());
    assert!(
        eventually(PATIENCE + Duration::from_secs(20), logged_in).is_some(),
        "{}",
        host.log()
    );
    host.await_line("succeeded");
}

#[test]
fn the_events_of_a_flapping_ups_are_told_in_turn() {
    const FLAPS: usize = 20;
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut).primary(&room, "lab");
    // the first is slow, so that the others wait for it
    host.script(
        "notify",
        "test -e DIR/notices || sleep 2\nprintf '%s %s|%s\\n' \"$NOTIFYTYPE\" \"$UPSNAME\" \"$1\" >> DIR/notices\n",
    );
    let host = host.started();
    room.await_logins("lab", 1);
    let mut admin = Wire::connect(room.site.port);
    assert_eq!(admin.ask("USERNAME admin"), "OK");
    assert_eq!(admin.ask("PASSWORD secret"), "OK");
    for flap in 0..FLAPS {
        let (status, told) = if flap % 2 == 0 {
            ("OB", "on battery")
        } else {
            ("OL", "on line power")
        };
        assert_eq!(admin.ask(&format!("SET VAR lab ups.status {status}")), "OK");
        host.await_line(told);
    }
    host.await_notice("ONLINE", FLAPS / 2);
    pause(1);
    let lab = format!("lab@127.0.0.1:{}", room.site.port);
    let expected: Vec<_> = (0..FLAPS)
        .map(|flap| match flap % 2 {
            0 => format!("ONBATT {lab}|UPS {lab} on battery"),
            _ => format!("ONLINE {lab}|UPS {lab} on line power"),
        })
        .collect();
    assert_eq!(host.notices(), expected);
}

#[test]
fn a_notifycmd_that_fails_is_logged_with_its_status_and_what_it_said() {
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut).primary(&room, "lab");
    host.script("notify", "echo 'no such pager' >&2\nexit 3\n");
    let mut host = host.started();
    room.await_logins("lab", 1);
    room.says("lab", "OB");
    let line = host.await_line("NOTIFYCMD for ONBATT");
    assert!(
        line.contains("exit status: 3") && line.contains("no such pager"),
        "{line}"
    );
    room.says("lab", "OB LB");
    host.expect_one_shutdown();
}

#[test]
fn a_notifycmd_that_hangs_does_not_delay_the_shutdown() {
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut).primary(&room, "lab");
    host.script("notify", "sleep 30\n");
    let host = host.started();
    room.await_logins("lab", 1);
    room.says("lab", "OB LB");
    host.await_mark();
}
