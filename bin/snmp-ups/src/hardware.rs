//! The devices that the mappings are for, for lists of hardware.

use driver::{Basis, Hardware, Port};

/// Maker, model, mapping.
#[rustfmt::skip]
const DEVICES: &[(&str, &str, &str)] = &[
    ("APC",                 "Smart-UPS, Symmetra and others with a network card AP9606 or newer", "apcc"),
    ("APC",                 "automatic transfer switches AP44xx, AP77xx",   "apc_ats"),
    ("APC",                 "rack PDUs AP78xx, AP79xx, AP86xx",             "apc_pdu"),
    ("APC",                 "Easy PDU",                                     "apc"),
    ("BayTech",             "RPC, MRP PDUs",                                "baytech"),
    ("BayTech",             "RPC3-NC PDUs",                                 "baytech_rpc3nc"),
    ("Best Power",          "Ferrups",                                      "bestpower"),
    ("Compaq, HP",          "UPSes with an SNMP card",                      "cpqpower"),
    ("CyberPower",          "UPSes with an RMCARD",                         "cyberpower"),
    ("Delta",               "UPSes with an SNMP card",                      "delta_ups"),
    ("Eaton",               "ATS 16 with the older network card",           "eaton_ats16_nmc"),
    ("Eaton",               "ATS 16 with Network-M2",                       "eaton_ats16_nm2"),
    ("Eaton",               "ATS 30",                                       "eaton_ats30"),
    ("Eaton",               "ePDU G2, G3",                                  "eaton_epdu"),
    ("Eaton",               "ePDU G4 (nLogic)",                             "eaton_pdu_nlogic"),
    ("Eaton",               "UPSes with a PowerXpert Gateway card",         "eaton_pxg_ups"),
    ("Eaton",               "UPSes with Network-M2, -M3 or -MS",            "eaton_pw_nm2"),
    ("Eaton",               "Aphel Revelation, managed ePDUs",              "aphel_revelation"),
    ("Eaton",               "Aphel Genesis II, monitored ePDUs",            "aphel_genesisII"),
    ("Eaton",               "Pulizzi switched PDUs",                        "pulizzi_switched1"),
    ("Emerson",             "Avocent PDUs behind an appliance",             "emerson_avocent_pdu"),
    ("HPE",                 "metered and switched PDUs, first generation",  "hpe_epdu"),
    ("HPE",                 "PDUs, second generation",                      "hpe_pdu3_cis"),
    ("Huawei",              "UPS5000 and others",                           "huawei"),
    ("MGE",                 "UPSes with a network card 66102, 66103",       "mge"),
    ("Phoenixtec",          "UPSes with an SNMP card, NetAgent",            "xppc"),
    ("Raritan",             "PX PDUs",                                      "raritan"),
    ("Raritan",             "PX2 PDUs",                                     "raritan-px2"),
    ("Socomec",             "UPSes with Net Vision",                        "netvision"),
    ("Tripp Lite",          "UPSes with SNMPWEBCARD",                       "tripplite"),
    ("Vertiv",              "Liebert UPSes with an Intellislot card",       "vertiv"),
    ("any",                 "UPSes that serve RFC 1628",                    "ietf"),
];

pub(crate) fn hardware() -> Vec<Hardware> {
    let one = |&(maker, model, part): &(&'static str, &'static str, &'static str)| Hardware {
        maker,
        model,
        part,
        port: Port::Network,
        basis: Basis::Published,
    };
    DEVICES.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mibs::MIBS;

    #[test]
    fn every_mapping_has_a_device() {
        for mib in MIBS {
            let is_same = |part: &str| {
                part == mib.name || (part == "pulizzi_switched1" && mib.name == "pulizzi_switched2")
            };
            assert!(
                DEVICES.iter().any(|(_, _, part)| is_same(part)),
                "{}",
                mib.name
            );
        }
    }
}
