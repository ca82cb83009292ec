//! What is printed when all targets are done.

use super::campaign::Outcome;
use std::fmt::Write;

/// Executions and findings of each target, and behind it where each finding is.
pub(super) fn of(outcomes: &[Outcome]) -> String {
    let mut text = format!("{:18} {:>12} {:>9}\n", "target", "executions", "findings");
    for outcome in outcomes {
        let executions = outcome
            .executions
            .map_or("?".to_owned(), |count| count.to_string());
        // writing to a string cannot fail
        let _ = writeln!(
            text,
            "{:18} {executions:>12} {:>9}",
            outcome.target,
            outcome.findings.len()
        );
    }
    for outcome in outcomes.iter().filter(|outcome| !outcome.is_clean()) {
        let _ = writeln!(text, "{}", outcome.line());
        for finding in &outcome.findings {
            let _ = writeln!(text, "  {}", finding.display());
        }
    }
    if outcomes.iter().any(|outcome| !outcome.findings.is_empty()) {
        text += "mend what does not hold, then copy the input to tests/fuzz/corpus so that the seeded twin knows it\n";
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(target: &str, executions: Option<u64>, finding: Option<&str>) -> Outcome {
        Outcome {
            target: target.to_owned(),
            executions,
            findings: finding.map(Into::into).into_iter().collect(),
            note: finding.map(|_| "exit status: 77, see words.log".to_owned()),
        }
    }

    #[test]
    fn findings_are_counted_and_named() {
        let clean = outcome("ipc_line", Some(12345), None);
        assert!(clean.is_clean());
        let text = of(&[clean, outcome("words", None, Some("crash-1"))]);
        let expected = "target               executions  findings\n\
            ipc_line                  12345         0\n\
            words                         ?         1\n\
            words: exit status: 77, see words.log\n  crash-1\n";
        assert!(text.starts_with(expected), "{text}");
    }
}
