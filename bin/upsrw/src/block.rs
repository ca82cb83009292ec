//! The block of lines about one variable (spec cli.md, section 8).

use crate::kind::{Base, Kind};

/// All that is said of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: Kind,
    /// The values of an ENUM.
    pub(crate) choices: Vec<String>,
    /// Least and greatest value of each range.
    pub(crate) ranges: Vec<(String, String)>,
}

impl Variable {
    /// The block, with the empty line behind it.
    pub(crate) fn block(&self) -> String {
        let description = self.description.as_deref();
        let mut lines = vec![
            format!("[{}]", self.name),
            description.unwrap_or("Description unavailable").to_owned(),
        ];
        match &self.kind {
            Kind::Enum(base) => {
                lines.extend(type_lines("ENUM", *base));
                lines.extend(self.choices.iter().map(|choice| self.choice(choice)));
            }
            Kind::Range(base) => {
                lines.extend(type_lines("RANGE", *base));
                lines.extend(self.ranges.iter().map(|range| self.range(range)));
            }
            Kind::Plain(base) => {
                lines.extend(type_lines("", Some(*base)));
                lines.push(format!("Value: {}", self.value));
            }
            Kind::Other(word) => lines.push(format!("Type: {word} (unrecognized)")),
            Kind::Unknown => lines.push("Unknown type".to_owned()),
        }
        lines.push("\n".to_owned());
        lines.join("\n")
    }

    fn choice(&self, choice: &str) -> String {
        option(choice, choice == self.value)
    }

    fn range(&self, (least, greatest): &(String, String)) -> String {
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let within = match (number(least), number(&self.value), number(greatest)) {
            (Some(least), Some(value), Some(greatest)) => least <= value && value <= greatest,
            _ => false,
        };
        option(&format!("{least}-{greatest}"), within)
    }
}

fn option(text: &str, selected: bool) -> String {
    let mark = if selected { " SELECTED" } else { "" };
    format!("Option: \"{text}\"{mark}")
}

fn type_lines(form: &str, base: Option<Base>) -> Vec<String> {
    let (name, length) = match base {
        None => ("", None),
        Some(Base::Number) => ("NUMBER", None),
        Some(Base::String(length)) => ("STRING", length),
    };
    let words: Vec<&str> = [form, name]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    let length = length.map(|length| format!("Maximum length: {length}"));
    let mut lines = vec![format!("Type: {}", words.join(" "))];
    lines.extend(length);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(kind: Kind, value: &str) -> Variable {
        Variable {
            name: "a.b".to_owned(),
            value: value.to_owned(),
            description: Some("About it".to_owned()),
            kind,
            choices: ["low", "medium", "high"].map(str::to_owned).into(),
            ranges: [("10", "600"), ("20", "30")]
                .map(|(least, greatest)| (least.to_owned(), greatest.to_owned()))
                .into(),
        }
    }

    fn block(kind: Kind, value: &str) -> String {
        let block = variable(kind, value).block();
        let rest = block.strip_prefix("[a.b]\nAbout it\n").unwrap();
        rest.strip_suffix("\n\n").unwrap().to_owned()
    }

    #[test]
    fn an_enum_lists_its_choices_and_marks_the_current_one() {
        let choices = "Option: \"low\"\nOption: \"medium\" SELECTED\nOption: \"high\"";
        assert_eq!(
            block(Kind::Enum(Some(Base::String(Some(10)))), "medium"),
            format!("Type: ENUM STRING\nMaximum length: 10\n{choices}")
        );
        assert_eq!(
            block(Kind::Enum(Some(Base::Number)), "medium"),
            format!("Type: ENUM NUMBER\n{choices}")
        );
        assert_eq!(
            block(Kind::Enum(None), "medium"),
            format!("Type: ENUM\n{choices}")
        );
    }

    #[test]
    fn a_range_marks_every_one_that_holds_the_value() {
        for (value, first, second) in [
            ("20", " SELECTED", " SELECTED"),
            ("600", " SELECTED", ""),
            ("10.5", " SELECTED", ""),
            ("9", "", ""),
            ("off", "", ""),
        ] {
            assert_eq!(
                block(Kind::Range(Some(Base::Number)), value),
                format!("Type: RANGE NUMBER\nOption: \"10-600\"{first}\nOption: \"20-30\"{second}")
            );
        }
    }

    #[test]
    fn plain_types_show_the_value() {
        assert_eq!(
            block(Kind::Plain(Base::String(Some(16))), "attic"),
            "Type: STRING\nMaximum length: 16\nValue: attic"
        );
        assert_eq!(
            block(Kind::Plain(Base::Number), "0"),
            "Type: NUMBER\nValue: 0"
        );
    }

    #[test]
    fn what_is_not_known_is_said() {
        let other = Kind::Other("BITMAP".to_owned());
        assert_eq!(block(other, "0"), "Type: BITMAP (unrecognized)");
        let mut silent = variable(Kind::Unknown, "0");
        silent.description = None;
        assert_eq!(
            silent.block(),
            "[a.b]\nDescription unavailable\nUnknown type\n\n"
        );
    }
}
