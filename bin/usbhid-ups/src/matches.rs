//! Which devices are whose: vendor and product ids, and what some models get wrong (spec usbhid.md, section 12;
//! usbhid-conversions.md, section 3).

/// A device that is known by its ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// The subdriver's short name.
    pub(crate) subdriver: &'static str,
    pub(crate) vid: u16,
    pub(crate) pid: u16,
    /// What it is called, as far as users have told.
    pub(crate) model: &'static str,
    pub(crate) quirk: Option<Quirk>,
}

/// What is particular about a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quirk {
    /// Its interrupt reports are of no use.
    PollOnly,
    /// Some of its firmware answers requests of more than eight bytes wrongly.
    ShortReports,
    /// Its numbers may be on another scale than its descriptor says.
    GuessScales,
    /// openUPS: its numbers need multipliers.
    Multipliers,
    /// Its battery counts tenths of a volt.
    Tenths,
    /// Most of its numbers need a multiplier.
    Smart1500lcdt,
}

const fn of(subdriver: &'static str, vid: u16, pid: u16, model: &'static str) -> Match {
    Match {
        subdriver,
        vid,
        pid,
        model,
        quirk: None,
    }
}

impl Match {
    const fn quirk(self, quirk: Quirk) -> Self {
        Self {
            quirk: Some(quirk),
            ..self
        }
    }
}

#[rustfmt::skip]
pub(crate) static MATCHES: &[Match] = &[
    of("apc",        0x051d, 0x0000, "AP9584 (serial to USB)"),
    of("apc",        0x051d, 0x0002, "Back-UPS, Smart-UPS").quirk(Quirk::ShortReports),
    of("apc",        0x051d, 0x0003, "Smart-UPS of the fifth generation").quirk(Quirk::PollOnly),
    of("apc",        0x051d, 0x0004, "Smart-UPS of the fifth generation, newer firmware").quirk(Quirk::PollOnly),
    of("apc",        0x051d, 0x0005, ""),
    of("arduino",    0x2341, 0x0036, "Leonardo, Pro Micro (boot loader)"),
    of("arduino",    0x2341, 0x8036, "Leonardo, Pro Micro"),
    of("arduino",    0x2a03, 0x0036, "Leonardo (boot loader)"),
    of("arduino",    0x2a03, 0x8036, "Leonardo"),
    of("arduino",    0x2a03, 0x0040, "Leonardo ETH (boot loader)"),
    of("arduino",    0x2a03, 0x8040, "Leonardo ETH"),
    of("belkin",     0x050d, 0x0980, "F6C800-UNV"),
    of("belkin",     0x050d, 0x0900, "F6C900-UNV"),
    of("belkin",     0x050d, 0x0910, "F6C100-UNV"),
    of("belkin",     0x050d, 0x0912, "F6C120-UNV"),
    of("belkin",     0x050d, 0x0551, "F6C550-AVR"),
    of("belkin",     0x050d, 0x0750, "F6C1250-TW-RK"),
    of("belkin",     0x050d, 0x0751, "F6C1500-TW-RK"),
    of("belkin",     0x050d, 0x0375, "F6H375-USB"),
    of("belkin",     0x050d, 0x0f51, "Regulator PRO-USB"),
    of("belkin",     0x050d, 0x1100, "F6C1100-UNV, F6C1200-UNV"),
    of("belkin",     0x10af, 0x0000, "GXT4"),
    of("belkin",     0x10af, 0x0001, "PowerSure PSA"),
    of("belkin",     0x10af, 0x0002, "PowerSure PST"),
    of("belkin",     0x10af, 0x0004, "PowerSure PSI 1440"),
    of("belkin",     0x10af, 0x0008, "GXT3"),
    of("cps",        0x0764, 0x0005, "900AVR, BC900D"),
    of("cps",        0x0764, 0x0501, "CP and Value series, AVR; Dynex DX-800U").quirk(Quirk::GuessScales),
    of("cps",        0x0764, 0x0601, "OR and PR series, PFC"),
    of("cps",        0x0483, 0xa430, "Cyber Energy"),
    of("delta_ups",  0x05dd, 0x041b, "RT series, Amplon R series"),
    of("ecoflow",    0x3746, 0xffff, "Delta 3 Plus, River 3 Plus"),
    of("ever",       0x0483, 0xa113, ""),
    of("ever",       0x2e51, 0xffff, ""),
    of("ever",       0x2e51, 0x0000, ""),
    of("idowell",    0x075d, 0x0300, "iBox; GoldenMate 1000VA Pro"),
    of("idowell",    0x06da, 0xffff, "1000VA LiFePO4"),
    of("legrand",    0x1cb0, 0x0038, "Keor PDU").quirk(Quirk::PollOnly),
    of("legrand",    0x1cb0, 0x0032, "Keor SP").quirk(Quirk::PollOnly),
    of("liebert",    0x06da, 0xffff, "PowerSure, Ippon, PowerWalker and others"),
    of("mge",        0x0463, 0x0001, "Ellipse, Evolution, Pulsar and others"),
    of("mge",        0x0463, 0xffff, "5E to 9SX, Ellipse, Evolution, Pulsar and others"),
    of("mge",        0x047c, 0xffff, "tower and rack models"),
    of("mge",        0x0592, 0x0004, "PW 9140"),
    of("mge",        0x03f0, 0x1fe5, "R/T3000"),
    of("mge",        0x03f0, 0x1fe6, "R/T3000"),
    of("mge",        0x03f0, 0x1fe7, ""),
    of("mge",        0x03f0, 0x1fe8, ""),
    of("mge",        0x2b2d, 0xffff, "PROTECT B, PROTECT NAS"),
    of("mge",        0x06da, 0xffff, "PROTECT B, PROTECT NAS"),
    of("mge",        0x04b3, 0x0001, "6000 VA LCD 4U, 5396-1Kx"),
    of("mge",        0x09d6, 0x0001, "MasterPower MF-UPS650VA, MicroPower"),
    of("openups",    0x04d8, 0xd004, "openUPS").quirk(Quirk::Multipliers),
    of("openups",    0x04d8, 0xd005, "openUPS2").quirk(Quirk::Multipliers),
    of("powercom",   0x0d9f, 0x00a2, "IMP, Imperial"),
    of("powercom",   0x0d9f, 0x00a3, "SKP, Smart King Pro"),
    of("powercom",   0x0d9f, 0x00a4, "WOW"),
    of("powercom",   0x0d9f, 0x00a5, "VGD, Vanguard"),
    of("powercom",   0x0d9f, 0x00a6, "BNT, Black Knight Pro"),
    of("powercom",   0x0d9f, 0x0004, "Vanguard, BNT-AP"),
    of("powercom",   0x0d9f, 0x0001, ""),
    of("powervar",   0x4234, 0x0002, "UPM"),
    of("salicru",    0x2e66, 0x0101, "SPS ADV RT2"),
    of("salicru",    0x2e66, 0x0201, "SLC TWIN PRO2, TWIN PRO3, TWIN RT3"),
    of("salicru",    0x2e66, 0x0202, "SLC TWIN PRO2, TWIN PRO3, TWIN RT3"),
    of("salicru",    0x2e66, 0x0203, "SLC TWIN PRO2, TWIN PRO3, TWIN RT3"),
    of("salicru",    0x2e66, 0x0300, "SPS HOME"),
    of("salicru",    0x2e66, 0x0302, "SPS ADV T"),
    of("tripplite",  0x09ae, 0x1003, "AVR550U").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1007, "AVR750U").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1008, "ECO550UPS").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1009, "").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1010, "").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1330, "SU3000LCD2UHV"),
    of("tripplite",  0x09ae, 0x2005, "OMNI1000LCD").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2007, "OMNI900LCD").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2008, "").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2009, "SMART1000LCD").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2010, "").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2011, "").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2012, "").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2013, "").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2014, "").quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x3008, ""),
    of("tripplite",  0x09ae, 0x3009, ""),
    of("tripplite",  0x09ae, 0x3010, ""),
    of("tripplite",  0x09ae, 0x3011, ""),
    of("tripplite",  0x09ae, 0x3012, "SMART2200RMXL2U"),
    of("tripplite",  0x09ae, 0x3013, ""),
    of("tripplite",  0x09ae, 0x3014, ""),
    of("tripplite",  0x09ae, 0x3015, ""),
    of("tripplite",  0x09ae, 0x3016, "SMART1500LCDT and SMART1500LCD, newer").quirk(Quirk::Smart1500lcdt),
    of("tripplite",  0x09ae, 0x3024, "AVR750U, newer").quirk(Quirk::Smart1500lcdt),
    of("tripplite",  0x09ae, 0x4001, "SU1500RTXL2Ua, older"),
    of("tripplite",  0x09ae, 0x4002, "SU6000RT4U"),
    of("tripplite",  0x09ae, 0x4003, "SU1500RTXL2Ua"),
    of("tripplite",  0x09ae, 0x4004, "SU1000XLa"),
    of("tripplite",  0x09ae, 0x4005, ""),
    of("tripplite",  0x09ae, 0x4006, ""),
    of("tripplite",  0x09ae, 0x4007, ""),
    of("tripplite",  0x09ae, 0x4008, ""),
    of("tripplite",  0x03f0, 0x0001, ""),
    of("tripplite",  0x03f0, 0x1fe0, "R1500 G2, R1500 G3"),
    of("tripplite",  0x03f0, 0x1fe1, "T750 G2"),
    of("tripplite",  0x03f0, 0x1fe2, ""),
    of("tripplite",  0x03f0, 0x1fe3, "T1500 G3"),
    of("tripplite",  0x03f0, 0x1f06, "T750"),
    of("tripplite",  0x03f0, 0x1f08, "T1000"),
    of("tripplite",  0x03f0, 0x1f09, "T1500"),
    of("tripplite",  0x03f0, 0x1f0a, "R/T 2200"),
    of("tripplite",  0x05dd, 0xa011, "Minuteman Enterprise Plus E1500RM2U"),
    of("tripplite",  0x05dd, 0xa0a0, "Minuteman PRO1500RT2U"),
];
