//! The models that the driver is for, for lists of hardware. A serial port does not say what is there.

use driver::{Basis, Hardware, Port};

#[rustfmt::skip]
const MODELS: &[&str] = &[
    "Smart-UPS with a serial port, before 2009",
    "Smart-UPS DP, RT, SC, VS, XL",
    "Smart-UPS 600, 900, 1250, 2000 of the first generation",
    "SPM series, modular",
    "Matrix-UPS 3000, 5000",
    "Back-UPS Pro with a serial port",
    "Back-UPS CS 350",
    "newer Smart-UPS with a legacy communications card AP9620",
];

pub(crate) fn hardware() -> Vec<Hardware> {
    let one = |model: &&'static str| Hardware {
        maker: "APC",
        model,
        part: "",
        port: Port::Serial,
        basis: Basis::Published,
    };
    MODELS.iter().map(one).collect()
}
