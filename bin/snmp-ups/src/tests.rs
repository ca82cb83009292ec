//! Tests of the whole driver, and of its tables against the facts they were made from.

mod behaviour;
mod lab;
mod lints;
mod mappings;
mod mischief;
mod wire;
