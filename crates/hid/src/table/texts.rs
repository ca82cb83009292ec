//! Texts for numbers that many subdrivers share. Texts of `BOOL` rows name a bit of the status; `!` clears it.

use crate::table::Texts;

/// Status bits `online` and `offline`, which clear each other.
pub const ONLINE: Texts = &[(1, "online"), (0, "offline")];
/// Status bit `dischrg`.
pub const DISCHARGING: Texts = &[(1, "dischrg"), (0, "!dischrg")];
/// Status bit `chrg`.
pub const CHARGING: Texts = &[(1, "chrg"), (0, "!chrg")];
/// Status bit `lowbatt`.
pub const LOWBATT: Texts = &[(1, "lowbatt"), (0, "!lowbatt")];
/// Status bit `overload`.
pub const OVERLOAD: Texts = &[(1, "overload"), (0, "!overload")];
/// Status bit `replacebatt`.
pub const REPLACEBATT: Texts = &[(1, "replacebatt"), (0, "!replacebatt")];
/// Status bit `trim`.
pub const TRIM: Texts = &[(1, "trim"), (0, "!trim")];
/// Status bit `boost`.
pub const BOOST: Texts = &[(1, "boost"), (0, "!boost")];
/// Status bit `bypassauto`.
pub const BYPASS_AUTO: Texts = &[(1, "bypassauto"), (0, "!bypassauto")];
/// Status bit `bypassman`.
pub const BYPASS_MANUAL: Texts = &[(1, "bypassman"), (0, "!bypassman")];
/// Status bits `ecomode` and `essmode`.
pub const ECO_MODE: Texts = &[(0, "normal"), (1, "ecomode"), (2, "essmode")];
/// Status bit `off`, set where the device has a 0.
pub const OFF: Texts = &[(0, "off"), (1, "!off")];
/// Status bit `cal`.
pub const CALIBRATION: Texts = &[(1, "cal"), (0, "!cal")];
/// Status bit `nobattery`, set where the device has a 0.
pub const NOBATTERY: Texts = &[(1, "!nobattery"), (0, "nobattery")];
/// Status bit `fanfail`.
pub const FANFAIL: Texts = &[(1, "fanfail"), (0, "!fanfail")];
/// Status bit `shutdownimm`.
pub const SHUTDOWNIMM: Texts = &[(1, "shutdownimm"), (0, "!shutdownimm")];
/// Status bit `overheat`.
pub const OVERHEAT: Texts = &[(1, "overheat"), (0, "!overheat")];
/// Status bit `awaitingpower`.
pub const AWAITINGPOWER: Texts = &[(1, "awaitingpower"), (0, "!awaitingpower")];
/// Status bit `commfault`.
pub const COMMFAULT: Texts = &[(1, "commfault"), (0, "!commfault")];
/// Status bit `timelimitexp`.
pub const TIMELIMITEXPIRED: Texts = &[(1, "timelimitexp"), (0, "!timelimitexp")];
/// Status bit `battvoltlo`.
pub const BATTVOLTLO: Texts = &[(1, "battvoltlo"), (0, "!battvoltlo")];
/// Status bit `battvolthi`.
pub const BATTVOLTHI: Texts = &[(1, "battvolthi"), (0, "!battvolthi")];
/// Status bit `chargerfail`.
pub const CHARGERFAIL: Texts = &[(1, "chargerfail"), (0, "!chargerfail")];
/// Status bits `fullycharged` and `notfullycharged`, which clear each other.
pub const FULLYCHARGED: Texts = &[(1, "fullycharged"), (0, "notfullycharged")];
/// Status bit `depleted`.
pub const DEPLETED: Texts = &[(1, "depleted"), (0, "!depleted")];
/// Status bit `vrange`.
pub const VRANGE: Texts = &[(0, "!vrange"), (1, "vrange")];
/// Status bit `frange`.
pub const FRANGE: Texts = &[(0, "!frange"), (1, "frange")];
/// What `Test` takes.
pub const TEST_WRITE: Texts = &[
    (0, "No test"),
    (1, "Quick test"),
    (2, "Deep test"),
    (3, "Abort test"),
];
/// What `Test` tells.
pub const TEST_READ: Texts = &[
    (1, "Done and passed"),
    (2, "Done and warning"),
    (3, "Done and error"),
    (4, "Aborted"),
    (5, "In progress"),
    (6, "No test initiated"),
    (7, "Test scheduled"),
];
/// Values of `ups.beeper.status`.
pub const BEEPER: Texts = &[(1, "disabled"), (2, "enabled"), (3, "muted")];
/// A switch.
pub const YES_NO: Texts = &[(0, "no"), (1, "yes")];
/// Another switch.
pub const ON_OFF: Texts = &[(0, "off"), (1, "on")];
