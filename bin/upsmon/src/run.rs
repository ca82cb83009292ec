//! The running monitor: signals, the helper, the passing of time.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use config::UpsmonConf;
use daemon::Exit;
use daemon::background::Readiness;
use daemon::notify::Notify;
use daemon::signals::{Event as Signal, Signals};
use monitor::Event;
use tokio::task::spawn_local;
use tokio::time::{Instant, sleep};
use tracing::{info, warn};

use crate::explain::Bound;
use crate::fatal::Fatal;
use crate::helper::{Helper, HelperEvent, Started};
use crate::last_resort;
use crate::logind;
use crate::notifier::Notifier;
use crate::reload;
use crate::session::Dialling;
use crate::settings::Settings;
use crate::shell::{Deed, Shell};

/// How long the last notifications may take.
const DRAIN_TIME: Duration = Duration::from_secs(5);
/// What the service manager is told a shutdown may take: whatever HOSTSYNC says, it must not be cut short.
const SHUTDOWN_TIME: Duration = Duration::from_secs(3600);

/// What was made ready with root's rights.
pub(crate) struct Parts {
    pub(crate) encryption: tls::Client,
    pub(crate) file: PathBuf,
    pub(crate) conf: UpsmonConf,
    pub(crate) settings: Settings,
    pub(crate) verbosity: u8,
    pub(crate) dialling: Dialling,
    pub(crate) notify: Notify,
    pub(crate) helper: Started,
    pub(crate) flag: Option<PathBuf>,
    pub(crate) explain: Option<Bound>,
    pub(crate) readiness: Readiness,
}

/// The program in its main loop.
struct Upsmon {
    shell: Rc<Shell>,
    notify: Notify,
    helper: Option<Helper>,
    /// What to do without a helper.
    spare: last_resort::Orders,
    conf: RefCell<UpsmonConf>,
    file: PathBuf,
    verbosity: u8,
    stopping_told: bool,
    pinged: Instant,
}

pub(crate) async fn run(parts: Parts) -> Result<Exit, Fatal> {
    let system = |action| move |why| Fatal::System(action, why);
    let mut signals = Signals::monitor().map_err(system("listen to signals"))?;
    let helper = parts.helper.listen()?;
    let notifier = Notifier::start(parts.settings.notify_command.clone());
    let shell = Shell::new(parts.settings, notifier, parts.dialling, parts.encryption);
    let _explain = parts.explain.and_then(|bound| {
        let shell = Rc::clone(&shell);
        let served = bound.serve(move || shell.explain());
        served
            .inspect_err(|why| warn!("--explain will not work: {why}"))
            .ok()
    });
    let sleep_watch = spawn_local(logind::watch(Rc::clone(&shell)));
    parts.readiness.ready()?;
    parts.notify.ready();
    let mut upsmon = Upsmon {
        shell,
        notify: parts.notify,
        helper: Some(helper),
        spare: last_resort::Orders {
            command: parts.conf.shutdowncmd.clone().unwrap_or_default(),
            flag: parts.flag,
        },
        conf: RefCell::new(parts.conf),
        file: parts.file,
        verbosity: parts.verbosity,
        stopping_told: false,
        pinged: Instant::now(),
    };
    let failed = upsmon.attend(&mut signals).await;
    sleep_watch.abort();
    // it ends here: its connection to the bus cannot be given up where there is no event loop any more
    let _ = sleep_watch.await;
    upsmon.shell.wind_up(DRAIN_TIME).await;
    Ok(Exit::of(!failed))
}

impl Upsmon {
    /// Until the monitor says that it is over; whether as a failure.
    async fn attend(&mut self, signals: &mut Signals) -> bool {
        loop {
            tokio::select! {
                () = sleep(self.shell.pause()) => self.shell.tick(),
                () = self.shell.changed() => {}
                signal = signals.next() => self.obey(signal),
                event = next(&mut self.helper) => self.hear(event),
            }
            self.keep_manager_patient();
            while let Some(deed) = self.shell.next_deed() {
                match deed {
                    Deed::Exit { failed } => {
                        self.notify.stopping("ending");
                        return failed;
                    }
                    Deed::ShutDown => self.shut_down().await,
                }
            }
        }
    }

    fn obey(&mut self, signal: Signal) {
        match signal {
            Signal::Stop(name) => {
                info!("{name}: exiting");
                self.shell.event(Event::Stop);
            }
            Signal::ForcedShutdown => {
                warn!("SIGUSR1: the administrator asks for a shutdown");
                self.shell.event(Event::UserFsd);
            }
            Signal::Reload => {
                self.notify.reloading();
                let conf = self.conf.borrow().clone();
                let supervised = self.notify.is_connected();
                if let Some(new) = reload::read(&self.file, &conf, supervised) {
                    let reload::New {
                        conf,
                        settings,
                        encryption,
                    } = new;
                    let debug_min = crate::files::debug_min(&conf);
                    daemon::log::set_verbosity(self.verbosity.max(debug_min));
                    self.conf.replace(conf);
                    self.shell.reload(settings, encryption);
                }
                self.notify.reloaded();
            }
            Signal::ReloadOrExit | Signal::Dump | Signal::LogNow => {}
        }
    }

    fn hear(&mut self, event: HelperEvent) {
        match event {
            HelperEvent::Done => self.shell.event(Event::CommandDone),
            HelperEvent::Failed => {
                let why = "it ended with a failure".to_owned();
                self.shell.event(Event::CommandFailed(why));
            }
            HelperEvent::Lost => {
                self.helper = None;
                self.shell.event(Event::HelperLost);
            }
        }
    }

    /// Has the helper do it; without one, tries with the rights there are.
    async fn shut_down(&mut self) {
        if let Some(helper) = &self.helper {
            if let Err(why) = helper.act().await {
                let why = format!("the helper does not listen: {why}");
                self.shell.event(Event::CommandFailed(why));
            }
            return;
        }
        let (shell, orders) = (Rc::clone(&self.shell), self.spare.clone());
        spawn_local(async move {
            shell.event(match orders.act().await {
                Ok(()) => Event::CommandDone,
                Err(why) => Event::CommandFailed(why),
            });
        });
    }

    /// The service manager hears that upsmon is alive, and that a shutdown takes its time.
    fn keep_manager_patient(&mut self) {
        let interval = self.notify.watchdog_interval();
        if interval.is_some_and(|interval| self.pinged.elapsed() >= interval / 2) {
            self.notify.alive();
            self.pinged = Instant::now();
        }
        if self.shell.is_shutting_down() && !std::mem::replace(&mut self.stopping_told, true) {
            self.notify
                .stopping("executing automatic power-fail shutdown");
            self.notify.extend_timeout(SHUTDOWN_TIME);
        }
    }
}

/// The helper's next event; none ever comes from a helper that is gone.
async fn next(helper: &mut Option<Helper>) -> HelperEvent {
    match helper {
        Some(helper) => helper.next().await,
        None => std::future::pending().await,
    }
}
