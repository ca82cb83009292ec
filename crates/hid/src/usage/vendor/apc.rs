//! The names that APC gives to usages.

use crate::usage::Usage;

/// What stands in descriptors of APC.
#[rustfmt::skip]
pub static APC: &[Usage] = &[
    ("APCGeneralCollection",     0xff86_0005),
    ("APCEnvironment",           0xff86_0006),
    ("APCProbe1",                0xff86_0007),
    ("APCProbe2",                0xff86_0008),
    ("APCBattReplaceDate",       0xff86_0016),
    ("APCBattCapBeforeStartup",  0xff86_0019),
    ("APC_UPS_FirmwareRevision", 0xff86_0042),
    ("APCLineFailCause",         0xff86_0052),
    ("APCStatusFlag",            0xff86_0060),
    ("APCSensitivity",           0xff86_0061),
    ("APCPanelTest",             0xff86_0072),
    ("APCShutdownAfterDelay",    0xff86_0076),
    ("APC_USB_FirmwareRevision", 0xff86_0079),
    ("APCDelayBeforeReboot",     0xff86_007c),
    ("APCDelayBeforeShutdown",   0xff86_007d),
    ("APCDelayBeforeStartup",    0xff86_007e),
    ("BUPHibernate",             0x0085_0058),
    ("BUPBattCapBeforeStartup",  0x0086_0012),
    ("BUPDelayBeforeStartup",    0x0086_0076),
    ("BUPSelfTest",              0x0086_0010),
];
