//! Which devices are whose: vendor and product ids, and what some models get wrong (spec usbhid.md, section 12;
//! usbhid-conversions.md, section 3).

/// A device that is known by its ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// The subdriver's short name.
    pub(crate) subdriver: &'static str,
    pub(crate) vid: u16,
    pub(crate) pid: u16,
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

const fn of(subdriver: &'static str, vid: u16, pid: u16) -> Match {
    Match {
        subdriver,
        vid,
        pid,
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
    of("apc",        0x051d, 0x0000),
    of("apc",        0x051d, 0x0002).quirk(Quirk::ShortReports),
    of("apc",        0x051d, 0x0003).quirk(Quirk::PollOnly),
    of("apc",        0x051d, 0x0004).quirk(Quirk::PollOnly),
    of("apc",        0x051d, 0x0005),
    of("arduino",    0x2341, 0x0036),
    of("arduino",    0x2341, 0x8036),
    of("arduino",    0x2a03, 0x0036),
    of("arduino",    0x2a03, 0x8036),
    of("arduino",    0x2a03, 0x0040),
    of("arduino",    0x2a03, 0x8040),
    of("belkin",     0x050d, 0x0980),
    of("belkin",     0x050d, 0x0900),
    of("belkin",     0x050d, 0x0910),
    of("belkin",     0x050d, 0x0912),
    of("belkin",     0x050d, 0x0551),
    of("belkin",     0x050d, 0x0750),
    of("belkin",     0x050d, 0x0751),
    of("belkin",     0x050d, 0x0375),
    of("belkin",     0x050d, 0x0f51),
    of("belkin",     0x050d, 0x1100),
    of("belkin",     0x10af, 0x0000),
    of("belkin",     0x10af, 0x0001),
    of("belkin",     0x10af, 0x0002),
    of("belkin",     0x10af, 0x0004),
    of("belkin",     0x10af, 0x0008),
    of("cps",        0x0764, 0x0005),
    of("cps",        0x0764, 0x0501).quirk(Quirk::GuessScales),
    of("cps",        0x0764, 0x0601),
    of("cps",        0x0483, 0xa430),
    of("delta_ups",  0x05dd, 0x041b),
    of("ecoflow",    0x3746, 0xffff),
    of("ever",       0x0483, 0xa113),
    of("ever",       0x2e51, 0xffff),
    of("ever",       0x2e51, 0x0000),
    of("idowell",    0x075d, 0x0300),
    of("idowell",    0x06da, 0xffff),
    of("legrand",    0x1cb0, 0x0038).quirk(Quirk::PollOnly),
    of("legrand",    0x1cb0, 0x0032).quirk(Quirk::PollOnly),
    of("liebert",    0x06da, 0xffff),
    of("mge",        0x0463, 0x0001),
    of("mge",        0x0463, 0xffff),
    of("mge",        0x047c, 0xffff),
    of("mge",        0x0592, 0x0004),
    of("mge",        0x03f0, 0x1fe5),
    of("mge",        0x03f0, 0x1fe6),
    of("mge",        0x03f0, 0x1fe7),
    of("mge",        0x03f0, 0x1fe8),
    of("mge",        0x2b2d, 0xffff),
    of("mge",        0x06da, 0xffff),
    of("mge",        0x04b3, 0x0001),
    of("mge",        0x09d6, 0x0001),
    of("openups",    0x04d8, 0xd004).quirk(Quirk::Multipliers),
    of("openups",    0x04d8, 0xd005).quirk(Quirk::Multipliers),
    of("powercom",   0x0d9f, 0x00a2),
    of("powercom",   0x0d9f, 0x00a3),
    of("powercom",   0x0d9f, 0x00a4),
    of("powercom",   0x0d9f, 0x00a5),
    of("powercom",   0x0d9f, 0x00a6),
    of("powercom",   0x0d9f, 0x0004),
    of("powercom",   0x0d9f, 0x0001),
    of("powervar",   0x4234, 0x0002),
    of("salicru",    0x2e66, 0x0101),
    of("salicru",    0x2e66, 0x0201),
    of("salicru",    0x2e66, 0x0202),
    of("salicru",    0x2e66, 0x0203),
    of("salicru",    0x2e66, 0x0300),
    of("salicru",    0x2e66, 0x0302),
    of("tripplite",  0x09ae, 0x1003).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1007).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1008).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1009).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1010).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x1330),
    of("tripplite",  0x09ae, 0x2005).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2007).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2008).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2009).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2010).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2011).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2012).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2013).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x2014).quirk(Quirk::Tenths),
    of("tripplite",  0x09ae, 0x3008),
    of("tripplite",  0x09ae, 0x3009),
    of("tripplite",  0x09ae, 0x3010),
    of("tripplite",  0x09ae, 0x3011),
    of("tripplite",  0x09ae, 0x3012),
    of("tripplite",  0x09ae, 0x3013),
    of("tripplite",  0x09ae, 0x3014),
    of("tripplite",  0x09ae, 0x3015),
    of("tripplite",  0x09ae, 0x3016).quirk(Quirk::Smart1500lcdt),
    of("tripplite",  0x09ae, 0x3024).quirk(Quirk::Smart1500lcdt),
    of("tripplite",  0x09ae, 0x4001),
    of("tripplite",  0x09ae, 0x4002),
    of("tripplite",  0x09ae, 0x4003),
    of("tripplite",  0x09ae, 0x4004),
    of("tripplite",  0x09ae, 0x4005),
    of("tripplite",  0x09ae, 0x4006),
    of("tripplite",  0x09ae, 0x4007),
    of("tripplite",  0x09ae, 0x4008),
    of("tripplite",  0x03f0, 0x0001),
    of("tripplite",  0x03f0, 0x1fe0),
    of("tripplite",  0x03f0, 0x1fe1),
    of("tripplite",  0x03f0, 0x1fe2),
    of("tripplite",  0x03f0, 0x1fe3),
    of("tripplite",  0x03f0, 0x1f06),
    of("tripplite",  0x03f0, 0x1f08),
    of("tripplite",  0x03f0, 0x1f09),
    of("tripplite",  0x03f0, 0x1f0a),
    of("tripplite",  0x05dd, 0xa011),
    of("tripplite",  0x05dd, 0xa0a0),
];
