use super::*;
use crate::dialect::Query;

const Q1: Query = Query::new("Q1", 47, b'(');
const STATUS: &[u8] = b"(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r";

fn read(row: &Row, answer: &[u8]) -> Result<Vec<Effect>, String> {
    let cell = row.cell().unwrap();
    accept("(NAK\r", &cell.query, answer).map_err(|unfit| unfit.to_string())?;
    let text = window(cell, answer).map_err(|unfit| unfit.to_string())?;
    convert(row, &text, answer, &Known::default()).map_err(|bad| bad.0)
}

fn value(row: &Row, answer: &[u8]) -> Result<String, String> {
    let effects = read(row, answer)?;
    let value = effects.iter().find_map(|effect| match effect {
        Effect::Publish(value) => Some(value.clone()),
        _ => None,
    });
    value.ok_or_else(|| "nothing".to_owned())
}

#[test]
fn a_window_is_counted_from_0_and_includes_both_ends() {
    for (cell, text) in [
        (Q1.at(1, 5), "226.0"),
        (Q1.at(45, 45), "0"),
        (Q1.from(38), "00001000"),
        (Q1.from(46), ""),
    ] {
        assert_eq!(window(&cell, STATUS), Ok(text.to_owned()));
    }
    assert!(
        window(&Q1.at(45, 46), STATUS).is_err(),
        "the end is no part of it"
    );
}

#[test]
fn an_answer_must_be_long_enough_begin_right_and_be_no_refusal() {
    assert_eq!(accept("(NAK\r", &Q1, STATUS), Ok(()));
    assert_eq!(accept("(NAK\r", &Q1, b""), Err(Unfit::Silent));
    assert_eq!(accept("(NAK\r", &Q1, b"(nak\r"), Err(Unfit::Refused));
    assert_eq!(
        accept("(NAK\r", &Q1, STATUS.get(..46).unwrap()),
        Err(Unfit::Short(46))
    );
    let echo = [b"Q", STATUS].concat();
    assert_eq!(accept("", &Q1, &echo), Err(Unfit::Lead(b'Q')));
    let any = Query::new("M", 0, 0);
    assert_eq!(accept("", &any, b""), Ok(()));
}

#[test]
fn each_way_of_reading_gives_its_text() {
    let answer = b"(226.0 ##MODEL X  1 07 ab\xff\x01c\r";
    let q = Query::new("X", 0, 0);
    for (read, from, to, expected) in [
        (Read::Number(0), 1, 5, Ok("226")),
        (Read::Number(2), 1, 5, Ok("226.00")),
        (Read::Times(60.0, 0), 1, 5, Ok("13560")),
        (Read::Trimmed, 7, 17, Ok("MODEL X")),
        (Read::Text, 22, 27, Ok(" abc")),
        (Read::Bit("no", "yes"), 18, 18, Ok("yes")),
        (Read::Bit("no", "yes"), 1, 1, Err(())),
        (Read::Bit("no", "yes"), 18, 19, Err(())),
        (Read::Map(&[("07", "seven")]), 20, 21, Ok("seven")),
        (Read::Map(&[("08", "eight")]), 20, 21, Err(())),
        (Read::Number(1), 0, 5, Err(())),
        (Read::Number(1), 7, 10, Err(())),
    ] {
        let row = Row::var("x", q.at(from, to), read);
        let got = value(&row, answer);
        assert_eq!(got.as_deref().map_err(|_| ()), expected, "{read:?}");
    }
}

#[test]
fn the_batterys_voltage_is_told_as_it_came_or_of_all_packs() {
    let row = Row::var("battery.voltage", Q1.at(28, 31), Read::Volts);
    assert_eq!(value(&row, STATUS).as_deref(), Ok("27.5"));
    let mut known = Known::new(&driver::Settings {
        options: vec![("battery_voltage_reports_one_pack".to_owned(), None)],
        ..driver::Settings::default()
    });
    assert_eq!(whole_battery(&known, 2.27), None);
    known.set("battery.packs", "12");
    assert_eq!(whole_battery(&known, 2.27).as_deref(), Some("27.24"));
}

#[test]
fn a_truncated_answer_never_gives_half_a_number() {
    let row = Row::var("input.voltage", Q1.at(1, 5), Read::Number(1));
    for length in 0..STATUS.len() {
        let mut cut = STATUS.get(..length).unwrap().to_vec();
        assert!(read(&row, &cut).is_err(), "{length}");
        cut.push(b'\r');
        let whole = cut.len() >= 47 && cut == STATUS;
        assert_eq!(read(&row, &cut).is_ok(), whole, "{length}");
    }
}
