//! The hub, and what the check knows of it without asking.

use config::{User, Users};
use model::Tick;
use proto::TrackingId;
use server::{ConnId, Descriptions, Hub, Settings};
use std::net::Ipv4Addr;
use text::{Fed, Lexer};

use super::client::Client;
use super::driver::Driver;

/// Devices by their drivers' letters.
pub(super) const DEVICES: [&str; 3] = ["lab1", "Ghost", "rack.2"];

/// Of `pw`, at the least cost there is.
const HASH_OF_PW: &str = "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc$fNMJaoijK3DgeP32miNXsw";

/// The hub with its surroundings.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(super) hub: Hub,
    pub(super) now: Tick,
    pub(super) users: Users,
    pub(super) settings: Settings,
    pub(super) clients: [Client; 2],
    pub(super) drivers: [Driver; 3],
    /// Whether drivers do not read.
    pub(super) held: bool,
}

impl Stage {
    /// Three devices, none connected.
    pub(crate) fn new(descriptions: Descriptions) -> Self {
        let mut serial = 0_u32;
        let ids = move || {
            serial += 1;
            let mut bytes = [7; 16];
            bytes
                .iter_mut()
                .zip(serial.to_le_bytes())
                .for_each(|(byte, new)| *byte = new);
            TrackingId::from_random(bytes)
        };
        let users = Self::users(0);
        let hub = Hub::new(
            Settings::default(),
            users.clone(),
            descriptions,
            Box::new(ids),
        );
        let mut stage = Self {
            hub,
            now: Tick::secs(1000),
            users,
            settings: Settings::default(),
            clients: Default::default(),
            drivers: Default::default(),
            held: false,
        };
        stage.reload(0);
        stage.perform();
        stage
    }

    /// The same with the first device connected and fresh.
    pub(crate) fn fresh(descriptions: Descriptions) -> Self {
        let mut stage = Self::new(descriptions);
        stage.driver_says(0, b"SETINFO ups.status OL\nDATAOK\nDUMPDONE\n");
        stage.perform();
        stage
    }

    /// Users before and after a change of rights and passwords.
    pub(super) fn users(bits: u64) -> Users {
        let user = |name: &str, password: &str, actions: &[&str], instcmds: &[&str]| User {
            name: name.into(),
            password: Some(config::Password::Plain(config::Secret::new(password))),
            actions: actions.iter().map(|&word| word.into()).collect(),
            instcmds: instcmds.iter().map(|&word| word.into()).collect(),
            ..User::default()
        };
        let changed = bits & 1 != 0;
        let admin = user(
            "admin",
            if changed { "new" } else { "pw" },
            &["set", "fsd"],
            &["all"],
        );
        let actions: &[&str] = if changed {
            &["login"]
        } else {
            &["login", "master", "fsd"]
        };
        let mut mon = user("mon", "pw", actions, &["load.off"]);
        mon.password = config::Password::parse(HASH_OF_PW).ok();
        if bits & 256 != 0 {
            mon.networks = config::Network::parse("10.0.0.0/8").map(|network| vec![network]);
        }
        Users {
            users: vec![admin, mon],
        }
    }

    /// Asks on a connection of its own, which is closed behind it.
    pub(crate) fn ask(&mut self, line: &str) -> String {
        let conn = self.hub.open(Ipv4Addr::LOCALHOST.into(), self.now);
        let answer = self.ask_on(conn, line);
        self.hub.closed(conn);
        answer
    }

    pub(super) fn ask_on(&mut self, conn: ConnId, line: &str) -> String {
        let mut lexer = Lexer::new();
        let mut answer = String::new();
        assert_eq!(lexer.feed(line.as_bytes()), Fed::Line(line.len()));
        let _ = self.hub.serve(conn, lexer.words(), self.now, &mut answer);
        answer
    }
}
