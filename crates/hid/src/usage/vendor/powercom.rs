//! The names that PowerCOM gives to usages.

use crate::usage::Usage;

/// What stands in descriptors of PowerCOM.
#[rustfmt::skip]
pub static POWERCOM: &[Usage] = &[
    ("PowercomUPS",                      0x0002_0004),
    ("PowercomBatterySystem",            0x0002_0010),
    ("PowercomPowerConverter",           0x0002_0016),
    ("PowercomInput",                    0x0002_001a),
    ("PowercomOutput",                   0x0002_001c),
    ("PowercomVoltage",                  0x0002_0030),
    ("PowercomFrequency",                0x0002_0032),
    ("PowercomPercentLoad",              0x0002_0035),
    ("PowercomTemperature",              0x0002_0036),
    ("PowercomDelayBeforeStartup",       0x0002_0056),
    ("PowercomDelayBeforeShutdown",      0x0002_0057),
    ("PowercomTest",                     0x0002_0058),
    ("PowercomShutdownRequested",        0x0002_0068),
    ("PowercomInternalChargeController", 0x0002_0081),
    ("PowercomPrimaryBatterySupport",    0x0002_0082),
    ("PowercomDesignCapacity",           0x0002_0083),
    ("PowercomSpecificationInfo",        0x0002_0084),
    ("PowercomManufacturerDate",         0x0002_0085),
    ("PowercomSerialNumber",             0x0002_0086),
    ("PowercomManufacturerName",         0x0002_0087),
    ("POWERCOM1",                        0x0084_002f),
    ("POWERCOM2",                        0xff86_0060),
    ("POWERCOM3",                        0xff86_0080),
    ("PCMDelayBeforeStartup",            0x00ff_0056),
    ("PCMDelayBeforeShutdown",           0x00ff_0057),
];
