use recording::{Head, Paper};

use super::*;
use crate::clock::Clock;

/// A device that is lost by a command and found at the second attempt; it speaks by itself every other time.
struct Lab {
    tape: Tape,
    attempts: u32,
}

impl Driver for Lab {
    fn identify(&mut self, _: &mut Report) -> Result<(), Error> {
        self.tape.say("who", "lab");
        Ok(())
    }

    fn poll(&mut self, _: Depth, _: &mut Report) -> Result<(), Error> {
        self.tape.say_news("how", "well");
        Ok(())
    }

    fn listen(&mut self, _: Duration, _: &mut Report) -> Heard {
        self.attempts += 1;
        if self.attempts.is_multiple_of(2) {
            self.tape.say("hear", "hello");
        }
        Heard::Nothing
    }

    fn command(&mut self, _: &str, _: Option<&str>, _: &mut Report) -> Result<Outcome, Error> {
        Err(Error::Gone("away".into()))
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        Ok(Outcome::Failed)
    }

    fn waker(&self) -> Option<Waker> {
        Some(Waker::noop().clone())
    }

    fn lose(self: Box<Self>) -> Option<Box<dyn Lost>> {
        Some(self)
    }

    fn is_proxy(&self) -> bool {
        true
    }
}

impl Lost for Lab {
    fn find(mut self: Box<Self>) -> Attempt {
        self.attempts += 1;
        if self.attempts.is_multiple_of(2) {
            self.tape.device(&["lab 2".into()], &[]);
            return Ok(self);
        }
        Err((self, Error::Gone("away".into())))
    }

    fn rest(&self) -> Duration {
        Duration::from_secs(7)
    }

    fn is_back(&mut self) -> bool {
        true
    }
}

static INFO: Info = Info {
    name: "lab-ups",
    aliases: &[],
    description: "",
    version: "1",
    options: &[],
    hardware: Vec::new,
    open: |settings| {
        let tape = settings.tape.clone().unwrap();
        tape.device(&["lab 1".into()], &[]);
        Ok(Box::new(Lab { tape, attempts: 0 }))
    },
};

#[test]
fn every_step_is_written_but_those_in_vain() {
    let paper = Paper::default();
    let clock = Clock::standing();
    let now = {
        let clock = clock.clone();
        move || clock.since_start()
    };
    let settings = Settings {
        tape: Some(Tape::onto(paper.clone(), &Head::default(), now)),
        clock,
        ..Settings::default()
    };
    let mut report = Report::default();
    let mut driver = open(&INFO, &settings).unwrap();
    driver.identify(&mut report).unwrap();
    for second in [1, 2] {
        settings.clock.set(Duration::from_secs(second));
        driver.poll(Depth::Full, &mut report).unwrap();
        driver.listen(Duration::ZERO, &mut report);
    }
    settings.clock.set(Duration::from_millis(2500));
    driver.set("ups.id", "my ups", &mut report).unwrap();
    driver.command("load.off", None, &mut report).unwrap_err();
    assert!(driver.is_proxy() && driver.waker().is_some());
    let lost = driver.lose().unwrap();
    let (mut lost, _) = lost.find().err().unwrap();
    assert!(lost.is_back() && lost.rest() == Duration::from_secs(7));
    settings.clock.set(Duration::from_secs(9));
    let mut driver = lost.find().ok().unwrap();
    driver
        .command("beeper.mute", Some("7"), &mut report)
        .unwrap_err();
    driver.shut_down().unwrap();

    let text = paper.text();
    let lines: Vec<&str> = text.lines().skip(4).collect();
    let expected = "= 0.000 open|@ lab 1|= 0.000 identify|> who|< lab|= 1.000 poll|> how|< well|= 2.000 poll|= 2.000 listen|> hear|\
                    < hello|= 2.500 set ups.id \"my ups\"|= 2.500 command load.off|= 9.000 open|@ lab 2|\
                    = 9.000 command beeper.mute 7|= 9.000 shutdown";
    assert_eq!(lines.join("|"), expected);
}

#[test]
fn words_and_steps_are_each_others_inverse() {
    for step in [
        Step::Open,
        Step::Identify,
        Step::Poll,
        Step::Listen,
        Step::Command("load.off", None),
        Step::Command("load.off", Some("3")),
        Step::Set("ups.id", "x"),
        Step::ShutDown,
    ] {
        assert_eq!(Step::of(&step.words()), Some(step));
    }
    assert_eq!(Step::of(&["dance"]), None);
    assert_eq!(Step::of(&["poll", "often"]), None);
}
