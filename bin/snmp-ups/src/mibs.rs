//! The mappings: what is called which way in NUT on which device. Each table is a file in `mibs/`, in the language of [`crate::row`].
//!
//! Names, object identifiers, texts and the order of detection are facts of the specification snmp-ups.md and the tables of facts beside it,
//! gathered from what C NUT 2.8.5 asks devices for. Where a table differs, the reason is in the README, and in the list of the test that
//! compares them.

use crate::row::Row;

mod apc_ats;
mod apc_epdu;
mod apc_pdu;
mod apcc;
mod aphel_genesis2;
mod aphel_revelation;
mod baytech;
mod bestpower;
mod cpqpower;
mod cyberpower;
mod delta_ups;
mod eaton_ats16;
mod eaton_ats30;
mod eaton_epdu;
mod eaton_pdu_nlogic;
mod eaton_sensors;
mod emerson_avocent_pdu;
mod hpe_epdu;
mod hpe_pdu3_cis;
mod huawei;
mod ietf;
mod mge;
mod netvision;
mod pulizzi;
mod raritan;
mod raritan_px2;
mod texts;
mod vertiv;
mod xppc;
mod xups;

/// A mapping.
#[derive(Debug)]
pub(crate) struct Mib {
    /// What `mibs =` calls it.
    pub(crate) name: &'static str,
    /// The version of its facts.
    pub(crate) version: &'static str,
    /// What devices call themselves (sysObjectID).
    pub(crate) sysoid: &'static str,
    parts: &'static [&'static [Row]],
}

impl Mib {
    const fn new(
        name: &'static str,
        version: &'static str,
        sysoid: &'static str,
        parts: &'static [&'static [Row]],
    ) -> Self {
        Self {
            name,
            version,
            sysoid,
            parts,
        }
    }

    /// Its rows. The order counts: of several rows with one name the last that a device has gives the value.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &'static Row> + use<> {
        self.parts.iter().copied().flatten()
    }

    /// The first row with this name.
    pub(crate) fn row(&self, name: &str) -> Option<&'static Row> {
        self.rows().find(|row| row.name == name)
    }

    /// The row whose object tells whether a device is one of these.
    pub(crate) fn model(&self) -> Option<&'static Row> {
        self.row("device.model").or_else(|| self.row("ups.model"))
    }
}

/// All, in the order in which they are tried: what stands before the general ones is more special.
#[rustfmt::skip]
pub(crate) static MIBS: &[Mib] = &[
    Mib::new("apc_ats",             "0.60",   "e.318.1.3.11",        &[apc_ats::ROWS]),
    Mib::new("apc_pdu",             "0.40",   "e.318.1.3.4.4",       &[apc_pdu::ROWS]),
    Mib::new("apc_pdu",             "0.40",   "e.318.1.3.4.5",       &[apc_pdu::ROWS]),
    Mib::new("apc_pdu",             "0.40",   "e.318.1.3.4.6",       &[apc_pdu::ROWS]),
    Mib::new("apc",                 "0.10",   "e.318.1.3.4.9",       &[apc_epdu::ROWS]),
    Mib::new("apcc",                "1.61",   "e.318.1.1.1.1.1.1.0", &[apcc::ROWS]),
    Mib::new("baytech",             "0.4035", "e.4779",              &[baytech::ROWS, baytech::MODEL]),
    Mib::new("baytech_rpc3nc",      "0.4035", "e.4779",              &[baytech::ROWS, baytech::MODEL_RPC3NC]),
    Mib::new("bestpower",           "0.40",   "e.2947.1.1.2.0",      &[bestpower::ROWS]),
    Mib::new("cpqpower",            "1.67",   "e.232.165.3",         &[cpqpower::ROWS]),
    Mib::new("cyberpower",          "0.56",   "e.3808.1.1.1",        &[cyberpower::ROWS]),
    Mib::new("cyberpower",          "0.56",   "e.3808",              &[cyberpower::ROWS]),
    Mib::new("delta_ups",           "0.51",   "e.2254.2.4",          &[delta_ups::ROWS]),
    Mib::new("eaton_ats16_nmc",     "0.21",   "e.705.1",             &[eaton_ats16::ROWS, eaton_ats16::NMC]),
    Mib::new("eaton_ats16_nm2",     "0.23",   "e.534.10.2",          &[eaton_ats16::ROWS, eaton_ats16::NM2, eaton_sensors::ROWS]),
    Mib::new("eaton_ats30",         "0.03",   "e.534.10.1",          &[eaton_ats30::ROWS]),
    Mib::new("eaton_epdu",          "0.69",   "e.534.6.6.7",         &[eaton_epdu::ROWS]),
    Mib::new("eaton_pdu_nlogic",    "0.10",   "e.534.7.1",           &[eaton_pdu_nlogic::ROWS]),
    Mib::new("eaton_pxg_ups",       "0.105",  "e.534.2.12",          &[xups::POWER_PXG, xups::ROWS, eaton_sensors::ROWS, xups::ALARMS_AND_COMMANDS]),
    Mib::new("eaton_pw_nm2",        "0.106",  "e.534.1",             &[xups::POWER_NM2, xups::ROWS, eaton_sensors::ROWS, xups::ALARMS_AND_COMMANDS]),
    Mib::new("emerson_avocent_pdu", "1.30",   "e.10418.17.1.7",      &[emerson_avocent_pdu::ROWS]),
    Mib::new("aphel_revelation",    "0.52",   "e.534.6.6.6",         &[aphel_revelation::ROWS]),
    Mib::new("aphel_genesisII",     "0.52",   "e.17373",             &[aphel_genesis2::ROWS]),
    Mib::new("pulizzi_switched1",   "0.50",   "e.20677.1",           &[pulizzi::ROWS]),
    Mib::new("pulizzi_switched2",   "0.50",   "e.20677.2",           &[pulizzi::ROWS]),
    Mib::new("hpe_epdu",            "0.34",   "e.232.165.7",         &[hpe_epdu::ROWS]),
    Mib::new("hpe_pdu3_cis",        "0.10",   "e.232.165.11",        &[hpe_pdu3_cis::ROWS]),
    Mib::new("huawei",              "0.40",   "e.8072.3.2.10",       &[huawei::ROWS]),
    Mib::new("mge",                 "0.55",   "e.705.1",             &[mge::ROWS]),
    Mib::new("netvision",           "0.45",   "e.4555.1.1.1",        &[netvision::ROWS]),
    Mib::new("raritan",             "0.80",   "e.13742",             &[raritan::ROWS]),
    Mib::new("raritan-px2",         "0.41",   "e.13742.6",           &[raritan_px2::ROWS]),
    Mib::new("vertiv",              "0.01",   "e.476.1.42",          &[vertiv::ROWS]),
    Mib::new("xppc",                "0.41",   "e.935",               &[xppc::ROWS]),
    Mib::new("tripplite",           "1.55",   "e.850.1",             &[ietf::ROWS]),
    Mib::new("ietf",                "1.55",   "m.33",                &[ietf::ROWS]),
];
