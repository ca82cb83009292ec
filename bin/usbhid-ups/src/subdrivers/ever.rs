//! EVER.
//!
//! Paths, commands and conversions are facts of the specification usbhid-conversions.md, section 9.

use hid::table::{Read, Row, texts};

use crate::known::Known;
use hid::whole;

/// What the device says, and where; the first row that a device has gives a variable its value.
#[rustfmt::skip]
pub(super) const ROWS: &[Row<Known>] = &[
    Row::var("experimental.battery.batteryid",       "UPS.BatterySystem.Battery.BatteryID",                Read::number(0)),
    Row::var("experimental.battery.systemid",        "UPS.BatterySystem.BatterySystemID",                  Read::number(0)),
    Row::var("experimental.battery.chargerid",       "UPS.BatterySystem.Charger.ChargerID",                Read::number(0)),
    Row::var("experimental.battery.input_flowid",    "UPS.BatterySystem.Input.FlowID",                     Read::number(0)),
    Row::var("experimental.battery.input_id",        "UPS.BatterySystem.Input.InputID",                    Read::number(0)),
    Row::var("experimental.battery.output_flowid",   "UPS.BatterySystem.Output.FlowID",                    Read::number(0)),
    Row::var("experimental.battery.output_id",       "UPS.BatterySystem.Output.OutputID",                  Read::number(0)),
    Row::var("experimental.id.firmware_version_inverter", "UPS.EVER1.EVER13",                                   EVER_FORMAT_VERSION),
    Row::var("experimental.id.firmware_version_interfaces", "UPS.EVER1.EVER14",                                   EVER_FORMAT_VERSION),
    Row::var("experimental.id.hardware_version",     "UPS.EVER1.EVER15",                                   EVER_FORMAT_HARDWARE),
    Row::var("experimental.id.protocol_version_inverter", "UPS.EVER1.EVER16",                                   EVER_FORMAT_VERSION),
    Row::var("experimental.id.protocol_version_interfaces", "UPS.EVER1.EVER17",                                   EVER_FORMAT_VERSION),
    Row::var("ups.temperature",                      "UPS.EVER1.EVER42",                                   Read::Celsius),
    Row::var("battery.temperature",                  "UPS.EVER1.EVER43",                                   Read::Celsius),
    Row::var("output.powerfactor",                   "UPS.EVER1.EVER44",                                   Read::number(0)),
    Row::var("experimental.control.ups_on",          "UPS.EVER1.EVER45.EVER46",                            Read::number(0)).number(),
    Row::var("experimental.control.clear_fault",     "UPS.EVER1.EVER45.EVER47",                            Read::number(0)).number(),
    Row::var("experimental.control.clear_battery_fault", "UPS.EVER1.EVER45.EVER48",                            Read::number(0)).number(),
    Row::var("experimental.control.epo_blocked",     "UPS.EVER1.EVER49.EVER50",                            Read::number(0)).number(),
    Row::var("experimental.control.green_mode",      "UPS.EVER1.EVER49.EVER51",                            Read::number(0)).number(),
    Row::var("experimental.control.button_sound",    "UPS.EVER1.EVER49.EVER52",                            Read::number(0)).number(),
    Row::var("experimental.control.audible_alarm",   "UPS.EVER1.EVER49.EVER53",                            Read::number(0)).number(),
    Row::var("output.voltage",                       "UPS.EVER1.EVER54",                                   Read::number(0)).text(3),
    Row::var("experimental.config.overload_clearance_threshold", "UPS.EVER1.EVER59",                                   Read::number(0)).text(2),
    Row::var("experimental.config.stb_charge",       "UPS.EVER1.EVER60",                                   Read::number(0)).text(2),
    Row::var("battery.packs.external",               "UPS.EVER1.EVER61",                                   Read::number(0)).text(1),
    Row::var("experimental.statistics.mains_loss_counter", "UPS.EVER1.EVER62",                                   Read::number(0)),
    Row::var("experimental.statistics.lowering_AVR_trigger_counter", "UPS.EVER1.EVER63",                                   Read::number(0)),
    Row::var("experimental.statistics.rising_AVR_trigger_counter", "UPS.EVER1.EVER64",                                   Read::number(0)),
    Row::var("experimental.statistics.overload_counter", "UPS.EVER1.EVER65",                                   Read::number(0)),
    Row::var("experimental.statistics.short_circuit_counter", "UPS.EVER1.EVER66",                                   Read::number(0)),
    Row::var("experimental.statistics.discharge_counter", "UPS.EVER1.EVER67",                                   Read::number(0)),
    Row::var("experimental.statistics.overheat_counter", "UPS.EVER1.EVER68",                                   Read::number(0)),
    Row::var("experimental.statistics.mains_operation_time", "UPS.EVER1.EVER69",                                   Read::number(0)),
    Row::var("experimental.statistics.autonomous_operation_time", "UPS.EVER1.EVER70",                                   Read::number(0)),
    Row::var("experimental.statistics.overload_operation_time", "UPS.EVER1.EVER71",                                   Read::number(0)),
    Row::var("experimental.networkcard.mac_address", "UPS.EVER1.EVER72",                                   EVER_MAC_ADDRESS),
    Row::var("experimental.networkcard.notification_destination_ip", "UPS.EVER1.EVER73",                                   IP_211),
    Row::var("experimental.networkcard.send_packets", "UPS.EVER1.EVER77",                                   PACKETS_215),
    Row::var("experimental.networkcard.received_packets", "UPS.EVER1.EVER78",                                   PACKETS_216),
    Row::var("experimental.networkcard.send_packets_err", "UPS.EVER1.EVER79",                                   PACKETS_217),
    Row::var("experimental.networkcard.received_packets_err", "UPS.EVER1.EVER80",                                   PACKETS_218),
    Row::var("experimental.networkcard.config_dhcp_enabled", "UPS.EVER1.EVER85.EVER86",                            Read::number(0)),
    Row::var("experimental.networkcard.config_ethernet_enabled", "UPS.EVER1.EVER85.EVER87",                            Read::number(0)),
    Row::var("experimental.networkcard.config_http_enabled", "UPS.EVER1.EVER85.EVER88",                            Read::number(0)),
    Row::var("experimental.networkcard.config_snmp_enabled", "UPS.EVER1.EVER85.EVER89",                            Read::number(0)),
    Row::var("experimental.networkcard.config_snmp_trap_enabled", "UPS.EVER1.EVER85.EVER90",                            Read::number(0)),
    Row::var("experimental.networkcard.config_readonly", "UPS.EVER1.EVER85.EVER91",                            Read::number(0)),
    Row::var("experimental.networkcard.config_restart_eth", "UPS.EVER1.EVER85.EVER96",                            Read::number(0)),
    Row::var("experimental.networkcard.ip_address",  "UPS.EVER1.EVER93",                                   IP_230),
    Row::var("experimental.networkcard.network_mask", "UPS.EVER1.EVER94",                                   IP_231),
    Row::var("experimental.networkcard.default_gateway", "UPS.EVER1.EVER95",                                   IP_232),
    Row::var("ups.realpower.nominal",                "UPS.Flow.ConfigActivePower",                         Read::number(0)),
    Row::var("ups.power.nominal",                    "UPS.Flow.ConfigApparentPower",                       Read::number(0)),
    Row::var("output.frequency.nominal",             "UPS.Flow.ConfigFrequency",                           Read::number(0)),
    Row::var("output.voltage.nominal",               "UPS.Flow.ConfigVoltage",                             Read::number(0)),
    Row::var("experimental.ups.flow_id",             "UPS.Flow.FlowID",                                    Read::number(0)),
    Row::var("outlet.1.id",                          "UPS.OutletSystem.Outlet.OutletID",                   Read::number(0)),
    Row::var("experimental.outlet.1.present",        "UPS.OutletSystem.Outlet.PresentStatus.Present",      Read::Map(texts::YES_NO)),
    Row::var("outlet.1.switchable",                  "UPS.OutletSystem.Outlet.PresentStatus.Switchable",   Read::Map(texts::YES_NO)),
    Row::var("outlet.1.status",                      "UPS.OutletSystem.Outlet.PresentStatus.SwitchOn/Off", Read::number(0)),
    Row::var("experimental.outlet.1.undefined",      "UPS.OutletSystem.Outlet.PresentStatus.Undefined",    Read::number(0)),
    Row::var("experimental.outlet.1.system_id",      "UPS.OutletSystem.OutletSystemID",                    Read::number(0)),
    Row::var("experimental.outlet.1.switch_off_control", "UPS.OutletSystem.Outlet.SwitchOffControl",           Read::number(0)).number(),
    Row::var("experimental.outlet.1.switch_on_control", "UPS.OutletSystem.Outlet.SwitchOnControl",            Read::number(0)).number(),
    Row::var("experimental.powerconverter.input_flow_id", "UPS.PowerConverter.Input.FlowID",                    Read::number(0)),
    Row::var("input.frequency",                      "UPS.PowerConverter.Input.Frequency",                 Read::number(0)),
    Row::var("experimental.powerconverter.input_id", "UPS.PowerConverter.Input.InputID",                   Read::number(0)),
    Row::var("input.voltage",                        "UPS.PowerConverter.Input.Voltage",                   Read::number(0)),
    Row::var("ups.realpower",                        "UPS.PowerConverter.Output.ActivePower",              Read::number(0)),
    Row::var("ups.power",                            "UPS.PowerConverter.Output.ApparentPower",            Read::number(0)),
    Row::var("output.current",                       "UPS.PowerConverter.Output.Current",                  Read::number(0)),
    Row::var("experimental.powerconverter.output_flowid", "UPS.PowerConverter.Output.FlowID",                   Read::number(0)),
    Row::var("output.frequency",                     "UPS.PowerConverter.Output.Frequency",                Read::number(0)),
    Row::var("experimental.powerconverter.output_id", "UPS.PowerConverter.Output.OutputID",                 Read::number(0)),
    Row::var("ups.load",                             "UPS.PowerConverter.Output.PercentLoad",              Read::number(0)),
    Row::var("output.voltage",                       "UPS.PowerConverter.Output.Voltage",                  Read::number(0)),
    Row::var("experimental.powerconverter.powerconverterid", "UPS.PowerConverter.PowerConverterID",                Read::number(0)),
    Row::var("experimental.powersummary.capacity_granularity_1", "UPS.PowerSummary.CapacityGranularity1",              Read::number(0)),
    Row::var("experimental.powersummary.capacity_granularity_2", "UPS.PowerSummary.CapacityGranularity2",              Read::number(0)),
    Row::var("experimental.powersummary.capacity_mode", "UPS.PowerSummary.CapacityMode",                      Read::number(0)),
    Row::local("ups.delay.shutdown",                 "UPS.PowerSummary.DelayBeforeShutdown",               "20").text(10),
    Row::var("battery.capacity",                     "UPS.PowerSummary.DesignCapacity",                    Read::number(0)),
    Row::var("experimental.powersummary.flow_id",    "UPS.PowerSummary.FlowID",                            Read::number(0)),
    Row::var("battery.capacity",                     "UPS.PowerSummary.FullChargeCapacity",                Read::number(0)),
    Row::var("battery.type",                         "UPS.PowerSummary.iDeviceChemistry",                  Read::number(0)),
    Row::var("ups.load",                             "UPS.PowerSummary.PercentLoad",                       Read::number(0)),
    Row::var("experimental.powersummary.rechargeable", "UPS.PowerSummary.Rechargeable",                      Read::number(0)),
    Row::var("battery.charge",                       "UPS.PowerSummary.RemainingCapacity",                 Read::number(0)),
    Row::var("battery.runtime.low",                  "UPS.PowerSummary.RemainingTimeLimit",                Read::number(0)).number(),
    Row::var("battery.runtime",                      "UPS.PowerSummary.RunTimeToEmpty",                    Read::number(0)),
    Row::var("battery.voltage",                      "UPS.PowerSummary.Voltage",                           Read::number(0)),
    Row::var("ups.timer.shutdown",                   "UPS.PowerSummary.DelayBeforeShutdown",               Read::number(0)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.ACPresent",           Read::Map(texts::ONLINE)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.AwaitingPower",       Read::Map(texts::AWAITINGPOWER)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.BatteryPresent",      Read::Map(texts::NOBATTERY)),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.CommunicationLost",   Read::Map(texts::COMMFAULT)),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Discharging",         Read::Map(texts::DISCHARGING)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.NeedReplacement",     Read::Map(texts::REPLACEBATT)),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.Overload",            Read::Map(texts::OVERLOAD)).quick(),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.OverTemperature",     Read::Map(texts::OVERHEAT)),
    Row::status(                                     "UPS.PowerSummary.PresentStatus.ShutdownImminent",    Read::Map(texts::SHUTDOWNIMM)),
    Row::status(                                     "UPS.EVER1.EVER18.EVER19",                            Read::Map(texts::OVERLOAD)),
    Row::status(                                     "UPS.EVER1.EVER18.EVER20",                            Read::Map(texts::LOWBATT)),
    Row::status(                                     "UPS.EVER1.EVER18.EVER21",                            Read::Map(texts::BOOST)),
    Row::status(                                     "UPS.EVER1.EVER18.EVER22",                            Read::Map(texts::TRIM)),
    Row::status(                                     "UPS.EVER1.EVER18.EVER25",                            Read::Map(texts::CHARGING)),
    Row::status(                                     "UPS.EVER1.EVER18.EVER28",                            Read::Map(texts::REPLACEBATT)),
    Row::status(                                     "UPS.EVER1.EVER32.EVER33",                            Read::Map(texts::OVERLOAD)),
    Row::status(                                     "UPS.EVER1.EVER32.EVER40",                            Read::Map(texts::COMMFAULT)),
    Row::status(                                     "UPS.EVER1.EVER97.EVER102",                           EVER_ON_OFF),
    Row::var("experimental.status.workmode",         "UPS.EVER1.EVER97.EVER98",                            EVER_WORKMODE),
    Row::var("experimental.status.messages",         "UPS.EVER1.EVER18.EVER28",                            EVER_MESSAGES),
    Row::var("experimental.status.alarms",           "UPS.EVER1.EVER32.EVER33",                            EVER_ALARMS),
    Row::command("load.off.delay",                   "UPS.PowerSummary.DelayBeforeShutdown",               "20", Read::number(0)),
    Row::command("shutdown.return",                  "UPS.PowerSummary.DelayBeforeShutdown",               "20", Read::number(0)),
];

const EVER_FORMAT_VERSION: Read<Known> = Read::with(|_, value| {
    let version = whole(value);
    let (major, minor, build) = (version >> 12 & 0x0f, version >> 8 & 0x0f, version & 0xff);
    Some(format!("v{major:X}.{minor:X}b{build:02}"))
});
const EVER_FORMAT_HARDWARE: Read<Known> = Read::with(|_, value| {
    let revision = whole(value);
    let letter = match u8::try_from(revision >> 8 & 0xff).unwrap_or(0) {
        0 => '0',
        number @ 1..=26 => char::from(b'A' + number - 1),
        _ => '?',
    };
    Some(format!("rev.{letter}v{:02}", revision & 0xff))
});
const EVER_MAC_ADDRESS: Read<Known> = Read::with(|known, _| {
    let bytes = known
        .report(210)?
        .iter()
        .skip(1)
        .map(|byte| format!("{byte:02x}"));
    Some(bytes.collect::<Vec<_>>().join(":"))
});
const IP_211: Read<Known> = Read::with(|known, _| address(known, 211));
const IP_230: Read<Known> = Read::with(|known, _| address(known, 230));
const IP_231: Read<Known> = Read::with(|known, _| address(known, 231));
const IP_232: Read<Known> = Read::with(|known, _| address(known, 232));
const PACKETS_215: Read<Known> = Read::with(|known, _| packets(known, 215));
const PACKETS_216: Read<Known> = Read::with(|known, _| packets(known, 216));
const PACKETS_217: Read<Known> = Read::with(|known, _| packets(known, 217));
const PACKETS_218: Read<Known> = Read::with(|known, _| packets(known, 218));
const EVER_WORKMODE: Read<Known> = Read::with(|known, _| {
    let mode = match known.report(74)?.get(1)? {
        2 => "STOP",
        4 => "ONLINE",
        8 => "ONBATTERY",
        16 => "WATCH",
        32 => "WAITING",
        64 => "EMERGENCY",
        _ => "UNKNOWN",
    };
    Some(mode.to_owned())
});
const EVER_ON_OFF: Read<Known> = Read::with(|known, _| {
    let works = matches!(known.report(74)?.get(1)?, 4 | 8);
    Some(if works { "!off" } else { "off" }.to_owned())
});
const EVER_MESSAGES: Read<Known> = Read::with(|known, _| words(known, 75, MESSAGES));
const EVER_ALARMS: Read<Known> = Read::with(|known, _| words(known, 76, ALARMS));

/// Bits and their words; the words are the device maker's, with their spelling.
type Bits = &'static [(u16, &'static str)];

const MESSAGES: Bits = &[
    (0x0004, "BOOST"),
    (0x0008, "BUCK"),
    (0x0010, "BOOST_BLOCKED"),
    (0x0020, "BUCK_BLOCKED"),
    (0x0040, "CHARGING"),
    (0x0080, "FAN_ON"),
    (0x0100, "EPO_BLOCKED"),
    (0x0200, "NEED_REPLACMENT"),
    (0x0c00, "OVERHEAT"),
    (0x1000, "WAITING_FOR_MIN_CHARGE"),
    (0x2000, "MAINS_OUT_OF_RANGE"),
];
const ALARMS: Bits = &[
    (0x0001, "OVERLOAD"),
    (0x0002, "SHORT-CIRCUIT"),
    (0x000c, "OVERHEAT"),
    (0x0010, "EPO"),
    (0x0020, "INERNAL_ERROR"),
    (0x0040, "REVERSE_POWER_SUPPLY"),
    (0x0080, "NO_INETERNAL_COMM"),
    (0x0100, "CRITICAL_BATT_VOLTAGE"),
];

fn address(known: &Known, report: u8) -> Option<String> {
    let bytes = known.report(report)?.iter().skip(1).map(u8::to_string);
    Some(bytes.collect::<Vec<_>>().join("."))
}

fn packets(known: &Known, report: u8) -> Option<String> {
    let count = known
        .report(report)?
        .get(1..5)
        .and_then(|bytes| bytes.try_into().ok());
    Some(count.map_or_else(String::new, |count| i32::from_le_bytes(count).to_string()))
}

fn words(known: &Known, report: u8, bits: Bits) -> Option<String> {
    let bytes = known.report(report)?.get(1..3)?.try_into().ok()?;
    let set = u16::from_le_bytes(bytes);
    let words = bits
        .iter()
        .filter(|(bit, _)| set & bit != 0)
        .map(|(_, word)| *word);
    Some(words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_reports_are_read_in_the_ways_of_this_maker() {
        let mut known = Known::default();
        known.keep_report(210, &[210, 0, 1, 2, 0xab, 4, 5]);
        known.keep_report(230, &[230, 192, 168, 0, 7]);
        known.keep_report(215, &[215, 1, 1, 0, 0]);
        known.keep_report(75, &[75, 0x44, 0x08]);
        known.keep_report(76, &[76, 0, 0]);
        let mut shown = |read: Read<Known>| match read.show(0.0, &mut known) {
            hid::table::Shown::Text(text) => Some(text),
            _ => None,
        };
        assert_eq!(
            shown(EVER_MAC_ADDRESS).as_deref(),
            Some("00:01:02:ab:04:05")
        );
        assert_eq!(shown(IP_230).as_deref(), Some("192.168.0.7"));
        assert_eq!(shown(PACKETS_215).as_deref(), Some("257"));
        assert_eq!(
            shown(EVER_MESSAGES).as_deref(),
            Some("BOOST CHARGING OVERHEAT")
        );
        assert_eq!(shown(EVER_ALARMS).as_deref(), Some(""));
        assert_eq!(shown(EVER_WORKMODE), None, "no such report");
    }
}
