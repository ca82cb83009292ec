//! For tests of drivers: reports without a socket, and a whole driver inside the test's process.

use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use daemon::Exit;
use daemon::notify::Notify;
use daemon::paths::Paths;
use daemon::signals::Event;
use model::StateTree;
use model::status::Rules;
use tokio::runtime::Builder;
use tokio::sync::mpsc;

use crate::device::Info;
use crate::publish::Publisher;
use crate::report::Report;
use crate::run::{Control, run};
use crate::setup::{Setup, Source};
use crate::socket;
use crate::start::attach;

mod play;

pub use play::{Open, play};

/// What clients would see of a driver's reports.
#[derive(Debug)]
pub struct Published(Publisher);

impl Default for Published {
    fn default() -> Self {
        Self(Publisher::new(Rules {
            ignore_lb: false,
            infer_charging: true,
        }))
    }
}

impl Published {
    /// Publishes the report of a poll; returns the lines that upsd would be told.
    pub fn apply(&mut self, report: Report) -> String {
        self.0.apply(report, true);
        self.0.data_ok();
        self.0.take()
    }

    /// Publishes a report that is not of a poll, but of opening a device or of a command; returns the lines.
    pub fn tell(&mut self, report: Report) -> String {
        self.0.apply(report, false);
        self.0.take()
    }

    /// Publishes what `act` has the driver report, as after a poll; returns the lines.
    pub fn after(&mut self, act: impl FnOnce(&mut Report)) -> String {
        let mut report = Report::default();
        act(&mut report);
        self.apply(report)
    }

    /// The data are not good any more; returns the lines.
    pub fn stale(&mut self) -> String {
        self.0.data_stale();
        self.0.take()
    }

    /// Everything, as upsd is told it when it connects.
    #[must_use]
    pub fn dump(&self) -> String {
        let mut text = String::new();
        ipc::dump(self.0.tree(), self.0.is_stale(), &mut text);
        text
    }

    /// Everything that is published.
    #[must_use]
    pub fn tree(&self) -> &StateTree {
        self.0.tree()
    }

    /// The value of a variable.
    #[must_use]
    pub fn value(&self, var: &str) -> Option<&str> {
        self.0.tree().value(var)
    }

    /// All variables as lines `name: value`.
    #[must_use]
    pub fn listing(&self) -> String {
        crate::run::listing(self.0.tree())
    }
}

/// Tells whether the driver is up, or why it is not.
type Up = std::sync::mpsc::Sender<Result<(), String>>;

/// A driver that serves a socket from threads of this process.
#[derive(Debug)]
pub struct Running {
    socket: PathBuf,
    events: mpsc::Sender<Event>,
    thread: JoinHandle<Exit>,
}

impl Running {
    /// Starts `info` for section `ups` of `dir/ups.conf`, with its socket in `dir`.
    ///
    /// # Errors
    /// All that is wrong with the configuration, or the device's refusal.
    pub fn start(info: &'static Info, ups: &str, dir: &Path) -> Result<Self, String> {
        let source = Source {
            ups: ups.to_owned(),
            from_file: true,
            extra: Vec::new(),
            program: info.name.to_owned(),
            conf_dir: dir.to_owned(),
            paths: Paths::from_lookup(|name| (name == "NUT_STATEPATH").then(|| dir.into())),
        };
        let told = |problems: Vec<config::Problem>| {
            let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
            lines.join("\n")
        };
        let (setup, _) = Setup::read(info, &source).map_err(told)?;
        let path = socket::path(dir, &setup.settings.driver, ups);
        let (events, control) = mpsc::channel(8);
        let (up, is_up) = std::sync::mpsc::channel();
        let path_there = path.clone();
        let thread = thread::spawn(move || {
            let served = serve(info, source, setup, &path_there, control, &up);
            served.unwrap_or_else(|error| {
                let _ = up.send(Err(error));
                Exit::Failure
            })
        });
        is_up
            .recv()
            .map_err(|_| "the driver's thread has died".to_owned())??;
        Ok(Self {
            socket: path,
            events,
            thread,
        })
    }

    /// Path of the socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Acts as if a signal had come.
    pub fn signal(&self, event: Event) {
        let _ = self.events.blocking_send(event);
    }

    /// Waits until it ends by itself; how it ended.
    #[must_use]
    pub fn join(self) -> Exit {
        self.thread.join().unwrap_or(Exit::Failure)
    }

    /// Ends it; how it ended.
    #[must_use]
    pub fn stop(self) -> Exit {
        self.signal(Event::Stop("SIGTERM"));
        self.join()
    }
}

fn serve(
    info: &'static Info,
    source: Source,
    setup: Setup,
    path: &Path,
    control: mpsc::Receiver<Event>,
    up: &Up,
) -> Result<Exit, String> {
    let attached = attach::attach(info, &setup).map_err(|error| error.to_string())?;
    let (mut socket, listener) = socket::bind(path, None).map_err(|error| error.to_string())?;
    let system = |error: std::io::Error| error.to_string();
    let (hub, news) = attached
        .engage(info, source, setup, 0, Notify::default())
        .map_err(system)?;
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(system)?;
    let _ = up.send(Ok(()));
    let serving = run(hub, &mut socket, listener, news, Control::Channel(control));
    runtime.block_on(serving).map_err(system)
}
