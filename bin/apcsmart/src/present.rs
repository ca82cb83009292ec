//! A variable that the unit has.

use driver::Report;
use model::Flags;

use crate::form::{Form, of_sensor, of_sensors, unpack};
use crate::variables::{Edit, TEXT_MAX, Variable};

/// A row of the table with what is known of it on this unit.
#[derive(Clone, Debug)]
pub(crate) struct Present {
    pub(crate) row: &'static Variable,
    /// Its name; a few rows have another one on some units.
    pub(crate) var: &'static str,
    /// What all answers look like.
    shape: Option<String>,
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
            shape: None,
            choices: Vec::new(),
            sensors: 0,
        }
    }

    /// Reports an answer, unless it looks like none of this variable's. A unit always answers with as many digits, so a
    /// number of another length is a piece of one, or belongs to another question.
    pub(crate) fn tell(&mut self, answer: &str, report: &mut Report) -> bool {
        let form = self.row.form;
        let shape = form.shape(answer);
        let fits = match (&self.shape, &shape) {
            (Some(before), Some(now)) => form.agree(before, now),
            (Some(_), None) => false,
            (None, _) => true,
        };
        if !fits {
            return false;
        }
        self.shape = shape;
        if form == Form::Packed {
            self.tell_sensors(answer, report);
        } else {
            report.set(self.var, form.value(answer));
        }
        true
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
    fn a_number_of_another_length_is_not_told() {
        let mut load = present(b"P");
        let mut seen = Published::default();
        for (answer, expected) in [
            ("017.4", "017.4"),
            ("01", "017.4"),
            ("7.4", "017.4"),
            ("118.0", "118.0"),
        ] {
            let mut report = Report::default();
            assert_eq!(load.tell(answer, &mut report), answer == expected);
            seen.apply(report);
            assert_eq!(seen.value("ups.load"), Some(expected));
        }
    }

    #[test]
    fn a_sensor_that_is_unplugged_is_no_more() {
        let mut humidity = present(b"H");
        let mut seen = Published::default();
        let mut tell = |answer: &str| {
            let mut report = Report::default();
            assert!(humidity.tell(answer, &mut report));
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
