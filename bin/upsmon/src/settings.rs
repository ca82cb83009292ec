//! upsmon.conf in the terms of those who use it: the monitor, the watching tasks, the notifier.

use std::collections::BTreeMap;
use std::path::Path;

use client::Password;
use config::{NotifyFlags, UpsmonConf};
use model::{Notice, notice};
use monitor::{CommLoss, Policy, Role, Setup, ShutdownExit, SupplySetup};
use proto::Address;

use crate::notifier::{Delivery, NotifyCommand};
use crate::session::Target;

/// All that a reload may change.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// For the monitor.
    pub(crate) setup: Setup,
    /// For the watching tasks: the UPS as in its MONITOR line, and where it is.
    pub(crate) targets: Vec<(String, Target)>,
    pub(crate) notify_command: NotifyCommand,
    messages: BTreeMap<Notice, String>,
    flags: BTreeMap<Notice, NotifyFlags>,
}

impl Settings {
    /// Takes what the file says; MONITOR lines that name no UPS are left out and told.
    pub(crate) fn of(conf: &UpsmonConf, supervised: bool) -> (Self, Vec<String>) {
        let mut complaints = Vec::new();
        let mut targets = Vec::new();
        let mut supplies = Vec::new();
        for line in &conf.monitors {
            let primary = line.role == config::Role::Primary;
            match Address::parse(&line.system) {
                Ok(address) => targets.push((
                    line.system.clone(),
                    Target {
                        ups: address.ups,
                        server: address.server,
                        user: line.user.clone(),
                        password: Password::new(line.password.expose()),
                        primary,
                    },
                )),
                Err(why) => {
                    let (line, col) = (line.place.line, line.place.col);
                    complaints.push(format!("MONITOR in line {line}, column {col}: {why}"));
                    continue;
                }
            }
            supplies.push(SupplySetup {
                name: line.system.clone(),
                power: line.power,
                role: if primary {
                    Role::Primary
                } else {
                    Role::Secondary
                },
            });
        }
        let settings = Self {
            setup: Setup {
                policy: policy(conf, supervised),
                supplies,
            },
            targets,
            notify_command: NotifyCommand {
                argv: conf.notify_argv(Path::exists),
            },
            messages: conf.notifymsg.clone(),
            flags: conf.notifyflag.clone(),
        };
        (settings, complaints)
    }

    /// How a notice is told; `None` when it is not.
    pub(crate) fn delivery(
        &self,
        notice: Notice,
        ups: Option<String>,
        detail: &str,
    ) -> Option<Delivery> {
        let flags = self.flags.get(&notice).copied().unwrap_or_default();
        if flags.ignore {
            return None;
        }
        let text = self.messages.get(&notice).map(String::as_str);
        let text = text.unwrap_or(notice.default_text());
        Some(Delivery {
            notice,
            message: notice::message(text, ups.as_deref().unwrap_or_default(), detail),
            ups,
            syslog: flags.syslog,
            wall: flags.wall,
            exec: flags.exec,
        })
    }
}

fn policy(conf: &UpsmonConf, supervised: bool) -> Policy {
    Policy {
        minsupplies: conf.minsupplies(),
        pollfreq: conf.pollfreq(),
        pollfreqalert: conf.pollfreqalert(),
        deadtime: conf.deadtime(),
        hostsync: conf.hostsync(),
        finaldelay: conf.finaldelay(),
        rbwarntime: conf.rbwarntime(),
        nocommwarntime: conf.nocommwarntime(),
        offduration: conf.offduration(),
        overduration: conf.overduration(),
        oblbduration: conf.oblbduration(),
        alarmcritical: conf.alarmcritical(),
        commloss: match conf.commlosscritical() {
            config::CommLoss::NotOnLine => CommLoss::NotOnLine,
            config::CommLoss::Deadtime => CommLoss::Deadtime,
            config::CommLoss::AtOnce => CommLoss::AtOnce,
        },
        shutdownexit: match conf.shutdownexit() {
            config::ShutdownExit::AtOnce => ShutdownExit::AtOnce,
            config::ShutdownExit::After(span) => ShutdownExit::After(span),
            config::ShutdownExit::Never => ShutdownExit::Never,
        },
        pollfail_log_throttle_max: conf.pollfail_log_throttle_max,
        supervised,
    }
}
