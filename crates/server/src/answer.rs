//! A client's line to its answer (spec net-protocol.md, sections 4 and 5).

mod control;
mod get;
mod list;
mod login;

use model::Tick;
use proto::{PROTOCOL_VERSION, Refusal, Request, Verb, product_line};
use text::{WORDS_MAX, Words};

use crate::gate::Judged;
use crate::hub::Hub;
use crate::session::{ConnId, Next, Session};

const HELP: &str =
    "Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS";

impl Hub {
    /// Answers one line of a client by appending to `out`.
    pub fn serve(&mut self, conn: ConnId, words: &Words, now: Tick, out: &mut String) -> Next {
        let Some(session) = self.sessions.get_mut(&conn) else {
            return Next::Close;
        };
        session.heard = now;
        session.spoke = true;
        let mut slots = [""; WORDS_MAX];
        let answered = self.answer(conn, words.slots(&mut slots), now, out);
        answered.unwrap_or_else(|refusal| {
            refuse(refusal, out);
            Next::Open
        })
    }

    /// Answers a line with an unescaped `#` inside quotes. C stays silent, which hangs the client.
    pub fn serve_broken(&mut self, conn: ConnId, now: Tick, out: &mut String) {
        if let Some(session) = self.sessions.get_mut(&conn) {
            session.heard = now;
            session.spoke = true;
            refuse(Refusal::InvalidArgument, out);
        }
    }

    fn answer(
        &mut self,
        conn: ConnId,
        words: &[&str],
        now: Tick,
        out: &mut String,
    ) -> Result<Next, Refusal> {
        let (verb, args) = words.split_first().ok_or(Refusal::UnknownCommand)?;
        let verb = Verb::find(verb)?;
        let read_needs_user =
            !self.settings.anonymous_read && matches!(verb, Verb::Get | Verb::List);
        if verb.needs_credentials() || read_needs_user {
            self.session(conn)?.credentials()?;
            match self.judge(conn, now)? {
                Judged::Later => return Ok(Next::Hold),
                Judged::Wrong if read_needs_user => return Err(Refusal::AccessDenied),
                Judged::Right | Judged::Wrong => {}
            }
        }
        match Request::parse(verb, args)? {
            Request::Get(get) => self.get(conn, get, now, out)?,
            Request::List(list) => self.list(list, now, out)?,
            Request::SetVar { ups, var, value } => {
                self.set_var(conn, (ups, var, value), now, out)?
            }
            Request::InstCmd { ups, cmd, param } => {
                self.inst_cmd(conn, (ups, cmd, param), now, out)?;
                if args.len() > 3 {
                    self.warn_dropped_parameter(ups, cmd);
                }
            }
            Request::SetTracking(on) => self.set_tracking(conn, on, out)?,
            Request::Username(name) => self.username(conn, name, out)?,
            Request::Password(password) => self.password(conn, password, out)?,
            Request::Login { ups, word } => self.login(conn, ups, word, now, out)?,
            Request::Primary { ups, master } => self.primary(conn, ups, master, now, out)?,
            Request::Fsd { ups } => self.forced_shutdown(conn, ups, now, out)?,
            Request::Ver => line(&product_line(), out),
            Request::ProtVer => line(PROTOCOL_VERSION, out),
            Request::Help => line(HELP, out),
            Request::StartTls => {
                self.may_encrypt(conn)?;
                line("OK STARTTLS", out);
                return Ok(Next::Encrypt);
            }
            Request::Logout => {
                line("OK Goodbye", out);
                return Ok(Next::Close);
            }
        }
        Ok(Next::Open)
    }

    fn may_encrypt(&mut self, conn: ConnId) -> Result<(), Refusal> {
        if self.session(conn)?.tls {
            return Err(Refusal::AlreadySslMode);
        }
        if self.tls {
            Ok(())
        } else {
            Err(Refusal::FeatureNotConfigured)
        }
    }

    pub(crate) fn session(&mut self, conn: ConnId) -> Result<&mut Session, Refusal> {
        self.sessions.get_mut(&conn).ok_or(Refusal::AccessDenied)
    }
}

/// Appends a line that needs no escaping.
fn line(text: &str, out: &mut String) {
    out.push_str(text);
    out.push('\n');
}

fn refuse(refusal: Refusal, out: &mut String) {
    out.push_str("ERR ");
    line(refusal.word(), out);
}

/// An echo that no client could read is refused instead.
fn fits(ended: Result<(), proto::TooLong>) -> Result<(), Refusal> {
    ended.map_err(|_| Refusal::InvalidArgument)
}
