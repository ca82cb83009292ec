//! The whole of a driver's `main` (spec sock-protocol.md, sections 12 and 17).
//!
//! ```text
//! command line -- configuration -- [-c] -- user, root -- [-k] -- [-d] -- older instance leaves -- background
//!   -- [--record] -- device opened, identified, polled -- socket -- device thread, PID file, ready -- serve
//! ```
//! All that can be wrong is found before the parent process or systemd hears that the driver is up.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use config::Severity;
use daemon::notify::Notify;
use daemon::{Exit, banner, environment, hardening, log, memory, user};
use nix::sys::stat::{Mode, umask};
use tracing::error;

use crate::cli::{self, Args};
use crate::describe;
use crate::device::Info;
use crate::setup::{Setup, Source};
use crate::socket;

pub(crate) mod attach;
mod once;
mod remote;
mod serving;
mod tape;

/// Runs a driver: this is all that its `main` does.
#[must_use]
pub fn start(info: &'static Info) -> ExitCode {
    memory::share_one_heap();
    let argv: Vec<OsString> = std::env::args_os().collect();
    let exit = match cli::parse(info, argv.iter().cloned()) {
        Ok(args) => run(info, &args, cli::program(argv.first())),
        Err(told) => told.print(),
    };
    exit.into()
}

fn run(info: &'static Info, args: &Args, program: String) -> Exit {
    if let Some(text) = told(info, args) {
        banner::say(&text);
        return Exit::Success;
    }
    let Some(source) = args.source(program) else {
        banner::complain(&format!(
            "{}: no UPS is named; use -a with a section of ups.conf, or -s",
            info.name
        ));
        return Exit::Failure;
    };
    umask(Mode::from_bits_truncate(0o007));
    hardening::leave_no_cores();
    hardening::gain_no_privileges();
    let debug = log::chosen_verbosity(args.common.presence.debug());
    if let Err(error) = log::init(info.name, debug, args.common.quiet) {
        banner::complain(&error.to_string());
        return Exit::Failure;
    }
    banner::print(&cli::banner(info));
    match Task::new(info, args, source, debug) {
        Ok(mut task) => task.run().unwrap_or_else(|exit| exit),
        Err(exit) => exit,
    }
}

/// What is asked of the driver alone, without a device.
fn told(info: &Info, args: &Args) -> Option<String> {
    if args.list {
        Some(cli::list(info))
    } else if args.describe {
        Some(describe::text(info))
    } else {
        args.common.version.then(|| cli::banner(info))
    }
}

/// A driver process with its configuration.
pub(crate) struct Task<'a> {
    pub(crate) info: &'static Info,
    pub(crate) args: &'a Args,
    pub(crate) source: Source,
    pub(crate) setup: Setup,
    /// Verbosity by command line and environment.
    pub(crate) debug: u8,
}

impl<'a> Task<'a> {
    /// Reads the configuration. When it is wrong and the power is to be cut, a running instance may still do it.
    fn new(info: &'static Info, args: &'a Args, source: Source, debug: u8) -> Result<Self, Exit> {
        match Setup::read(info, &source) {
            Ok((setup, problems)) => {
                problems
                    .iter()
                    .for_each(|problem| banner::complain(&problem.to_string()));
                log::set_verbosity(debug.max(setup.debug_min));
                Ok(Self {
                    info,
                    args,
                    source,
                    setup,
                    debug,
                })
            }
            Err(problems) => {
                problems
                    .iter()
                    .for_each(|problem| banner::complain(&problem.to_string()));
                let errors = problems
                    .iter()
                    .filter(|problem| problem.severity == Severity::Error)
                    .count();
                error!(
                    "cannot start: {errors} errors in the configuration of UPS [{}]",
                    source.ups
                );
                Err(remote::last_resort(info, args, &source))
            }
        }
    }

    fn run(&mut self) -> Result<Exit, Exit> {
        if let Some(command) = &self.args.common.command {
            return remote::command(self, command);
        }
        let systemd = Notify::from_env();
        let identity = self.identity();
        self.surround()?;
        if self.args.kill_power {
            return once::kill_power(self, identity);
        }
        if let Some(polls) = self.args.dump {
            return once::dump(self, identity, polls);
        }
        identity.assume()?;
        self.record()?;
        serving::serve(self, systemd)
    }

    /// Looks up the account to run as, while the system's files are still in reach.
    fn identity(&self) -> Identity {
        let user = self.args.common.user.as_deref();
        Identity(user::find(user.or(self.setup.user.as_deref())))
    }

    /// Takes on the environment and the root directory it is to run with.
    fn surround(&self) -> Result<(), Exit> {
        if let Some(level) = self.setup.libusb_debug {
            environment::export("LIBUSB_DEBUG", level.to_string().as_ref()).map_err(fail)?;
        }
        let root = self.args.common.chroot.as_ref();
        match root.or(self.setup.chroot.as_ref()) {
            Some(dir) => user::chroot(dir).map_err(fail),
            None => Ok(()),
        }
    }

    /// Begins the recording, if one is wanted; with the rights that the driver runs with.
    pub(crate) fn record(&mut self) -> Result<(), Exit> {
        let Some(path) = &self.args.record else {
            return Ok(());
        };
        let tape = tape::begin(path, self.info, &self.setup).map_err(fail)?;
        self.setup.settings.tape = Some(tape);
        Ok(())
    }

    /// Path of the socket.
    pub(crate) fn socket(&self) -> PathBuf {
        socket::path(
            &self.setup.settings.state_dir,
            &self.setup.settings.driver,
            &self.setup.settings.ups,
        )
    }

    /// Path of the PID file.
    pub(crate) fn pid_file(&self) -> PathBuf {
        let dir = self.source.paths.alt_pid(self.setup.state_path.as_deref());
        dir.join(format!(
            "{}-{}.pid",
            self.setup.settings.driver, self.setup.settings.ups
        ))
    }

    /// Names that a running instance may have.
    pub(crate) fn programs(&self) -> Vec<&str> {
        let names = [
            self.info.name,
            &self.setup.settings.driver,
            &self.source.program,
        ];
        names
            .into_iter()
            .chain(self.info.aliases.iter().copied())
            .collect()
    }
}

/// The account to run as, or why there is none: that matters only to who opens the device, not to who asks a
/// running instance to cut the power.
pub(crate) struct Identity(Result<Option<user::Account>, daemon::Error>);

impl Identity {
    /// Becomes that user.
    pub(crate) fn assume(self) -> Result<(), Exit> {
        let account = self.0.map_err(fail)?;
        account.map_or(Ok(()), |account| user::become_user(&account).map_err(fail))
    }
}

/// Says why it goes no further.
pub(crate) fn fail(error: impl std::fmt::Display) -> Exit {
    error!("{error}");
    Exit::Failure
}
