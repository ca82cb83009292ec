//! What the reference's functions say and take, as examples (spec usbhid-conversions.md, sections 2 and 4 to 17).

use crate::known::Known;
use crate::subdrivers::mge::Family;
use crate::subdrivers::{openups, tripplite};

/// What a function says of a value.
pub(super) struct Said {
    function: &'static str,
    /// Only for the row of this variable.
    var: Option<&'static str>,
    /// What is known before.
    pub(super) given: fn(&mut Known),
    /// What other functions have seen before.
    pub(super) after: &'static [(&'static str, f64)],
    pub(super) value: f64,
    pub(super) text: &'static str,
    /// Why it is not what the reference says.
    differs: Option<&'static str>,
}

impl Said {
    const fn unlike(self, why: &'static str) -> Self {
        Self {
            differs: Some(why),
            ..self
        }
    }

    const fn given(self, given: fn(&mut Known)) -> Self {
        Self { given, ..self }
    }

    const fn after(self, after: &'static [(&'static str, f64)]) -> Self {
        Self { after, ..self }
    }

    const fn only(self, var: &'static str) -> Self {
        Self {
            var: Some(var),
            ..self
        }
    }
}

const fn says(function: &'static str, value: f64, text: &'static str) -> Said {
    Said {
        function,
        var: None,
        given: |_| {},
        after: &[],
        value,
        text,
        differs: None,
    }
}

/// What a text is written as.
pub(super) struct Set {
    function: &'static str,
    pub(super) given: fn(&mut Known),
    pub(super) text: Option<&'static str>,
    pub(super) number: Option<i64>,
    /// Why it is not what the reference sends.
    differs: Option<&'static str>,
}

impl Set {
    const fn unlike(self, why: &'static str) -> Self {
        Self {
            differs: Some(why),
            ..self
        }
    }

    const fn given(self, given: fn(&mut Known)) -> Self {
        Self { given, ..self }
    }
}

const fn sets(function: &'static str, text: Option<&'static str>, number: Option<i64>) -> Set {
    Set {
        function,
        given: |_| {},
        text,
        number,
        differs: None,
    }
}

/// The examples of a function that hold for the row of `var`.
pub(super) fn said(function: &str, var: &str) -> impl Iterator<Item = &'static Said> {
    SAID.iter().filter(move |example| {
        example.function == function && example.var.is_none_or(|only| only == var)
    })
}

/// The examples of a function that writes.
pub(super) fn set(function: &str) -> impl Iterator<Item = &'static Set> {
    SET.iter()
        .filter(move |example| example.function == function)
}

/// All that functions do otherwise than the reference's, each with its reason.
pub(super) fn differences() -> Vec<String> {
    let said = SAID.iter().filter_map(|example| {
        let (function, value, text) = (example.function, example.value, example.text);
        let why = example.differs?;
        Some(format!("{function} says {text:?} of {value}: {why}"))
    });
    let set = SET.iter().filter_map(|example| {
        let (function, text, number) = (example.function, example.text, example.number);
        let why = example.differs?;
        Some(format!("{function} makes {number:?} of {text:?}: {why}"))
    });
    said.chain(set).collect()
}

const NOTHING: &str = "<nothing>";

const ABM: (&str, f64) = ("eaton_abm_enabled_fun", 1.0);
const MODE: (&str, f64) = ("eaton_abm_path_mode_fun", 0.0);
const STATUS: (&str, f64) = ("eaton_abm_path_status_fun", 0.0);

fn pegasus(known: &mut Known) {
    known.mge.family = Family::Pegasus;
}

fn measured(known: &mut Known) {
    known.mge.family = Family::Measured;
}

fn tell(known: &mut Known, values: &[(&str, &str)]) {
    for (var, value) in values {
        known.note(var, value);
    }
}

/// Mains as good as it can be, for ECO and bypass.
fn good_mains(known: &mut Known) {
    tell(
        known,
        &[
            ("input.bypass.voltage", "230"),
            ("input.bypass.frequency", "50"),
            ("output.voltage.nominal", "230"),
            ("output.frequency.nominal", "50"),
        ],
    );
}

fn bad_mains(known: &mut Known) {
    good_mains(known);
    known.note("input.bypass.voltage", "180");
}

fn reports_of_ever(known: &mut Known) {
    for (id, last) in [(211, 11), (230, 30), (231, 31), (232, 32)] {
        known.keep_report(id, &[id, 192, 168, 0, last]);
    }
    for id in 215..=218 {
        known.keep_report(id, &[id, id, 1, 0, 0]);
    }
    known.keep_report(210, &[210, 0, 1, 2, 0xab, 4, 5]);
}

#[rustfmt::skip]
static SAID: &[Said] = &[
    // of all subdrivers
    says("date_conversion_fun", 0.0,                              "not set"),
    says("date_conversion_fun", 21_105.0,                         "2021/03/17"),
    says("date_conversion_fun", -1.0,                             "1979/15/31"),
    says("stringid_conversion_fun", 0.0,                          ""),
    says("stringid_conversion_fun", 4.9,                          "<string 4>"),
    says("stringid_conversion_fun", 256.0,                        NOTHING),
    says("stringid_conversion_fun", -1.0,                         NOTHING),
    says("divide_by_10_conversion_fun", 137.0,                    "13.7"),
    says("divide_by_10_conversion_fun", 5.0,                      "0.5"),
    says("divide_by_100_conversion_fun", 4_998.0,                 "50.0"),
    says("divide_by_100_conversion_fun", 5_006.0,                 "50.1"),
    says("kelvin_celsius_conversion_fun", 273.0,                  "-0.1"),
    says("kelvin_celsius_conversion_fun", 298.15,                 "25.0"),
    says("kelvin_celsius_conversion_fun", 373.0,                  "99.9"),
    says("kelvin_celsius_conversion_fun", 25.04,                  "25.0"),
    says("kelvin_celsius_conversion_fun", 373.5,                  "373.5"),
    // apc
    says("apc_date_conversion_fun", 0.0,                          "not set"),
    says("apc_date_conversion_fun", 1_057_031.0,                  "2007/10/21"),
    says("apc_date_conversion_fun", 66_201.0,                     "1999/01/02"),
    says("apc_date_conversion_fun", 66_160.0,                     "1970/01/02"),
    // belkin
    says("belkin_online_conversion_fun", 0.0,                     "online"),
    says("belkin_online_conversion_fun", 1.0,                     "!online"),
    says("belkin_online_conversion_fun", 254.0,                   "online"),
    says("belkin_overload_conversion_fun", 16.0,                  "overload"),
    says("belkin_overload_conversion_fun", 239.0,                 "!overload"),
    says("belkin_overheat_conversion_fun", 64.0,                  "overheat"),
    says("belkin_overheat_conversion_fun", 191.0,                 "!overheat"),
    says("belkin_commfault_conversion_fun", 128.0,                "commfault"),
    says("belkin_commfault_conversion_fun", 127.0,                "!commfault"),
    says("belkin_awaitingpower_conversion_fun", 8192.0,           "awaitingpower"),
    says("belkin_awaitingpower_conversion_fun", 57_343.0,         "!awaitingpower"),
    says("belkin_lowbatt_conversion_fun", 4.0,                    "lowbatt"),
    says("belkin_lowbatt_conversion_fun", 251.0,                  "!lowbatt"),
    says("belkin_depleted_conversion_fun", 64.0,                  "depleted"),
    says("belkin_depleted_conversion_fun", 191.0,                 "!depleted"),
    says("belkin_replacebatt_conversion_fun", 128.0,              "replacebatt"),
    says("belkin_replacebatt_conversion_fun", 127.0,              "!replacebatt"),
    says("belkin_firmware_conversion_fun", 0x0135 as f64,         "19"),
    says("belkin_upstype_conversion_fun", 0x0131 as f64,          "offline"),
    says("belkin_upstype_conversion_fun", 2.0,                    "line-interactive"),
    says("belkin_upstype_conversion_fun", 3.0,                    "simple online"),
    says("belkin_upstype_conversion_fun", 4.0,                    "simple offline"),
    says("belkin_upstype_conversion_fun", 5.0,                    "simple line-interactive"),
    says("belkin_upstype_conversion_fun", 0.0,                    "online"),
    says("belkin_upstype_conversion_fun", 6.0,                    "online"),
    says("belkin_sensitivity_conversion_fun", 0.0,                "normal"),
    says("belkin_sensitivity_conversion_fun", 1.0,                "reduced"),
    says("belkin_sensitivity_conversion_fun", 2.0,                "low"),
    says("belkin_sensitivity_conversion_fun", 3.0,                "normal"),
    says("liebert_online_fun", 0.0,                               "!online"),
    says("liebert_online_fun", 0.5,                               "online"),
    says("liebert_discharging_fun", 0.0,                          "!dischrg"),
    says("liebert_discharging_fun", 2.0,                          "dischrg"),
    says("liebert_charging_fun", 0.0,                             "!chrg"),
    says("liebert_charging_fun", 1.0,                             "chrg"),
    says("liebert_lowbatt_fun", 0.0,                              "!lowbatt"),
    says("liebert_lowbatt_fun", 1.0,                              "lowbatt"),
    says("liebert_replacebatt_fun", 0.0,                          "!replacebatt"),
    says("liebert_replacebatt_fun", 1.0,                          "replacebatt"),
    says("liebert_shutdownimm_fun", 0.0,                          "!shutdownimm"),
    says("liebert_shutdownimm_fun", 1.0,                          "shutdownimm"),
    says("liebert_config_voltage_fun", 24.0,                      "24.0"),
    says("liebert_config_voltage_fun", 1e-7,                      "10.0"),
    says("liebert_config_voltage_fun", 0.5,                       "0.5"),
    says("liebert_line_voltage_fun", 230.0,                       "230.0"),
    says("liebert_line_voltage_fun", 1.39e-6,                     "13.9"),
    says("liebert_line_voltage_fun", 2.201e-5,                    "220.1"),
    says("liebert_line_voltage_fun", 0.000_273,                   "27.3"),
    says("liebert_line_voltage_fun", 0.001_212,                   "121.2"),
    says("liebert_line_voltage_fun", 0.5,                         "0.5"),
    says("liebert_line_voltage_fun", 230.0,                       "230.0").after(&[("liebert_line_voltage_fun", 0.0)]).unlike("there a power failure multiplies all that comes after it by ten millions"),
    says("liebert_line_voltage_fun", 230.0,                       "230.0").after(&[("liebert_line_voltage_fun", 0.001_212)]).unlike("a volt and more needs no factor"),
    says("liebert_line_voltage_fun", 0.5,                         "50000.0").after(&[("liebert_line_voltage_fun", 0.001_212)]),
    // cps
    says("cps_battcharge_fun", 42.0,                              "42"),
    says("cps_battcharge_fun", 101.0,                             "100"),
    says("cps_battstatus_fun", 42.0,                              "42%"),
    says("cps_battvolt_fun", 20.4,                                "20.4"),
    says("cps_battvolt_fun", 20.4,                                "13.6").given(|known| { known.cps.guess = true; known.note("battery.voltage.nominal", "12"); }),
    says("cps_battvolt_fun", 16.7,                                "16.7").given(|known| { known.cps.guess = true; known.note("battery.voltage.nominal", "12"); }),
    says("cps_battvolt_fun", 20.4,                                "20.4").given(|known| { known.cps.guess = true; known.note("battery.voltage.nominal", "0"); }),
    says("cps_input_freq_fun", 499.0,                             "499.0"),
    says("cps_input_freq_fun", 499.0,                             "49.9").given(|known| known.cps.guess = true),
    says("cps_input_freq_fun", 50.1,                              "50.1").given(|known| known.cps.guess = true),
    says("cps_input_freq_fun", 600.0,                             "60.0").given(|known| known.cps.guess = true),
    says("cps_input_freq_fun", 700.0,                             "70.0").given(|known| { known.cps.guess = true; tell(known, &[("input.frequency.low", "60"), ("input.frequency.high", "75")]); }),
    says("cps_input_freq_fun", 700.0,                             "700.0").given(|known| { known.cps.guess = true; tell(known, &[("output.frequency.low", "60"), ("output.frequency.high", "75")]); }),
    says("cps_input_freq_fun", 440.0,                             "44.0").given(|known| known.cps.guess = true).after(&[("cps_input_freq_fun", 500.0)]),
    says("cps_input_freq_fun", 440.0,                             "440.0").given(|known| known.cps.guess = true).after(&[("cps_output_freq_fun", 500.0)]),
    says("cps_input_freq_fun", 470.0,                             "470.0").given(|known| { known.cps.guess = true; known.note("input.frequency.nominal", "60"); }),
    says("cps_output_freq_fun", 499.0,                            "499.0"),
    says("cps_output_freq_fun", 499.0,                            "49.9").given(|known| known.cps.guess = true),
    says("cps_output_freq_fun", 700.0,                            "70.0").given(|known| { known.cps.guess = true; tell(known, &[("output.frequency.low", "60"), ("output.frequency.high", "75")]); }),
    says("cps_output_freq_fun", 440.0,                            "440.0").given(|known| known.cps.guess = true).after(&[("cps_input_freq_fun", 500.0)]),
    // delta_ups
    says("delta_ups_type_fun", 0.0,                               "online"),
    says("delta_ups_type_fun", 1.0,                               "offline"),
    says("delta_ups_type_fun", 0x32 as f64,                       "line-interactive"),
    says("delta_ups_type_fun", 3.0,                               "offline"),
    says("delta_ups_type_fun", 4.0,                               "line-interactive"),
    says("delta_ups_type_fun", 5.0,                               "3-phase"),
    says("delta_ups_type_fun", 6.0,                               "split-phase"),
    says("delta_ups_type_fun", 7.0,                               NOTHING),
    says("delta_ups_type_fun", 15.0,                              NOTHING),
    // ecoflow
    says("ecoflow_battery_runtime_conversion", 0.0,               "0"),
    says("ecoflow_battery_runtime_conversion", 12.0,              "720"),
    says("ecoflow_battery_runtime_conversion", -1.0,              NOTHING),
    // ever
    says("ever_format_version_fun", 0x1205 as f64,                "v1.2b05"),
    says("ever_format_version_fun", 0xabff as f64,                "vA.Bb255"),
    says("ever_format_hardware_fun", 0x0203 as f64,               "rev.Bv03"),
    says("ever_format_hardware_fun", 0x001b as f64,               "rev.0v27"),
    says("ever_format_hardware_fun", 0x1a63 as f64,               "rev.Zv99"),
    says("ever_format_hardware_fun", 0x1b01 as f64,               "rev.?v01").unlike("there it is whatever stands behind Z"),
    says("ever_mac_address_fun", 0.0,                             "00:01:02:ab:04:05").given(reports_of_ever),
    says("ever_mac_address_fun", 0.0,                             NOTHING).unlike("there a report that is not there is an empty text, or the end of the driver"),
    says("ever_ip_address_fun", 0.0,                              "192.168.0.11").given(reports_of_ever).only("experimental.networkcard.notification_destination_ip"),
    says("ever_ip_address_fun", 0.0,                              "192.168.0.30").given(reports_of_ever).only("experimental.networkcard.ip_address"),
    says("ever_ip_address_fun", 0.0,                              "192.168.0.31").given(reports_of_ever).only("experimental.networkcard.network_mask"),
    says("ever_ip_address_fun", 0.0,                              "192.168.0.32").given(reports_of_ever).only("experimental.networkcard.default_gateway"),
    says("ever_packets_fun", 0.0,                                 "471").given(reports_of_ever).only("experimental.networkcard.send_packets"),
    says("ever_packets_fun", 0.0,                                 "472").given(reports_of_ever).only("experimental.networkcard.received_packets"),
    says("ever_packets_fun", 0.0,                                 "473").given(reports_of_ever).only("experimental.networkcard.send_packets_err"),
    says("ever_packets_fun", 0.0,                                 "474").given(reports_of_ever).only("experimental.networkcard.received_packets_err"),
    says("ever_workmode_fun", 0.0,                                "STOP").given(|known| known.keep_report(74, &[74, 2])),
    says("ever_workmode_fun", 0.0,                                "ONLINE").given(|known| known.keep_report(74, &[74, 4])),
    says("ever_workmode_fun", 0.0,                                "ONBATTERY").given(|known| known.keep_report(74, &[74, 8])),
    says("ever_workmode_fun", 0.0,                                "WATCH").given(|known| known.keep_report(74, &[74, 16])),
    says("ever_workmode_fun", 0.0,                                "WAITING").given(|known| known.keep_report(74, &[74, 32])),
    says("ever_workmode_fun", 0.0,                                "EMERGENCY").given(|known| known.keep_report(74, &[74, 64])),
    says("ever_workmode_fun", 0.0,                                "UNKNOWN").given(|known| known.keep_report(74, &[74, 12])),
    says("ever_on_off_fun", 0.0,                                  "!off").given(|known| known.keep_report(74, &[74, 4])),
    says("ever_on_off_fun", 0.0,                                  "!off").given(|known| known.keep_report(74, &[74, 8])),
    says("ever_on_off_fun", 1.0,                                  "off").given(|known| known.keep_report(74, &[74, 2])),
    says("ever_messages_fun", 0.0,                                "").given(|known| known.keep_report(75, &[75, 3, 0])),
    says("ever_messages_fun", 0.0,                                "BOOST BUCK BOOST_BLOCKED BUCK_BLOCKED CHARGING FAN_ON EPO_BLOCKED NEED_REPLACMENT OVERHEAT WAITING_FOR_MIN_CHARGE MAINS_OUT_OF_RANGE").given(|known| known.keep_report(75, &[75, 255, 255])),
    says("ever_messages_fun", 0.0,                                "CHARGING OVERHEAT").given(|known| known.keep_report(75, &[75, 0x40, 8])),
    says("ever_alarms_fun", 0.0,                                  "").given(|known| known.keep_report(76, &[76, 0, 0])),
    says("ever_alarms_fun", 0.0,                                  "OVERLOAD SHORT-CIRCUIT OVERHEAT EPO INERNAL_ERROR REVERSE_POWER_SUPPLY NO_INETERNAL_COMM CRITICAL_BATT_VOLTAGE").given(|known| known.keep_report(76, &[76, 255, 255])),
    says("ever_alarms_fun", 0.0,                                  "OVERHEAT").given(|known| known.keep_report(76, &[76, 8, 0])),
    // legrand
    says("legrand_times10", 23.04,                                "230.4"),
    says("legrand_times100k", 2.3e-4,                             "23.0"),
    says("legrand_times1M", 2.304e-4,                             "230.4"),
    says("legrand_times10M", 2.304e-5,                            "230.4"),
    // mge
    says("eaton_abm_enabled_fun", 0.0,                            NOTHING),
    says("eaton_abm_enabled_fun", 1.0,                            NOTHING),
    says("eaton_abm_path_mode_fun", 1.0,                          NOTHING),
    says("eaton_abm_path_status_fun", 1.0,                        NOTHING),
    says("eaton_abm_status_fun", 1.0,                             NOTHING),
    says("eaton_abm_status_fun", 1.0,                             NOTHING).after(&[ABM, ("eaton_abm_enabled_fun", 0.0)]),
    says("eaton_abm_status_fun", 1.0,                             "charging").after(&[ABM, STATUS]),
    says("eaton_abm_status_fun", 2.0,                             "floating").after(&[ABM, STATUS]),
    says("eaton_abm_status_fun", 3.0,                             "resting").after(&[ABM, STATUS]),
    says("eaton_abm_status_fun", 4.0,                             "discharging").after(&[ABM, STATUS]),
    says("eaton_abm_status_fun", 5.0,                             NOTHING).after(&[ABM, STATUS]),
    says("eaton_abm_status_fun", 6.0,                             "off").after(&[ABM, STATUS]),
    says("eaton_abm_status_fun", 1.0,                             "charging").after(&[ABM, MODE, STATUS]),
    says("eaton_abm_status_fun", 2.0,                             "discharging").after(&[ABM, MODE, STATUS]),
    says("eaton_abm_status_fun", 3.0,                             "floating").after(&[ABM, MODE, STATUS]),
    says("eaton_abm_status_fun", 4.0,                             "resting").after(&[ABM]),
    says("eaton_abm_status_fun", 6.0,                             "off").after(&[ABM, MODE]),
    says("eaton_abm_chrg_dischrg_fun", 1.0,                       NOTHING),
    says("eaton_abm_chrg_dischrg_fun", 1.0,                       "chrg").after(&[ABM, STATUS]),
    says("eaton_abm_chrg_dischrg_fun", 2.0,                       "chrg").after(&[ABM, STATUS]),
    says("eaton_abm_chrg_dischrg_fun", 3.0,                       NOTHING).after(&[ABM, STATUS]),
    says("eaton_abm_chrg_dischrg_fun", 4.0,                       "dischrg").after(&[ABM, STATUS]),
    says("eaton_abm_chrg_dischrg_fun", 6.0,                       NOTHING).after(&[ABM, STATUS]),
    says("eaton_abm_chrg_dischrg_fun", 1.0,                       "chrg").after(&[ABM, MODE]),
    says("eaton_abm_chrg_dischrg_fun", 2.0,                       "dischrg").after(&[ABM, MODE]),
    says("eaton_abm_chrg_dischrg_fun", 3.0,                       "chrg").after(&[ABM, MODE]),
    says("eaton_abm_chrg_dischrg_fun", 4.0,                       NOTHING).after(&[ABM, MODE]),
    says("eaton_abm_check_dischrg_fun", 1.0,                      "dischrg"),
    says("eaton_abm_check_dischrg_fun", 0.0,                      "!dischrg"),
    says("eaton_abm_check_dischrg_fun", 1.0,                      "!dischrg").after(&[ABM]),
    says("eaton_abm_check_chrg_fun", 1.0,                         "chrg"),
    says("eaton_abm_check_chrg_fun", 0.0,                         "!chrg"),
    says("eaton_abm_check_chrg_fun", 1.0,                         "!chrg").after(&[ABM]),
    says("eaton_abm_check_chrg_fun", 1.0,                         "!chrg").given(|known| known.note("battery.charge", "100")),
    says("eaton_abm_check_chrg_fun", 1.0,                         "chrg").given(|known| known.note("battery.charge", "99")),
    says("eaton_check_country_fun", 0.0,                          NOTHING),
    says("eaton_check_country_fun", 1.0,                          NOTHING),
    says("eaton_check_pegasus_fun", 25.0,                         NOTHING),
    says("eaton_check_pegasus_fun", 25.0,                         "25").given(pegasus),
    says("eaton_check_pegasus_fun", 26.0,                         "26").given(pegasus),
    says("pegasus_yes_no_info_fun", 1.0,                          NOTHING),
    says("pegasus_yes_no_info_fun", 0.0,                          "no").given(pegasus),
    says("pegasus_yes_no_info_fun", 2.0,                          "yes").given(pegasus),
    says("eaton_compute_realpower_fun", 0.0,                      NOTHING),
    says("eaton_compute_realpower_fun", 0.0,                      NOTHING).given(|known| known.note("ups.load", "25")),
    says("eaton_compute_realpower_fun", 0.0,                      "300").given(|known| tell(known, &[("ups.load", "25"), ("ups.power.nominal", "1500")])),
    says("eaton_compute_realpower_fun", 0.0,                      "338").given(|known| tell(known, &[("ups.load", "25.9"), ("ups.power.nominal", "1500"), ("output.powerfactor", "0.90")])),
    says("eaton_converter_online_fun", 0.0,                       "!online"),
    says("eaton_converter_online_fun", 1.0,                       "online"),
    says("eaton_converter_online_fun", 1.0,                       NOTHING).given(|known| known.is_off = true),
    says("eaton_input_buzzwordmode_report", 0.0,                  "normal"),
    says("eaton_input_buzzwordmode_report", 1.0,                  NOTHING),
    says("eaton_input_buzzwordmode_report", 1.0,                  "ECO").given(good_mains),
    says("eaton_input_buzzwordmode_report", 1.0,                  NOTHING).given(bad_mains),
    says("eaton_input_buzzwordmode_report", 2.0,                  "ESS"),
    says("eaton_input_buzzwordmode_report", 3.0,                  NOTHING),
    says("eaton_input_bypass_check_range", 0.0,                   "disabled"),
    says("eaton_input_bypass_check_range", 1.0,                   NOTHING),
    says("eaton_input_bypass_check_range", 1.0,                   "on").given(good_mains),
    says("eaton_input_bypass_check_range", 1.0,                   NOTHING).given(bad_mains),
    says("eaton_input_bypass_check_range", 2.0,                   NOTHING),
    says("mge_battery_capacity_fun", 32_400.0,                    "9.00"),
    says("mge_battery_voltage_fun", 27.34,                        NOTHING),
    says("mge_battery_voltage_fun", 27.34,                        "27.3").given(measured),
    says("mge_battery_voltage_nominal_fun", 24.0,                 NOTHING),
    says("mge_battery_voltage_nominal_fun", 24.4,                 "24").given(measured),
    says("mge_battery_voltage_nominal_fun", 24.0,                 "12").given(|known| { measured(known); known.mge.model = 0x0301; }),
    says("mge_date_conversion_fun", 951_827_696.0,                "2000/02/29").unlike("there it is local time"),
    says("mge_time_conversion_fun", 951_827_696.0,                "12:34:56").unlike("there it is local time"),
    says("mge_powerfactor_conversion_fun", 97.0,                  "0.97"),
    says("nominal_output_voltage_fun", 230.4,                     "230"),
    says("nominal_output_voltage_fun", 208.0,                     "208").after(&[("nominal_output_voltage_fun", 230.0)]),
    says("nominal_output_voltage_fun", 208.0,                     NOTHING).given(pegasus).after(&[("nominal_output_voltage_fun", 230.0)]),
    says("nominal_output_voltage_fun", 240.0,                     NOTHING).given(pegasus).after(&[("nominal_output_voltage_fun", 200.0)]),
    says("nominal_output_voltage_fun", 240.0,                     "240").after(&[("nominal_output_voltage_fun", 200.0)]),
    says("nominal_output_voltage_fun", 230.0,                     NOTHING).after(&[("nominal_output_voltage_fun", 120.0)]),
    says("nominal_output_voltage_fun", 120.0,                     NOTHING).after(&[("nominal_output_voltage_fun", 230.0)]),
    says("nominal_output_voltage_fun", 115.0,                     NOTHING).after(&[("nominal_output_voltage_fun", 230.0)]),
    says("nominal_output_voltage_fun", 127.0,                     "127").after(&[("nominal_output_voltage_fun", 115.0)]),
    // openups
    says("openups_charging_fun", 0.0,                             "!chrg"),
    says("openups_charging_fun", 2.0,                             "chrg"),
    says("openups_discharging_fun", 0.0,                          "!dischrg"),
    says("openups_discharging_fun", 1.0,                          "dischrg"),
    says("openups_online_fun", 0.0,                               "!online"),
    says("openups_online_fun", 1.0,                               "online"),
    says("openups_off_fun", 0.0,                                  "off"),
    says("openups_off_fun", 1.0,                                  "!off"),
    says("openups_scale_vin_fun", 2.0,                            "2.00"),
    says("openups_scale_vin_fun", 2.0,                            "7.09").given(|known| known.openups = openups::Scales::first()),
    says("openups_scale_vin_fun", 122.0,                          "12.20").given(|known| known.openups = openups::Scales::second()),
    says("openups_scale_vout_fun", 2.0,                           "5.14").given(|known| known.openups = openups::Scales::first()),
    says("openups_scale_ccharge_fun", 10.0,                       "0.827").given(|known| known.openups = openups::Scales::first()),
    says("openups_scale_cdischarge_fun", 2.0,                     "3.223").given(|known| known.openups = openups::Scales::first()),
    says("openups_scale_cdischarge_fun", 2.0,                     "0.200").given(|known| known.openups = openups::Scales::second()),
    says("openups_temperature_fun", 0.49,                         "-40"),
    says("openups_temperature_fun", 5.12,                         "25"),
    says("openups_temperature_fun", 5.30,                         "26.91"),
    says("openups_temperature_fun", 20.0,                         "125"),
    // powercom
    says("powercom_startup_fun", 0x0200 as f64,                   "120"),
    says("powercom_startup_fun", 0x0001 as f64,                   "15360"),
    says("powercom_shutdown_fun", 0x011e as f64,                  "90"),
    says("powercom_shutdown_fun", 0x1e01 as f64,                  "90").given(|known| known.powercom.old_order = true),
    says("powercom_upsfail_conversion_fun", 1.0,                  "fanfail"),
    says("powercom_upsfail_conversion_fun", 254.0,                "!fanfail"),
    says("powercom_replacebatt_conversion_fun", 2.0,              "replacebatt"),
    says("powercom_replacebatt_conversion_fun", 253.0,            "!replacebatt"),
    says("powercom_test_conversion_fun", 4.0,                     "cal"),
    says("powercom_test_conversion_fun", 251.0,                   "!cal"),
    says("powercom_shutdownimm_conversion_fun", 16.0,             "shutdownimm"),
    says("powercom_shutdownimm_conversion_fun", 239.0,            "!shutdownimm"),
    says("powercom_online_conversion_fun", 1.0,                   "!online"),
    says("powercom_online_conversion_fun", 254.0,                 "online"),
    says("powercom_lowbatt_conversion_fun", 2.0,                  "lowbatt"),
    says("powercom_lowbatt_conversion_fun", 253.0,                "!lowbatt"),
    says("powercom_trim_conversion_fun", 8.0,                     "trim"),
    says("powercom_trim_conversion_fun", 24.0,                    "!trim"),
    says("powercom_trim_conversion_fun", 16.0,                    "!trim"),
    says("powercom_boost_conversion_fun", 24.0,                   "boost"),
    says("powercom_boost_conversion_fun", 16.0,                   "!boost"),
    says("powercom_boost_conversion_fun", 8.0,                    "!boost"),
    says("powercom_overload_conversion_fun", 32.0,                "overload"),
    says("powercom_overload_conversion_fun", 223.0,               "!overload"),
    says("powercom_voltage_conversion_fun", 57.0,                 "228"),
    says("powercom_hack_voltage", 1.0,                            "0.0"),
    says("powercom_hack_voltage", 0.0,                            "13.7").given(|known| known.powercom.battery_voltage = "13.7".to_owned()),
    // tripplite
    says("tripplite_battvolt_fun", 27.34,                         "27.3"),
    says("tripplite_battvolt_fun", 137.0,                         "13.7").given(|known| known.tripplite = tripplite::Scales::tenths()),
    says("tripplite_battvolt_fun", 2.7e-4,                        "27.0").given(|known| known.tripplite = tripplite::Scales::smart1500lcdt()),
    says("tripplite_iovolt_fun", 121.04,                          "121.0").given(|known| known.tripplite = tripplite::Scales::tenths()),
    says("tripplite_iovolt_fun", 1.204e-3,                        "120.4").given(|known| known.tripplite = tripplite::Scales::smart1500lcdt()),
    says("tripplite_iofreq_fun", 60.04,                           "60.0").given(|known| known.tripplite = tripplite::Scales::tenths()),
    says("tripplite_iofreq_fun", 5990.0,                          "59.9").given(|known| known.tripplite = tripplite::Scales::smart1500lcdt()),
    says("tripplite_ioamp_fun", 1.26,                             "1.3").given(|known| known.tripplite = tripplite::Scales::tenths()),
    says("tripplite_ioamp_fun", 240.0,                            "2.4").given(|known| known.tripplite = tripplite::Scales::smart1500lcdt()),
    says("tripplite_chemistry_fun", 4.0,                          "unknown").given(|known| known.product_id = 0x1003),
    says("tripplite_chemistry_fun", 4.0,                          "unknown").given(|known| known.product_id = 0x2005),
    says("tripplite_chemistry_fun", 4.0,                          "<string 4>").given(|known| known.product_id = 0x2012),
    says("tripplite_chemistry_fun", 0.0,                          "").given(|known| known.product_id = 0x2012),
];

fn bypass_is_on(known: &mut Known) {
    tell(
        known,
        &[
            ("input.bypass.switch.off", "disabled"),
            ("input.eco.switchable", "ECO"),
        ],
    );
}

fn bypass_is_off(known: &mut Known) {
    tell(
        known,
        &[
            ("input.bypass.switch.on", "disabled"),
            ("input.eco.switchable", "normal"),
        ],
    );
}

#[rustfmt::skip]
static SET: &[Set] = &[
    sets("date_conversion_reverse", Some("2021/03/17"),           Some(21_105)),
    sets("date_conversion_reverse", Some("2021/3/7"),             Some(21_095)),
    sets("date_conversion_reverse", Some("2021/13/17"),           None).unlike("there it is 0, which is a date for the device"),
    sets("date_conversion_reverse", Some("today"),                None).unlike("there it is whatever stood in memory"),
    sets("mge_date_conversion_nuf", Some("2000/02/29"),           Some(951_827_696)).given(|known| known.note("ups.time", "12:34:56")),
    sets("mge_date_conversion_nuf", Some("2000/02/29"),           None).unlike("there it is 0, the year 1970"),
    sets("mge_time_conversion_nuf", Some("12:34:56"),             Some(951_827_696)).given(|known| known.note("ups.date", "2000/02/29")),
    sets("mge_time_conversion_nuf", Some("noon"),                 None).given(|known| known.note("ups.date", "2000/02/29")).unlike("there it is 0, the year 1970"),
    sets("pegasus_yes_no_info_nuf", Some("yes"),                  Some(1)).given(pegasus),
    sets("pegasus_yes_no_info_nuf", Some("no"),                   Some(0)).given(pegasus),
    sets("pegasus_yes_no_info_nuf", Some("maybe"),                None).given(pegasus).unlike("there all that does not begin with yes is 0, which switches off"),
    sets("pegasus_yes_no_info_nuf", Some("yes"),                  None).unlike("there it is 0 on other models, which switches off"),
    sets("eaton_input_buzzwordmode_setvar_nuf", Some("normal"),   Some(0)),
    sets("eaton_input_buzzwordmode_setvar_nuf", Some("vendor:mge-hid:normal"), Some(0)),
    sets("eaton_input_buzzwordmode_setvar_nuf", Some("ECO"),      Some(1)),
    sets("eaton_input_buzzwordmode_setvar_nuf", Some("vendor:mge-hid:ECO"), Some(1)),
    sets("eaton_input_buzzwordmode_setvar_nuf", Some("ESS"),      Some(2)),
    sets("eaton_input_buzzwordmode_setvar_nuf", Some("vendor:mge-hid:ESS"), Some(2)),
    sets("eaton_input_buzzwordmode_setvar_nuf", Some("other"),    None),
    sets("eaton_input_buzzwordmode_setvar_nuf", Some(""),         None),
    sets("eaton_input_eco_mode_auto_on_off_nuf", Some("1"),       Some(1)).given(bypass_is_off),
    sets("eaton_input_eco_mode_auto_on_off_nuf", Some("0"),       Some(0)).given(bypass_is_on),
    sets("eaton_input_eco_mode_auto_on_off_nuf", Some("1"),       None).given(bypass_is_on).unlike("there a start that is refused sends 0"),
    sets("eaton_input_eco_mode_auto_on_off_nuf", Some("0"),       None).given(bypass_is_off).unlike("there a stop that is refused sends 1, a start"),
    sets("powercom_startup_nuf", Some("180"),                     Some(0x0300)),
    sets("powercom_startup_nuf", Some("-5"),                      Some(0)),
    sets("powercom_startup_nuf", None,                            Some(0x0200)),
    sets("powercom_startup_nuf", None,                            Some(0x0500)).given(|known| known.note("ups.delay.start", "300")),
    sets("powercom_startup_nuf", None,                            Some(0x0400)).given(|known| { known.note("ups.delay.start", "300"); known.powercom.start_delay = Some("240".to_owned()); }),
    sets("powercom_startup_nuf", Some("180"),                     Some(3)).given(|known| known.powercom.steps = true),
    sets("powercom_shutdown_nuf", Some("90"),                     Some(0x015e)),
    sets("powercom_shutdown_nuf", Some("0"),                      Some(0x0041)),
    sets("powercom_shutdown_nuf", Some("65536"),                  Some(0x0041)),
    sets("powercom_shutdown_nuf", None,                           Some(0x0140)),
    sets("powercom_shutdown_nuf", Some("90"),                     Some(0x5e01)).given(|known| known.powercom.old_order = true),
    sets("powercom_shutdown_nuf", Some("12"),                     Some(1)).given(|known| known.powercom.steps = true),
    sets("powercom_shutdown_nuf", Some("61"),                     Some(10)).given(|known| known.powercom.steps = true),
    sets("powercom_shutdown_nuf", Some("540"),                    Some(17)).given(|known| known.powercom.steps = true),
    sets("powercom_shutdown_nuf", Some("541"),                    Some(18)).given(|known| known.powercom.steps = true),
    sets("powercom_stayoff_nuf", Some("20"),                      Some(0x0094)),
    sets("powercom_stayoff_nuf", Some("90"),                      Some(0x9e01)).given(|known| known.powercom.old_order = true),
    sets("powercom_stayoff_nuf", Some("20"),                      Some(0x0094)).given(|known| known.powercom.steps = true),
    sets("powercom_stayoff_nuf", None,                            Some(0x0180)),
];
