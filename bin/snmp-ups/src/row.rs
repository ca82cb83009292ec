//! One line of a table: what a variable or command is called in NUT, which object of the device it is, and what the object's value
//! means.
//!
//! In the tables' object identifiers `e` stands for 1.3.6.1.4.1 (enterprises) and `m` for 1.3.6.1.2.1 (the standard's), `n` for the number of an
//! outlet, a group of outlets or a sensor, which is in the name, too, and `d` for the number of a device in a chain.

/// Numbers and their texts. The first one counts, both ways.
pub(crate) type Texts = &'static [(i32, &'static str)];

/// The name of rows that give words of the status.
pub(crate) const STATUS: &str = "ups.status";

/// Objects that stand for an alarm while a device lists them, the words of the status that they mean, and the alarm's text.
pub(crate) type Alarms = &'static [(&'static str, &'static str, &'static str)];

/// A device's list of alarms.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct AlarmList {
    /// The column with the names of objects.
    pub(crate) column: &'static str,
    /// What they mean.
    pub(crate) known: Alarms,
}

/// What an object's value is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Read {
    /// A text; or a number, by its text.
    Text,
    /// A number, and what it is multiplied by.
    Number(f64),
    /// A date as month/day/year.
    UsDate,
    /// The unit that the sensors' temperatures are told in.
    SensorUnit,
    /// Tenths of a degree, in that unit.
    SensorTemperature,
    /// The temperature that APC's environment monitor tells, in a unit that it tells elsewhere.
    MonitorTemperature,
    /// A list with commas between, of which the length counts.
    Listed,
    /// How many alarms there are.
    Alarms(&'static AlarmList),
    /// What a command sends.
    Command(Order),
}

/// What a command sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// This number, unless a client gives another.
    Number(i32),
    /// The number that a client gives.
    Asked,
    /// As many seconds as a client gives, or else as long as a shutdown waits.
    OffDelay,
    /// As many seconds as a client gives, or else as long as a start waits.
    OnDelay,
    /// The name of an object.
    Object(&'static &'static str),
}

/// Where the load's phases are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Input,
    Output,
    Bypass,
}

/// Of what there are several, with a row for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Outlet,
    Group,
    Sensor,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Outlet, Self::Group, Self::Sensor];

    /// What their variables begin with.
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Group => "outlet.group",
            Self::Sensor => "ambient",
        }
    }
}

const FIXED: u16 = 1;
const SELDOM: u16 = 1 << 1;
const NOT_NEGATIVE: u16 = 1 << 2;
const NOT_ZERO: u16 = 1 << 3;
const NOT_NA: u16 = 1 << 4;
const UNIQUE: u16 = 1 << 5;
const WRITABLE: u16 = 1 << 6;
const TICKS: u16 = 1 << 7;
const PER_SENSOR: u16 = 1 << 8;
const FIRST_DEVICE: u16 = 1 << 9;
const LOCAL: u16 = 1 << 10;

/// One variable or command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// Its name, with `n` for the number of an outlet and so on.
    pub(crate) name: &'static str,
    /// The object; empty when the driver knows the value.
    pub(crate) oid: &'static str,
    pub(crate) read: Read,
    // nothing rather than an empty one, which the program would have to find at its start
    texts: Option<Texts>,
    default: Option<&'static str>,
    /// How long a text may be; for a number what it is multiplied by, which is what clients are told.
    pub(crate) len: u8,
    /// For devices with so many phases only.
    pub(crate) phases: Option<(Side, u8)>,
    flags: u16,
}

impl Row {
    const fn new(name: &'static str, oid: &'static str, read: Read) -> Self {
        Self {
            name,
            oid,
            read,
            texts: None,
            default: None,
            len: 128,
            phases: None,
            flags: 0,
        }
    }

    /// A text, or the text of a number.
    pub(crate) const fn text(name: &'static str, oid: &'static str) -> Self {
        Self::new(name, oid, Read::Text)
    }

    /// A number, multiplied by `factor`.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "factors are small, and this is computed by the compiler"
    )]
    pub(crate) const fn number(name: &'static str, oid: &'static str, factor: f64) -> Self {
        Self::new(name, oid, Read::Number(factor)).len(factor as u8)
    }

    /// A text that the driver knows.
    pub(crate) const fn constant(name: &'static str, value: &'static str) -> Self {
        Self::new(name, "", Read::Text).local(value)
    }

    /// A number that the driver knows.
    pub(crate) const fn constant_number(name: &'static str, value: &'static str) -> Self {
        Self::number(name, "", 1.0).local(value)
    }

    /// A command, and the number it sends.
    pub(crate) const fn command(name: &'static str, oid: &'static str, value: i32) -> Self {
        Self::new(name, oid, Read::Command(Order::Number(value)))
    }

    /// A command that sends something else.
    pub(crate) const fn command_with(name: &'static str, oid: &'static str, order: Order) -> Self {
        Self::new(name, oid, Read::Command(order))
    }

    /// A list of alarms, and the object with their number.
    pub(crate) const fn alarms(count: &'static str, list: &'static AlarmList) -> Self {
        Self::new("ups.alarms", count, Read::Alarms(list))
    }

    /// Its numbers have these texts.
    pub(crate) const fn map(mut self, texts: Texts) -> Self {
        self.texts = Some(texts);
        self
    }

    /// A text of at most `len` bytes.
    pub(crate) const fn len(mut self, len: u8) -> Self {
        self.len = len;
        self
    }

    /// A date as month/day/year.
    pub(crate) const fn us_date(mut self) -> Self {
        self.read = Read::UsDate;
        self
    }

    /// The unit that the sensors' temperatures are told in.
    pub(crate) const fn sensor_unit(mut self) -> Self {
        self.read = Read::SensorUnit;
        self
    }

    /// Tenths of a degree, in the sensors' unit.
    pub(crate) const fn sensor_temperature(mut self) -> Self {
        self.read = Read::SensorTemperature;
        self
    }

    /// The temperature of APC's environment monitor.
    pub(crate) const fn monitor_temperature(mut self) -> Self {
        self.read = Read::MonitorTemperature;
        self
    }

    /// A list, of which the length counts.
    pub(crate) const fn listed(mut self) -> Self {
        self.read = Read::Listed;
        self
    }

    /// The driver's own: the object is not read, whatever it is good for otherwise.
    pub(crate) const fn local(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self.with(LOCAL | FIXED)
    }

    /// It stays as it is.
    pub(crate) const fn fixed(self) -> Self {
        self.with(FIXED)
    }

    /// It changes seldom.
    pub(crate) const fn seldom(self) -> Self {
        self.with(SELDOM)
    }

    /// A negative number says that there is none.
    pub(crate) const fn unless_negative(self) -> Self {
        self.with(NOT_NEGATIVE)
    }

    /// 0 says that there is none.
    pub(crate) const fn unless_zero(self) -> Self {
        self.with(NOT_ZERO)
    }

    /// "N/A" says that there is none.
    pub(crate) const fn unless_na(self) -> Self {
        self.with(NOT_NA)
    }

    /// On a device that has it no other row of that name counts.
    pub(crate) const fn unique(self) -> Self {
        self.with(UNIQUE)
    }

    /// Clients may set it.
    pub(crate) const fn set(self) -> Self {
        self.with(WRITABLE)
    }

    /// Seconds that are set in hundredths.
    pub(crate) const fn ticks(self) -> Self {
        self.with(TICKS)
    }

    /// There is one for each sensor, though its name does not say so.
    pub(crate) const fn per_sensor(self) -> Self {
        self.with(PER_SENSOR)
    }

    /// Told by the first device of a chain for all.
    pub(crate) const fn first_device(self) -> Self {
        self.with(FIRST_DEVICE)
    }

    /// For devices whose input has so many phases.
    pub(crate) const fn input(self, phases: u8) -> Self {
        self.of_phases(Side::Input, phases)
    }

    /// For devices whose output has so many phases.
    pub(crate) const fn output(self, phases: u8) -> Self {
        self.of_phases(Side::Output, phases)
    }

    /// For devices whose bypass has so many phases.
    pub(crate) const fn bypass(self, phases: u8) -> Self {
        self.of_phases(Side::Bypass, phases)
    }

    const fn of_phases(mut self, side: Side, phases: u8) -> Self {
        self.phases = Some((side, phases));
        self
    }

    const fn with(mut self, flags: u16) -> Self {
        self.flags |= flags;
        self
    }

    const fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    pub(crate) const fn is_fixed(&self) -> bool {
        self.has(FIXED)
    }

    pub(crate) const fn is_seldom(&self) -> bool {
        self.has(SELDOM)
    }

    pub(crate) const fn is_local(&self) -> bool {
        self.has(LOCAL)
    }

    pub(crate) const fn is_unique(&self) -> bool {
        self.has(UNIQUE)
    }

    pub(crate) const fn is_writable(&self) -> bool {
        self.has(WRITABLE)
    }

    pub(crate) const fn is_ticks(&self) -> bool {
        self.has(TICKS)
    }

    pub(crate) const fn is_first_device(&self) -> bool {
        self.has(FIRST_DEVICE)
    }

    pub(crate) const fn not_negative(&self) -> bool {
        self.has(NOT_NEGATIVE)
    }

    pub(crate) const fn not_zero(&self) -> bool {
        self.has(NOT_ZERO)
    }

    pub(crate) const fn not_na(&self) -> bool {
        self.has(NOT_NA)
    }

    /// What it does when it is a command.
    pub(crate) const fn order(&self) -> Option<Order> {
        match self.read {
            Read::Command(order) => Some(order),
            _ => None,
        }
    }

    /// Of what there is one for each, if it is so.
    pub(crate) fn kind(&self) -> Option<Kind> {
        if self.has(PER_SENSOR) {
            return Some(Kind::Sensor);
        }
        // the longer name first: a group's begins as an outlet's
        let kinds = [Kind::Group, Kind::Outlet, Kind::Sensor];
        kinds.into_iter().find(|kind| {
            let rest = self.name.strip_prefix(kind.prefix());
            rest.is_some_and(|rest| rest.starts_with(".n."))
        })
    }

    /// Whether it gives words of the status.
    pub(crate) fn is_status(&self) -> bool {
        self.name == STATUS
    }

    /// Whether it gives an alarm.
    pub(crate) fn is_alarm(&self) -> bool {
        self.name.ends_with(".alarm") || matches!(self.read, Read::Alarms(..))
    }

    /// Whether it is told as a text.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.read, Read::Text | Read::UsDate)
    }

    /// The texts of its numbers.
    pub(crate) fn texts(&self) -> Texts {
        self.texts.unwrap_or(&[])
    }

    /// The value that the driver knows.
    pub(crate) fn default(&self) -> &'static str {
        self.default.unwrap_or_default()
    }

    /// The text of a number.
    pub(crate) fn text_of(&self, number: i64) -> Option<&'static str> {
        let row = self.texts().iter().find(|row| i64::from(row.0) == number);
        row.map(|row| row.1)
    }

    /// The number of a text.
    pub(crate) fn number_of(&self, text: &str) -> Option<i64> {
        let row = self.texts().iter().find(|row| row.1 == text);
        row.map(|row| i64::from(row.0))
    }
}
