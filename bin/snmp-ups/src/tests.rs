//! Tests of the whole driver, and of its tables against the facts they were made from.

mod accepted;
mod behaviour;
mod csv;
mod goldens;
mod lab;
mod lints;
mod mappings;
mod mischief;
mod wire;
