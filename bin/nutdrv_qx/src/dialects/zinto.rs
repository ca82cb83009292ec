//! zinto: maker and model by `FW?`.

use super::common::{self, Q1};
use crate::dialect::{Claim, Dialect, Query, Row};

const FW: Query = Query::new("FW?", 39, b'#');

static MEASURES: [Row; 7] = common::measures(Q1);
static BITS: [Row; 8] = common::bits(Q1);
static VENDOR: [Row; 3] = common::vendor(FW);

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Zinto",
    version: "0.07",
    claim: &[
        Claim::have("input.voltage"),
        Claim::answer("ups.firmware").unless("novendor"),
    ],
    rows: &[&MEASURES, &BITS, &common::RATINGS, &VENDOR],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};
