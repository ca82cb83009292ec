//! The data files of dummy-ups.

use crate::lines::is_plain;
use driver::Update;
use dummy_ups::testing::{Played, play};
use text::quote;

/// Longest value whose bytes still fit into one word when each is shielded.
const SAFE: usize = 160;

/// Whatever a file says, the report can be told to clients; its faults have a line; settings survive being written.
pub fn check_dummy_file(bytes: &[u8]) {
    let played = play(bytes);
    let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() + 1;
    for (line, text) in &played.faults {
        assert!((1..=lines).contains(line), "line {line} of {lines}");
        assert!(!text.contains(|c: char| c.is_control()), "{text:?}");
    }
    assert!(played.lines.iter().all(|line| (1..=lines).contains(line)));
    assert!(played.lines.is_sorted());
    for update in &played.report.updates {
        if let Update::Set { var, value } = update {
            assert!(is_plain(var) && var.len() <= 128, "{var:?}");
            assert!(value.len() <= ipc::VALUE_MAX, "{value:?}");
        }
    }
    rewritten(&played);
}

fn rewritten(played: &Played) {
    let set = |played: &Played| -> Vec<(String, String)> {
        let each = played.report.updates.iter();
        each.filter_map(|update| match update {
            Update::Set { var, value } if value.len() <= SAFE => Some((var.clone(), value.clone())),
            _ => None,
        })
        .collect()
    };
    let expected = set(played);
    let mut text = String::new();
    for (var, value) in &expected {
        text.push_str(var);
        text.push_str(": ");
        quote(value, &mut text);
        text.push('\n');
    }
    assert_eq!(set(&play(text.as_bytes())), expected, "{text}");
}
