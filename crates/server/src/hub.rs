//! All that upsd knows, and what happens to it from outside other than a client's line.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::net::IpAddr;

use config::Users;
use model::{Tick, name};
use proto::{Refusal, TrackingId};

use crate::complaints::Complaints;
use crate::crowd::Crowd;
use crate::describe::Descriptions;
use crate::device::{Device, DeviceId, DeviceSpec};
use crate::effect::{Effect, Severity};
use crate::gate::Gate;
use crate::session::{ConnId, Session};
use crate::settings::Settings;
use crate::tracking::Tracking;

/// Where ids of tracked requests come from; they must not be predictable.
pub type IdSource = Box<dyn FnMut() -> TrackingId>;

/// Devices, sessions, users, tracked requests.
pub struct Hub {
    pub(crate) settings: Settings,
    pub(crate) users: Users,
    pub(crate) descriptions: Descriptions,
    /// In the order of LIST UPS.
    pub(crate) devices: Vec<Device>,
    /// Indices into `devices`, sorted by name.
    by_name: Vec<usize>,
    /// Index into `devices`.
    by_id: HashMap<DeviceId, usize>,
    /// By age: an id is never used twice.
    pub(crate) sessions: BTreeMap<ConnId, Session>,
    pub(crate) tracking: Tracking,
    pub(crate) new_id: IdSource,
    pub(crate) gate: Gate,
    pub(crate) crowd: Crowd,
    /// Whether connections can be encrypted.
    pub(crate) tls: bool,
    /// What is told of those who wanted that and failed.
    unencrypted: Complaints,
    effects: Vec<Effect>,
    last_conn: u64,
    last_device: u64,
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub")
            .field("devices", &self.devices.len())
            .field("sessions", &self.sessions.len())
            .finish()
    }
}

impl Hub {
    /// A hub without devices and sessions.
    #[must_use]
    pub fn new(
        settings: Settings,
        users: Users,
        descriptions: Descriptions,
        new_id: IdSource,
    ) -> Self {
        Self {
            settings,
            users,
            descriptions,
            devices: Vec::new(),
            by_name: Vec::new(),
            by_id: HashMap::new(),
            sessions: BTreeMap::new(),
            tracking: Tracking::default(),
            new_id,
            gate: Gate::default(),
            crowd: Crowd::default(),
            tls: false,
            unencrypted: Complaints::default(),
            effects: Vec::new(),
            last_conn: 0,
            last_device: 0,
        }
    }

    /// What is to be done outside since the last call.
    #[must_use]
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// A client has connected.
    pub fn open(&mut self, peer: IpAddr, now: Tick) -> ConnId {
        self.last_conn += 1;
        let conn = ConnId(self.last_conn);
        // a dual-stack listener shows an IPv4 client in IPv6 dress
        let peer = peer.to_canonical();
        self.crowd.enter(peer);
        self.sessions.insert(conn, Session::new(peer, now));
        conn
    }

    /// A client's connection has ended, for whatever reason.
    pub fn closed(&mut self, conn: ConnId) {
        let Some(session) = self.sessions.remove(&conn) else {
            return;
        };
        self.leave_gate(conn, &session);
        self.crowd.leave(session.peer);
        let Some(login) = session.login else { return };
        if let Some(device) = self.device_by_id(login) {
            device.logins = device.logins.saturating_sub(1);
            let line = format!(
                "User {} logged out from UPS [{}]",
                session.who(),
                device.spec.name
            );
            self.log(Severity::Info, line);
        }
    }

    /// Whether connections can be encrypted from now on.
    pub fn offer_encryption(&mut self, yes: bool) {
        self.tls = yes;
    }

    /// A client wanted encryption and does not get it. What a flood of them could write is cut off.
    pub fn not_encrypted(&mut self, conn: ConnId, why: &str, now: Tick) {
        let Some(peer) = self.sessions.get(&conn).map(|session| session.peer) else {
            return;
        };
        if let Some(withheld) = self.unencrypted.admit(now) {
            let others = if withheld > 0 {
                format!(" ({withheld} others were not told)")
            } else {
                String::new()
            };
            let line = format!("TLS handshake with {peer} failed: {why}{others}");
            self.log(Severity::Notice, line);
        }
    }

    /// A client's connection is encrypted now.
    pub fn encrypted(&mut self, conn: ConnId) {
        if let Some(session) = self.sessions.get_mut(&conn) {
            session.tls = true;
        }
    }

    /// How many sessions there are.
    #[must_use]
    pub fn session_count(&self) -> usize {
        self.sessions.len()
    }

    /// New numbers from upsd.conf.
    pub fn set_settings(&mut self, settings: Settings) {
        self.settings = settings;
    }

    /// New users from upsd.users. Sessions and logins stay; each further command is judged by these.
    pub fn set_users(&mut self, users: Users) {
        if self.users != users {
            self.users = users;
            self.reset_gate();
        }
    }

    /// Takes over the sections of ups.conf: at the start all are new; at a reload unchanged ones are left
    /// alone, new ones go to the front, and sessions logged into a vanished one are closed.
    pub fn set_devices(&mut self, specs: Vec<DeviceSpec>) {
        let mut old = std::mem::take(&mut self.devices);
        let mut order: Vec<Device> = Vec::new();
        let mut new: Vec<Device> = Vec::new();
        for spec in specs {
            match old
                .iter()
                .position(|device| name::same(&device.spec.name, &spec.name))
            {
                Some(at) => order.push(self.redefine(old.remove(at), spec)),
                None => new.push(self.define(spec)),
            }
        }
        for device in old {
            self.delete(&device);
        }
        new.append(&mut order);
        self.devices = new;
        self.index();
    }

    fn index(&mut self) {
        self.by_id = self
            .devices
            .iter()
            .enumerate()
            .map(|(at, device)| (device.id, at))
            .collect();
        self.by_name = (0..self.devices.len()).collect();
        let names: Vec<&str> = self
            .devices
            .iter()
            .map(|device| device.spec.name.as_str())
            .collect();
        let key = |at: &usize| names.get(*at).copied().unwrap_or_default();
        self.by_name
            .sort_by(|left, right| name::compare(key(left), key(right)));
    }

    fn define(&mut self, spec: DeviceSpec) -> Device {
        self.last_device += 1;
        let id = DeviceId(self.last_device);
        self.effects.push(Effect::Connect(id));
        Device::new(id, spec)
    }

    fn redefine(&mut self, mut device: Device, spec: DeviceSpec) -> Device {
        if device.spec.driver != spec.driver {
            self.log(Severity::Notice, format!("Redefined UPS [{}]", spec.name));
            device.disconnected();
            self.effects.push(Effect::Forget(device.id));
            self.effects.push(Effect::Connect(device.id));
        }
        device.spec = spec;
        device
    }

    fn delete(&mut self, device: &Device) {
        self.log(
            Severity::Notice,
            format!("Deleting UPS [{}]", device.spec.name),
        );
        self.effects.push(Effect::Forget(device.id));
        let kicked: Vec<(ConnId, IpAddr)> = self
            .sessions
            .iter()
            .filter(|(_, session)| session.login == Some(device.id))
            .map(|(conn, session)| (*conn, session.peer))
            .collect();
        for (conn, peer) in kicked {
            self.log(
                Severity::Info,
                format!("Kicking client {peer} (was on UPS [{}])", device.spec.name),
            );
            self.effects.push(Effect::Close(conn));
        }
    }

    /// All devices, in the order of LIST UPS.
    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, &DeviceSpec)> {
        self.devices.iter().map(|device| (device.id, &device.spec))
    }

    /// The section that a device stands for.
    #[must_use]
    pub fn spec(&self, id: DeviceId) -> Option<&DeviceSpec> {
        let at = *self.by_id.get(&id)?;
        self.devices.get(at).map(|device| &device.spec)
    }

    /// Whatever falls due: pings, turns of freshness, forgotten tracking entries, idle sessions. To be
    /// called about once a second.
    pub fn tick(&mut self, now: Tick) {
        self.tracking.expire(now, self.settings.tracking_delay);
        self.tick_devices(now);
        self.tick_gate(now);
        self.tick_crowd(now);
        let (first, idle) = (self.settings.first_timeout, self.settings.idle_timeout);
        let limit = |session: &Session| match session.spoke {
            true => idle,
            false => first.or(idle),
        };
        let is_idle = |session: &Session| {
            limit(session).is_some_and(|limit| now.since(session.heard) > limit)
        };
        let idle = self.sessions.iter().filter(|(_, session)| is_idle(session));
        self.effects
            .extend(idle.map(|(conn, _)| Effect::Close(*conn)));
    }

    fn tick_devices(&mut self, now: Tick) {
        let max_age = self.settings.max_age;
        for device in &mut self.devices {
            if device.ask(now, max_age) {
                self.effects.push(Effect::Flush(device.id));
            }
            if let Some(stale) = device.turned(now, max_age) {
                self.effects.push(turned(&device.spec.name, stale));
            }
        }
    }

    pub(crate) fn log(&mut self, severity: Severity, line: String) {
        self.effects.push(Effect::Log(severity, line));
    }

    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(crate) fn device(&self, ups: &str) -> Result<&Device, Refusal> {
        let at = self.find(ups)?;
        self.devices.get(at).ok_or(Refusal::UnknownUps)
    }

    pub(crate) fn device_mut(&mut self, ups: &str) -> Result<&mut Device, Refusal> {
        let at = self.find(ups)?;
        self.devices.get_mut(at).ok_or(Refusal::UnknownUps)
    }

    pub(crate) fn device_by_id(&mut self, id: DeviceId) -> Option<&mut Device> {
        let at = *self.by_id.get(&id)?;
        self.devices.get_mut(at)
    }

    fn find(&self, ups: &str) -> Result<usize, Refusal> {
        let known = |at: &usize| {
            self.devices
                .get(*at)
                .map(|device| device.spec.name.as_str())
                .unwrap_or_default()
        };
        let found = self
            .by_name
            .binary_search_by(|at| name::compare(known(at), ups));
        found
            .ok()
            .and_then(|slot| self.by_name.get(slot).copied())
            .ok_or(Refusal::UnknownUps)
    }
}

fn turned(ups: &str, stale: bool) -> Effect {
    let line = if stale {
        "Data for UPS [{}] is stale - check driver"
    } else {
        "UPS [{}] data is no longer stale"
    };
    Effect::Log(Severity::Notice, line.replace("{}", ups))
}

#[cfg(test)]
mod tests;
