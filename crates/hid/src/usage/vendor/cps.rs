//! The names that CyberPower gives to usages.

use crate::usage::Usage;

/// What stands in descriptors of CyberPower.
#[rustfmt::skip]
pub static CPS: &[Usage] = &[
    ("CPSFirmwareVersion",  0xff01_00d0),
    ("CPSInputSensitivity", 0xff01_0043),
];
