//! ups.conf, upsd.conf and upsd.users, read together.
//!
//! At the start what can be used is used, as C does; a reload and `-t` want them free of errors.

use std::path::{Path, PathBuf};

use config::{LoadError, Loaded, Problem, Severity, UpsConf, UpsdConf, Users};
use server::{Descriptions, DeviceSpec, Settings};
use tracing::{error, info, warn};

/// All that is configured.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) ups: UpsConf,
    pub(crate) upsd: UpsdConf,
    pub(crate) users: Users,
    /// What is wrong, file by file.
    pub(crate) problems: Vec<Problem>,
}

impl Files {
    /// Reads the files in `dir`.
    ///
    /// # Errors
    /// Each file that cannot be read at all.
    pub(crate) fn read(dir: &Path) -> Result<Self, Vec<LoadError>> {
        let upsd = config::load_upsd(&dir.join("upsd.conf"));
        let ups = config::load_ups(&dir.join("ups.conf"));
        let users = config::load_users(&config::credential_or_file(dir, Path::new("upsd.users")));
        match (upsd, ups, users) {
            (Ok(upsd), Ok(ups), Ok(users)) => Ok(Self::together(upsd, ups, users)),
            (upsd, ups, users) => Err([upsd.err(), ups.err(), users.err()]
                .into_iter()
                .flatten()
                .collect()),
        }
    }

    fn together(upsd: Loaded<UpsdConf>, ups: Loaded<UpsConf>, users: Loaded<Users>) -> Self {
        let problems = [upsd.problems, ups.problems, users.problems].concat();
        Self {
            ups: ups.value,
            upsd: upsd.value,
            users: users.value,
            problems,
        }
    }

    /// How many problems make a file unusable as it stands.
    pub(crate) fn errors(&self) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count()
    }

    /// Writes all problems to the log.
    pub(crate) fn log_problems(&self) {
        for problem in &self.problems {
            match problem.severity {
                Severity::Error => error!("{problem}"),
                Severity::Warning => warn!("{problem}"),
            }
        }
    }

    /// The UPSes to serve.
    pub(crate) fn devices(&self) -> Vec<DeviceSpec> {
        let complete = self
            .ups
            .sections
            .iter()
            .filter(|section| !section.driver.is_empty());
        let spec = |section: &config::Section| DeviceSpec {
            name: section.name.clone(),
            driver: section.driver.clone(),
            desc: section.desc.clone(),
        };
        complete.map(spec).collect()
    }

    /// How many connections one address may have.
    pub(crate) fn capacity_of_peer(&self) -> usize {
        let most = self.upsd.maxconn_per_peer();
        most.map_or(usize::MAX, |most| {
            usize::try_from(most).unwrap_or(usize::MAX)
        })
    }

    /// The numbers for the hub.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            max_age: self.upsd.maxage(),
            tracking_delay: self.upsd.trackingdelay(),
            idle_timeout: self.upsd.idletimeout(),
            first_timeout: self.upsd.firsttimeout(),
            anonymous_read: self.upsd.allow_anonymous_read(),
        }
    }
}

/// Longest cmdvartab that is read.
const CMDVARTAB_MAX: u64 = 4 << 20;

/// Reads cmdvartab from the data directory; without one the built-in descriptions serve alone.
pub(crate) fn descriptions(upsd: &UpsdConf) -> Descriptions {
    let dir = upsd
        .datapath
        .clone()
        .unwrap_or_else(|| PathBuf::from(daemon::paths::DATA_DIR));
    let path = dir.join("cmdvartab");
    match slurp(&path) {
        Ok(source) => {
            let found = Descriptions::read(&source);
            info!("{} descriptions from {}", found.len(), path.display());
            found
        }
        Err(why) => {
            let missing = why.kind() == std::io::ErrorKind::NotFound;
            let why = if missing {
                "there is none".to_owned()
            } else {
                why.to_string()
            };
            info!(
                "{}: {why}; the built-in descriptions are used",
                path.display()
            );
            Descriptions::default()
        }
    }
}

fn slurp(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut source = Vec::new();
    std::fs::File::open(path)?
        .take(CMDVARTAB_MAX)
        .read_to_end(&mut source)?;
    Ok(source)
}
