//! upsmon or its helper killed in the middle of an outage.

use std::os::unix::net::UnixDatagram;

use testkit::{PATIENCE, Signal, eventually, is_running, signal_process};
use tests::Subject;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::{each, upsmons};

#[test]
fn killed_while_on_battery_it_is_started_again_and_still_shuts_down() {
    each(
        upsmons("killed_while_on_battery_it_is_started_again_and_still_shuts_down"),
        |who| {
            let room = Room::new(&["lab"]);
            let mut host = Host::new(&who).primary(&room, "lab").started();
            room.await_logins("lab", 1);
            room.says("lab", "OB");
            host.await_notice("ONBATT", 1);
            let helper = (!who.is_nut()).then(|| host.helper());
            host.kill();
            expect_gone(helper);
            room.await_logins("lab", 0);
            host.start();
            room.await_logins("lab", 1);
            room.says("lab", "OB LB");
            host.expect_one_shutdown();
        },
    );
}

#[test]
fn killed_in_finaldelay_it_is_started_again_and_still_shuts_down() {
    each(
        upsmons("killed_in_finaldelay_it_is_started_again_and_still_shuts_down"),
        |who| {
            let room = Room::new(&["lab"]);
            let mut host = Host::new(&who)
                .primary(&room, "lab")
                .set("FINALDELAY", "3")
                .started();
            room.await_logins("lab", 1);
            room.says("lab", "OB LB");
            host.await_notice("SHUTDOWN", 1);
            let helper = (!who.is_nut()).then(|| host.helper());
            host.kill();
            expect_gone(helper);
            host.expect_unmarked("was killed before SHUTDOWNCMD");
            // the server still tells FSD, so it does not matter what the UPS says now
            room.says("lab", "OL");
            host.start();
            host.expect_one_shutdown();
        },
    );
}

fn expect_gone(helper: Option<i32>) {
    let Some(helper) = helper else { return };
    let gone = eventually(PATIENCE, || (!is_running(helper)).then_some(()));
    assert!(gone.is_some(), "the helper of a dead upsmon lives");
}

fn kill_helper(host: &Host) {
    signal_process(host.helper(), Signal::SIGKILL);
}

#[test]
fn without_its_helper_it_tells_so_and_still_tries_to_shut_down() {
    let room = Room::new(&["lab"]);
    let mut host = Host::new(&Subject::Locknut)
        .primary(&room, "lab")
        .with_flag()
        .started();
    room.await_logins("lab", 1);
    kill_helper(&host);
    host.await_notice("NOPARENT", 1);
    assert!(!host.has_ended(), "{}", host.log());
    assert_eq!(room.logins("lab"), Some(1));
    room.says("lab", "OB LB");
    host.expect_one_shutdown();
    assert_eq!(host.flag().as_deref(), Some(crate::traces::MAGIC));
}

#[test]
fn without_its_helper_it_fails_where_a_service_manager_starts_it_again() {
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut).primary(&room, "lab");
    let socket = host.sandbox.run().join("notify");
    let manager = UnixDatagram::bind(&socket).unwrap();
    manager.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut host = host
        .env("NOTIFY_SOCKET", &socket.display().to_string())
        .started();
    let mut told = [0; 4096];
    let length = manager.recv(&mut told).unwrap();
    let told = String::from_utf8_lossy(&told[..length]).into_owned();
    assert!(told.contains("READY=1"), "{told}");
    room.await_logins("lab", 1);
    room.says("lab", "OB");
    kill_helper(&host);
    host.await_notice("NOPARENT", 1);
    assert_eq!(host.await_end(), Some(1), "{}", host.log());
    host.expect_unmarked("was on battery only");
    room.await_logins("lab", 0);
    host.start();
    room.await_logins("lab", 1);
    room.says("lab", "OB LB");
    host.expect_one_shutdown();
}

#[test]
fn a_helper_killed_in_finaldelay_does_not_prevent_the_shutdown() {
    let room = Room::new(&["lab"]);
    let host = Host::new(&Subject::Locknut).primary(&room, "lab");
    let mut host = host.set("FINALDELAY", "2").started();
    room.await_logins("lab", 1);
    room.says("lab", "OB LB");
    host.await_notice("SHUTDOWN", 1);
    kill_helper(&host);
    host.expect_one_shutdown();
}
