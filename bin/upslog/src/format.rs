//! The language of `-f`: text with items between two `%`.
//!
//! As in C NUT, an item is known by how it begins, in any case: `%hostname%` is `%HOST%`. What is no item is written as `INVALID`, and
//! so is a `%` without a second one.

/// What cannot be had, and what makes no sense.
const MISSING: &str = "NA";
const INVALID: &str = "INVALID";

/// A format, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Text(String),
    /// A format for strftime.
    Time(String),
    Epoch,
    Host,
    System,
    Pid,
    /// A variable of the UPS.
    Variable(String),
}

/// What the items stand for.
pub(crate) trait Facts {
    /// The time by a format of strftime.
    fn time(&self, format: &str) -> String;
    /// Seconds since 1970.
    fn epoch(&self) -> u64;
    /// This host.
    fn host(&self) -> String;
    /// The UPS, as it was named.
    fn system(&self) -> &str;
    /// A variable, if the UPS has it.
    fn variable(&self, name: &str) -> Option<&str>;
}

impl Format {
    /// Reads it; there is nothing that is no format.
    pub(crate) fn parse(text: &str) -> Self {
        let mut items = Vec::new();
        let mut rest = text;
        while let Some((before, from)) = rest.split_once('%') {
            push_text(&mut items, before);
            rest = if let Some(after) = from.strip_prefix('%') {
                push_text(&mut items, "%");
                after
            } else if let Some(after) = from.strip_prefix('t') {
                push_text(&mut items, "\t");
                after
            } else if let Some((word, after)) = from.split_once('%') {
                items.push(Item::of(word));
                after
            } else {
                push_text(&mut items, INVALID);
                push_text(&mut items, from);
                ""
            };
        }
        push_text(&mut items, rest);
        Self { items }
    }

    /// The variables that it wants, each once.
    pub(crate) fn variables(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for item in &self.items {
            if let Item::Variable(name) = item
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }

    /// A line, with its end.
    pub(crate) fn line(&self, facts: &impl Facts) -> String {
        let mut line = String::new();
        for item in &self.items {
            match item {
                Item::Text(text) => line.push_str(text),
                Item::Time(format) => line.push_str(&facts.time(format)),
                Item::Epoch => line.push_str(&facts.epoch().to_string()),
                Item::Host => line.push_str(&facts.host()),
                Item::System => line.push_str(facts.system()),
                Item::Pid => line.push_str(&std::process::id().to_string()),
                Item::Variable(name) => line.push_str(facts.variable(name).unwrap_or(MISSING)),
            }
        }
        line.push('\n');
        line
    }
}

impl Item {
    fn of(word: &str) -> Self {
        let behind = |keyword: &str| {
            let begin = word.get(..keyword.len())?;
            let rest = word.get(keyword.len()..)?;
            begin.eq_ignore_ascii_case(keyword).then_some(rest)
        };
        if let Some(rest) = behind("TIME") {
            return Self::Time(rest.trim_start().replace('@', "%"));
        }
        if let Some(rest) = behind("VAR") {
            let name = rest.trim();
            return if name.contains('.') {
                Self::Variable(name.to_owned())
            } else {
                Self::Text(INVALID.to_owned())
            };
        }
        let plain = [
            ("ETIME", Self::Epoch),
            ("HOST", Self::Host),
            ("UPSHOST", Self::System),
            ("PID", Self::Pid),
        ];
        let known = plain.into_iter().find(|(word, _)| behind(word).is_some());
        known.map_or_else(|| Self::Text(INVALID.to_owned()), |(_, item)| item)
    }
}

fn push_text(items: &mut Vec<Item>, text: &str) {
    match items.last_mut() {
        Some(Item::Text(last)) => last.push_str(text),
        _ if text.is_empty() => {}
        _ => items.push(Item::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Rack;

    impl Facts for Rack {
        fn time(&self, format: &str) -> String {
            format!("<{format}>")
        }
        fn epoch(&self) -> u64 {
            1_771_054_215
        }
        fn host(&self) -> String {
            "srv".to_owned()
        }
        fn system(&self) -> &str {
            "rack@srv"
        }
        fn variable(&self, name: &str) -> Option<&str> {
            [("battery.charge", "97"), ("ups.status", "OL CHRG")]
                .iter()
                .find_map(|(known, value)| (*known == name).then_some(*value))
        }
    }

    #[track_caller]
    fn assert_line(format: &str, line: &str) {
        let format = Format::parse(format);
        assert_eq!(format.line(&Rack), format!("{line}\n"), "{format:?}");
    }

    #[test]
    fn items_are_replaced() {
        assert_line("%TIME @Y@m@d @H@M@S%", "<%Y%m%d %H%M%S>");
        assert_line("%ETIME% %HOST% %UPSHOST%", "1771054215 srv rack@srv");
        assert_line("%VAR battery.charge% [%VAR ups.status%]", "97 [OL CHRG]");
        assert_line("%VAR input.voltage%", "NA");
        assert_line("100%%%tx", "100%\tx");
        assert_line("%PID%", &std::process::id().to_string());
        assert_line("", "");
    }

    #[test]
    fn items_are_known_by_how_they_begin_in_any_case() {
        assert_line("%HOSTX% %var ups.status% %upshost%", "srv OL CHRG rack@srv");
    }

    #[test]
    fn what_makes_no_sense_is_invalid() {
        assert_line("%WHAT% a", "INVALID a");
        assert_line("%VAR status%", "INVALID");
        assert_line("a %VAR ups.status", "a INVALIDVAR ups.status");
        assert_line("%", "INVALID");
        assert_line("%é%", "INVALID");
        assert_line(r"a\nb", r"a\nb");
    }

    #[test]
    fn a_variable_is_asked_for_once() {
        let format = Format::parse("%VAR ups.status% %VAR a.b% %VAR ups.status% %VAR x%");
        assert_eq!(format.variables(), ["ups.status", "a.b"]);
    }
}
