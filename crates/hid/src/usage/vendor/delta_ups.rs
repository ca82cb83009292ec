//! The names that Delta gives to usages.

use crate::usage::Usage;

/// What stands in descriptors of Delta.
#[rustfmt::skip]
pub static DELTA_UPS: &[Usage] = &[
    ("DELTA1",                            0x0000_0000),
    ("DELTA2",                            0xff00_0055),
    ("DeltaCustom",                       0xffff_0010),
    ("DELTA4",                            0xffff_0056),
    ("DeltaConfigTransferLowMax",         0xffff_0057),
    ("DeltaConfigTransferLowMin",         0xffff_0058),
    ("DeltaConfigTransferHighMax",        0xffff_0059),
    ("DeltaConfigTransferHighMin",        0xffff_005a),
    ("DELTA9",                            0xffff_0060),
    ("DeltaConfigExternalBatteryPack",    0xffff_0061),
    ("DELTA11",                           0xffff_0062),
    ("DELTA12",                           0xffff_0063),
    ("DELTA13",                           0xffff_0064),
    ("DELTA14",                           0xffff_0065),
    ("DELTA15",                           0xffff_0066),
    ("DELTA16",                           0xffff_0067),
    ("DELTA17",                           0xffff_0068),
    ("DeltaModelName",                    0xffff_0075),
    ("DELTA19",                           0xffff_0076),
    ("DeltaUPSType",                      0xffff_007c),
    ("DELTA21",                           0xffff_007d),
    ("DeltaConfigStartPowerRestoreDelay", 0xffff_0081),
    ("DeltaOutputSource",                 0xffff_0091),
    ("DELTA24",                           0xffff_0092),
    ("DELTA25",                           0xffff_0093),
    ("DELTA26",                           0xffff_0094),
    ("DELTA27",                           0xffff_0095),
    ("DELTA28",                           0xffff_0096),
    ("DELTA29",                           0xffff_0097),
    ("DELTA30",                           0xffff_0098),
    ("DELTA31",                           0xffff_0099),
    ("DELTA32",                           0xffff_009a),
    ("DeltaConfigSensitivity",            0xffff_009b),
    ("DeltaConfigStartPowerRestore",      0xffff_009c),
];
