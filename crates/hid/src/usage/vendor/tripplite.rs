//! The names that Tripp Lite gives to usages.

use crate::usage::Usage;

/// What stands in descriptors of Tripp Lite.
#[rustfmt::skip]
pub static TRIPPLITE: &[Usage] = &[
    ("TLCustom",                     0xffff_0010),
    ("TLDelayBeforeStartup",         0xffff_0056),
    ("TLLowVoltageTransferMax",      0xffff_0057),
    ("TLLowVoltageTransferMin",      0xffff_0058),
    ("TLHighVoltageTransferMax",     0xffff_0059),
    ("TLHighVoltageTransferMin",     0xffff_005a),
    ("OutletState",                  0xffff_007a),
    ("OutletCount",                  0xffff_007b),
    ("UPSFirmwareVersion",           0xffff_007c),
    ("CommunicationProtocolVersion", 0xffff_007d),
    ("CommunicationVersion",         0xffff_007e),
    ("iUPSPartNumber",               0xffff_007f),
    ("AutoOnDelay",                  0xffff_0080),
    ("TLWatchdog",                   0xffff_0092),
    ("TLOutletsAvailableMask",       0xffff_0095),
    ("TLOutletsStatusMask",          0xffff_0096),
    ("TLCharging",                   0x0084_0044),
    ("TLDischarging",                0x0084_0045),
    ("TLNeedReplacement",            0x0084_004b),
    ("TLACPresent",                  0x0084_00d0),
];
