//! SET and INSTCMD: what a client has done to the device (spec net-protocol.md, sections 5.12, 5.13, 12).

use ipc::ToDriver;
use model::number::leading_integer;
use model::{Tick, Variable, name};
use proto::{Refusal, TrackingId};

use super::line;
use crate::access::Right;
use crate::device::DeviceId;
use crate::effect::{Effect, Severity};
use crate::hub::Hub;
use crate::session::ConnId;

/// Longest line that C drivers of all ages take in one piece.
const DRIVER_LINE_MAX: usize = 511;

impl Hub {
    pub(super) fn set_var(
        &mut self,
        conn: ConnId,
        (ups, var, value): (&str, &str, &str),
        now: Tick,
        out: &mut String,
    ) -> Result<(), Refusal> {
        self.device(ups)?.fresh(now, self.settings.max_age)?;
        self.require(conn, Right::Set, ups, now)?;
        if name::strip_prefix(var, "server.").is_some() {
            return Err(Refusal::VarNotSupported);
        }
        let link = self.device(ups)?.fresh(now, self.settings.max_age)?;
        let variable = link.tree.get(var).ok_or(Refusal::VarNotSupported)?;
        let valid = validate(variable, value);
        if valid == Err(Refusal::SetFailed) {
            self.log(
                Severity::Warning,
                format!("UPS [{ups}]: {var} is text of no declared length; SET refused"),
            );
        }
        valid?;
        let id = self.new_tracking_id(conn)?;
        let tracking = id.map(|id| id.to_string());
        let message = ToDriver::Set {
            var,
            value,
            tracking: tracking.as_deref(),
        };
        if length(&message) > DRIVER_LINE_MAX {
            return Err(Refusal::TooLong);
        }
        self.deliver(ups, &message, Refusal::SetFailed)?;
        let who = self.session(conn)?.who();
        let tail = id
            .map(|id| format!(" (tracking ID: {id})"))
            .unwrap_or_default();
        self.log(
            Severity::Info,
            format!("Set variable: {who} set {var} on {ups} to {value}{tail}"),
        );
        self.accept(id, now, out);
        Ok(())
    }

    pub(super) fn inst_cmd(
        &mut self,
        conn: ConnId,
        (ups, cmd, param): (&str, &str, Option<&str>),
        now: Tick,
        out: &mut String,
    ) -> Result<(), Refusal> {
        let link = self.device(ups)?.fresh(now, self.settings.max_age)?;
        if !link.tree.has_command(cmd) {
            return Err(Refusal::CmdNotSupported);
        }
        self.require(conn, Right::InstCmd(cmd), ups, now)?;
        let id = self.new_tracking_id(conn)?;
        let tracking = id.map(|id| id.to_string());
        let message = ToDriver::InstCmd {
            cmd,
            param,
            tracking: tracking.as_deref(),
        };
        if length(&message) > DRIVER_LINE_MAX {
            return Err(Refusal::InvalidArgument);
        }
        self.deliver(ups, &message, Refusal::InstcmdFailed)?;
        let who = self.session(conn)?.who();
        let with = param
            .map(|param| format!(" with parameter \"{param}\""))
            .unwrap_or_default();
        let tail = id
            .map(|id| format!(" (tracking ID: {id})"))
            .unwrap_or_default();
        self.log(
            Severity::Info,
            format!("Instant command: {who} did {cmd}{with} on {ups}{tail}"),
        );
        self.accept(id, now, out);
        Ok(())
    }

    pub(super) fn set_tracking(
        &mut self,
        conn: ConnId,
        on: bool,
        out: &mut String,
    ) -> Result<(), Refusal> {
        self.session(conn)?.tracking = on;
        line("OK", out);
        Ok(())
    }

    /// C drops a parameter when more words follow it; scripts may rely on it, their authors should know.
    pub(super) fn warn_dropped_parameter(&mut self, ups: &str, cmd: &str) {
        let text = format!(
            "INSTCMD {cmd} on UPS [{ups}]: more than one word behind the command, all were dropped"
        );
        self.log(Severity::Warning, text);
    }

    fn new_tracking_id(&mut self, conn: ConnId) -> Result<Option<TrackingId>, Refusal> {
        let tracking = self.session(conn)?.tracking;
        Ok(tracking.then(|| (self.new_id)()))
    }

    fn deliver(
        &mut self,
        ups: &str,
        message: &ToDriver<'_>,
        failed: Refusal,
    ) -> Result<(), Refusal> {
        let device = self.device_mut(ups)?;
        let id: DeviceId = device.id;
        if device.send(message) {
            self.effect(Effect::Flush(id));
            return Ok(());
        }
        let text = format!(
            "UPS [{}]: its driver does not read what it is sent",
            device.spec.name
        );
        self.log(Severity::Notice, text);
        self.effect(Effect::Disconnect(id));
        Err(failed)
    }

    fn accept(&mut self, id: Option<TrackingId>, now: Tick, out: &mut String) {
        match id {
            Some(id) => {
                self.tracking.begin(id, now);
                line(&format!("OK TRACKING {id}"), out);
            }
            None => line("OK", out),
        }
    }
}

/// Whether a variable takes a value: writable, length, choices, ranges, in this order.
fn validate(variable: &Variable, value: &str) -> Result<(), Refusal> {
    if !variable.flags.rw {
        return Err(Refusal::Readonly);
    }
    if variable.flags.string {
        if variable.max_len == 0 {
            return Err(Refusal::SetFailed);
        }
        if value.len() as u64 > variable.max_len {
            return Err(Refusal::TooLong);
        }
    }
    let chosen =
        variable.choices.is_empty() || variable.choices.iter().any(|choice| choice == value);
    let number = leading_integer(value);
    let within =
        variable.ranges.is_empty() || variable.ranges.iter().any(|range| range.contains(number));
    if chosen && within {
        Ok(())
    } else {
        Err(Refusal::InvalidValue)
    }
}

fn length(message: &ToDriver<'_>) -> usize {
    let mut line = String::new();
    message.write(&mut line);
    line.len()
}
