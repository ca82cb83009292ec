//! What a program's help (`-h`) says about its options: that is made of the grammar by which the program reads them.

/// An option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opt {
    /// Its names, `-x` or `--long`.
    pub(super) names: Vec<String>,
    /// What follows it, as the help has it: `<seconds>`, `[=SECONDS]`, `NAME KEY`; empty for none.
    pub(super) value: String,
    /// Whether it may be given more than once.
    pub(super) repeats: bool,
    pub(super) doc: String,
}

impl Opt {
    /// Reads a line; none for one that is not about an option.
    fn read(line: &str) -> Option<Self> {
        let text = line.strip_prefix("  ")?.trim_start();
        if !text.starts_with('-') {
            return None;
        }
        let (term, doc) = text.split_once("  ")?;
        let mut opt = Self {
            doc: doc.trim().to_owned(),
            ..Self::default()
        };
        for part in term.split(", ") {
            let end = part.find([' ', '[', '=']).unwrap_or(part.len());
            let (name, value) = part.split_at_checked(end)?;
            opt.repeats |= name.ends_with("...");
            opt.names.push(name.trim_end_matches("...").to_owned());
            if !value.is_empty() {
                opt.value = value.trim_start().to_owned();
            }
        }
        Some(opt)
    }

    /// Whether something has to follow it.
    pub(super) fn takes_value(&self) -> bool {
        !self.value.is_empty() && !self.value.starts_with('[')
    }
}

/// All options in a help.
pub(super) fn options(help: &str) -> Vec<Opt> {
    help.lines().filter_map(Opt::read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_with_an_option_is_read() {
        let help = "Does it.\n\nUsage: lab [options]\n\nOptions:\n  -W <seconds>  Give up (10)\n  -j...         Print JSON\n      \
            --record <file>  Write - all\n  -q, --quiet <x>  Less\n  --daemon[=SECONDS]   again\n  --show NAME KEY  a setting\n\n\
            Settings:\n  mode = ...   How\n";
        let read: Vec<(String, String, String)> = options(help)
            .into_iter()
            .map(|opt| (opt.names.join(" "), opt.value, opt.doc))
            .collect();
        let row = |names: &str, value: &str, doc: &str| {
            (names.to_owned(), value.to_owned(), doc.to_owned())
        };
        assert_eq!(
            read,
            [
                row("-W", "<seconds>", "Give up (10)"),
                row("-j", "", "Print JSON"),
                row("--record", "<file>", "Write - all"),
                row("-q --quiet", "<x>", "Less"),
                row("--daemon", "[=SECONDS]", "again"),
                row("--show", "NAME KEY", "a setting"),
            ]
        );
    }
}
