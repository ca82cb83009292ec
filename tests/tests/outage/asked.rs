//! `-c`: what the administrator asks for.

use testkit::{Signal, is_running};
use tests::Subject;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::{each, pause, upsmons};

#[test]
fn fsd_on_the_primary_takes_the_secondaries_down_first() {
    each(
        upsmons("fsd_on_the_primary_takes_the_secondaries_down_first"),
        |who| {
            let room = Room::new(&["lab"]);
            let mut primary = Host::new(&who)
                .primary(&room, "lab")
                .set("HOSTSYNC", "15")
                .started();
            let mut secondary = Host::new(&who).secondary(&room, "lab").started();
            room.await_logins("lab", 2);
            primary.order("fsd");
            assert!(secondary.was_down_before(&primary), "{}", primary.log());
            primary.expect_one_shutdown();
            secondary.expect_one_shutdown();
            assert_eq!(room.status("lab"), "FSD OL");
        },
    );
}

#[test]
fn fsd_on_a_secondary_takes_down_nobody_else() {
    each(
        upsmons("fsd_on_a_secondary_takes_down_nobody_else"),
        |who| {
            let room = Room::new(&["lab"]);
            let primary = Host::new(&who).primary(&room, "lab").started();
            let mut secondary = Host::new(&who).secondary(&room, "lab").started();
            room.await_logins("lab", 2);
            secondary.order("fsd");
            secondary.expect_one_shutdown();
            room.await_logins("lab", 1);
            pause(2);
            primary.expect_unmarked("was not asked");
            assert_eq!(room.status("lab"), "OL");
        },
    );
}

#[test]
fn after_a_broken_reload_in_an_outage_the_old_configuration_still_shuts_down() {
    const BROKEN: [&str; 3] = [
        "MINSUPPLIES 9\n",
        "MONITOR lab@localhost\n",
        "NOTIFYMSG \"\n",
    ];
    each(BROKEN, |broken| {
        each([false, true], |by_signal| {
            let room = Room::new(&["lab"]);
            let mut host = Host::new(&Subject::Locknut).primary(&room, "lab").started();
            room.await_logins("lab", 1);
            room.says("lab", "OB");
            host.await_notice("ONBATT", 1);
            host.write_conf(broken);
            match by_signal {
                true => host.signal(Signal::SIGHUP),
                false => host.order("reload"),
            }
            host.await_line("the old configuration stays in force");
            assert_eq!(room.logins("lab"), Some(1));
            room.says("lab", "OB LB");
            host.expect_one_shutdown();
        });
    });
}

#[test]
fn a_reload_without_the_file_in_an_outage_changes_nothing() {
    let room = Room::new(&["lab"]);
    let mut host = Host::new(&Subject::Locknut).primary(&room, "lab").started();
    room.await_logins("lab", 1);
    room.says("lab", "OB");
    host.await_notice("ONBATT", 1);
    std::fs::remove_file(host.sandbox.etc().join("upsmon.conf")).unwrap();
    host.signal(Signal::SIGHUP);
    host.await_line("the old configuration stays in force");
    room.says("lab", "OB LB");
    host.expect_one_shutdown();
}

#[test]
fn stop_logs_out_and_ends_in_order() {
    each(upsmons("stop_logs_out_and_ends_in_order"), |who| {
        let room = Room::new(&["lab"]);
        let hosts = [false, true].map(|by_signal| {
            let host = Host::new(&who).primary(&room, "lab").with_flag();
            (host.started(), by_signal)
        });
        room.await_logins("lab", 2);
        room.says("lab", "OB");
        for (mut host, by_signal) in hosts {
            let helper = (!who.is_nut()).then(|| host.helper());
            std::fs::write(host.flag_path(), "mine").unwrap();
            match by_signal {
                true => host.signal(Signal::SIGTERM),
                false => host.order("stop"),
            }
            assert_eq!(host.await_end(), Some(0), "{}", host.log());
            host.expect_unmarked("was only stopped");
            assert_eq!(host.flag().as_deref(), Some(b"mine".as_slice()));
            assert!(helper.is_none_or(|pid| !is_running(pid)));
        }
        room.await_logins("lab", 0);
    });
}
