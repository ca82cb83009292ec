//! The whole driver on a unit that is simulated.

use super::*;
use crate::fake::{At, Fake, State, Trouble};
use driver::Clock;
use driver::testing::Published;

/// A driver on a unit, and what clients see of it.
struct Lab {
    driver: Box<dyn Driver>,
    seen: Published,
    fake: Fake,
    clock: Clock,
}

fn settings(name: &str, options: &[(&str, &str)]) -> Settings {
    let option = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
    Settings {
        driver: name.to_owned(),
        options: options.iter().map(option).collect(),
        clock: Clock::standing(),
        ..Settings::default()
    }
}

fn driver(fake: &Fake, settings: &Settings) -> ApcSmart {
    let fake = fake.clone();
    let open: Open = Arc::new(move |settings| Ok(Box::new(fake.line(&settings.clock))));
    ApcSmart::find(&open, settings).unwrap()
}

impl Lab {
    fn new(fake: Fake) -> Self {
        Self::with(fake, &settings("apcsmart", &[]))
    }

    fn with(fake: Fake, settings: &Settings) -> Self {
        let mut lab = Self::identified(fake, settings);
        lab.poll().unwrap();
        lab.fake.heard();
        lab
    }

    fn identified(fake: Fake, settings: &Settings) -> Self {
        let mut lab = Self {
            driver: Box::new(driver(&fake, settings)),
            seen: Published::default(),
            fake,
            clock: settings.clock.clone(),
        };
        let mut report = Report::default();
        lab.driver.identify(&mut report).unwrap();
        lab.seen.tell(report);
        lab
    }

    fn poll(&mut self) -> Result<(), Error> {
        let mut report = Report::default();
        self.driver.poll(Depth::Full, &mut report)?;
        self.seen.apply(report);
        Ok(())
    }

    fn listen(&mut self) -> Heard {
        let mut report = Report::default();
        let heard = self.driver.listen(Duration::ZERO, &mut report);
        self.seen.apply(report);
        heard
    }

    fn set(&mut self, var: &str, value: &str) -> Outcome {
        let mut report = Report::default();
        let outcome = self.driver.set(var, value, &mut report).unwrap();
        self.seen.apply(report);
        outcome
    }

    fn command(&mut self, name: &str, param: Option<&str>) -> Outcome {
        self.driver
            .command(name, param, &mut Report::default())
            .unwrap()
    }

    /// The port was pulled, and is there again.
    fn plugged_in_again(self) -> Self {
        let Self {
            driver,
            mut seen,
            fake,
            clock,
        } = self;
        fake.with(|state| state.gone = false);
        let mut driver = driver;
        // a unit that waits for the rest of a text takes some attempts
        for _ in 0..5 {
            let lost = driver.lose().unwrap();
            driver = lost.find().map_err(|(_, why)| why).unwrap();
            let mut report = Report::default();
            if driver.identify(&mut report).is_ok() {
                seen.tell(report);
                return Self {
                    driver,
                    seen,
                    fake,
                    clock,
                };
            }
        }
        panic!("it is not found again: {}", fake.heard());
    }

    fn value(&self, var: &str) -> Option<&str> {
        self.seen.value(var)
    }

    fn status(&self) -> &str {
        self.value("ups.status").unwrap_or_default()
    }
}

mod acting;
mod detecting;
mod editing;
mod faults;
mod polling;
