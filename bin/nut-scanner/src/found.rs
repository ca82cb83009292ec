//! What was found: a section of ups.conf that is still to be written.

/// Where something was found; in the order in which it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Usb,
    Snmp,
    Nut,
    Simulation,
    Avahi,
    Serial,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [
        Self::Usb,
        Self::Snmp,
        Self::Nut,
        Self::Simulation,
        Self::Avahi,
        Self::Serial,
    ];

    /// Its name in front of a parsable line.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Usb => "USB",
            Self::Snmp => "SNMP",
            Self::Nut => "NUT",
            Self::Simulation => "NUT_SIMULATION",
            Self::Avahi => "AVAHI",
            Self::Serial => "EATON_SERIAL",
        }
    }

    /// Its name within that of a section.
    pub(crate) const fn section(self) -> &'static str {
        match self {
            Self::Usb => "usb",
            Self::Snmp => "snmp",
            Self::Nut => "nut",
            Self::Simulation => "simulation",
            Self::Avahi => "avahi",
            Self::Serial => "serial",
        }
    }
}

/// Something to write a section about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) kind: Kind,
    pub(crate) driver: &'static str,
    /// Other drivers that may do.
    pub(crate) alternates: Vec<&'static str>,
    pub(crate) port: String,
    pub(crate) settings: Vec<Setting>,
}

impl Device {
    pub(crate) fn new(kind: Kind, driver: &'static str, port: impl Into<String>) -> Self {
        Self {
            kind,
            driver,
            alternates: Vec::new(),
            port: port.into(),
            settings: Vec::new(),
        }
    }

    /// With a setting that counts.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.settings.push(Setting::new(name, value, Use::Counts));
        self
    }

    /// The value of a setting, whether it counts or not.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.settings.iter().find(|one| one.name == name);
        found.map(|one| one.value.as_str())
    }
}

/// A setting of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) usage: Use,
}

impl Setting {
    pub(crate) fn new(name: &'static str, value: &str, usage: Use) -> Self {
        Self {
            name,
            value: plain(value),
            usage,
        }
    }
}

/// How a setting is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It counts.
    Counts,
    /// As a comment, for whoever needs it.
    Comment,
    /// As a comment, as no driver knows it.
    NoDriver,
}

/// A text that stays on its line, whatever a device or server has told.
pub(crate) fn plain(text: &str) -> String {
    let blank = |each: char| if each.is_control() { ' ' } else { each };
    text.chars().map(blank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_cannot_leave_its_line() {
        let device = Device::new(Kind::Snmp, "snmp-ups", "a").with("desc", "UPS\n[evil]\r\tx");
        assert_eq!(device.value("desc"), Some("UPS [evil]  x"));
        assert_eq!(device.value("mibs"), None);
    }
}
