//! `kill -9` at any moment: what comes after it serves again.
//!
//! Four lanes, each a site of its own, share the rounds. In each round the driver, the server, both, a driver or
//! a server that is just starting, or a client dies at a random moment; then the dead are started again, as a service
//! manager would, and the UPS has to be served within [`PATIENCE`]. The daemons write PID files, so each start
//! meets those of the dead.
//!
//! `LOCKNUT_ROUNDS` sets how many rounds there are in all, `LOCKNUT_SEED` repeats those of an earlier run.

use crate::chance::{Chance, number, seed};
use std::io::{self, Write};
use std::thread::{scope, sleep};
use std::time::Duration;
use testkit::{PATIENCE, Program, Running, Signal, Wire, eventually};
use tests::Site;

const LANES: u64 = 4;
const ROUNDS: u64 = 60;
/// The longest random pause; starts and first dumps take less.
const PAUSE: Duration = Duration::from_millis(60);

#[test]
fn after_each_of_many_random_kills_the_system_serves_again() {
    let (seed, rounds) = (seed(), number("LOCKNUT_ROUNDS").unwrap_or(ROUNDS));
    // not with println!, whose text the test harness keeps to itself
    let _ = writeln!(
        io::stderr(),
        "kills: LOCKNUT_SEED={seed} LOCKNUT_ROUNDS={rounds}"
    );
    scope(|scope| {
        for lane in 0..LANES {
            scope.spawn(move || {
                let chance = Chance::new(seed.wrapping_add(lane));
                let mut lane = Lane::new(chance);
                (0..rounds / LANES).for_each(|_| lane.round());
            });
        }
    });
    let _ = writeln!(
        io::stderr(),
        "kills: {} rounds survived",
        rounds / LANES * LANES
    );
}

/// Who dies.
#[derive(Clone, Copy, Debug)]
enum Victim {
    Driver,
    Server,
    Both,
    StartingDriver,
    StartingServer,
    Tool,
    LoggedIn,
}

const VICTIMS: [Victim; 7] = [
    Victim::Driver,
    Victim::Server,
    Victim::Both,
    Victim::StartingDriver,
    Victim::StartingServer,
    Victim::Tool,
    Victim::LoggedIn,
];

struct Lane {
    site: Site,
    chance: Chance,
    driver: Option<Running>,
    server: Option<Running>,
}

impl Lane {
    fn new(chance: Chance) -> Self {
        let site = Site::new();
        site.devices(&[("lab", "ups.status: OL\n")]);
        site.sandbox.write(
            "upsd.users",
            "[admin]\n  password = secret\n  actions = SET FSD\n  instcmds = ALL\n  upsmon primary\n",
        );
        let mut lane = Self {
            site,
            chance,
            driver: None,
            server: None,
        };
        lane.recover();
        lane.expect_service("the start");
        lane
    }

    fn round(&mut self) {
        let victim = VICTIMS[usize::try_from(self.chance.below(7)).unwrap()];
        sleep(self.chance.pause(PAUSE));
        match victim {
            Victim::Driver => kill(&mut self.driver),
            Victim::Server => kill(&mut self.server),
            Victim::Both => {
                kill(&mut self.server);
                kill(&mut self.driver);
            }
            Victim::StartingDriver => {
                kill(&mut self.driver);
                self.driver = Some(self.start_driver());
                sleep(self.chance.pause(PAUSE));
                kill(&mut self.driver);
            }
            Victim::StartingServer => {
                kill(&mut self.server);
                self.server = Some(self.start_server());
                sleep(self.chance.pause(PAUSE));
                kill(&mut self.server);
            }
            Victim::Tool => self.kill_tool(),
            Victim::LoggedIn => self.drop_login(),
        }
        self.recover();
        self.expect_service(victim);
    }

    fn recover(&mut self) {
        if self.driver.is_none() {
            self.driver = Some(self.start_driver());
        }
        if self.server.is_none() {
            self.server = Some(self.start_server());
        }
    }

    fn start_driver(&self) -> Running {
        let driver = Program::locknut("dummy-ups", &self.site.sandbox);
        driver.arg("-FF").as_myself().args(["-a", "lab"]).start()
    }

    fn start_server(&self) -> Running {
        Program::locknut("upsd", &self.site.sandbox)
            .arg("-FF")
            .as_myself()
            .start()
    }

    fn kill_tool(&mut self) {
        let address = self.site.address("lab");
        let tool = Program::locknut("upsc", &self.site.sandbox)
            .arg(address)
            .start();
        sleep(self.chance.pause(PAUSE / 6));
        tool.kill();
    }

    /// A client that is killed says nothing more: the system ends its connection, with what was not read.
    fn drop_login(&mut self) {
        let mut client = Wire::connect(self.site.port);
        client
            .send("USERNAME admin")
            .send("PASSWORD secret")
            .send("LOGIN lab");
        let whole = b"LIST VAR lab\n".repeat(100);
        let end = usize::try_from(self.chance.below(1300)).unwrap();
        client.send_bytes(&whole[..end]);
        sleep(self.chance.pause(PAUSE / 6));
    }

    /// Waits until the UPS is served, and its dead clients are forgotten.
    #[track_caller]
    fn expect_service(&mut self, after: impl std::fmt::Debug) {
        let mut last = String::new();
        let port = self.site.port;
        let served = eventually(PATIENCE, || {
            last = ask(port, "GET VAR lab ups.status");
            (last == "VAR lab ups.status \"OL\"").then_some(())
        });
        let forgotten = eventually(PATIENCE, || {
            last = ask(port, "GET NUMLOGINS lab");
            (last == "NUMLOGINS lab 0").then_some(())
        });
        let logs =
            || [&self.driver, &self.server].map(|program| program.as_ref().map(Running::printed));
        assert!(
            served.and(forgotten).is_some(),
            "after {after:?} the answer is `{last}`; driver and server printed {:#?}",
            logs()
        );
    }
}

fn kill(program: &mut Option<Running>) {
    if let Some(mut program) = program.take() {
        program.signal(Signal::SIGKILL);
        program.wait_for_end(PATIENCE);
    }
}

fn ask(port: u16, line: &str) -> String {
    let mut client = Wire::connect(port).with_patience(Duration::from_secs(5));
    client.send(line);
    client
        .try_read_line()
        .unwrap_or_else(|error| error.to_string())
}
