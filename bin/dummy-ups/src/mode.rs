//! Which of its three parts the driver plays: a file once, a file over and over, or a repeater.
//!
//! The decision is table A1 of the specification (soft-drivers.md). C NUT takes an unknown `mode` for
//! no mode at all; here it is an error.

/// How the driver gets its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// From a file, read again when its end is reached.
    Loop,
    /// From a file, read again when it was changed.
    Once,
    /// From another upsd.
    Repeater,
}

/// A decided mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mode {
    /// Where the data come from.
    pub(crate) source: Source,
    /// What `driver.parameter.mode` says, also when nothing was configured.
    pub(crate) published: &'static str,
}

/// The option `mode` holds a word that means nothing.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("mode: {0:?} is unknown; write dummy-once, dummy-loop, repeater or leave it out")]
pub(crate) struct UnknownMode(String);

const LOOP: Mode = Mode::new(Source::Loop, "dummy-loop");
const ONCE: Mode = Mode::new(Source::Once, "dummy-once");
const REPEATER: Mode = Mode::new(Source::Repeater, "repeater");
const OTHER_FILE: Mode = Mode::new(Source::Loop, "dummy");

impl Mode {
    const fn new(source: Source, published: &'static str) -> Self {
        Self { source, published }
    }

    /// Decides by the options `mode` and `port`; both are case-sensitive.
    pub(crate) fn choose(mode: Option<&str>, port: &str) -> Result<Self, UnknownMode> {
        match mode {
            Some("repeater") => Ok(REPEATER),
            Some("dummy-loop" | "dummy") => Ok(LOOP),
            Some("dummy-once") => Ok(ONCE),
            Some(other) => Err(UnknownMode(other.to_owned())),
            None => Ok(Self::of_port(port)),
        }
    }

    fn of_port(port: &str) -> Self {
        if port.contains('@') {
            REPEATER
        } else if port.ends_with(".seq") {
            LOOP
        } else if port.ends_with(".dev") {
            ONCE
        } else {
            OTHER_FILE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_chosen_as_the_table_says() {
        for (mode, port, source, published) in [
            (None, "lab@srv1", Source::Repeater, "repeater"),
            (None, "lab@srv1.dev", Source::Repeater, "repeater"),
            (Some("repeater"), "lab", Source::Repeater, "repeater"),
            (Some("dummy-loop"), "x.dev", Source::Loop, "dummy-loop"),
            (Some("dummy-loop"), "a@b", Source::Loop, "dummy-loop"),
            (Some("dummy-once"), "x.seq", Source::Once, "dummy-once"),
            (Some("dummy"), "x.dev", Source::Loop, "dummy-loop"),
            (None, "x.seq", Source::Loop, "dummy-loop"),
            (None, "x.dev", Source::Once, "dummy-once"),
            (None, "x.DEV", Source::Loop, "dummy"),
            (None, "x.nds", Source::Loop, "dummy"),
            (None, "x.txt", Source::Loop, "dummy"),
        ] {
            let chosen = Mode::choose(mode, port);
            assert_eq!(chosen, Ok(Mode { source, published }), "{mode:?} {port}");
        }
    }

    #[test]
    fn an_unknown_mode_is_an_error_that_names_it() {
        for word in ["bogus", "Dummy-Once", ""] {
            let error = Mode::choose(Some(word), "x.dev").unwrap_err().to_string();
            assert!(error.contains(&format!("{word:?}")), "{error}");
        }
    }
}
