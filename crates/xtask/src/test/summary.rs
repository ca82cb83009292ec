//! What is printed when all steps are done.

use super::counts::Counts;
use super::{Done, Outcome};
use std::fmt::Write;

/// The steps with their times, what was skipped, and the count of test cases as the last line.
pub(crate) fn of(done: &[Done], counts: &Counts) -> String {
    let mut text = String::new();
    for step in done {
        let result = match &step.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed(_) => "FAILED",
            Outcome::Skipped(_) => "skipped",
        };
        // writing to a string cannot fail
        let _ = writeln!(
            text,
            "{:8} {result:8} {:6.1} s",
            step.name,
            step.took.as_secs_f32()
        );
    }
    for note in notes(done, counts) {
        let _ = writeln!(text, "skipped: {note}");
    }
    text + &counts.last_line()
}

fn notes(done: &[Done], counts: &Counts) -> Vec<String> {
    let steps = done.iter().filter_map(|step| match &step.outcome {
        Outcome::Skipped(needs) => Some(format!("step {}: needs {needs}", step.name)),
        _ => None,
    });
    steps
        .chain(counts.skipped().map(ToOwned::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn it_ends_with_the_count() {
        let outcome = Outcome::Skipped("a tool".into());
        let done = [Done {
            name: "deny",
            outcome,
            took: Duration::from_millis(1200),
        }];
        let mut counts = Counts::default();
        counts.read_line("test result: ok. 2 passed; 0 failed; 0 ignored");
        counts.note_skipped("chain: needs a wire\n");
        assert_eq!(
            of(&done, &counts),
            "deny     skipped     1.2 s\nskipped: step deny: needs a tool\n\
             skipped: chain: needs a wire\n1 passed, 0 failed, 1 skipped"
        );
    }
}
