//! Names that vendors gave to usages of their own, mostly on pages of their own. Subdrivers extend the standard names
//! with one of these tables.

mod apc;
mod belkin;
mod cps;
mod delta_ups;
mod ever;
mod mge;
mod openups;
mod powercom;
mod powervar;
mod tripplite;

pub use apc::APC;
pub use belkin::BELKIN;
pub use cps::CPS;
pub use delta_ups::DELTA_UPS;
pub use ever::EVER;
pub use mge::MGE;
pub use openups::OPENUPS;
pub use powercom::POWERCOM;
pub use powervar::POWERVAR;
pub use tripplite::TRIPPLITE;

use super::Usage;

/// All of them.
pub static ALL: &[&[Usage]] = &[
    APC, BELKIN, CPS, DELTA_UPS, EVER, MGE, OPENUPS, POWERCOM, POWERVAR, TRIPPLITE,
];
