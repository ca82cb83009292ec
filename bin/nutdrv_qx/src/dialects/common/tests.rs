use super::*;
use crate::dialect::Effect;
use crate::dialects::bench::Bench;
use crate::dialects::q1::DIALECT as PLAIN;

fn known(values: &[(&'static str, &str)]) -> Known {
    let mut known = Known::default();
    for (var, value) in values {
        known.take(&Effect::Set(var, (*value).to_owned()));
    }
    known
}

#[test]
fn delays_become_what_devices_understand() {
    for (off_delay, on_delay, expected) in [
        ("30", "180", ".5R0003"),
        ("30", "59", ".5"),
        ("12", "0", ".2"),
        ("60", "60", "01R0001"),
        ("600", "599940", "10R9999"),
    ] {
        let known = known(&[
            ("ups.delay.shutdown", off_delay),
            ("ups.delay.start", on_delay),
        ]);
        assert_eq!(off_and_on(&known, None), Ok(expected.to_owned()));
    }
    assert!(off(&known(&[("ups.delay.shutdown", "soon")]), None).is_err());
    assert_eq!((sixths(59), sixths(61), sixths(12)), (54, 60, 12));
    assert_eq!((minutes(179), minutes(0)), (120, 0));
}

#[test]
fn a_test_lasts_minutes() {
    let test = |param| test_minutes(&Known::default(), param).ok();
    assert_eq!(test(None).as_deref(), Some("10"));
    assert_eq!(test(Some("")).as_deref(), Some("10"));
    assert_eq!(test(Some("60")).as_deref(), Some("01"));
    assert_eq!(test(Some("5940")).as_deref(), Some("99"));
    for wrong in ["59", "5941", "abc", "-60"] {
        assert_eq!(test(Some(wrong)), None, "{wrong}");
    }
}

#[test]
fn some_take_digits_only() {
    assert_eq!(digits(Some("60")), Ok(Some("60")));
    assert_eq!(digits(None), Ok(None));
    assert!(digits(Some(" 60")).is_err() && digits(Some("60.5")).is_err());
}

#[test]
fn the_voltages_tell_bypass_from_boost_and_trim() {
    let word = |input: &str, output: &str| {
        let known = known(&[("input.voltage", input), ("output.voltage", output)]);
        shape(&known).and_then(|words| words.split(' ').next())
    };
    assert_eq!(word("229.5", "229.0"), Some("BYPASS"));
    assert_eq!(word("198.0", "227.0"), Some("BOOST"));
    assert_eq!(word("262.0", "231.0"), Some("TRIM"));
    assert_eq!(word("230", "0"), None);
    assert_eq!(word("0", "0"), None);
    assert_eq!(word("0", "230"), None);
    assert_eq!(shape(&Known::default()), Some("BYPASS !TRIM !BOOST"));
}

#[test]
fn voltages_are_read_at_once_when_the_bit_for_bypass_rises_or_falls() {
    let status =
        |input: &str, bits: &str| format!("({input} 195.0 229.5 014 50.0 27.4 30.0 {bits}");
    let mut bench = Bench::new(&PLAIN, &[("Q1", &status("229.5", "00001001"))]);
    for (input, bits, words) in [
        ("198.0", "00101001", "OL BOOST"),
        ("229.5", "00001001", "OL"),
        ("262.0", "00101001", "OL TRIM"),
    ] {
        bench.device.set("Q1", &status(input, bits));
        bench.glance().unwrap();
        let volts = format!("{:.1}", input.parse::<f64>().unwrap());
        bench.expect(&[("ups.status", words), ("input.voltage", &volts)]);
    }
}

#[test]
fn a_shutdown_has_the_delays_of_ups_conf() {
    let status = ("Q1", "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001");
    let mut bench = Bench::with(&PLAIN, &[status], &[("ondelay", "240")]);
    bench.set("ups.delay.start", "60", &[]);
    bench.command("shutdown.return", None, &["S.5R0001"]);
    let done = bench.engine.shut_down(&mut bench.device).unwrap();
    assert_eq!(done, proto::Outcome::Handled);
    assert_eq!(bench.device.take_asked(), ["C", "S.5R0004"]);
    assert_eq!(bench.engine.known.value("ups.delay.start"), Some("60"));
}
