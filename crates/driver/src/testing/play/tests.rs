use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use recording::MAGIC;

use super::*;

/// Notes which step it was turned to, and speaks when it is told to.
#[derive(Clone, Default)]
struct Lab(Arc<Mutex<Vec<String>>>, Arc<AtomicBool>);

impl Stage for Lab {
    fn turn_to(&self, step: usize) {
        self.0.lock().unwrap().push(format!("at step {step}"));
    }

    fn speaks(&self) -> bool {
        self.1.load(Ordering::Relaxed)
    }

    fn notes(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// Tells what it was opened with and when it is asked.
struct Ups(Settings, Lab);

impl Driver for Ups {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        report.set("ups.id", self.0.value("name").unwrap_or_default());
        report.add_command("beeper.mute");
        Ok(())
    }

    fn poll(&mut self, _: Depth, report: &mut Report) -> Result<(), Error> {
        match self.0.clock.since_start().as_secs() {
            4 => return Err(Error::Timeout("slow".into())),
            6 => return Err(Error::Gone("away".into())),
            _ => {}
        }
        // and says by itself what will be heard afterwards
        let speaks = self.0.clock.since_start().as_secs() == 14;
        self.1.1.store(speaks, Ordering::Relaxed);
        report.status("OL");
        Ok(())
    }

    fn listen(&mut self, _: Duration, report: &mut Report) -> Heard {
        if !self.1.1.swap(false, Ordering::Relaxed) {
            return Heard::Nothing;
        }
        report.status("OB");
        Heard::Something
    }

    fn command(&mut self, _: &str, param: Option<&str>, _: &mut Report) -> Result<Outcome, Error> {
        param
            .map(|_| Outcome::Handled)
            .ok_or_else(|| Error::Timeout("slow".into()))
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        Ok(Outcome::Failed)
    }
}

fn played(steps: &str) -> Result<(String, u32), Problem> {
    let text = format!("{MAGIC}\ndriver lab-ups 1\npollinterval 2\noption name \"lab 1\"\n{steps}");
    let opened = Rc::new(Cell::new(0));
    let lab = Lab::default();
    let open = |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
        assert_eq!(settings.poll_interval, Duration::from_secs(2));
        opened.set(opened.get() + 1);
        Ok(Box::new(Ups(settings.clone(), lab.clone())))
    };
    let text = play(&Recording::parse(&text)?, &lab, &open)?;
    Ok((text, opened.get()))
}

#[test]
fn every_step_is_done_again_at_its_time() {
    let steps = "= 0.1 open\n= 0.2 identify\n= 2 poll\n= 3 listen\n= 3.5 command beeper.mute 1\n= 3.6 command beeper.mute\n\
                 = 4 poll\n= 6 poll\n= 8 poll\n= 9 open\n= 9.1 poll\n= 12 set ups.id x\n= 13 shutdown\n= 14 poll\n";
    let (text, opened) = played(steps).unwrap();
    let expected = r#"= 0.100 open
at step 0
= 0.200 identify
at step 1
SETINFO ups.id "lab 1"
ADDCMD beeper.mute
= 2.000 poll
at step 2
SETINFO ups.status "OL"
DATAOK
= 3.000 listen
nothing was heard
at step 3
= 3.500 command beeper.mute 1
SUCCESS
at step 4
= 3.600 command beeper.mute
failed: timeout
at step 5
= 4.000 poll
failed: timeout
at step 6
DATASTALE
= 6.000 poll
failed: gone
at step 7
= 8.000 poll
there is no device
at step 8
= 9.000 open
at step 9
= 9.100 poll
at step 10
DATAOK
= 12.000 set ups.id x
ERR UNKNOWN
at step 11
= 13.000 shutdown
ERR FAILED
at step 12
= 14.000 poll
at step 13
SETINFO ups.status "OB"
= in the end
SETINFO ups.id "lab 1"
SETINFO ups.status "OB"
ADDCMD beeper.mute
DATAOK
DUMPDONE
"#;
    assert_eq!(text, expected);
    assert_eq!(opened, 2);
}

#[test]
fn what_is_no_step_is_told_with_its_line() {
    let problem = played("= 1 open\n= 2 dance wildly\n").unwrap_err();
    assert_eq!(
        problem.to_string(),
        "line 6: no step of a driver: \"dance wildly\""
    );
}
