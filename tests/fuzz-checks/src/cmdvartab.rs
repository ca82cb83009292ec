//! The description table cmdvartab, through the answers that are made of it.

use crate::answers::check_answer;
use crate::hub::Stage;
use crate::lines::{is_plain, only_line, read};
use server::Descriptions;
use std::collections::HashMap;

/// Names asked for; each takes an answer.
const ASKED: usize = 64;

/// Of a name given twice the later text wins; what the file says is what clients read, as far as it fits.
pub fn check_cmdvartab(bytes: &[u8]) {
    let mut texts: HashMap<(bool, String), String> = HashMap::new();
    for line in read(bytes) {
        if let ([keyword, name, text, ..], None) = (line.words().as_slice(), line.broken)
            && matches!(*keyword, "VARDESC" | "CMDDESC")
        {
            let key = (*keyword == "CMDDESC", name.to_ascii_lowercase());
            texts.insert(key, (*text).to_owned());
        }
    }
    let table = Descriptions::read(bytes);
    assert_eq!(table.len(), texts.len());
    let mut stage = Stage::fresh(table);
    let plain = texts
        .iter()
        .filter(|((_, name), _)| is_plain(name) && !name.starts_with("upstream."));
    for ((is_command, name), text) in plain.take(ASKED) {
        let what = if *is_command { "CMDDESC" } else { "DESC" };
        let request = format!("GET {what} lab1 {name}\n");
        let answer = stage.ask(&request);
        check_answer(&["GET"], &answer);
        if answer.starts_with("ERR") {
            assert!(name.len() > 400, "{answer}");
            continue;
        }
        let words = only_line(&answer);
        let told = words.get(3).expect("a text");
        assert!(text.starts_with(told.as_str()), "{told:?} for {text:?}");
        assert!(*told == *text || answer.len() > 500, "cut: {answer:?}");
    }
}
