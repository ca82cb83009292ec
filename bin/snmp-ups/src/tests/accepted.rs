//! Differences from C NUT on recorded devices that are meant.

use std::collections::BTreeSet;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    State,
    Actions,
}

/// A difference that is meant: the device, or what its name begins with; a part of the difference; why.
struct Accepted {
    kind: Kind,
    device: &'static str,
    part: &'static str,
    #[allow(dead_code, reason = "for who reads this")]
    why: &'static str,
}

const fn state(device: &'static str, part: &'static str, why: &'static str) -> Accepted {
    Accepted {
        kind: Kind::State,
        device,
        part,
        why,
    }
}

const fn actions(device: &'static str, part: &'static str, why: &'static str) -> Accepted {
    Accepted {
        kind: Kind::Actions,
        device,
        part,
        why,
    }
}

#[rustfmt::skip]
const ACCEPTED: &[Accepted] = &[
    state("ddl-apc-smartups5000",   "SETINFO device.location",            "a text in UTF-8 is a text"),
    state("synth-apc",              "+*device.serial",                    "the object's name in C's table begins with a blank, and is never asked for"),
    state("synth-apc",              "+*device.version",                   "the object's name in C's table begins with a blank, and is never asked for"),
    state("synth-apcc",             "SET*put.frequency",                  "of two that count alone the first does; with C both are switched off, and the third is told for ever"),
    state("synth-apcc",             "SETINFO ups.delay.",                 "C has the length of the text for a factor"),
    state("synth-eaton_epdu",       "SET*outlet.group.*.phase",           "a text that is no number is no 0"),
    state("synth-eaton_epdu",       "SETINFO input.power ",               "of two that count alone the first does"),
    state("synth-eaton_epdu",       "SETINFO input.realpower ",           "of two that count alone the first does"),
    state("synth-eaton_epdu",       "SETINFO outlet.switchable",          "of two that count alone the first does"),
    state("",                       "SETINFO*ups.alarm",                  "an alarm that does not fit is left out whole; Eaton's list of alarms is read"),
    state("synth-eaton_epdu",       "SETINFO ups.status",                 "ALARM stands in the status when there is an alarm, in a chain too"),
    state("synth-hpe_epdu",         "SETINFO ups.status",                 "ALARM stands in the status when there is an alarm, in a chain too"),
    state("synth-eaton_p",          "SETINFO ups.status",                 "Eaton's list of alarms is read: OVER"),
    state("synth-eaton_p",          "-ADDCMD test.battery.start.quick",   "the object's name lacks .0 in C's table, and in a device that was made of it"),
    state("synth-eaton_p",          "-ADDENUM battery.date",              "the name of a function is no value"),
    state("synth-pulizzi",          "-ADDCMD shutdown.",                  "switching off and on is one object, so there is no such command"),
    actions("",                     "SET *outlet.desc \"*: no-answer",    "C's driver dies of it"),
    actions("",                     "INSTCMD shutdown.default: 0 []; ",   "C says that it is done, and does nothing"),
    actions("",                     "SET *: 3 []; 0 [\"",                 "C sends a value of another type than the object has"),
    actions("",                     "SET *ambient.*: 1 []; 0 [\"",        "C forgets that sensors have settings"),
    actions("",                     "SET ups.delay.s*: 3 []; 0 []",       "the driver keeps it; the object would begin to count at once"),
    actions("",                     "INSTCMD test.battery.st*; 0 [",      "the standard has names of objects there"),
    actions("synth-eaton_p",        "INSTCMD test.battery.start.quick",   "see the state"),
    actions("",                     "INSTCMD load.o*: 1 []; 0 [",         "offered, and with C not there"),
    actions("",                     "INSTCMD shutdown.return: 1 []; 0 [", "offered, and with C not there"),
    actions("",                     "INSTCMD shutdown.stayoff: 1 []; 0 [", "offered, and with C not there"),
    actions("",                     "INSTCMD load.o*.delay: 2 []; 0 [",   "without a value it waits as long as ups.delay says"),
    actions("synth-eaton_p",        "INSTCMD shutdown.return: 4 ",        "without a value C sends none"),
    actions("synth-eaton_p",        "INSTCMD shutdown.stop: 4 ",          "without a value C sends none"),
    actions("synth-cpqpower",       "INSTCMD shutdown.default",           "shutdown.return goes before shutdown.reboot, and is there"),
    actions("synth-cyberpower",     "INSTCMD shutdown.stayoff",           "C's object switches the load on"),
    actions("synth-apcc",           "SET ups.delay.",                     "C has the length of the text for a factor"),
    actions("synth-pulizzi",        "INSTCMD outlet.",                    "C switches the outlet before, and the whole unit for the first"),
    actions("simdata-ingrasys",     "INSTCMD load.o",                     "C sends a value of another type than the object has"),
];

/// Collects differences and tells those that are not meant.
pub(super) struct Differences {
    kind: Kind,
    same: usize,
    used: BTreeSet<usize>,
    wrong: Vec<String>,
}

impl Differences {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            same: 0,
            used: BTreeSet::new(),
            wrong: Vec::new(),
        }
    }

    /// The differences of one device.
    pub(super) fn of(&mut self, device: &str, found: impl Iterator<Item = String>) {
        let mut is_same = true;
        for difference in found {
            is_same = false;
            let known = ACCEPTED.iter().position(|accepted| {
                accepted.kind == self.kind
                    && device.starts_with(accepted.device)
                    && fits(&difference, accepted.part)
            });
            match known {
                Some(index) => _ = self.used.insert(index),
                None => self.wrong.push(format!("{device}: {difference}")),
            }
        }
        self.same += usize::from(is_same);
    }

    /// Fails when there are others, or when one of the list was not met.
    pub(super) fn told(self, devices: usize) {
        println!(
            "{:?}: {} of {devices} the same, the others as listed",
            self.kind, self.same
        );
        let mut wrong = self.wrong;
        for (index, accepted) in ACCEPTED.iter().enumerate() {
            if accepted.kind == self.kind && !self.used.contains(&index) {
                wrong.push(format!(
                    "{}: {} is no difference any more",
                    accepted.device, accepted.part
                ));
            }
        }
        assert!(
            wrong.is_empty(),
            "{} differences:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }
}

/// Whether the parts between stars are in the text, in that order.
fn fits(text: &str, pattern: &str) -> bool {
    let mut rest = text;
    pattern.split('*').all(|part| match rest.split_once(part) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}
