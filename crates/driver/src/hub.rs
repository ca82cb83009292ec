//! The middle of a running driver: messages from connections and news from the device come in, answers and
//! broadcasts go out.
//!
//! It lives on the main thread, is borrowed for one call at a time, and never blocks.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use daemon::Exit;
use daemon::notify::Notify as Systemd;
use ipc::{ToDriver, ToServer, dump, dump_value};
use proto::Outcome;
use tokio::sync::Notify;
use tracing::{error, info, warn};

use crate::device::Info;
use crate::framework::{self, Command};
use crate::job::{Job, Ticket};
use crate::jobs::Jobs;
use crate::live::Live;
use crate::outbox::Outbox;
use crate::publish::Publisher;
use crate::rarely::Rarely;
use crate::setup::{Setup, Source};
use crate::state;

mod news;
mod reloading;

/// What the hub begins with.
pub(crate) struct Parts {
    pub(crate) info: &'static Info,
    pub(crate) source: Source,
    pub(crate) setup: Setup,
    pub(crate) publisher: Publisher,
    /// The way to the device; `None` when the end has begun.
    pub(crate) jobs: Option<Jobs>,
    pub(crate) live: Arc<Live>,
    /// Verbosity by the command line and the environment.
    pub(crate) chosen_debug: u8,
    pub(crate) systemd: Systemd,
}

/// All that the main thread knows.
pub(crate) struct Hub {
    parts: Parts,
    /// Verbosity set by a client; it wins over the configured one.
    set_debug: Option<u8>,
    allow_killpower: bool,
    outboxes: BTreeMap<u64, Rc<Outbox>>,
    next_conn: u64,
    /// Commands and settings refused because the device was busy.
    busy: Rarely,
    /// How often the device was lost and came back.
    reconnects: u32,
    exit: Option<Exit>,
    exit_wanted: Rc<Notify>,
}

impl Hub {
    pub(crate) fn new(parts: Parts) -> Self {
        let mut hub = Self {
            set_debug: None,
            allow_killpower: parts.setup.allow_killpower,
            outboxes: BTreeMap::new(),
            next_conn: 0,
            busy: Rarely::default(),
            reconnects: 0,
            exit: None,
            exit_wanted: Rc::default(),
            parts,
        };
        let verbosity = hub.verbosity();
        daemon::log::set_verbosity(verbosity);
        framework::publish_ready(&mut hub.parts.publisher, verbosity, hub.allow_killpower);
        hub.parts.publisher.take();
        hub
    }

    /// The driver's state for `driver -d` and SIGURG.
    pub(crate) fn publisher(&self) -> &Publisher {
        &self.parts.publisher
    }

    pub(crate) fn systemd(&self) -> &Systemd {
        &self.parts.systemd
    }

    /// Number of connections.
    pub(crate) fn connections(&self) -> usize {
        self.outboxes.len()
    }

    /// Whether every connection was sent all it is to get.
    pub(crate) fn all_sent(&self) -> bool {
        self.outboxes.values().all(|outbox| outbox.is_empty())
    }

    /// A client has connected.
    pub(crate) fn open(&mut self) -> (u64, Rc<Outbox>) {
        let outbox = Rc::new(Outbox::default());
        self.next_conn += 1;
        self.outboxes.insert(self.next_conn, Rc::clone(&outbox));
        (self.next_conn, outbox)
    }

    /// A client has gone.
    pub(crate) fn close(&mut self, conn: u64) {
        self.outboxes.remove(&conn);
    }

    /// Asks the main loop to end; the first wish counts.
    pub(crate) fn exit(&mut self, exit: Exit) {
        self.exit.get_or_insert(exit);
        self.exit_wanted.notify_one();
    }

    /// Told when [`wish`](Self::wish) has something.
    pub(crate) fn exit_wanted(&self) -> Rc<Notify> {
        Rc::clone(&self.exit_wanted)
    }

    pub(crate) fn wish(&self) -> Option<Exit> {
        self.exit
    }

    /// Publishes a word for `driver.state`.
    pub(crate) fn set_state(&mut self, word: &str) {
        self.parts.publisher.set("driver.state", word);
        self.flush();
    }

    /// Takes in a client's message.
    pub(crate) fn message(&mut self, conn: u64, message: &ToDriver<'_>) {
        self.mention_poll();
        match *message {
            ToDriver::Ping => self.answer(conn, &ToServer::Pong),
            ToDriver::GetPid => {
                let pid = std::process::id().to_string();
                self.answer(conn, &ToServer::Pid { pid: &pid });
            }
            ToDriver::DumpAll => self.dump(conn, dump),
            ToDriver::DumpStatus => self.dump(conn, |tree, stale, out| {
                dump_value(tree, "ups.status", stale, out)
            }),
            ToDriver::DumpValue { var } => {
                self.dump(conn, |tree, stale, out| dump_value(tree, var, stale, out))
            }
            ToDriver::Broadcast(wanted) => self.with(conn, |outbox| outbox.set_broadcast(wanted)),
            ToDriver::InstCmd {
                cmd,
                param,
                tracking,
            } => {
                let ticket = ticket(conn, tracking);
                self.command(cmd, param, ticket);
            }
            ToDriver::Set {
                var,
                value,
                tracking,
            } => {
                let ticket = ticket(conn, tracking);
                self.set(var, value, ticket);
            }
            ToDriver::Logout => {
                self.answer(conn, &ToServer::Goodbye);
                self.with(conn, Outbox::leave);
            }
        }
        self.flush();
    }

    fn command(&mut self, name: &str, param: Option<&str>, ticket: Ticket) {
        let outcome = match Command::named(name) {
            None => {
                return self.job(Job::Command {
                    name: name.to_owned(),
                    param: param.map(str::to_owned),
                    ticket,
                });
            }
            Some(Command::KillPower) if self.allow_killpower => return self.kill_power(ticket),
            Some(Command::KillPower) => {
                warn!(
                    "driver.killpower is refused: {} is not 1",
                    framework::ALLOW_KILLPOWER
                );
                Outcome::Invalid
            }
            Some(Command::Exit) => {
                info!("told to exit by driver.exit");
                self.exit(Exit::Success);
                Outcome::Handled
            }
            Some(Command::Reload) => {
                self.reload();
                Outcome::Handled
            }
            Some(Command::ReloadOrExit) => {
                self.reload_or_exit();
                Outcome::Handled
            }
            Some(Command::ReloadOrError) => self.reload_or_error(),
        };
        self.result(&ticket, outcome);
    }

    fn kill_power(&mut self, ticket: Ticket) {
        error!(target: daemon::log::CRIT, "cutting the power of UPS [{}]", self.parts.setup.settings.ups);
        self.set_state(state::KILLPOWER);
        let commands = self.parts.setup.shutdown_commands();
        self.job(Job::KillPower { commands, ticket });
    }

    fn set(&mut self, var: &str, value: &str, ticket: Ticket) {
        let outcome = match var {
            framework::DEBUG => match framework::debug_level(value) {
                Ok(level) => {
                    self.set_debug = level;
                    self.apply_verbosity();
                    Outcome::Handled
                }
                Err(_) => Outcome::Invalid,
            },
            framework::ALLOW_KILLPOWER => {
                self.allow_killpower = framework::means_yes(value);
                framework::publish_allow_killpower(&mut self.parts.publisher, self.allow_killpower);
                Outcome::Handled
            }
            _ if self.parts.publisher.is_frozen(var) => Outcome::Handled,
            _ => {
                return self.job(Job::Set {
                    var: var.to_owned(),
                    value: value.to_owned(),
                    ticket,
                });
            }
        };
        self.result(&ticket, outcome);
    }

    /// Hands work to the device thread; a full queue is a failure, told at once.
    fn job(&mut self, job: Job) {
        let sent = match &self.parts.jobs {
            Some(jobs) => jobs.send(job),
            None => Err(job),
        };
        let Err(job) = sent else { return };
        if let Some(number) = self.busy.count() {
            warn!("the device is busy, a command or setting is refused (number {number})");
        }
        self.result(&job.into_ticket(), Outcome::Failed);
    }

    /// Gives the device thread no more work, so that it ends.
    pub(crate) fn end_jobs(&mut self) {
        self.parts.jobs = None;
    }

    /// Tells the result of a request to who asked, if it is still there and wants to know.
    fn result(&self, ticket: &Ticket, outcome: Outcome) {
        if let Some(id) = &ticket.tracking {
            let result = outcome.number();
            self.answer(ticket.conn, &ToServer::Tracking { id, result });
        }
    }

    fn answer(&self, conn: u64, message: &ToServer<'_>) {
        let mut line = String::new();
        message.write(&mut line);
        self.with(conn, |outbox| outbox.push(&line));
    }

    fn dump(&self, conn: u64, write: impl FnOnce(&model::StateTree, bool, &mut String)) {
        let publisher = &self.parts.publisher;
        let mut text = String::new();
        write(publisher.tree(), publisher.is_stale(), &mut text);
        self.with(conn, |outbox| outbox.push(&text));
    }

    fn with(&self, conn: u64, act: impl FnOnce(&Outbox)) {
        if let Some(outbox) = self.outboxes.get(&conn) {
            act(outbox);
        }
    }

    /// Broadcasts what has changed.
    fn flush(&mut self) {
        let lines = self.parts.publisher.take();
        if lines.is_empty() {
            return;
        }
        for outbox in self.outboxes.values() {
            outbox.broadcast(&lines);
        }
    }

    /// A client's choice, else the greater of command line and configuration.
    fn verbosity(&self) -> u8 {
        let configured = self.parts.chosen_debug.max(self.parts.setup.debug_min);
        self.set_debug.unwrap_or(configured)
    }

    fn apply_verbosity(&mut self) {
        let verbosity = self.verbosity();
        daemon::log::set_verbosity(verbosity);
        framework::publish_debug(&mut self.parts.publisher, verbosity);
    }
}

fn ticket(conn: u64, tracking: Option<&str>) -> Ticket {
    Ticket {
        conn,
        tracking: tracking.map(str::to_owned),
    }
}
