//! What the simulated device shows: instructions in, report out.
//!
//! Variables are the framework's to remember; status and alarms are kept here, because each report
//! gives them whole. The status stays until the file says another one and is `OL` from the start:
//! in C NUT every pass begins with an empty one, which clients see while the file pauses.

use driver::Report;
use model::status::Status;

use crate::flags;
use crate::instruction::Instruction;

/// Status and alarms of the device.
#[derive(Debug)]
pub(crate) struct Scene {
    status: Status,
    alarms: Vec<String>,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            status: Status::of("OL"),
            alarms: Vec::new(),
        }
    }
}

impl Scene {
    /// A pass over the file begins: alarms are those of this pass only.
    pub(crate) fn begin(&mut self) {
        self.alarms.clear();
    }

    /// Carries out an instruction; a pause is not for here.
    pub(crate) fn apply(&mut self, instruction: Instruction, report: &mut Report) {
        match instruction {
            Instruction::Set { var, value } => {
                report.set(&var, value);
                flags::declare(&var, report);
            }
            Instruction::Delete { var } => {
                report.remove(&var);
            }
            Instruction::Status(words) => self.status = Status::of(&words),
            Instruction::Alarm(text) => self.alarms.push(text),
            Instruction::OnlyAlarm(text) => {
                self.alarms.clear();
                self.alarms.extend((!text.is_empty()).then_some(text));
            }
            Instruction::Timer(_) => {}
        }
    }

    /// Publishes status and alarms.
    pub(crate) fn show(&self, report: &mut Report) {
        report.status = Some(self.status.clone());
        report.alarms = Some(self.alarms.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse;
    use driver::Update;

    fn shown(scene: &mut Scene, source: &str) -> (Status, Vec<String>) {
        let mut report = Report::default();
        for step in parse(source.as_bytes()).steps {
            scene.apply(step.what, &mut report);
        }
        scene.show(&mut report);
        (report.status.unwrap(), report.alarms.unwrap())
    }

    #[test]
    fn status_and_alarms_follow_the_instructions() {
        for (source, status, alarms) in [
            ("", "OL", vec![]),
            ("lab.a: 1", "OL", vec![]),
            ("ups.status: OB\nups.status: OB LB", "OB LB", vec![]),
            ("ups.status:", "", vec![]),
            ("ups.status: ALARM OL", "ALARM OL", vec![]),
            ("ALARM \"[a]\"\nALARM b c", "OL", vec!["[a]", "b c"]),
            ("ALARM a\nALARM", "OL", vec![]),
            ("ALARM a\nups.alarm: b", "OL", vec!["b"]),
            ("ups.alarm: a\nALARM b", "OL", vec!["a", "b"]),
            ("ups.alarm: a\nups.alarm:", "OL", vec![]),
        ] {
            let alarms: Vec<String> = alarms.into_iter().map(str::to_owned).collect();
            let found = shown(&mut Scene::default(), source);
            assert_eq!(found, (Status::of(status), alarms), "{source:?}");
        }
    }

    #[test]
    fn a_new_pass_ends_the_alarms_but_not_the_status() {
        let mut scene = Scene::default();
        shown(&mut scene, "ups.status: OB LB\nALARM a");
        scene.begin();
        assert_eq!(shown(&mut scene, ""), (Status::of("OB LB"), vec![]));
    }

    #[test]
    fn variables_are_set_with_their_flags_and_deleted() {
        let mut report = Report::default();
        for step in parse(b"battery.charge: 50\nlab.a:").steps {
            Scene::default().apply(step.what, &mut report);
        }
        let names: Vec<_> = report
            .updates
            .iter()
            .map(|update| format!("{update:?}"))
            .collect();
        assert_eq!(names.len(), 3, "{names:?}");
        assert!(names[0].contains("\"50\"") && names[1].starts_with("Flags"));
        assert_eq!(
            report.updates[2],
            Update::Remove {
                var: "lab.a".into()
            }
        );
    }
}
