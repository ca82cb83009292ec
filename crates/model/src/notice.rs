//! NOTIFY types: what upsmon tells people and scripts (spec upsmon.md, section 5.1).
//!
//! The names are what `NOTIFYMSG`, `NOTIFYFLAG`, `AT` and `$NOTIFYTYPE` use. The texts of the events that log watchers
//! match are C NUT's byte for byte; those of the newer events are worded here. In a text the first `%s` stands for the
//! UPS, the second for what the event brings along.

macro_rules! notices {
    ($($notice:ident $name:literal $text:literal,)*) => {
        /// One NOTIFY type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the table below says what each is called and tells")]
        pub enum Notice {
            $($notice,)*
        }

        /// Each with its name and its built-in text, in the order of the manual.
        const TABLE: &[(Notice, &str, &str)] = &[$((Notice::$notice, $name, $text),)*];
    };
}

#[rustfmt::skip]
notices! {
    Online           "ONLINE"            "UPS %s on line power",
    OnBatt           "ONBATT"            "UPS %s on battery",
    LowBatt          "LOWBATT"           "UPS %s battery is low",
    Fsd              "FSD"               "UPS %s: forced shutdown in progress",
    CommOk           "COMMOK"            "Communications with UPS %s established",
    CommBad          "COMMBAD"           "Communications with UPS %s lost",
    Shutdown         "SHUTDOWN"          "Auto logout and shutdown proceeding",
    ShutdownHostSync "SHUTDOWN_HOSTSYNC" "Waiting for the other hosts to shut down first",
    ReplBatt         "REPLBATT"          "UPS %s battery needs to be replaced",
    NoComm           "NOCOMM"            "UPS %s is unavailable",
    NoParent         "NOPARENT"          "upsmon parent process died - shutdown impossible",
    Cal              "CAL"               "UPS %s: calibration in progress",
    NotCal           "NOTCAL"            "UPS %s: calibration finished",
    Off              "OFF"               "UPS %s: administratively OFF or asleep",
    NotOff           "NOTOFF"            "UPS %s: no longer administratively OFF or asleep",
    Bypass           "BYPASS"            "UPS %s: on bypass (powered, not protecting)",
    NotBypass        "NOTBYPASS"         "UPS %s: no longer on bypass",
    Eco              "ECO"               "UPS %s: in ECO mode (as defined by vendor)",
    NotEco           "NOTECO"            "UPS %s: no longer in ECO mode",
    Alarm            "ALARM"             "UPS %s: one or more active alarms: [%s]",
    NotAlarm         "NOTALARM"          "UPS %s: no alarm is active any more",
    Over             "OVER"              "UPS %s: overloaded",
    NotOver          "NOTOVER"           "UPS %s: no longer overloaded",
    Trim             "TRIM"              "UPS %s: trimming incoming voltage",
    NotTrim          "NOTTRIM"           "UPS %s: no longer trimming incoming voltage",
    Boost            "BOOST"             "UPS %s: boosting incoming voltage",
    NotBoost         "NOTBOOST"          "UPS %s: no longer boosting incoming voltage",
    Other            "OTHER"             "UPS %s: has states that upsmon does not know: [%s]",
    NotOther         "NOTOTHER"          "UPS %s: has no unknown states any more",
    SuspendStarting  "SUSPEND_STARTING"  "The system is going to sleep",
    SuspendFinished  "SUSPEND_FINISHED"  "The system has woken up",
    SuspendTimejumpUnexpected "SUSPEND_TIMEJUMP_UNEXPECTED" "The system slept without notice",
}

impl Notice {
    /// All of them, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// As configuration files and `$NOTIFYTYPE` have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What is told where `NOTIFYMSG` says nothing else.
    #[must_use]
    pub fn default_text(self) -> &'static str {
        self.row().2
    }

    /// The type called `name`, in any letter case.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let row = TABLE.iter().find(|row| row.1.eq_ignore_ascii_case(name));
        row.map(|row| row.0)
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        const NONE: (Notice, &str, &str) = (Notice::Other, "", "");
        TABLE.get(self as usize).copied().unwrap_or(NONE)
    }
}

/// A message: in `text` the first `%s` becomes `ups`, the second `detail`; every other byte stays as it is.
#[must_use]
pub fn message(text: &str, ups: &str, detail: &str) -> String {
    let mut parts = text.splitn(3, "%s");
    let mut message = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip([ups, detail]) {
        message.push_str(value);
        message.push_str(part);
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_stands_where_its_type_points() {
        for (row, notice) in TABLE.iter().zip(Notice::all()) {
            assert_eq!(notice.row(), *row);
            assert_eq!(Notice::of(&row.1.to_lowercase()), Some(notice));
        }
        assert_eq!(TABLE.len(), 32);
        assert_eq!(Notice::of("XYZZY"), None);
    }

    #[test]
    fn texts_that_log_watchers_match_are_those_of_c_nut() {
        assert_eq!(
            message(Notice::OnBatt.default_text(), "rack@srv1", ""),
            "UPS rack@srv1 on battery"
        );
        assert_eq!(
            message(Notice::Alarm.default_text(), "rack", "Replace battery!"),
            "UPS rack: one or more active alarms: [Replace battery!]"
        );
    }

    #[test]
    fn only_the_first_two_places_are_filled_and_all_else_is_literal() {
        for (text, expected) in [
            ("100% %d %n %", "100% %d %n %"),
            ("%s at 5%", "u at 5%"),
            ("%s %s %s", "u d %s"),
            ("%%s", "%u"),
            ("", ""),
        ] {
            assert_eq!(message(text, "u", "d"), expected);
        }
        assert_eq!(message("[%s|%s]", "%s", "x"), "[%s|x]");
    }
}
