//! A client: what it said, and what it may expect.

use config::User;
use model::name::same;
use server::{ConnId, DeviceId, Next};
use std::net::Ipv4Addr;
use text::{Fed, Lexer};

use super::Stage;
use crate::answers::check_answer;
use crate::lines::Line;

#[derive(Debug, Default)]
pub(super) struct Client {
    pub(super) conn: Option<ConnId>,
    lexer: Lexer,
    username: Option<String>,
    password: Option<String>,
    pub(super) login: Option<DeviceId>,
    /// Whether its line that is held is to be served again.
    pub(super) resumed: bool,
}

impl Stage {
    /// A client's bytes arrive; it connects before if it is not.
    pub(super) fn client_says(&mut self, index: usize, mut bytes: &[u8]) {
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        let conn = match client.conn {
            Some(conn) => conn,
            None => {
                let conn = self.hub.open(Ipv4Addr::LOCALHOST.into(), self.now);
                *client = Client {
                    conn: Some(conn),
                    ..Client::default()
                };
                conn
            }
        };
        loop {
            let Some(client) = self.clients.get_mut(index) else {
                return;
            };
            let mut answer = String::new();
            let (used, next, line) = match client.lexer.feed(bytes) {
                Fed::More => return,
                Fed::Line(used) => {
                    let words = client.lexer.words();
                    let next = self.hub.serve(conn, words, self.now, &mut answer);
                    let line = Line::of(&client.lexer, false);
                    let Some(next) = self.resolve(index, conn, next, &mut answer) else {
                        return;
                    };
                    (used, next, line)
                }
                Fed::Broken(used) => {
                    self.hub.serve_broken(conn, self.now, &mut answer);
                    (used, Next::Open, Line::of(&client.lexer, true))
                }
            };
            check_answer(&line.words(), &answer);
            self.heed(index, &line.words(), &answer);
            if next == Next::Close {
                assert_eq!(answer, "OK Goodbye\n");
                return self.hang_up(index);
            }
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    /// Goes on with a line that was held, once its credentials are judged. `None` when the client is gone by then.
    fn resolve(
        &mut self,
        index: usize,
        conn: ConnId,
        mut next: Next,
        answer: &mut String,
    ) -> Option<Next> {
        // a check and a turn may come one after the other, and a turn after some seconds
        for _ in 0..16 {
            if next != Next::Hold {
                return Some(next);
            }
            assert_eq!(*answer, "", "a line that is held has no answer");
            self.perform();
            let client = self.clients.get_mut(index)?;
            if client.conn != Some(conn) {
                return None;
            }
            if std::mem::take(&mut client.resumed) {
                next = self.hub.serve(conn, client.lexer.words(), self.now, answer);
            } else {
                self.later(1);
            }
        }
        panic!("a line is held without end");
    }

    /// A client's connection ends.
    pub(super) fn hang_up(&mut self, index: usize) {
        if let Some(client) = self.clients.get_mut(index)
            && let Some(conn) = client.conn.take()
        {
            *client = Client::default();
            self.hub.closed(conn);
        }
    }

    /// Remembers what a success means, and checks that it was deserved.
    fn heed(&mut self, index: usize, words: &[&str], answer: &str) {
        if !answer.starts_with("OK") {
            return;
        }
        let [verb, args @ ..] = words else { return };
        let verb = verb.to_ascii_uppercase();
        let deserved = match (verb.as_str(), args) {
            ("LOGIN" | "ATTACH", _) => self.grants(index, &["login"]),
            ("PRIMARY" | "MASTER", _) => self.grants(index, &["primary", "master"]),
            ("FSD", _) => self.grants(index, &["fsd"]),
            ("SET", [what, ..]) if same(what, "VAR") => self.grants(index, &["set"]),
            ("INSTCMD", [_, cmd, ..]) => {
                let may = |word: &String| word == "all" || same(word, cmd);
                self.known(index)
                    .is_some_and(|user| user.instcmds.iter().any(may))
            }
            _ => true,
        };
        assert!(deserved, "{words:?} is granted");
        let device = args.first().and_then(|ups| self.device_id(ups));
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        match (verb.as_str(), args) {
            ("USERNAME", [name, ..]) => client.username = Some((*name).to_owned()),
            ("PASSWORD", [password, ..]) => client.password = Some((*password).to_owned()),
            ("LOGIN" | "ATTACH", _) => {
                assert!(device.is_some() && client.login.is_none(), "{words:?}");
                client.login = device;
            }
            _ => {}
        }
    }

    /// The user that a client's words are right for, now.
    fn known(&self, index: usize) -> Option<&User> {
        let client = self.clients.get(index)?;
        let user = self.users.find(client.username.as_deref()?)?;
        let given = config::Secret::new(client.password.as_deref()?);
        let right = match user.password.as_ref()? {
            config::Password::Plain(password) => *password == given,
            config::Password::Hashed(hash) => hash.is_of(&given),
        };
        right.then_some(user)
    }

    fn grants(&self, index: usize, actions: &[&str]) -> bool {
        let user = self.known(index);
        user.is_some_and(|user| {
            user.actions
                .iter()
                .any(|action| actions.contains(&action.as_str()))
        })
    }

    pub(super) fn device_id(&self, ups: &str) -> Option<DeviceId> {
        let mut devices = self.hub.devices();
        devices.find_map(|(id, spec)| same(&spec.name, ups).then_some(id))
    }
}
