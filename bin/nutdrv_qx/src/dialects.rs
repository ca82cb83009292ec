//! The dialects, one file each, in the order in which they are tried (spec nutdrv_qx.md, section 4).

mod ablerex;
#[cfg(test)]
pub(crate) mod bench;
mod bestups;
mod common;
mod gtec;
mod hunnox;
mod innovart31;
mod innovart33;
mod innovatae;
mod masterguard;
mod mecer;
mod megatec;
mod megatec_old;
mod mustek;
mod omron;
mod q1;
mod q2;
mod q6;
mod three_phase;
mod voltronic;
mod voltronic_axpert;
mod voltronic_qs;
mod voltronic_qs_hex;
mod zinto;

use crate::dialect::Dialect;

/// All of them. The first whose claim holds is the device's, so those that ask for more stand before those that ask for less.
pub(crate) static DIALECTS: &[&Dialect] = &[
    &omron::DIALECT,
    &voltronic::DIALECT,
    &voltronic_axpert::DIALECT,
    &voltronic_qs::DIALECT,
    &voltronic_qs_hex::DIALECT,
    &mustek::DIALECT,
    &megatec_old::DIALECT,
    &bestups::DIALECT,
    &mecer::DIALECT,
    &innovatae::DIALECT,
    &ablerex::DIALECT,
    &megatec::DIALECT,
    &hunnox::DIALECT,
    &zinto::DIALECT,
    &masterguard::DIALECT,
    &gtec::DIALECT,
    &innovart31::DIALECT,
    &innovart33::DIALECT,
    &q2::DIALECT,
    &q6::DIALECT,
    &q1::DIALECT,
];

#[cfg(test)]
mod faults;
#[cfg(test)]
pub(crate) mod healthy;
#[cfg(test)]
mod lints;
