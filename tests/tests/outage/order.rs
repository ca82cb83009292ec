//! Secondaries go first, the primary last, whoever made them.

use testkit::Signal;
use tests::Subject;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::{c_upsmon, each, upsmons};
use crate::traces::MAGIC;

#[test]
fn both_secondaries_are_down_before_the_primary_and_flags_are_only_where_configured() {
    const NAME: &str =
        "both_secondaries_are_down_before_the_primary_and_flags_are_only_where_configured";
    let Some(theirs) = c_upsmon(NAME) else { return };
    each(upsmons(NAME), |who| {
        let room = Room::new(&["lab"]);
        let mut primary = Host::new(&who).primary(&room, "lab").set("HOSTSYNC", "15");
        primary = primary.with_flag().started();
        let mut ours = Host::new(&Subject::Locknut)
            .secondary(&room, "lab")
            .with_flag();
        ours = ours.started();
        let mut c = Host::new(&theirs).secondary(&room, "lab").started();
        room.await_logins("lab", 3);
        room.says("lab", "OB LB");
        for secondary in [&ours, &c] {
            assert!(secondary.was_down_before(&primary), "{}", primary.log());
        }
        for host in [&mut primary, &mut ours, &mut c] {
            host.expect_one_shutdown();
        }
        assert_eq!(primary.flag().as_deref(), Some(MAGIC));
        assert_eq!(ours.flag().as_deref(), Some(MAGIC));
        assert_eq!(c.flag(), None);
        room.await_logins("lab", 0);
    });
}

#[test]
fn every_mixture_of_primary_and_secondary_goes_down_in_order() {
    let all = upsmons("every_mixture_of_primary_and_secondary_goes_down_in_order");
    let mixes = all
        .iter()
        .flat_map(|one| all.iter().map(move |two| (one, two)));
    each(mixes, |(one, two)| {
        let room = Room::new(&["lab"]);
        let mut primary = Host::new(one)
            .primary(&room, "lab")
            .set("HOSTSYNC", "15")
            .started();
        let mut secondary = Host::new(two).secondary(&room, "lab").started();
        room.await_logins("lab", 2);
        room.says("lab", "OB");
        primary.await_notice("ONBATT", 1);
        secondary.await_notice("ONBATT", 1);
        room.says("lab", "OB LB");
        let in_order = secondary.was_down_before(&primary);
        assert!(in_order, "{one} before {two}:\n{}", primary.log());
        secondary.expect_one_shutdown();
        primary.expect_one_shutdown();
        if !one.is_nut() {
            primary.await_notice("FSD", 1);
        }
        room.await_logins("lab", 0);
    });
}

#[test]
fn a_secondary_that_hangs_is_waited_for_until_hostsync() {
    let all = upsmons("a_secondary_that_hangs_is_waited_for_until_hostsync");
    let mixes = all
        .iter()
        .flat_map(|one| all.iter().map(move |two| (one, two)));
    each(mixes, |(one, two)| {
        let room = Room::new(&["lab"]);
        let mut primary = Host::new(one).primary(&room, "lab").started();
        let mut secondary = Host::new(two).secondary(&room, "lab").started();
        room.await_logins("lab", 2);
        secondary.signal(Signal::SIGSTOP);
        room.says("lab", "OB LB");
        room.await_fsd("lab");
        primary.expect_unmarked("must wait for a secondary that hangs");
        primary.await_line("Host sync timer expired");
        primary.expect_one_shutdown();
        secondary.expect_unmarked("stands still");
        // the server remembers
        secondary.signal(Signal::SIGCONT);
        secondary.expect_one_shutdown();
    });
}
