//! A variable that the unit has.

use driver::Report;
use model::Flags;

use crate::form::{Form, of_sensor, of_sensors, unpack};
use crate::variables::{Edit, TEXT_MAX, Variable};

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worth {
    /// It is one.
    Good,
    /// It is one if the unit says it twice.
    Doubtful,
    /// It is none, or not whole.
    None,
}

/// A row of the table with what is known of it on this unit.
#[derive(Clone, Debug)]
pub(crate) struct Present {
    pub(crate) row: &'static Variable,
    /// Its name; a few rows have another one on some units.
    pub(crate) var: &'static str,
    /// What it answered last.
    last: Option<String>,
    /// It has answered more than once, so that is how its answers look.
    is_sure: bool,
    /// The values that the EEPROM takes, as the unit tells them.
    pub(crate) choices: Vec<String>,
    /// How many sensors a packed answer had.
    sensors: usize,
}

impl Present {
    pub(crate) const fn new(row: &'static Variable) -> Self {
        Self {
            row,
            var: row.var,
            last: None,
            is_sure: false,
            choices: Vec::new(),
            sensors: 0,
        }
    }

    /// What an answer is worth. A unit answers with as many digits each time, so a number of another length is a piece of one, or
    /// belongs to another question, unless the unit says it again.
    pub(crate) fn judge(&self, answer: &str) -> Worth {
        let form = self.row.form;
        if !form.is_whole(answer) {
            return Worth::None;
        }
        match self.last.as_deref() {
            None => Worth::Good,
            Some(before) if form.agree(before, answer) => Worth::Good,
            // a text may become shorter
            Some(before) if self.is_sure && !form.is_free() && form.is_cut(before, answer) => {
                Worth::None
            }
            Some(_) => Worth::Doubtful,
        }
    }

    /// An answer that would be no surprise.
    pub(crate) fn expect(&mut self, answer: &str) {
        self.last = Some(answer.to_owned());
    }

    /// Whether two answers that follow each other say the same.
    pub(crate) fn is_same(&self, one: &str, other: &str) -> bool {
        self.row.form.agree(one, other)
    }

    /// Reports an answer.
    pub(crate) fn tell(&mut self, answer: &str, report: &mut Report) {
        if self.row.form == Form::Packed {
            self.tell_sensors(answer, report);
        } else {
            report.set(self.var, self.row.form.value(answer));
        }
        self.is_sure = self.last.replace(answer.to_owned()).is_some();
    }

    /// Reports that a text can be written.
    pub(crate) fn tell_edit(&self, report: &mut Report) {
        if self.row.edit == Edit::Text {
            let most = u64::try_from(TEXT_MAX).unwrap_or(u64::MAX);
            report
                .flags(self.var, Flags::RW_STRING)
                .max_len(self.var, most);
        }
    }

    /// Takes and reports the values that the EEPROM takes.
    pub(crate) fn take_choices(&mut self, choices: Vec<String>, report: &mut Report) {
        let rotates = self.row.edit == Edit::Listed && self.row.form != Form::Packed;
        if !rotates || choices.is_empty() {
            return;
        }
        let values: Vec<_> = choices.iter().map(|raw| self.row.form.value(raw)).collect();
        let values: Vec<_> = values.iter().map(String::as_str).collect();
        report.flags(self.var, Flags::RW).choices(self.var, &values);
        self.choices = choices;
    }

    /// All names that it may be published by.
    pub(crate) fn names(&self) -> Vec<String> {
        if self.row.form == Form::Packed {
            of_sensors(self.var).collect()
        } else {
            vec![self.var.to_owned()]
        }
    }

    fn tell_sensors(&mut self, answer: &str, report: &mut Report) {
        let values = unpack(answer);
        for (at, value) in values.iter().enumerate() {
            report.set(&of_sensor(self.var, at), *value);
        }
        for at in values.len()..self.sensors {
            report.remove(&of_sensor(self.var, at));
        }
        self.sensors = values.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::testing::Published;

    fn present(letter: &[u8]) -> Present {
        Present::new(Variable::of(letter).next().unwrap())
    }

    #[test]
    fn an_answer_that_is_shorter_than_before_is_worth_nothing() {
        let mut load = present(b"P");
        assert_eq!(load.judge("01"), Worth::Good);
        load.tell("017.4", &mut Report::default());
        // the first one may have been wrong
        assert_eq!(load.judge("01"), Worth::Doubtful);
        load.tell("018.4", &mut Report::default());
        for (answer, worth) in [
            ("118.0", Worth::Good),
            ("01", Worth::None),
            ("017.", Worth::None),
            ("", Worth::None),
            ("7.4", Worth::Doubtful),
            ("1017.4", Worth::Doubtful),
        ] {
            assert_eq!(load.judge(answer), worth, "{answer}");
        }
    }

    #[test]
    fn a_text_that_has_changed_is_doubtful() {
        let mut result = present(b"X");
        result.tell("OK", &mut Report::default());
        for (answer, worth) in [
            ("OK", Worth::Good),
            ("NG", Worth::Doubtful),
            ("O", Worth::Doubtful),
        ] {
            assert_eq!(result.judge(answer), worth, "{answer}");
        }
    }

    #[test]
    fn a_sensor_that_is_unplugged_is_no_more() {
        let mut humidity = present(b"H");
        let mut seen = Published::default();
        let mut tell = |answer: &str| {
            let mut report = Report::default();
            assert_eq!(humidity.judge(answer), Worth::Good);
            humidity.tell(answer, &mut report);
            seen.apply(report);
            let value = |var: &str| seen.value(var).map(str::to_owned);
            (value("ambient.1.humidity"), value("ambient.2.humidity"))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(tell("45.1,46.2"), (some("45.1"), some("46.2")));
        assert_eq!(tell(",46.2"), (some("N/A"), some("46.2")));
        assert_eq!(tell("45.1"), (some("45.1"), None));
    }

    #[test]
    fn what_rotates_has_the_values_that_are_published() {
        let mut low = present(b"q");
        let mut report = Report::default();
        low.tell("02", &mut report);
        low.take_choices(vec!["02".into(), "05".into()], &mut report);
        let mut seen = Published::default();
        seen.apply(report);
        let variable = seen.tree().get("battery.runtime.low").unwrap();
        assert_eq!(variable.choices, ["120", "300"]);
        assert_eq!(variable.flags, Flags::RW);
    }
}
