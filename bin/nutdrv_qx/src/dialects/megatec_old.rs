//! megatec/old: the status by `D`.

use super::common;
use crate::dialect::{Claim, Dialect, Query, Row};

const D: Query = common::status("D");

static MEASURES: [Row; 7] = common::measures(D);
static BITS: [Row; 8] = common::bits(D);
static VENDOR: [Row; 3] = common::vendor(common::I);

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Megatec/old",
    version: "0.08",
    claim: &[Claim::have("input.voltage")],
    rows: &[&MEASURES, &BITS, &common::RATINGS, &VENDOR],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};
