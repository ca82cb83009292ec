//! GET.

use model::{Tick, Variable, name};
use proto::{Attach, Get, Line, Refusal, VERSION, product_line};

use super::{fits, line};
use crate::hub::Hub;
use crate::render;
use crate::session::ConnId;

const NO_TEXT: &str = "Description unavailable";

impl Hub {
    pub(super) fn get(
        &mut self,
        conn: ConnId,
        get: Get<'_>,
        now: Tick,
        out: &mut String,
    ) -> Result<(), Refusal> {
        match get {
            Get::Var { ups, var } => self.get_var(ups, var, now, out),
            Get::Type { ups, var } => self.get_type(ups, var, now, out),
            Get::Desc { ups, var } => {
                self.device(ups)?.fresh(now, self.settings.max_age)?;
                let text = self.descriptions.variable(var).unwrap_or(NO_TEXT);
                fits(Line::new("DESC", out).word(ups).word(var).text(text).end())
            }
            Get::CmdDesc { ups, cmd } => {
                self.device(ups)?.fresh(now, self.settings.max_age)?;
                let text = self.descriptions.command(cmd).unwrap_or(NO_TEXT);
                fits(
                    Line::new("CMDDESC", out)
                        .word(ups)
                        .word(cmd)
                        .text(text)
                        .end(),
                )
            }
            Get::UpsDesc { ups } => {
                let desc = self
                    .device(ups)?
                    .spec
                    .desc
                    .as_deref()
                    .unwrap_or("Unavailable");
                fits(Line::new("UPSDESC", out).word(ups).text(desc).end())
            }
            Get::NumLogins { ups, word } => self.num_logins(ups, word, now, out),
            Get::Tracking { id } => self.get_tracking(conn, id, out),
        }
    }

    fn get_var(&self, ups: &str, var: &str, now: Tick, out: &mut String) -> Result<(), Refusal> {
        if let Some(own) = name::strip_prefix(var, "server.") {
            return server_var(ups, own, out);
        }
        let device = self.device(ups)?;
        let link = device.fresh(now, self.settings.max_age)?;
        let variable = link.tree.get(var).ok_or(Refusal::VarNotSupported)?;
        fits(render::append_value(
            Line::new("VAR", out).word(ups).word(var),
            var,
            variable,
            device.fsd,
        ))
    }

    fn get_type(&self, ups: &str, var: &str, now: Tick, out: &mut String) -> Result<(), Refusal> {
        let link = self.device(ups)?.fresh(now, self.settings.max_age)?;
        if name::strip_prefix(var, "server.").is_some() {
            return Err(Refusal::VarNotSupported);
        }
        let variable = link.tree.get(var).ok_or(Refusal::VarNotSupported)?;
        fits(type_words(Line::new("TYPE", out).word(ups).word(var), variable).end())
    }

    fn num_logins(
        &self,
        ups: &str,
        word: Attach,
        now: Tick,
        out: &mut String,
    ) -> Result<(), Refusal> {
        let device = self.device(ups)?;
        device.fresh(now, self.settings.max_age)?;
        let keyword = if word == Attach::Login {
            "NUMLOGINS"
        } else {
            "NUMATTACH"
        };
        fits(
            Line::new(keyword, out)
                .word(ups)
                .word(&device.logins.to_string())
                .end(),
        )
    }

    fn get_tracking(
        &mut self,
        conn: ConnId,
        id: Option<&str>,
        out: &mut String,
    ) -> Result<(), Refusal> {
        let tracking = self.session(conn)?.tracking;
        match id {
            None => line(if tracking { "ON" } else { "OFF" }, out),
            Some(_) if !tracking => return Err(Refusal::FeatureNotConfigured),
            Some(id) => line(self.tracking.outcome(id).answer(), out),
        }
        Ok(())
    }
}

/// `server.*` is upsd's own and the same for every UPS, even for one that does not exist.
fn server_var(ups: &str, own: &str, out: &mut String) -> Result<(), Refusal> {
    let (name, value) = match own.to_ascii_lowercase().as_str() {
        "info" => ("server.info", product_line()),
        "version" => ("server.version", VERSION.to_owned()),
        _ => return Err(Refusal::VarNotSupported),
    };
    fits(
        Line::new("VAR", out)
            .word(ups)
            .word(name)
            .value(&value)
            .end(),
    )
}

/// The type, composed in the order clients know; what is no text counts as a number.
fn type_words<'o>(line: Line<'o>, variable: &Variable) -> Line<'o> {
    let mut words: Vec<String> = Vec::new();
    let attributes = [
        (variable.flags.rw, "RW"),
        (!variable.choices.is_empty(), "ENUM"),
        (!variable.ranges.is_empty(), "RANGE"),
    ];
    words.extend(
        attributes
            .iter()
            .filter(|(set, _)| *set)
            .map(|(_, word)| (*word).to_owned()),
    );
    words.push(if variable.flags.string {
        format!("STRING:{}", variable.max_len)
    } else {
        "NUMBER".to_owned()
    });
    words.iter().fold(line, |line, word| line.word(word))
}
