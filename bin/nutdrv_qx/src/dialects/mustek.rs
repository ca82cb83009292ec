//! mustek: the status by `QS`.

use super::common;
use crate::dialect::{Claim, Dialect, Query, Row};

const QS: Query = common::status("QS");

static MEASURES: [Row; 7] = common::measures(QS);
static BITS: [Row; 8] = common::bits(QS);
static VENDOR: [Row; 3] = common::vendor(common::I);

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Mustek",
    version: "0.08",
    claim: &[Claim::have("input.voltage")],
    rows: &[&MEASURES, &BITS, &common::RATINGS, &VENDOR],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};
