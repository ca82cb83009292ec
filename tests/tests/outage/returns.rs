//! Power returns while a shutdown is under way: it goes on, because the others are on their way down already.

use testkit::Signal;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::{each, upsmons};

#[test]
fn power_that_returns_after_fsd_stops_nobody() {
    each(
        upsmons("power_that_returns_after_fsd_stops_nobody"),
        |who| {
            let room = Room::new(&["lab"]);
            let mut primary = Host::new(&who)
                .primary(&room, "lab")
                .set("HOSTSYNC", "15")
                .started();
            let mut secondary = Host::new(&who)
                .secondary(&room, "lab")
                .set("FINALDELAY", "2")
                .started();
            room.await_logins("lab", 2);
            room.says("lab", "OB LB");
            room.await_fsd("lab");
            room.says("lab", "OL");
            primary.expect_one_shutdown();
            secondary.expect_one_shutdown();
            assert!(secondary.marks() < primary.marks());
        },
    );
}

#[test]
fn power_that_returns_while_the_primary_waits_stops_nobody() {
    each(
        upsmons("power_that_returns_while_the_primary_waits_stops_nobody"),
        |who| {
            let room = Room::new(&["lab"]);
            let mut primary = Host::new(&who)
                .primary(&room, "lab")
                .set("HOSTSYNC", "5")
                .started();
            let mut secondary = Host::new(&who).secondary(&room, "lab").started();
            room.await_logins("lab", 2);
            secondary.signal(Signal::SIGSTOP);
            room.says("lab", "OB LB");
            room.await_fsd("lab");
            if !who.is_nut() {
                primary.await_notice("SHUTDOWN_HOSTSYNC", 1);
            }
            primary.expect_unmarked("waits for the others");
            room.says("lab", "OL");
            secondary.signal(Signal::SIGCONT);
            primary.expect_one_shutdown();
            secondary.expect_one_shutdown();
        },
    );
}

#[test]
fn power_that_returns_in_finaldelay_stops_nobody() {
    each(
        upsmons("power_that_returns_in_finaldelay_stops_nobody"),
        |who| {
            let room = Room::new(&["lab"]);
            let mut primary = Host::new(&who)
                .primary(&room, "lab")
                .set("FINALDELAY", "3")
                .started();
            let mut secondary = Host::new(&who).secondary(&room, "lab").started();
            room.await_logins("lab", 2);
            room.says("lab", "OB LB");
            primary.await_notice("SHUTDOWN", 1);
            primary.expect_unmarked("lets FINALDELAY pass");
            room.says("lab", "OL");
            primary.expect_one_shutdown();
            secondary.expect_one_shutdown();
        },
    );
}

#[test]
fn power_that_returns_before_the_battery_is_low_is_the_end_of_it() {
    each(
        upsmons("power_that_returns_before_the_battery_is_low_is_the_end_of_it"),
        |who| {
            let room = Room::new(&["lab"]);
            let host = Host::new(&who).primary(&room, "lab").started();
            room.await_logins("lab", 1);
            room.says("lab", "OB");
            host.await_notice("ONBATT", 1);
            room.says("lab", "OL LB");
            host.await_notice("ONLINE", 1);
            host.expect_unmarked("has power");
            assert_eq!(room.status("lab"), "OL LB");
        },
    );
}
