//! What a repeater says of the lists it got: lists in, report out (soft-drivers.md, B3 and B5).
//!
//! C NUT lets a variable that vanished upstream stay for ever, `ups.alarm` among them, and gives all the
//! flags of a simulated device. Here what is not in the list is taken back, and a variable is as writable
//! as it is upstream, provided that a SET can be forwarded.

use std::collections::BTreeSet;

use driver::Report;
use model::name::{same, strip_prefix};
use model::status::Status;
use model::{Flags, Range};

use crate::instruction::check_name;

/// A variable that upstream lets its clients set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Writable {
    pub(crate) var: String,
    pub(crate) flags: Flags,
    /// Greatest length of a text; 0 when none is declared.
    pub(crate) max_len: u64,
    pub(crate) choices: Vec<String>,
    pub(crate) ranges: Vec<Range>,
}

/// What upstream's device can be told to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Abilities {
    pub(crate) writable: Vec<Writable>,
    pub(crate) commands: Vec<String>,
}

impl Writable {
    /// A variable of the type that the words of `GET TYPE` tell.
    pub(crate) fn new(var: &str, words: &[String]) -> Self {
        let mut writable = Self {
            var: var.to_owned(),
            ..Self::default()
        };
        for word in words {
            let (kind, length) = word.split_once(':').unwrap_or((word, ""));
            match kind {
                "RW" => writable.flags.rw = true,
                "NUMBER" => writable.flags.number = true,
                "STRING" => {
                    writable.flags.string = true;
                    writable.max_len = length.parse().unwrap_or(0);
                }
                _ => {} // ENUM and RANGE have lists of their own
            }
        }
        writable
    }

    fn declare(&self, report: &mut Report) {
        report
            .flags(&self.var, self.flags)
            .max_len(&self.var, self.max_len);
        let choices: Vec<&str> = self.choices.iter().map(String::as_str).collect();
        report
            .choices(&self.var, &choices)
            .ranges(&self.var, &self.ranges);
    }
}

/// What has been published of upstream; names in lower case.
#[derive(Debug, Default)]
pub(crate) struct Mirror {
    vars: BTreeSet<String>,
    declared: BTreeSet<String>,
    commands: BTreeSet<String>,
}

impl Mirror {
    /// Publishes a complete list of variables and what can be done with them.
    pub(crate) fn update(
        &mut self,
        vars: &[(String, String)],
        abilities: &Abilities,
        report: &mut Report,
    ) {
        self.publish_vars(vars, report);
        self.publish_types(abilities, report);
        self.publish_commands(&abilities.commands, report);
    }

    fn publish_vars(&mut self, vars: &[(String, String)], report: &mut Report) {
        let mut now = BTreeSet::new();
        report.status = Some(Status::default());
        report.no_alarms();
        for (var, value) in vars.iter().filter(|(var, _)| is_mirrored(var)) {
            now.insert(var.to_ascii_lowercase());
            if same(var, "ups.status") {
                report.status(value);
            } else if same(var, "ups.alarm") {
                report.alarm(value);
            } else {
                report.set(var, value);
            }
        }
        for var in self.vars.difference(&now).filter(|var| !is_composed(var)) {
            report.remove(var);
        }
        self.vars = now;
    }

    fn publish_types(&mut self, abilities: &Abilities, report: &mut Report) {
        let mut now = BTreeSet::new();
        for writable in &abilities.writable {
            let name = writable.var.to_ascii_lowercase();
            if self.vars.contains(&name) {
                writable.declare(report);
                now.insert(name);
            }
        }
        for var in self
            .declared
            .difference(&now)
            .filter(|var| self.vars.contains(*var))
        {
            Writable {
                var: var.clone(),
                ..Writable::default()
            }
            .declare(report);
        }
        self.declared = now;
    }

    fn publish_commands(&mut self, commands: &[String], report: &mut Report) {
        let mut now = BTreeSet::new();
        for command in commands.iter().filter(|name| is_foreign_command(name)) {
            if now.insert(command.to_ascii_lowercase()) {
                report.add_command(command);
            }
        }
        for command in self.commands.difference(&now) {
            report.remove_command(command);
        }
        self.commands = now;
    }
}

/// Whether a command is upstream's device's, and not one that every driver has itself.
pub(crate) fn is_foreign_command(name: &str) -> bool {
    is_mirrored(name) && !same(name, "shutdown.default")
}

/// Whether a variable is upstream's device's, and not about its driver.
pub(crate) fn is_mirrored(name: &str) -> bool {
    strip_prefix(name, "driver.").is_none() && check_name(name).is_ok()
}

/// Whether the framework makes the variable from what the report says of status and alarms.
fn is_composed(lower_name: &str) -> bool {
    matches!(lower_name, "ups.status" | "ups.alarm")
}

#[cfg(test)]
mod tests;
