//! Lines of text: what scripts have parsed for twenty years.

use crate::ask::Found;

/// All of the output.
pub(crate) fn text(found: &Found) -> String {
    match found {
        Found::Texts(texts) => texts.iter().map(|text| format!("{text}\n")).collect(),
        Found::Pairs(pairs) => pairs
            .iter()
            .map(|(name, text)| format!("{name}: {text}\n"))
            .collect(),
        Found::Text(text) => format!("{text}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_each() {
        let texts = Found::Texts(vec!["rack".to_owned(), "desk".to_owned()]);
        assert_eq!(text(&texts), "rack\ndesk\n");
        assert_eq!(text(&Found::Texts(Vec::new())), "");
        let pairs = Found::Pairs(vec![("ups.status".to_owned(), "OL CHRG".to_owned())]);
        assert_eq!(text(&pairs), "ups.status: OL CHRG\n");
        assert_eq!(text(&Found::Text(String::new())), "\n");
    }
}
