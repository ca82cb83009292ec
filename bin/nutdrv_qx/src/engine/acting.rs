//! Commands and settings (spec nutdrv_qx.md, section 3).

use driver::{Error, Report};
use proto::Outcome;
use tracing::{info, warn};

use super::Engine;
use super::asking::{Stop, exchange};
use super::reading::{Unfit, accept, body, window};
use crate::dialect::{Effect, Plan, Refused, Setting, To};
use crate::number;
use crate::transport::Transport;

/// Commands that are another one with a delay of 0, for dialects that have only the other.
pub(super) const STAND_INS: &[(&str, &str)] =
    &[("load.off", "load.off.delay"), ("load.on", "load.on.delay")];

/// How often a shutdown is tried.
const TRIES: u32 = 3;

/// The device, to act upon.
pub(crate) struct Act<'a> {
    pub(crate) bus: &'a mut dyn Transport,
}

/// What came of a plan.
enum Verdict {
    Accepted,
    /// The device said no.
    Refused,
    /// It did not answer as it should.
    Failed,
}

impl Engine {
    /// Performs an instant command.
    pub(crate) fn command(
        &mut self,
        bus: &mut dyn Transport,
        name: &str,
        param: Option<&str>,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let name = match name {
            "beeper.off" => "beeper.disable",
            "beeper.on" => "beeper.enable",
            name => name,
        };
        let mut all = self.dialect.commands();
        let found = all.find(|command| command.name == name && self.known.is_open(command.gate));
        let Some(command) = found else {
            return self.stand_in(bus, name, report);
        };
        let plan = match command.send.plan(&self.known, param) {
            Ok(plan) => plan,
            Err(Refused(why)) => {
                warn!("{name}: {why}");
                return Ok(Outcome::Failed);
            }
        };
        match self
            .perform(&mut Act { bus }, name, plan, Some(report))
            .map_err(gone)?
        {
            Verdict::Accepted => Ok(Outcome::Handled),
            Verdict::Refused | Verdict::Failed => Ok(Outcome::Failed),
        }
    }

    /// What a dialect without the command has instead of it.
    fn stand_in(
        &mut self,
        bus: &mut dyn Transport,
        name: &str,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let has = |wanted: &str| {
            self.dialect
                .commands()
                .any(|command| command.name == wanted)
        };
        if let Some((_, other)) = STAND_INS
            .iter()
            .find(|(short, other)| *short == name && has(other))
        {
            return self.command(bus, other, Some("0"), report);
        }
        let comes_back = match name {
            "shutdown.return" => true,
            "shutdown.stayoff" => false,
            _ => return Ok(Outcome::Invalid),
        };
        if !has("load.on.delay") || !has("load.off.delay") {
            return Ok(Outcome::Invalid);
        }
        if self.known.value("ups.start.auto").is_some() {
            let auto = if comes_back { "yes" } else { "no" };
            if self.set(bus, "ups.start.auto", auto, report)? != Outcome::Handled {
                return Ok(Outcome::Failed);
            }
        }
        let value = |var| self.known.value(var).map(str::to_owned);
        let on = if comes_back {
            value("ups.delay.start")
        } else {
            Some("-1".to_owned())
        };
        let off = value("ups.delay.shutdown");
        match self.command(bus, "load.on.delay", on.as_deref(), report)? {
            Outcome::Handled => self.command(bus, "load.off.delay", off.as_deref(), report),
            other => Ok(other),
        }
    }

    /// Sets a variable.
    pub(crate) fn set(
        &mut self,
        bus: &mut dyn Transport,
        var: &str,
        value: &str,
        report: &mut Report,
    ) -> Result<Outcome, Error> {
        let mut all = self.dialect.settings();
        let found = all.find(|setting| {
            setting.name == var && !setting.conf && self.known.is_open(setting.gate)
        });
        let Some(setting) = found else {
            return Ok(Outcome::Unknown);
        };
        if self
            .known
            .value(var)
            .is_some_and(|old| old.eq_ignore_ascii_case(value))
        {
            return Ok(Outcome::Handled);
        }
        // C says "unknown" to a value that is out of range, and clients know that
        match self
            .change(&mut Act { bus }, setting, value, report)
            .map_err(gone)?
        {
            Verdict::Accepted => Ok(Outcome::Handled),
            Verdict::Refused => Ok(Outcome::Invalid),
            Verdict::Failed => Ok(Outcome::Unknown),
        }
    }

    fn change(
        &mut self,
        act: &mut Act<'_>,
        setting: &'static Setting,
        value: &str,
        report: &mut Report,
    ) -> Result<Verdict, Stop> {
        if let Some(why) = setting.allowed.objection(&self.known, value) {
            warn!("{}: {why}", setting.name);
            return Ok(Verdict::Failed);
        }
        let send = match setting.to {
            To::Device(send) => send,
            To::Kept(_, tidy) => {
                let kept = number::whole(value).map(tidy);
                let Some(kept) = kept else {
                    return Ok(Verdict::Failed);
                };
                self.publish(&[Effect::Set(setting.name, kept.to_string())], report);
                return Ok(Verdict::Accepted);
            }
        };
        match send.plan(&self.known, Some(value)) {
            Ok(plan) => self.perform(act, setting.name, plan, Some(report)),
            Err(Refused(why)) => {
                warn!("{}: {why}", setting.name);
                Ok(Verdict::Failed)
            }
        }
    }

    /// Writes an option of ups.conf to the device, if it is there; whether it was.
    pub(super) fn apply(&mut self, act: &mut Act<'_>, name: &'static str) -> Result<bool, Stop> {
        let known = &self.known;
        let mut all = self.dialect.settings();
        let found = all.find(|setting| {
            setting.name == name && setting.conf && known.is_open(setting.gate) && known.flag(name)
        });
        let Some(setting) = found else {
            return Ok(false);
        };
        let value = known.option(name).unwrap_or_default().to_owned();
        if known.note(name).is_some_and(|old| is_same(old, &value)) {
            return Ok(false);
        }
        match self.change(act, setting, &value, &mut Report::default())? {
            Verdict::Accepted => info!("{name} is set to {value:?} as ups.conf says"),
            Verdict::Refused | Verdict::Failed => warn!("{name} could not be set to {value:?}"),
        }
        Ok(true)
    }

    /// Sends the requests of a plan, in order, as long as they are accepted.
    fn perform(
        &mut self,
        act: &mut Act<'_>,
        name: &str,
        plan: Plan,
        report: Option<&mut Report>,
    ) -> Result<Verdict, Stop> {
        for request in &plan.requests {
            let answer = exchange(self.dialect, &self.known, act.bus, request)?;
            match self.verdict(answer) {
                Verdict::Accepted => {}
                other => {
                    warn!("{name}: the device does not accept {request:?}");
                    return Ok(other);
                }
            }
        }
        self.changed = true;
        if let Some(report) = report {
            self.publish(&plan.then, report);
        }
        info!("{name}: done");
        Ok(Verdict::Accepted)
    }

    /// What an answer to a command means: silence is consent, where the dialect does not insist on an answer.
    fn verdict(&self, answer: Result<Vec<u8>, Unfit>) -> Verdict {
        let query = self.dialect.verdict;
        let text = answer.and_then(|answer| {
            accept(self.dialect.rejected, &query, &answer)?;
            if body(&answer).is_empty() {
                return Ok(String::new());
            }
            window(&query.window(), &answer)
        });
        match text {
            Ok(text) if text.is_empty() => Verdict::Accepted,
            Ok(text) if text.eq_ignore_ascii_case(self.dialect.accepted) => Verdict::Accepted,
            Ok(_) | Err(Unfit::Refused) => Verdict::Refused,
            Err(_) => Verdict::Failed,
        }
    }

    /// The device's own way to cut the power. Delays are those of ups.conf, whatever clients have set since: a shutdown is the
    /// same whether the driver has been running or is started for it.
    pub(crate) fn shut_down(&mut self, bus: &mut dyn Transport) -> Result<Outcome, Error> {
        let set = self.kept();
        self.recall(&self.configured.clone());
        let done = self.cut_power(bus);
        self.recall(&set);
        done
    }

    fn recall(&mut self, kept: &[(&'static str, String)]) {
        for (var, value) in kept {
            self.known.set(var, value);
        }
    }

    /// What is pending is stopped, then it shuts down and comes back, or with `stayoff` stays off.
    fn cut_power(&mut self, bus: &mut dyn Transport) -> Result<Outcome, Error> {
        let mut report = Report::default();
        if self
            .dialect
            .commands()
            .any(|command| command.name == "shutdown.stop")
            && !self.insist(bus, "shutdown.stop", &mut report)?
        {
            info!("no shutdown was pending");
        }
        let name = if self.known.flag("stayoff") {
            "shutdown.stayoff"
        } else {
            "shutdown.return"
        };
        if self.insist(bus, name, &mut report)? {
            let delay = self.known.value("ups.delay.shutdown").unwrap_or("some");
            info!("the power goes off in {delay} seconds");
            return Ok(Outcome::Handled);
        }
        Ok(Outcome::Failed)
    }

    /// Tries a command a few times; whether it was accepted.
    fn insist(
        &mut self,
        bus: &mut dyn Transport,
        name: &str,
        report: &mut Report,
    ) -> Result<bool, Error> {
        for _ in 0..TRIES {
            if self.command(bus, name, None, report)? == Outcome::Handled {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether two values are the same text or the same number.
fn is_same(one: &str, other: &str) -> bool {
    let numbers = number::parse(one).ok().zip(number::parse(other).ok());
    one.eq_ignore_ascii_case(other) || numbers.is_some_and(|(one, other)| one == other)
}

fn gone(stop: Stop) -> Error {
    match stop {
        Stop::Gone(why) => Error::Gone(why),
        Stop::Failed(why) => Error::Timeout(why),
    }
}
