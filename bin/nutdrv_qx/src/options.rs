//! The options of ups.conf (spec nutdrv_qx.md, section 3).

use driver::{OptionKind, OptionSpec};

const fn value(name: &'static str, doc: &'static str) -> OptionSpec {
    OptionSpec {
        name,
        kind: OptionKind::Value,
        doc,
    }
}

const fn flag(name: &'static str, doc: &'static str) -> OptionSpec {
    OptionSpec {
        name,
        kind: OptionKind::Flag,
        doc,
    }
}

/// What may stand in a section, beside what the framework knows.
#[rustfmt::skip]
pub(crate) const OPTIONS: &[OptionSpec] = &[
    value("protocol",                   "the dialect, instead of finding it out"),
    value("ondelay",                    "seconds until the load gets power again, when mains are back (180)"),
    value("offdelay",                   "seconds until the load loses power, in a shutdown (30)"),
    flag("stayoff",                     "after a forced shutdown the load stays without power"),
    value("pollfreq",                   "seconds between two full readings (30); the status is read at each pollinterval"),
    value("cablepower",                 "outputs of the serial port that power the adapter: normal, reverse, both, none"),
    value("runtimecal",                 "two runtimes and their loads: seconds,percent,seconds,percent; the high load first"),
    value("chargetime",                 "seconds that the battery needs from empty to full (43200)"),
    value("idleload",                   "least load in percent that runtimes are reckoned with (10)"),
    flag("battery_voltage_reports_one_pack", "the device tells the voltage of one of battery.packs"),
    flag("norating",                    "ratings are not asked for"),
    flag("novendor",                    "maker and model are not asked for"),
    flag("ignoresab",                   "the bit \"shutdown active\" is not believed"),
    flag("nooutstats",                  "q2, q6: statistics of the output are not asked for"),
    value("subdriver",                  "USB: how requests are packed; needs vendorid and productid"),
    value("vendorid",                   "USB: vendor number, a regular expression"),
    value("productid",                  "USB: product number, a regular expression"),
    value("vendor",                     "USB: the maker's text, a regular expression"),
    value("product",                    "USB: the product's text, a regular expression"),
    value("serial",                     "USB: the serial number, a regular expression"),
    value("bus",                        "USB: number of the bus, a regular expression"),
    value("busport",                    "USB: the port it is plugged into, a regular expression"),
    value("device",                     "USB: number on the bus, a regular expression"),
    value("langid_fix",                 "USB: language of string descriptors, 0x0409 or the like"),
    flag("noscanlangid",                "USB: the list of languages is not read"),
    flag("allow_duplicates",            "USB: when the device is in use, take the next one that matches"),
    value("usb_set_altinterface",       "USB: alternate setting to choose, hexadecimal"),
    value("usb_config_index",           "USB: index of the configuration, hexadecimal"),
    value("usb_hid_rep_index",          "USB: number of the interface, hexadecimal"),
    value("usb_hid_desc_index",         "USB: index of the HID descriptor, hexadecimal; not used"),
    value("usb_hid_ep_in",              "USB: endpoint towards us, hexadecimal"),
    value("usb_hid_ep_out",             "USB: endpoint towards the device, hexadecimal"),
    value("pins_shutdown_mode",         "bestups: what the pins of the serial port do at a shutdown (0 to 6)"),
    value("slave_address",              "masterguard: the address the device must have"),
    flag("reset_to_default",            "voltronic: its settings are set to defaults, while it is off"),
    value("bypass_alarm",               "voltronic: beep in bypass: enabled, disabled"),
    value("battery_alarm",              "voltronic: beep on battery: enabled, disabled"),
    value("bypass_when_off",            "voltronic: bypass while it is off: enabled, disabled"),
    value("alarm_control",              "voltronic: beep at all: enabled, disabled"),
    value("converter_mode",             "voltronic: converter mode: enabled, disabled"),
    value("eco_mode",                   "voltronic: ECO mode: enabled, disabled"),
    value("battery_open_status_check",  "voltronic: looks whether there is a battery: enabled, disabled"),
    value("bypass_forbidding",          "voltronic: never bypass: enabled, disabled"),
    value("site_fault_detection",       "voltronic: tells of site faults: enabled, disabled"),
    value("advanced_eco_mode",          "voltronic: advanced ECO mode: enabled, disabled"),
    value("constant_phase_angle",       "voltronic: the phase of the output is its own: enabled, disabled"),
    value("limited_runtime_on_battery", "voltronic: only a limited time on battery: enabled, disabled"),
    value("max_bypass_volt",            "voltronic: highest voltage for bypass"),
    value("min_bypass_volt",            "voltronic: lowest voltage for bypass"),
    value("max_bypass_freq",            "voltronic: highest frequency for bypass"),
    value("min_bypass_freq",            "voltronic: lowest frequency for bypass"),
    value("work_range_type",            "voltronic P31: Appliance, UPS"),
    value("output_phase_angle",         "voltronic: phase of the output: 000, 120, 180, 240"),
    value("battery_number",             "voltronic: batteries in a pack (1 to 9)"),
    flag("testing",                     "voltronic: requests that nobody has understood yet are sent, too"),
];

/// Options whose presence means USB.
pub(crate) const OF_USB: &[&str] = &[
    "subdriver",
    "vendorid",
    "productid",
    "vendor",
    "product",
    "serial",
    "bus",
    "busport",
    "langid_fix",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_has_a_name_of_its_own() {
        let mut names: Vec<&str> = OPTIONS.iter().map(|option| option.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), OPTIONS.len());
        assert!(OF_USB.iter().all(|name| names.contains(name)));
    }
}
