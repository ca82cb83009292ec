//! The dialects, one file each, in the order in which they are tried (spec nutdrv_qx.md, section 4).

#[cfg(test)]
pub(crate) mod bench;
mod common;
mod mecer;
mod megatec;
mod megatec_old;
mod mustek;
mod q1;
mod voltronic;
mod voltronic_qs;
mod zinto;

use crate::dialect::Dialect;

/// All of them. The first whose claim holds is the device's, so those that ask for more stand before those that ask for less.
pub(crate) static DIALECTS: &[&Dialect] = &[
    &voltronic::DIALECT,
    &voltronic_qs::DIALECT,
    &mustek::DIALECT,
    &megatec_old::DIALECT,
    &mecer::DIALECT,
    &megatec::DIALECT,
    &zinto::DIALECT,
    &q1::DIALECT,
];

#[cfg(test)]
mod faults;
#[cfg(test)]
pub(crate) mod healthy;
#[cfg(test)]
mod lints;
