//! What the fake driver reports: sixty variables, as a UPS of the middle class has them.

/// Name and value.
const VARIABLES: &[(&str, &str)] = &[
    ("ambient.humidity", "41.50"),
    ("ambient.temperature", "23.4"),
    ("battery.charge", "100"),
    ("battery.charge.low", "20"),
    ("battery.charge.restart", "0"),
    ("battery.charge.warning", "50"),
    ("battery.charger.status", "resting"),
    ("battery.date", "2023/09/17"),
    ("battery.energysave", "no"),
    ("battery.mfr.date", "2023/09/17"),
    ("battery.packs", "1"),
    ("battery.protection", "yes"),
    ("battery.runtime", "2514"),
    ("battery.runtime.low", "180"),
    ("battery.temperature", "29.2"),
    ("battery.type", "PbAc"),
    ("battery.voltage", "27.3"),
    ("battery.voltage.nominal", "24.0"),
    ("device.mfr", "Example Power"),
    ("device.model", "Example 1500 RM"),
    ("device.serial", "AS1234567890"),
    ("device.type", "ups"),
    ("driver.name", "fake"),
    ("driver.parameter.pollfreq", "30"),
    ("driver.parameter.pollinterval", "2"),
    ("driver.parameter.port", "auto"),
    ("driver.version", "2.8.0"),
    ("driver.version.internal", "0.47"),
    ("input.current", "1.20"),
    ("input.frequency", "50.0"),
    ("input.frequency.nominal", "50"),
    ("input.sensitivity", "medium"),
    ("input.transfer.high", "280"),
    ("input.transfer.low", "160"),
    ("input.transfer.reason", "input voltage out of range"),
    ("input.voltage", "231.0"),
    ("input.voltage.nominal", "230"),
    ("outlet.1.desc", "PowerShare Outlet 1"),
    ("outlet.1.id", "1"),
    ("outlet.1.status", "on"),
    ("outlet.1.switchable", "yes"),
    ("outlet.desc", "Main Outlet"),
    ("outlet.id", "0"),
    ("outlet.switchable", "no"),
    ("output.current", "1.10"),
    ("output.frequency", "50.0"),
    ("output.voltage", "231.0"),
    ("output.voltage.nominal", "230"),
    ("ups.beeper.status", "enabled"),
    ("ups.delay.shutdown", "20"),
    ("ups.delay.start", "30"),
    ("ups.firmware", "UPS 05.0 / ID=18"),
    ("ups.load", "17"),
    ("ups.mfr", "Example Power"),
    ("ups.model", "Example 1500 RM"),
    ("ups.power.nominal", "1500"),
    ("ups.realpower", "172"),
    ("ups.serial", "AS1234567890"),
    ("ups.status", "OL"),
    ("ups.temperature", "29.2"),
];

/// The variable that a measurement asks for.
pub(crate) const ASKED: &str = "battery.charge";

/// The answer to DUMPALL.
pub(crate) fn dump() -> String {
    let lines = VARIABLES
        .iter()
        .map(|(name, value)| format!("SETINFO {name} \"{value}\"\n"));
    lines.collect::<String>() + "DATAOK\nDUMPDONE\n"
}

/// Change number `count`: one variable after the other, each time with another value.
pub(crate) fn change(count: usize) -> String {
    let (name, _) = VARIABLES
        .get(count % VARIABLES.len())
        .unwrap_or(&("ups.load", ""));
    format!("SETINFO {name} \"{count}\"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty() {
        assert_eq!(dump().lines().count(), 60 + 2);
        assert!(dump().contains(&format!("SETINFO {ASKED} \"100\"\n")));
    }

    #[test]
    fn each_change_is_one() {
        assert_eq!(change(2), "SETINFO battery.charge \"2\"\n");
        assert_eq!(change(62), "SETINFO battery.charge \"62\"\n");
    }
}
