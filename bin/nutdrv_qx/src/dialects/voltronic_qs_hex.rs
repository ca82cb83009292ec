//! voltronic-qs-hex: the status by `QS` in binary. It is made a text first, in which the positions of the table count:
//!
//! ```text
//! #6c01 35 6c01 35 03 519a 1312d0 e6 1e 00001001           P
//! #6901 6c 6802 6c 00 5fd7 12c000 e4 1e 00001001 00000010  T: ratings behind
//!  input   output  %  output Hz   V     bits as in Q1
//! ```
//! Bytes that would disturb a line are sent as two: 28 and 00 for CR, 01 and 02 for XON and XOFF, 03 for LF, 04 for a blank.

use super::common;
use super::voltronic_qs::DELAYS;
use crate::dialect::Read::{Map, Value, With};
use crate::dialect::{
    Bad, CR, Claim, Codec, Command, Dialect, Effect, Query, Row, Seen, Send, plain,
};
use crate::known::Known;
use crate::number::fixed;

const M: Query = Query::new("M", 2, 0);
const QS: Query = Query::new("QS", 47, b'#');
const QS_T: Query = Query::new("QS", 56, b'#');

#[rustfmt::skip]
static ROWS: [Row; 6] = [
    Row::var("ups.firmware.aux", M.from(0),     With(protocol)).once(),
    Row::var("input.voltage",    QS.at(1, 7),   Value(volts)),
    Row::var("output.voltage",   QS.at(9, 15),  Value(volts)),
    Row::var("ups.load",         QS.at(17, 18), Value(load)),
    Row::var("output.frequency", QS.at(20, 30), Value(hertz)),
    Row::var("battery.voltage",  QS.at(32, 36), Value(battery_volts)),
];
static BITS: [Row; 8] = common::bits(QS);
#[rustfmt::skip]
static RATINGS: [Row; 3] = [
    Row::var("output.frequency.nominal", QS_T.at(47, 47), Map(&[("0", "50.0"), ("1", "60.0")])).gate("T"),
    Row::var("battery.voltage.nominal",  QS_T.at(48, 49), Map(&[("00", "12.0"), ("01", "24.0"), ("10", "36.0"), ("11", "48.0")])).gate("T"),
    Row::var("output.voltage.nominal",   QS_T.at(52, 54), Map(OUTPUT)).gate("T"),
];

const OUTPUT: &[(&str, &str)] = &[
    ("000", "110.0"),
    ("001", "120.0"),
    ("010", "220.0"),
    ("011", "230.0"),
    ("100", "240.0"),
];

/// What can be commanded.
#[rustfmt::skip]
static COMMANDS: [Command; 7] = [
    Command::fixed("beeper.toggle",            "Q"),
    Command::fixed("load.off",                 "S00R0000"),
    Command::fixed("load.on",                  "C"),
    Command::with("shutdown.return",           Send::Text("S{}", common::off_and_on)),
    Command::with("shutdown.stayoff",          Send::Text("S{}R0000", common::off)),
    Command::fixed("shutdown.stop",            "C"),
    Command::fixed("test.battery.start.quick", "T").gate("T"),
];

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Voltronic-QS-Hex",
    version: "0.12",
    claim: &[
        Claim::have("ups.firmware.aux"),
        Claim::have("input.voltage"),
    ],
    rows: &[&ROWS, &BITS, &RATINGS],
    settings: &[&DELAYS],
    commands: &[&COMMANDS],
    rejected: "N\r",
    codec: Codec {
        encode: plain,
        decode: spelled,
    },
    ..Dialect::BASE
};

/// P or T; a T tells its ratings, too.
fn protocol(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let mut effects = Effect::publish(format!("PM-{}", seen.text));
    match seen.text {
        "P" | "p" => {}
        "T" | "t" => effects.push(Effect::Open("T")),
        other => return Err(Bad(format!("there is no protocol {other:?}"))),
    }
    Ok(effects)
}

/// Bytes of each field; the last two are written as bits.
const FIELDS: [usize; 11] = [2, 1, 2, 1, 1, 2, 3, 1, 1, 1, 1];
const BYTES_AS_BITS: usize = 9;

/// The binary answer to `QS` as a text; others as they came.
fn spelled(known: &Known, request: &str, answer: Vec<u8>) -> Result<Vec<u8>, Bad> {
    let (b'#', true) = (
        answer.first().copied().unwrap_or_default(),
        request == QS.ask,
    ) else {
        return Ok(answer);
    };
    let end = answer.iter().position(|&byte| byte == CR);
    let end = end.ok_or_else(|| Bad::new("it has no end"))?;
    let body = answer.get(1..end);
    let mut fields = Vec::new();
    for (number, field) in body
        .unwrap_or_default()
        .split(|&byte| byte == b' ')
        .enumerate()
    {
        let bytes = plainly(field);
        if FIELDS.get(number) != Some(&bytes.len()) {
            return Err(Bad(format!(
                "field {} has {} bytes",
                number + 1,
                bytes.len()
            )));
        }
        let spell = |byte: &u8| match number {
            BYTES_AS_BITS.. => format!("{byte:08b}"),
            _ => format!("{byte:02x}"),
        };
        fields.push(bytes.iter().map(spell).collect::<String>());
    }
    let wanted = FIELDS.len() - usize::from(!known.is_open("T"));
    if fields.len() != wanted {
        return Err(Bad(format!("{} fields, not {wanted}", fields.len())));
    }
    Ok(format!("#{}\r", fields.join(" ")).into_bytes())
}

/// The bytes that a field stands for.
fn plainly(field: &[u8]) -> Vec<u8> {
    const MARK: u8 = 0x28;
    let mut bytes = Vec::new();
    let mut rest = field.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        let meant = match (byte, rest.peek()) {
            (MARK, Some(0)) => Some(CR),
            (MARK, Some(1)) => Some(0x11),
            (MARK, Some(2)) => Some(0x13),
            (MARK, Some(3)) => Some(b'\n'),
            (MARK, Some(4)) => Some(b' '),
            _ => None,
        };
        if meant.is_some() {
            rest.next();
        }
        bytes.push(meant.unwrap_or(byte));
    }
    bytes
}

/// A number in hexadecimal digits.
fn hex(text: &str) -> Result<u32, Bad> {
    u32::from_str_radix(text, 16).map_err(|_| Bad(format!("{text:?} is no number")))
}

/// Two of them with a blank between.
fn pair(text: &str) -> Result<(u32, u32), Bad> {
    let (one, other) = text
        .split_once(' ')
        .ok_or_else(|| Bad(format!("{text:?} are no two numbers")))?;
    Ok((hex(one)?, hex(other)?))
}

fn volts(seen: &Seen<'_>) -> Result<String, Bad> {
    let (value, scale) = pair(seen.text)?;
    Ok(fixed(f64::from(value * scale / 51) / 256.0, 1))
}

fn load(seen: &Seen<'_>) -> Result<String, Bad> {
    hex(seen.text).map(|load| load.to_string())
}

fn hertz(seen: &Seen<'_>) -> Result<String, Bad> {
    const MOST: f64 = 99.9;
    match pair(seen.text)? {
        (0, _) => Err(Bad::new("a period of 0 is no frequency")),
        (period, count) => Ok(fixed((f64::from(count) / f64::from(period)).min(MOST), 1)),
    }
}

fn battery_volts(seen: &Seen<'_>) -> Result<String, Bad> {
    let (value, scale) = pair(seen.text)?;
    Ok(fixed(f64::from(value * scale) / 510.0, 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialects::bench::Bench;
    use crate::engine::reading::body;

    /// An answer of a P, with 0x13 sent as two bytes.
    const STATUS: &[u8] =
        b"#\x6C\x01 \x35 \x6C\x01 \x35 \x03 \x51\x9A \x28\x02\x12\xD0 \xE6 \x1E \x09\r";
    const STATUS_T: &[u8] =
        b"#\x69\x01 \x6C \x68\x02 \x6C \x00 \x5F\xD7 \x12\xC0\x00 \xE4 \x1E \x89 \xF3\r";

    fn text(protocol: &str, answer: &[u8]) -> Result<String, Bad> {
        let mut known = Known::default();
        if protocol == "T" {
            known.take(&Effect::Open("T"));
        }
        let text = spelled(&known, "QS", answer.to_vec())?;
        Ok(String::from_utf8(body(&text).to_vec()).unwrap())
    }

    fn bench(protocol: &str, status: &[u8]) -> Bench {
        let answers = [("M", protocol), ("C", "N")];
        Bench::with_raw(&DIALECT, &answers, &[("QS", status)])
    }

    #[test]
    fn the_binary_answer_becomes_a_text() {
        assert_eq!(
            text("P", STATUS).as_deref(),
            Ok("#6c01 35 6c01 35 03 519a 1312d0 e6 1e 00001001")
        );
        assert_eq!(
            text("T", STATUS_T).as_deref(),
            Ok("#6901 6c 6802 6c 00 5fd7 12c000 e4 1e 10001001 11110011")
        );
        for (sent, meant) in [(0, 0x0D), (1, 0x11), (2, 0x13), (3, 0x0A), (4, 0x20)] {
            assert_eq!(plainly(&[0x28, sent, 0x28]), [meant, 0x28]);
        }
    }

    #[test]
    fn fields_that_are_cut_or_too_many_are_no_answer() {
        for (protocol, status) in [("P", STATUS), ("T", STATUS_T)] {
            for end in 1..status.len() - 1 {
                let cut = &status[..end];
                assert!(text(protocol, cut).is_err(), "{end}");
                let ended = [cut, b"\r"].concat();
                assert!(text(protocol, &ended).is_err(), "{end}");
            }
            let longer = [&status[..status.len() - 1], b" \x01\r"].concat();
            assert!(text(protocol, &longer).is_err());
        }
        assert_eq!(text("P", b"N\r").as_deref(), Ok("N"));
    }

    #[test]
    fn a_p_tells_no_ratings() {
        let mut bench = bench("P", STATUS);
        bench.polled();
        bench.expect(&[
            ("ups.firmware.aux", "PM-P"),
            ("input.voltage", "112.2"),
            ("output.voltage", "112.2"),
            ("ups.load", "3"),
            ("output.frequency", "59.8"),
            ("battery.voltage", "13.53"),
            ("ups.type", "offline / line interactive"),
            ("ups.beeper.status", "enabled"),
            ("ups.status", "OL"),
        ]);
        bench.expect_none(&["battery.voltage.nominal", "output.voltage.nominal"]);
        bench.command("shutdown.return", None, &["S.5R0003"]);
        bench.refuse("shutdown.stop", None, &["C"]);
        bench.unknown_setting("ups.delay.start", "59");
    }

    #[test]
    fn a_t_tells_ratings_and_can_be_tested() {
        let mut bench = bench("T", STATUS_T);
        bench.polled();
        bench.expect(&[
            ("ups.firmware.aux", "PM-T"),
            ("output.frequency.nominal", "60.0"),
            ("battery.voltage.nominal", "48.0"),
            ("output.voltage.nominal", "230.0"),
            ("ups.status", "OB"),
        ]);
        bench.command("test.battery.start.quick", None, &["T"]);
    }

    #[test]
    fn the_text_protocols_are_not_of_this_dialect() {
        let answers = [
            ("M", "V"),
            ("QS", "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001"),
        ];
        assert!(Bench::claim(&DIALECT, &answers).is_err());
    }
}
