//! Hosts with two power supplies, each with a UPS.

use testkit::{FakeUpsd, Wire};
use tests::Subject;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::{each, pause, upsmons};

/// A secondary that has both UPSes.
#[track_caller]
fn host(who: &Subject, room: &Room, minsupplies: &str) -> Host {
    let host = Host::new(who).set("MINSUPPLIES", minsupplies);
    let host = host.secondary(room, "left").secondary(room, "right");
    let host = host.set("HOSTSYNC", "0").started();
    room.await_logins("left", 1);
    room.await_logins("right", 1);
    host
}

#[test]
fn with_minsupplies_1_one_ups_of_two_is_enough() {
    each(
        upsmons("with_minsupplies_1_one_ups_of_two_is_enough"),
        |who| {
            let room = Room::new(&["left", "right"]);
            let mut host = host(&who, &room, "1");
            room.says("left", "OB LB");
            host.await_notice("LOWBATT", 1);
            pause(2);
            host.expect_unmarked("has another supply");
            room.says("left", "OL");
            host.await_notice("ONLINE", 1);
            room.says("right", "OB LB");
            host.await_notice("LOWBATT", 2);
            host.expect_unmarked("has the first supply again");
            room.says("left", "OB LB");
            host.expect_one_shutdown();
        },
    );
}

#[test]
fn with_minsupplies_2_one_ups_of_two_is_not_enough() {
    each(
        upsmons("with_minsupplies_2_one_ups_of_two_is_not_enough"),
        |who| {
            let room = Room::new(&["left", "right"]);
            let mut host = host(&who, &room, "2");
            room.says("left", "OB LB");
            host.expect_one_shutdown();
        },
    );
}

#[test]
fn a_primary_sets_fsd_on_both_upses_when_one_too_many_is_low() {
    each(
        upsmons("a_primary_sets_fsd_on_both_upses_when_one_too_many_is_low"),
        |who| {
            let room = Room::new(&["left", "right"]);
            let mut primary = Host::new(&who).set("MINSUPPLIES", "2");
            primary = primary
                .primary(&room, "left")
                .primary(&room, "right")
                .started();
            room.await_logins("right", 1);
            room.says("right", "OB LB");
            primary.expect_one_shutdown();
            room.await_fsd("left");
            room.await_fsd("right");
        },
    );
}

#[test]
fn a_server_that_hangs_does_not_delay_the_shutdown_of_another_ups() {
    let room = Room::new(&["lab"]);
    // accepts and takes every line, answers none
    let hung = FakeUpsd::start(&[("STARTTLS", "ERR FEATURE-NOT-CONFIGURED\n"), ("", "")]);
    let mut host = Host::new(&Subject::Locknut)
        .monitors(&format!("deaf@127.0.0.1:{}", hung.port()), "secondary")
        .primary(&room, "lab")
        .set("MINSUPPLIES", "2")
        .set("HOSTSYNC", "60")
        .started();
    hung.wait_for_line("USERNAME", testkit::PATIENCE);
    room.await_logins("lab", 1);
    for round in 0..4 {
        // while the other one is silent, this one is polled each second
        let said = if round % 2 == 0 { "OB" } else { "OL" };
        room.says("lab", said);
        host.await_notice(
            if round % 2 == 0 { "ONBATT" } else { "ONLINE" },
            round / 2 + 1,
        );
    }
    let _ = Wire::connect(hung.port());
    room.says("lab", "OB LB");
    host.await_mark();
    let log = host.log();
    assert!(!log.contains("Host sync timer expired"), "{log}");
    assert_eq!(host.await_end(), Some(0), "{log}");
}
