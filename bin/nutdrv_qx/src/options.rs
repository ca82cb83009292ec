//! The options of ups.conf (spec nutdrv_qx.md, section 3).

use driver::OptionSpec;

/// What may stand in a section, beside what the framework knows.
#[rustfmt::skip]
pub(crate) const OPTIONS: &[OptionSpec] = &[
    OptionSpec::value("protocol",                         "the dialect, instead of finding it out"),
    OptionSpec::value("ondelay",                          "seconds until the load gets power again, when mains are back (180)"),
    OptionSpec::value("offdelay",                         "seconds until the load loses power, in a shutdown (30)"),
    OptionSpec::flag( "stayoff",                          "after a forced shutdown the load stays without power"),
    OptionSpec::value("pollfreq",                         "seconds between two full readings (30); the status is read at each pollinterval"),
    OptionSpec::value("cablepower",                       "outputs of the serial port that power the adapter: normal, reverse, both, none"),
    OptionSpec::value("runtimecal",                       "two runtimes and their loads: seconds,percent,seconds,percent; the high load first"),
    OptionSpec::value("chargetime",                       "seconds that the battery needs from empty to full (43200)"),
    OptionSpec::value("idleload",                         "least load in percent that runtimes are reckoned with (10)"),
    OptionSpec::flag( "battery_voltage_reports_one_pack", "the device tells the voltage of one of battery.packs"),
    OptionSpec::flag( "norating",                         "ratings are not asked for"),
    OptionSpec::flag( "novendor",                         "maker and model are not asked for"),
    OptionSpec::flag( "ignoresab",                        "the bit \"shutdown active\" is not believed"),
    OptionSpec::flag( "nooutstats",                       "q2, q6: statistics of the output are not asked for"),
    OptionSpec::value("subdriver",                        "USB: how requests are packed; needs vendorid and productid"),
    OptionSpec::value("vendorid",                         "USB: vendor number, a regular expression"),
    OptionSpec::value("productid",                        "USB: product number, a regular expression"),
    OptionSpec::value("vendor",                           "USB: the maker's text, a regular expression"),
    OptionSpec::value("product",                          "USB: the product's text, a regular expression"),
    OptionSpec::value("serial",                           "USB: the serial number, a regular expression"),
    OptionSpec::value("bus",                              "USB: number of the bus, a regular expression"),
    OptionSpec::value("busport",                          "USB: the port it is plugged into, a regular expression"),
    OptionSpec::value("device",                           "USB: number on the bus, a regular expression"),
    OptionSpec::value("langid_fix",                       "USB: language of string descriptors, 0x0409 or the like"),
    OptionSpec::flag( "noscanlangid",                     "USB: the list of languages is not read"),
    OptionSpec::flag( "allow_duplicates",                 "USB: when the device is in use, take the next one that matches"),
    OptionSpec::value("usb_set_altinterface",             "USB: alternate setting to choose, hexadecimal"),
    OptionSpec::value("usb_config_index",                 "USB: index of the configuration, hexadecimal"),
    OptionSpec::value("usb_hid_rep_index",                "USB: number of the interface, hexadecimal"),
    OptionSpec::value("usb_hid_desc_index",               "USB: index of the HID descriptor, hexadecimal; not used"),
    OptionSpec::value("usb_hid_ep_in",                    "USB: endpoint towards us, hexadecimal"),
    OptionSpec::value("usb_hid_ep_out",                   "USB: endpoint towards the device, hexadecimal"),
    OptionSpec::value("pins_shutdown_mode",               "bestups: what the pins of the serial port do at a shutdown (0 to 6)"),
    OptionSpec::value("slave_address",                    "masterguard: the address the device must have"),
    OptionSpec::flag( "reset_to_default",                 "voltronic: its settings are set to defaults, while it is off"),
    OptionSpec::value("bypass_alarm",                     "voltronic: beep in bypass: enabled, disabled"),
    OptionSpec::value("battery_alarm",                    "voltronic: beep on battery: enabled, disabled"),
    OptionSpec::value("bypass_when_off",                  "voltronic: bypass while it is off: enabled, disabled"),
    OptionSpec::value("alarm_control",                    "voltronic: beep at all: enabled, disabled"),
    OptionSpec::value("converter_mode",                   "voltronic: converter mode: enabled, disabled"),
    OptionSpec::value("eco_mode",                         "voltronic: ECO mode: enabled, disabled"),
    OptionSpec::value("battery_open_status_check",        "voltronic: looks whether there is a battery: enabled, disabled"),
    OptionSpec::value("bypass_forbidding",                "voltronic: never bypass: enabled, disabled"),
    OptionSpec::value("site_fault_detection",             "voltronic: tells of site faults: enabled, disabled"),
    OptionSpec::value("advanced_eco_mode",                "voltronic: advanced ECO mode: enabled, disabled"),
    OptionSpec::value("constant_phase_angle",             "voltronic: the phase of the output is its own: enabled, disabled"),
    OptionSpec::value("limited_runtime_on_battery",       "voltronic: only a limited time on battery: enabled, disabled"),
    OptionSpec::value("max_bypass_volt",                  "voltronic: highest voltage for bypass"),
    OptionSpec::value("min_bypass_volt",                  "voltronic: lowest voltage for bypass"),
    OptionSpec::value("max_bypass_freq",                  "voltronic: highest frequency for bypass"),
    OptionSpec::value("min_bypass_freq",                  "voltronic: lowest frequency for bypass"),
    OptionSpec::value("work_range_type",                  "voltronic P31: Appliance, UPS"),
    OptionSpec::value("output_phase_angle",               "voltronic: phase of the output: 000, 120, 180, 240"),
    OptionSpec::value("battery_number",                   "voltronic: batteries in a pack (1 to 9)"),
    OptionSpec::flag( "testing",                          "voltronic: requests that nobody has understood yet are sent, too"),
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
