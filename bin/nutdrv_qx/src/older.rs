//! Drivers that this one stands in for: under their names it does what they did.

use driver::{Report, Settings, Update};

use crate::number;

/// What ups.conf is taken to say, as name, option and value: blazer's drivers read everything at each poll, the others knew
/// one dialect.
#[rustfmt::skip]
const MEANT: &[(&str, &str, &str)] = &[
    ("blazer_ser",  "pollfreq", "0"),
    ("blazer_usb",  "pollfreq", "0"),
    ("bestups",     "protocol", "bestups"),
    ("masterguard", "protocol", "masterguard"),
];

/// What blazer's drivers called a variable. Programs that ask for it by that name go on to find it.
const OLD_NAMES: &[(&str, &str)] = &[("device.mfr", "ups.mfr"), ("device.model", "ups.model")];

/// The settings with what an older name means. What ups.conf says goes first.
pub(crate) fn settings(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    for (name, option, value) in MEANT {
        if *name == settings.driver {
            let meant = ((*option).to_owned(), Some((*value).to_owned()));
            settings.options.insert(0, meant);
        }
    }
    settings
}

/// Values in the form in which the driver of that name told them.
pub(crate) fn translate(name: &str, report: &mut Report) {
    if !name.starts_with("blazer_") {
        return;
    }
    let mut beside = Vec::new();
    for update in &mut report.updates {
        let Update::Set { var, value } = update else {
            continue;
        };
        if let Some((_, old)) = OLD_NAMES.iter().find(|(new, _)| new == var) {
            beside.push((*old, value.clone()));
        }
        if var == "battery.voltage"
            && let Ok(volts) = number::parse(value)
        {
            *value = number::fixed(volts, 2);
        }
    }
    for (var, value) in beside {
        report.set(var, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_name_means_what_it_meant_unless_ups_conf_says_otherwise() {
        let named = |driver: &str, options: &[(&str, &str)]| {
            let owned =
                |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
            settings(&Settings {
                driver: driver.to_owned(),
                options: options.iter().map(owned).collect(),
                ..Settings::default()
            })
        };
        assert_eq!(named("blazer_ser", &[]).value("pollfreq"), Some("0"));
        let told = named("blazer_usb", &[("pollfreq", "9")]);
        assert_eq!(told.value("pollfreq"), Some("9"));
        assert_eq!(named("nutdrv_qx", &[]).options, []);
        assert_eq!(named("bestups", &[]).value("protocol"), Some("bestups"));
        let told = named("masterguard", &[("protocol", "q1")]);
        assert_eq!(told.value("protocol"), Some("q1"));
    }

    #[test]
    fn under_blazers_name_variables_have_blazers_names_too() {
        let mut report = Report::default();
        report
            .set("device.mfr", "ACME")
            .set("battery.voltage", "27.4");
        let mut blazer = report.clone();
        translate("nutdrv_qx", &mut report);
        translate("blazer_usb", &mut blazer);
        assert_eq!(report.updates.len(), 2);
        let mut expected = Report::default();
        expected
            .set("device.mfr", "ACME")
            .set("battery.voltage", "27.40")
            .set("ups.mfr", "ACME");
        assert_eq!(blazer, expected);
    }
}
