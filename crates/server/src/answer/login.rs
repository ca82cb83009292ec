//! USERNAME, PASSWORD, LOGIN, PRIMARY, FSD: who a client is, and what it takes upon itself.
//!
//! USERNAME and PASSWORD are taken without a look; every later command judges them (spec
//! net-protocol.md, sections 5.6 to 5.11).

use model::Tick;
use proto::{Attach, Refusal};
use secret::Secret;

use super::line;
use crate::access::{Right, permits};
use crate::effect::Severity;
use crate::gate::Judged;
use crate::hub::Hub;
use crate::session::ConnId;

impl Hub {
    pub(super) fn username(
        &mut self,
        conn: ConnId,
        name: &str,
        out: &mut String,
    ) -> Result<(), Refusal> {
        let session = self.session(conn)?;
        if session.username.is_some() {
            return Err(Refusal::AlreadySetUsername);
        }
        session.username = Some(name.into());
        line("OK", out);
        Ok(())
    }

    pub(super) fn password(
        &mut self,
        conn: ConnId,
        password: &str,
        out: &mut String,
    ) -> Result<(), Refusal> {
        let session = self.session(conn)?;
        if session.password.is_some() {
            return Err(Refusal::AlreadySetPassword);
        }
        session.password = Some(Secret::new(password));
        line("OK", out);
        Ok(())
    }

    pub(super) fn login(
        &mut self,
        conn: ConnId,
        ups: &str,
        word: Attach,
        now: Tick,
        out: &mut String,
    ) -> Result<(), Refusal> {
        if self.session(conn)?.login.is_some() {
            return Err(match word {
                Attach::Login => Refusal::AlreadyLoggedIn,
                Attach::Attach => Refusal::AlreadyAttached,
            });
        }
        let id = self.device(ups)?.id;
        self.require(conn, Right::Login, ups, now)?;
        let session = self.session(conn)?;
        session.login = Some(id);
        let who = session.who();
        let mark = if session.tls { " (SSL)" } else { "" };
        let device = self.device_mut(ups)?;
        device.logins += 1;
        let text = format!("User {who} logged into UPS [{}]{mark}", device.spec.name);
        self.log(Severity::Info, text);
        line("OK", out);
        Ok(())
    }

    pub(super) fn primary(
        &mut self,
        conn: ConnId,
        ups: &str,
        master: bool,
        now: Tick,
        out: &mut String,
    ) -> Result<(), Refusal> {
        self.device(ups)?;
        self.require(conn, Right::Primary, ups, now)?;
        line(
            if master {
                "OK MASTER-GRANTED"
            } else {
                "OK PRIMARY-GRANTED"
            },
            out,
        );
        Ok(())
    }

    /// A latch on the UPS: its status begins with FSD from now on. The driver is not told.
    pub(super) fn forced_shutdown(
        &mut self,
        conn: ConnId,
        ups: &str,
        now: Tick,
        out: &mut String,
    ) -> Result<(), Refusal> {
        self.device(ups)?;
        self.require(conn, Right::Fsd, ups, now)?;
        let who = self.session(conn)?.who();
        let device = self.device_mut(ups)?;
        device.fsd = true;
        let text = format!("Client {who} set FSD on UPS [{}]", device.spec.name);
        self.log(Severity::Info, text);
        line("OK FSD-SET", out);
        Ok(())
    }

    /// Checks a permission of a session that was judged; the first refusal of a session is logged.
    pub(super) fn require(
        &mut self,
        conn: ConnId,
        right: Right<'_>,
        ups: &str,
        now: Tick,
    ) -> Result<(), Refusal> {
        if self.judge(conn, now)? != Judged::Right {
            return Err(Refusal::AccessDenied);
        }
        let session = self.sessions.get_mut(&conn).ok_or(Refusal::AccessDenied)?;
        if permits(&self.users, session, right) {
            return Ok(());
        }
        if !std::mem::replace(&mut session.denied, true) {
            self.tell_refusal(conn, &format!("it may not {right:?} on UPS [{ups}]"), now);
        }
        Err(Refusal::AccessDenied)
    }
}
