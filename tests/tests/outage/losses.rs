//! A lost connection is not lost power: driver, server or network lost, in every state.
//!
//! One world for each kind of loss, in it a UPS in each state, each with a primary. First a gap shorter than DEADTIME,
//! then a loss for good.

use tests::Subject;

use crate::host::Host;
use crate::network::Network;
use crate::room::Room;
use crate::subjects::{each, pause};

/// A UPS, its state as the loss begins, and the rule by which its primary is shut down then.
const STATES: [(&str, &str, Option<&str>); 7] = [
    ("ol", "OL", None),
    ("olcal", "OL CAL", None),
    ("olalarm", "OL ALARM", None),
    ("ob", "OB", Some("silent-on-battery")),
    ("cal", "CAL", Some("silent-calibrating")),
    ("alarm", "ALARM", Some("silent-alarm")),
    ("bypass", "BYPASS", Some("silent-bypass")),
];

/// The hosts of one kind of loss.
struct World {
    room: Room,
    primaries: Vec<Host>,
    /// Of the UPS on battery.
    secondary: Host,
    /// DEADTIME in seconds.
    deadtime: u64,
}

impl World {
    #[track_caller]
    fn new(network: Option<&Network>) -> Self {
        // a network takes its time to recover
        let deadtime = if network.is_some() { 8 } else { 5 };
        let upses = STATES.map(|(ups, _, _)| ups);
        let here = network.map(|network| network.here.as_str());
        let room = Room::listening_on(here, &upses);
        let host = |ups: &str, role: &str| {
            let server = here.unwrap_or("127.0.0.1");
            let host = Host::new(&Subject::Locknut).arg("-W1");
            let host = host.set("DEADTIME", &deadtime.to_string());
            let host = host.monitors(&format!("{ups}@{server}:{}", room.site.port), role);
            match network {
                Some(network) => host.behind(network).started(),
                None => host.started(),
            }
        };
        let world = Self {
            primaries: upses.map(|ups| host(ups, "primary")).into(),
            secondary: host("ob", "secondary"),
            room,
            deadtime,
        };
        for ups in upses {
            world
                .room
                .await_logins(ups, if ups == "ob" { 2 } else { 1 });
        }
        let states = STATES.map(|(ups, status, _)| (ups, status));
        world.room.all_say(&states);
        pause(2); // each has seen its state
        world
    }

    fn hosts(&self) -> impl Iterator<Item = &Host> {
        self.primaries.iter().chain([&self.secondary])
    }

    #[track_caller]
    fn expect_nobody_down(&self, when: &str) {
        self.hosts().for_each(|host| host.expect_unmarked(when));
    }

    /// Everybody notices.
    #[track_caller]
    fn expect_noticed(&self) {
        for host in self.hosts() {
            host.await_notice("COMMBAD", 1);
        }
    }

    /// After a gap all is as before.
    #[track_caller]
    fn expect_recovered(&self) {
        for host in self.hosts() {
            host.await_notice("COMMOK", 1);
        }
        pause(self.deadtime + 1);
        self.expect_nobody_down("after a short gap");
    }

    /// After a loss for good those are down who have to be, by the right rule.
    #[track_caller]
    fn expect_the_right_ones_down(&self) {
        for (host, (ups, _, rule)) in self.primaries.iter().zip(STATES) {
            let Some(rule) = rule else { continue };
            host.await_mark();
            let log = host.log();
            assert!(log.contains(&format!("rule={rule}")), "{ups}:\n{log}");
        }
        self.secondary.await_mark();
        let log = self.secondary.log();
        assert!(log.contains("rule=primary-silent"), "{log}");
        pause(2);
        for (host, _) in self
            .primaries
            .iter()
            .zip(STATES)
            .filter(|(_, state)| state.2.is_none())
        {
            host.expect_unmarked("was on line");
        }
    }
}

/// What is lost.
#[derive(Clone, Copy)]
enum Loss {
    Drivers,
    Server,
    Network,
}

impl Loss {
    #[track_caller]
    fn begin(self, room: &mut Room, network: Option<&Network>) {
        match self {
            Self::Drivers => STATES.iter().for_each(|state| room.kill_driver(state.0)),
            Self::Server => room.kill_upsd(),
            Self::Network => network.into_iter().for_each(Network::cut),
        }
    }

    #[track_caller]
    fn end(self, room: &mut Room, network: Option<&Network>) {
        match self {
            Self::Drivers => STATES.iter().for_each(|state| room.start_driver(state.0)),
            Self::Server => room.start_upsd(),
            Self::Network => network.into_iter().for_each(Network::mend),
        }
    }
}

#[test]
fn a_driver_a_server_or_a_network_that_is_lost_shuts_down_only_what_was_not_on_line() {
    each([Loss::Drivers, Loss::Server, Loss::Network], |loss| {
        let mut network = None;
        if let Loss::Network = loss {
            network = Network::new("a_network_that_is_lost_shuts_down_only_what_was_not_on_line");
            if network.is_none() {
                return;
            }
        }
        let network = network.as_ref();
        let mut world = World::new(network);
        loss.begin(&mut world.room, network);
        world.expect_noticed();
        loss.end(&mut world.room, network);
        world.expect_recovered();
        loss.begin(&mut world.room, network);
        world.expect_the_right_ones_down();
    });
}
