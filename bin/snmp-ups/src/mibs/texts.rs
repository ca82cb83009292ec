//! Texts that several tables have in common.

use crate::row::Texts;

#[rustfmt::skip]
pub(super) const ALWAYS_YES: Texts = &[
    (1, "yes"),
    (2, "yes"),
];

#[rustfmt::skip]
pub(super) const BATTERY_LOW: Texts = &[
    (1, ""),
    (2, ""),
    (3, "LB"),
];

#[rustfmt::skip]
pub(super) const BEEPER: Texts = &[
    (1, "disabled"),
    (2, "enabled"),
    (3, "muted"),
];

#[rustfmt::skip]
pub(super) const CHARGER_STATUS: Texts = &[
    (1, "CHRG"),
    (2, "DISCHRG"),
    // floating, resting, unknown, disabled
    (3, ""),
    (4, ""),
    (5, ""),
    (6, ""),
];

#[rustfmt::skip]
pub(super) const CONTACT: Texts = &[
    (-1, "unknown"),
    ( 1, "opened"),
    ( 2, "closed"),
    ( 3, "opened"),
    ( 4, "closed"),
];

#[rustfmt::skip]
pub(super) const CONTACT_POLARITY: Texts = &[
    (0, "normal-opened"),
    (1, "normal-closed"),
];

#[rustfmt::skip]
pub(super) const CONTACT_STATE: Texts = &[
    (0, "inactive"),
    (1, "active"),
];

#[rustfmt::skip]
pub(super) const FREQUENCY_STATUS: Texts = &[
    (1, "good"),
    (2, "out-of-range"),
];

#[rustfmt::skip]
pub(super) const HUMIDITY_ALARM: Texts = &[
    (0, ""),
    (1, "low humidity warning!"),
    (2, "low humidity critical!"),
    (3, "high humidity warning!"),
    (4, "high humidity critical!"),
];

#[rustfmt::skip]
pub(super) const LOW_BATTERY: Texts = &[
    (1, "LB"),
    (2, ""),
];

#[rustfmt::skip]
pub(super) const OFF_ON: Texts = &[
    (1, "off"),
    (2, "on"),
];

#[rustfmt::skip]
pub(super) const ON_OFF: Texts = &[
    (1, "on"),
    (2, "off"),
];

#[rustfmt::skip]
pub(super) const OUTLET_BAYTECH: Texts = &[
    (-1, "error"),
    ( 0, "off"),
    ( 1, "on"),
    ( 2, "cycling"),
    ( 3, "lockon"),
    ( 4, "lockoff"),
    ( 5, "unlock"),
    ( 6, "unknown"),
];

#[rustfmt::skip]
pub(super) const OUTLET_CYCLING: Texts = &[
    (-1, "error"),
    ( 0, "off"),
    ( 1, "on"),
    ( 2, "cycling"),
];

#[rustfmt::skip]
pub(super) const OUTLET_PENDING: Texts = &[
    (1, "off"),
    (2, "on"),
    (3, "pendingOff"),
    (4, "pendingOn"),
];

#[rustfmt::skip]
pub(super) const OUTLET_TYPE: Texts = &[
    ( 0, "unknown"),
    ( 1, "iecC13"),
    ( 2, "iecC19"),
    (10, "uk"),
    (11, "french"),
    (12, "schuko"),
    (20, "nema515"),
    (21, "nema51520"),
    (22, "nema520"),
    (23, "nemaL520"),
    (24, "nemaL530"),
    (25, "nema615"),
    (26, "nema620"),
    (27, "nemaL620"),
    (28, "nemaL630"),
    (29, "nemaL715"),
    (30, "rf203p277"),
];

#[rustfmt::skip]
pub(super) const OUTPUT_OFF_ON: Texts = &[
    (1, "OFF"),
    (2, "OL"),
];

#[rustfmt::skip]
pub(super) const PHASES: Texts = &[
    (1, "1"),
    (2, "2"),
    (3, "3"),
    (4, "3"),
];

#[rustfmt::skip]
pub(super) const REPLACE_BATTERY: Texts = &[
    (1, ""),
    (2, "RB"),
];

#[rustfmt::skip]
pub(super) const SENSITIVITY: Texts = &[
    (1, "normal"),
    (2, "high"),
    (3, "low"),
];

#[rustfmt::skip]
pub(super) const SENSITIVITY_HIGH_LOW: Texts = &[
    (1, "high"),
    (2, "low"),
];

#[rustfmt::skip]
pub(super) const SENSOR_PRESENCE: Texts = &[
    (0, "unknown"),
    (2, "yes"),
    (3, "no"),
];

#[rustfmt::skip]
pub(super) const SOURCE: Texts = &[
    (1, "init"),
    (2, "diagnosis"),
    (3, "off"),
    (4, "1"),
    (5, "2"),
    (6, "safe"),
    (7, "fault"),
];

#[rustfmt::skip]
pub(super) const TEMPERATURE_ALARM: Texts = &[
    (0, ""),
    (1, "low temperature warning!"),
    (2, "low temperature critical!"),
    (3, "high temperature warning!"),
    (4, "high temperature critical!"),
];

#[rustfmt::skip]
pub(super) const TEST_RESULT: Texts = &[
    (1, "done and passed"),
    (2, "done and warning"),
    (3, "done and error"),
    (4, "aborted"),
    (5, "in progress"),
    (6, "no test initiated"),
];

#[rustfmt::skip]
pub(super) const TEST_RESULT_APC: Texts = &[
    (1, "Ok"),
    (2, "Failed"),
    (3, "InvalidTest"),
    (4, "TestInProgress"),
];

#[rustfmt::skip]
pub(super) const TEST_RESULT_EATON: Texts = &[
    (1, "Unknown"),
    (2, "Done and passed"),
    (3, "Done and error"),
    (4, "In progress"),
    (5, "Not supported"),
    (6, "Inhibited"),
    (7, "Scheduled"),
];

#[rustfmt::skip]
pub(super) const THRESHOLD_STATUS: Texts = &[
    (0, "good"),
    (1, "warning-low"),
    (2, "critical-low"),
    (3, "warning-high"),
    (4, "critical-high"),
];

#[rustfmt::skip]
pub(super) const VOLTAGE_STATUS: Texts = &[
    (1, "good"),
    (2, "derated-range"),
    (3, "out-of-range"),
    (4, "unknown"),
];

#[rustfmt::skip]
pub(super) const YES_NO: Texts = &[
    (1, "yes"),
    (2, "no"),
];
