//! A server with its UPSes, whose states the test says.

use std::collections::BTreeMap;
use std::time::Duration;

use testkit::{PATIENCE, Running, Signal, Wire, eventually};
use tests::Site;

const USERS: &str = "
[admin]
  password = secret
  actions = SET FSD
  instcmds = ALL
[pri]
  password = secret
  upsmon primary
[sec]
  password = secret
  upsmon secondary
";

/// The server's machine.
pub(crate) struct Room {
    pub(crate) site: Site,
    drivers: BTreeMap<String, Running>,
    upsd: Option<Running>,
}

impl Room {
    /// All UPSes are on line.
    #[track_caller]
    pub(crate) fn new(upses: &[&str]) -> Self {
        Self::listening_on(None, upses)
    }

    /// The same, also on another address than loopback.
    #[track_caller]
    pub(crate) fn listening_on(address: Option<&str>, upses: &[&str]) -> Self {
        let site = Site::new();
        let listen = address.map(|address| format!("LISTEN {address} {}\n", site.port));
        let listen = listen.unwrap_or_default();
        site.sandbox.write(
            "upsd.conf",
            &format!("LISTEN 127.0.0.1 {}\n{listen}MAXAGE 5\n", site.port),
        );
        site.sandbox.write("upsd.users", USERS);
        let devices: Vec<_> = upses.iter().map(|ups| (*ups, "ups.status: OL\n")).collect();
        site.devices(&devices);
        let mut room = Self {
            site,
            drivers: BTreeMap::new(),
            upsd: None,
        };
        upses.iter().for_each(|ups| room.start_driver(ups));
        room.start_upsd();
        upses.iter().for_each(|ups| room.await_status(ups, "OL"));
        room
    }

    /// A UPS changes its state: now, and for every driver that is started from now on.
    #[track_caller]
    pub(crate) fn says(&self, ups: &str, status: &str) {
        self.all_say(&[(ups, status)]);
    }

    /// The same for several UPSes.
    #[track_caller]
    pub(crate) fn all_say(&self, states: &[(&str, &str)]) {
        for (ups, status) in states {
            let device = format!("ups.status: {status}\n");
            self.site.sandbox.write(&format!("{ups}.dev"), &device);
        }
        for (ups, status) in states {
            self.await_status(ups, status);
        }
    }

    /// Waits until the server tells this status, whatever it says of FSD.
    #[track_caller]
    fn await_status(&self, ups: &str, status: &str) {
        let wanted = words(status);
        let told = await_that(|| (words(&self.status(ups)) == wanted).then_some(()));
        let now = self.status(ups);
        assert!(told.is_some(), "{ups} is not {status}: {now}");
    }

    /// `ups.status`, or the server's error.
    #[track_caller]
    pub(crate) fn status(&self, ups: &str) -> String {
        let answer = self.ask(&format!("GET VAR {ups} ups.status"));
        let status = answer.strip_prefix(&format!("VAR {ups} ups.status \""));
        status.map_or(answer.clone(), |status| {
            status.trim_end_matches('"').to_owned()
        })
    }

    /// Waits until FSD is set.
    #[track_caller]
    pub(crate) fn await_fsd(&self, ups: &str) {
        let set = await_that(|| self.status(ups).contains("FSD").then_some(()));
        assert!(set.is_some(), "no FSD on {ups}: {}", self.status(ups));
    }

    /// How many are logged in.
    #[track_caller]
    pub(crate) fn logins(&self, ups: &str) -> Option<u32> {
        let answer = self.ask(&format!("GET NUMLOGINS {ups}"));
        let count = answer.strip_prefix(&format!("NUMLOGINS {ups} "))?;
        count.parse().ok()
    }

    /// Waits until so many are logged in.
    #[track_caller]
    pub(crate) fn await_logins(&self, ups: &str, count: u32) {
        let came = await_that(|| (self.logins(ups) == Some(count)).then_some(()));
        let now = self.logins(ups);
        assert!(
            came.is_some(),
            "logins on {ups}: {now:?} instead of {count}"
        );
    }

    #[track_caller]
    fn ask(&self, line: &str) -> String {
        let mut client = Wire::connect(self.site.port);
        client.send(line);
        client
            .try_read_line()
            .unwrap_or_else(|error| error.to_string())
    }

    /// Starts a driver, which serves the last state that was said.
    #[track_caller]
    pub(crate) fn start_driver(&mut self, ups: &str) {
        let driver = self.site.driver(ups);
        self.drivers.insert(ups.to_owned(), driver);
    }

    /// Ends a driver as a crash would.
    #[track_caller]
    pub(crate) fn kill_driver(&mut self, ups: &str) {
        let driver = self.drivers.remove(ups);
        driver.expect("a driver runs").kill();
    }

    /// Starts the server.
    #[track_caller]
    pub(crate) fn start_upsd(&mut self) {
        self.upsd = Some(self.site.upsd());
    }

    /// Ends the server as a crash would.
    #[track_caller]
    pub(crate) fn kill_upsd(&mut self) {
        self.upsd.take().expect("upsd runs").kill();
    }

    /// Gives the users of upsmon another password, and has the server read it.
    #[track_caller]
    pub(crate) fn change_passwords(&mut self, password: &str) {
        let users = USERS.replace("secret", password);
        self.site.sandbox.write("upsd.users", &users);
        let upsd = self.upsd.as_mut().expect("upsd runs");
        upsd.signal(Signal::SIGHUP);
    }
}

/// Asks the server again and again, but not without a pause.
fn await_that<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    eventually(PATIENCE, || {
        look().or_else(|| {
            std::thread::sleep(Duration::from_millis(30));
            None
        })
    })
}

/// The words of a status without FSD, in no order.
fn words(status: &str) -> Vec<&str> {
    let words = status.split_whitespace();
    let mut words: Vec<_> = words.filter(|word| *word != "FSD").collect();
    words.sort_unstable();
    words
}
