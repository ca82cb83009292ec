//! A chain: a driver, a server and the tools that ask it, each ours or C NUT's.

use std::thread;
use testkit::{Finished, PATIENCE, Program, Running, eventually};
use tests::{Site, Subject};

pub(crate) const LAB: &str = r#"
ups.status: OL CHRG
ups.id: "the \"attic\" \#1"
battery.charge: 91
lab.note: back\\slash
"#;

/// Who plays which part.
#[derive(Clone, Debug)]
pub(crate) struct Mix {
    pub(crate) server: Subject,
    pub(crate) driver: Subject,
    pub(crate) tools: Subject,
}

impl Mix {
    /// All eight.
    pub(crate) fn all(subjects: &[Subject; 2]) -> Vec<Self> {
        let mut all = Vec::new();
        for server in subjects {
            for driver in subjects {
                all.extend(subjects.iter().map(|tools| Self {
                    server: server.clone(),
                    driver: driver.clone(),
                    tools: tools.clone(),
                }));
            }
        }
        all
    }
}

/// The chain at work, with one UPS `lab`.
pub(crate) struct Chain {
    pub(crate) mix: Mix,
    pub(crate) site: Site,
    /// `None` when it was killed.
    pub(crate) driver: Option<Running>,
    _upsd: Running,
}

impl Chain {
    pub(crate) fn start(mix: Mix) -> Self {
        let site = Site::new();
        site.devices(&[("lab", LAB)]);
        let driver = site.driver_of(&mix.driver, "lab");
        let upsd = site.upsd_of(&mix.server);
        site.await_value("lab", "battery.charge", "91");
        Self {
            mix,
            site,
            driver: Some(driver),
            _upsd: upsd,
        }
    }

    /// One of the tools.
    pub(crate) fn tool(&self, name: &str) -> Program {
        self.mix.tools.program(name, &self.site.sandbox)
    }

    /// Runs `upsc`.
    pub(crate) fn upsc(&self, args: &[&str]) -> Finished {
        self.tool("upsc").args(args).run()
    }

    /// Runs a tool as `admin`.
    pub(crate) fn admin(&self, tool: &str, args: &[&str]) -> Finished {
        self.tool(tool)
            .args(["-u", "admin", "-p", "secret"])
            .args(args)
            .run()
    }

    /// How the tools name the UPS.
    pub(crate) fn lab(&self) -> String {
        self.site.address("lab")
    }

    /// Waits until `upsc` prints another value than this one.
    pub(crate) fn settled(&self, var: &str, value: &str) -> Result<(), String> {
        let ask = || self.upsc(&[&self.lab(), var]);
        let came = eventually(PATIENCE, || {
            (ask().stdout.trim_end() != value).then_some(())
        });
        came.ok_or_else(|| format!("{var} stayed {value}"))
    }

    /// Waits until `upsc` prints this value.
    pub(crate) fn await_value(&self, var: &str, value: &str) -> Result<(), String> {
        let mut last = None;
        let came = eventually(PATIENCE, || {
            let done = self.upsc(&[&self.lab(), var]);
            let came = (done.stdout.trim_end() == value).then_some(());
            last = Some(done);
            came
        });
        came.ok_or_else(|| format!("{var} did not become {value}: {last:?}"))
    }
}

/// Does something for every mix at the same time, because most of it is waiting.
pub(crate) fn at_once<A: Send, B: Send>(mixes: Vec<A>, each: impl Fn(A) -> B + Sync) -> Vec<B> {
    thread::scope(|scope| {
        let each = &each;
        let running: Vec<_> = mixes
            .into_iter()
            .map(|mix| scope.spawn(move || each(mix)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().expect("a mix panicked, see above"))
            .collect()
    })
}

/// Waits until our `upsc` prints this value of a UPS.
pub(crate) fn comes_to(site: &Site, ups: &str, var: &str, value: &str) -> Result<(), String> {
    let address = site.address(ups);
    let ask = || site.upsc(&[&address, var]);
    let came = eventually(PATIENCE, || {
        (ask().stdout.trim_end() == value).then_some(())
    });
    came.ok_or_else(|| format!("{ups} {var} did not become {value}: {:?}", ask()))
}
