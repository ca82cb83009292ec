//! A definition file played at once, for tests of other packages: no file, no clock.

use driver::Report;

use crate::instruction::Instruction;
use crate::scene::Scene;
use crate::script::parse;

/// What a file makes of the device.
#[derive(Debug, Default)]
pub struct Played {
    /// The line of each instruction.
    pub lines: Vec<usize>,
    /// Line and text of each fault that is told.
    pub faults: Vec<(usize, String)>,
    /// All that the file says, as if no TIMER were in it.
    pub report: Report,
}

/// Plays `source` to its end without its pauses.
#[must_use]
pub fn play(source: &[u8]) -> Played {
    let script = parse(source);
    let mut played = Played::default();
    let mut scene = Scene::default();
    for fault in script.faults {
        let text = format!("{}: {}", fault.text, fault.why);
        played.faults.push((fault.line, text));
    }
    for step in script.steps {
        played.lines.push(step.line);
        if !matches!(step.what, Instruction::Timer(_)) {
            scene.apply(step.what, &mut played.report);
        }
    }
    scene.show(&mut played.report);
    played
}
