//! voltronic-axpert: inverters with solar panels, protocol PI30. Requests and answers carry a checksum. There are no commands:
//! nothing that these devices can be told means a UPS's shutdown.
//!
//! Facts: Voltronic's protocol as networkupstools.org describes it (voltronic-sunny), and spec nutdrv_qx.md.

mod crc;
mod state;

use crate::dialect::Read::{Map, Number, Trimmed, Value, With};
use crate::dialect::{Bad, Claim, Codec, Dialect, Query, Row, Seen};

const QPI: Query = Query::new("QPI", 6, b'(');
const QVFW: Query = Query::new("QVFW", 16, b'(');
const QVFW2: Query = Query::new("QVFW2", 17, b'(');
const QVFW3: Query = Query::new("QVFW3", 17, b'(');
const QVFW4: Query = Query::new("QVFW4", 17, b'(');
const QID: Query = Query::new("QID", 2, b'(');
const QFLAG: Query = Query::new("QFLAG", 4, b'(');
const QPIRI: Query = Query::new("QPIRI", 99, b'(');
const QMD: Query = Query::new("QMD", 48, b'(');
const QDI: Query = Query::new("QDI", 80, b'(');
const QPIGS: Query = Query::new("QPIGS", 108, b'(');
const QPIGS2: Query = Query::new("QPIGS2", 69, b'(');
const QPIWS: Query = Query::new("QPIWS", 27, b'(');
const QMOD: Query = Query::new("QMOD", 3, b'(');

/// What it is.
#[rustfmt::skip]
static IDENTITY: [Row; 10] = [
    Row::constant("device.type", "scd"),
    Row::var("device.firmware.aux",  QPI.at(1, 4),    Map(&[("PI30", "P30")])).once(),
    Row::var("device.firmware",      QVFW.at(7, 14),  Value(version)).once(),
    Row::var("device.firmware.main", QVFW.at(7, 14),  Value(version)).once(),
    Row::var("device.firmware.scc1", QVFW2.at(8, 15), Value(version)).once(),
    Row::var("device.firmware.scc2", QVFW3.at(8, 15), Value(version)).once(),
    Row::var("device.firmware.scc3", QVFW4.at(8, 15), Value(version)).once(),
    Row::var("device.serial",        QID.from(1),     Value(serial)).once(),
    Row::var("battery.energysave",   QFLAG.from(1),   Value(state::energy_save)).changed(),
    Row::var("ups.beeper.status",    QFLAG.from(1),   Value(state::beeper)).changed(),
];

/// What it is made for and set to.
#[rustfmt::skip]
static RATINGS: [Row; 31] = [
    Row::var("input.voltage.nominal",            QPIRI.at(1, 5),   Number(1)).once(),
    Row::var("input.current.nominal",            QPIRI.at(7, 10),  Number(1)).once(),
    Row::var("output.voltage.nominal",           QPIRI.at(12, 16), Number(1)).once(),
    Row::var("output.frequency.nominal",         QPIRI.at(18, 21), Number(1)).once(),
    Row::var("output.current.nominal",           QPIRI.at(23, 26), Number(1)).once(),
    Row::var("output.power.nominal",             QPIRI.at(28, 31), Number(1)).once(),
    Row::var("output.realpower.nominal",         QPIRI.at(33, 36), Number(1)).once(),
    Row::var("battery.voltage.nominal",          QPIRI.at(38, 41), Number(1)).once(),
    Row::var("battery.voltage.recharge",         QPIRI.at(43, 46), Number(1)).once(),
    Row::var("battery.voltage.under",            QPIRI.at(48, 51), Number(1)).once(),
    Row::var("battery.voltage.bulk",             QPIRI.at(53, 56), Number(1)).once(),
    Row::var("battery.voltage.float",            QPIRI.at(58, 61), Number(1)).once(),
    Row::var("battery.type",                     QPIRI.at(63, 63), Map(BATTERIES)).once(),
    Row::var("battery.charging.current.ac.high", QPIRI.at(65, 66), Number(1)).once(),
    Row::var("battery.charging.current.high",    QPIRI.at(68, 70), Number(1)).once(),
    Row::var("device.model.type",                QPIRI.at(80, 81), Map(KINDS)).once(),
    Row::var("device.description",               QPIRI.at(83, 83), Map(&[("0", "Transformerless"), ("1", "With transformer")])).once(),
    Row::var("device.model",                     QMD.at(1, 15),    Trimmed).once(),
    Row::var("output.powerfactor.nominal",       QMD.at(25, 26),   Number(0)).once(),
    Row::var("input.phases",                     QMD.at(28, 28),   Number(0)).once(),
    Row::var("output.phases",                    QMD.at(30, 30),   Number(0)).once(),
    Row::var("battery.number",                   QMD.at(40, 41),   Number(0)).once(),
    Row::var("output.voltage.default",           QDI.at(1, 5),     Number(1)).once(),
    Row::var("output.frequency.default",         QDI.at(7, 10),    Number(1)).once(),
    Row::var("experimental.battery.charging.current.ac.high.default", QDI.at(12, 15), Number(1)).once(),
    Row::var("experimental.battery.voltage.under.default",            QDI.at(17, 20), Number(1)).once(),
    Row::var("experimental.battery.voltage.float.default",            QDI.at(22, 25), Number(1)).once(),
    Row::var("experimental.battery.voltage.bulk.default",             QDI.at(27, 30), Number(1)).once(),
    Row::var("experimental.battery.voltage.recharge.default",         QDI.at(32, 35), Number(1)).once(),
    Row::var("experimental.battery.charging.current.high.default",    QDI.at(37, 38), Number(1)).once(),
    Row::var("experimental.battery.type.default",                     QDI.at(46, 46), Map(BATTERIES)).once(),
];

const BATTERIES: &[(&str, &str)] = &[("0", "AGM"), ("1", "Flooded"), ("2", "User")];
const KINDS: &[(&str, &str)] = &[
    ("00", "Grid-tie"),
    ("01", "Off-grid"),
    ("10", "Hybrid"),
    ("11", "Off Grid with 2 trackers"),
    ("20", "Off Grid with 3 trackers"),
];

/// What it is doing.
#[rustfmt::skip]
static STATE: [Row; 25] = [
    Row::var("input.voltage",                     QPIGS.at(1, 5),    Number(1)),
    Row::var("input.frequency",                   QPIGS.at(7, 10),   Number(1)),
    Row::var("output.voltage",                    QPIGS.at(12, 16),  Number(1)),
    Row::var("output.frequency",                  QPIGS.at(18, 21),  Number(1)),
    Row::var("output.power",                      QPIGS.at(23, 26),  Number(1)),
    Row::var("output.realpower",                  QPIGS.at(28, 31),  Number(1)),
    Row::var("ups.load",                          QPIGS.at(33, 35),  Number(0)),
    Row::var("battery.voltage",                   QPIGS.at(41, 45),  Number(1)),
    Row::var("battery.charge",                    QPIGS.at(51, 53),  Number(1)),
    Row::var("ups.temperature",                   QPIGS.at(55, 58),  Number(1)),
    Row::var("experimental.input.pv1.current",    QPIGS.at(60, 63),  Number(0)),
    Row::var("experimental.input.pv1.voltage",    QPIGS.at(65, 69),  Number(0)),
    Row::var("experimental.battery.voltage.scc1", QPIGS.at(71, 75),  Number(1)),
    Row::var("battery.current",                   QPIGS.at(77, 81),  Number(1)),
    Row::status(                                  QPIGS.at(86, 86),  Map(&[("0", "OFF"), ("1", "!OFF")])),
    Row::status(                                  QPIGS.at(88, 88),  Map(&[("0", "!CHRG"), ("1", "CHRG")])),
    Row::var("experimental.input.pv2.current",    QPIGS2.at(1, 4),   Number(0)),
    Row::var("experimental.input.pv2.voltage",    QPIGS2.at(6, 10),  Number(0)),
    Row::var("experimental.battery.voltage.scc2", QPIGS2.at(12, 16), Number(1)),
    Row::var("experimental.input.pv3.current",    QPIGS2.at(42, 45), Number(0)),
    Row::var("experimental.input.pv3.voltage",    QPIGS2.at(47, 51), Number(0)),
    Row::var("experimental.battery.voltage.scc3", QPIGS2.at(53, 57), Number(1)),
    Row::alarm(                                   QPIWS.from(1),     With(state::warnings)).quick(),
    Row::alarm(                                   QMOD.at(1, 1),     Map(state::MODE_ALARMS)),
    Row::status(                                  QMOD.at(1, 1),     Value(state::mode)),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Voltronic-Axpert",
    version: "0.02",
    claim: &[Claim::have("device.firmware.aux")],
    rows: &[&IDENTITY, &RATINGS, &STATE],
    accepted: "ACK",
    rejected: "(NAK\r",
    codec: Codec {
        encode: crc::signed,
        decode: crc::checked,
    },
    ..Dialect::BASE
};

fn version(seen: &Seen<'_>) -> Result<String, Bad> {
    let is_version = |byte: u8| byte.is_ascii_hexdigit() || byte == b'.';
    if !seen.text.bytes().all(is_version) {
        return Err(Bad(format!("{:?} is no version", seen.text)));
    }
    Ok(format!("0X{}", seen.text))
}

/// A serial number of zeros is none.
fn serial(seen: &Seen<'_>) -> Result<String, Bad> {
    if seen.text.bytes().all(|byte| byte == b'0') {
        return Err(Bad::new("the device has no serial number"));
    }
    Ok(crate::engine::reading::printable(seen.text))
}

#[cfg(test)]
mod tests;
