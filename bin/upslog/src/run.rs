//! The loop: ask, write, wait.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use daemon::background::Readiness;
use daemon::notify::Notify;
use daemon::signals::{Event, Signals};
use daemon::{Exit, banner, local_time};
use tokio::time::{Instant, sleep_until};
use tracing::{error, info};

use crate::format::{Facts, Format};
use crate::plan::Entry;
use crate::source::{self, Source, Values, Way};
use crate::target::Targets;
use crate::{Error, announce};

/// From here on connections are not kept between two lines: servers drop clients that are silent for a minute.
const LONG: Duration = Duration::from_secs(30);

/// All that is needed.
pub(crate) struct Parts {
    pub(crate) entries: Vec<Entry>,
    pub(crate) format: Format,
    pub(crate) targets: Targets,
    pub(crate) interval: Duration,
    pub(crate) rounds: Option<u64>,
    pub(crate) way: Way,
    pub(crate) notify: Notify,
    pub(crate) readiness: Readiness,
}

struct Logger {
    systems: Vec<(Entry, Source)>,
    format: Format,
    targets: Targets,
    interval: Duration,
    host: String,
}

/// Runs until a signal or the last line.
pub(crate) async fn run(parts: Parts) -> Result<Exit, Error> {
    let mut signals = Signals::logger().map_err(Error::Loop)?;
    let systems = expand(parts.entries, &parts.way).await?;
    for (entry, _) in &systems {
        announce(entry, parts.interval.as_secs());
    }
    let mut logger = Logger {
        systems,
        format: parts.format,
        targets: parts.targets,
        interval: parts.interval,
        host: local_time::host(),
    };
    parts.readiness.ready()?;
    parts.notify.ready();
    let mut done = 0;
    loop {
        let next = Instant::now() + logger.interval;
        logger.round().await;
        done += 1;
        if parts.rounds.is_some_and(|rounds| done >= rounds) {
            banner::complain(&format!("{done} loops have elapsed"));
            break;
        }
        if let Some(signal) = logger.pause(&mut signals, next).await {
            banner::complain(&format!("Signal {signal}: exiting"));
            info!("{signal}: exiting");
            break;
        }
    }
    parts.notify.stopping("exiting");
    logger.leave().await;
    Ok(Exit::Success)
}

/// A star becomes every UPS of its host.
async fn expand(entries: Vec<Entry>, way: &Way) -> Result<Vec<(Entry, Source)>, Error> {
    let mut systems = Vec::new();
    let mut add = |entry: Entry| -> Result<(), Error> {
        let road = way.to(&entry.address.server)?;
        let source = Source::new(entry.address.clone(), road);
        systems.push((entry, source));
        Ok(())
    };
    for entry in entries {
        if !entry.is_all() {
            add(entry)?;
            continue;
        }
        let server = &entry.address.server;
        let all = source::all(&way.to(server)?).await;
        let all = all.map_err(|cause| Error::List {
            server: server.to_string(),
            cause,
        })?;
        if all.is_empty() {
            return Err(Error::NoUps(server.to_string()));
        }
        for ups in all {
            add(entry.one(&ups))?;
        }
    }
    Ok(systems)
}

impl Logger {
    /// A line for each UPS.
    async fn round(&mut self) {
        let names = self.format.variables();
        for (entry, source) in &mut self.systems {
            let values = if names.is_empty() {
                Values::new()
            } else {
                source.read(&names).await
            };
            let line = self.format.line(&Now {
                entry,
                values: &values,
                host: &self.host,
            });
            if let Err(why) = self.targets.write(&entry.file, &line) {
                error!("could not write to {}: {why}", entry.file);
            }
            if self.interval > LONG {
                source.leave().await;
            }
        }
    }

    /// Waits for the next round; the signal that ends it all, if one comes before.
    async fn pause(&mut self, signals: &mut Signals, until: Instant) -> Option<&'static str> {
        loop {
            let event = tokio::select! {
                biased;
                event = signals.next() => event,
                () = sleep_until(until) => return None,
            };
            match event {
                Event::Stop(signal) => return Some(signal),
                Event::LogNow => return None,
                Event::Reload => self.targets.reopen(),
                _ => {}
            }
        }
    }

    async fn leave(&mut self) {
        for (_, source) in &mut self.systems {
            source.leave().await;
        }
    }
}

/// What is so now.
struct Now<'a> {
    entry: &'a Entry,
    values: &'a Values,
    host: &'a str,
}

impl Facts for Now<'_> {
    fn time(&self, format: &str) -> String {
        local_time::format(format, self.epoch())
    }

    fn epoch(&self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        now.map_or(0, |since| since.as_secs())
    }

    fn host(&self) -> String {
        self.host.to_owned()
    }

    fn system(&self) -> &str {
        &self.entry.system
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}
