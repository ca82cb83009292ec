use super::*;
use crate::dialects::bench::Bench;
use crate::transport::fake::Fake;

const ON_LINE: &str = "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001";
const RATINGS: (&str, &str) = ("F", "#230.0 004 24.00 50.0");
const VENDOR: (&str, &str) = ("I", "#ACME POWER      SIM-1000   V1.23     ");
/// 50.0 Hz, 13.70 V, empty at 10.00 V, no error, 3.2 A.
const Q5: &[u8] =
    b"(\x01\xF4\x01\x01\x01\x01\x05\x5A\x03\xE8\x00\xFA\x00\x00\x00\x20\x01\x01\x01\x01\r";
const AT: &[u8] = b"(\x00\x00\x07\x26\r";

fn device(q5: &[u8]) -> Fake {
    let mut device = Fake::new(&[("Q1", ON_LINE), RATINGS, VENDOR, ("TR", "#PASS")]);
    device.set_raw("Q5", q5.to_vec());
    device.set_raw("At", AT.to_vec());
    device
}

fn bench(q5: &[u8]) -> Bench {
    Bench::beside(&DIALECT, device(q5), &[]).unwrap()
}

fn with_error(error: u8) -> Vec<u8> {
    let mut answer = Q5.to_vec();
    answer[14] = error;
    answer
}

#[test]
fn binary_answers_are_taken_apart() {
    let mut bench = bench(Q5);
    bench.polled();
    bench.expect(&[
        ("battery.charge", "100"),
        ("battery.runtime", "1830"),
        ("battery.voltage", "27.40"),
        ("battery.voltage.high", "27.30"),
        ("battery.voltage.low", "20.00"),
        ("battery.voltage.nominal", "24.0"),
        ("device.mfr", "ACME POWER"),
        ("output.current", "3.2"),
        ("output.current.nominal", "4.0"),
        ("output.frequency", "50.0"),
        ("output.voltage.nominal", "230.0"),
        ("ups.test.result", "PASS"),
        ("ups.status", "OL"),
    ]);
    bench.expect_none(&["ups.alarm"]);
}

#[test]
fn an_error_is_an_alarm_and_none_is_none() {
    let mut bench = bench(&with_error(7));
    bench.polled();
    bench.expect(&[("ups.alarm", "7"), ("ups.status", "ALARM OL")]);
    bench.device.set_raw("Q5", Q5.to_vec());
    bench.polled();
    bench.expect_none(&["ups.alarm"]);
}

#[test]
fn bits_that_mean_more_than_elsewhere() {
    let mut bench = bench(Q5);
    let mut status = |line: &str| {
        bench.device.set("Q1", line);
        bench.polled();
        bench.value("ups.status").unwrap().to_owned()
    };
    assert_eq!(
        status("(229.5 195.0 229.0 014 50.0 27.4 30.0 00101001"),
        "OL BYPASS"
    );
    assert_eq!(
        status("(198.0 195.0 227.0 014 50.0 27.4 30.0 00101001"),
        "OL BOOST"
    );
    assert_eq!(
        status("(198.0 195.0 227.0 014 50.0 27.4 30.0 00100001"),
        "OL BYPASS"
    );
    assert_eq!(
        status("(229.5 195.0 229.5 014 50.0 27.4 30.0 00011001"),
        "ALARM OL RB"
    );
    assert_eq!(
        status("(229.5 195.0 000.0 000 50.0 27.4 30.0 00001001"),
        "OL OFF"
    );
    assert_eq!(
        status("(000.0 195.0 229.5 014 00.0 27.4 30.0 11001001"),
        "OB LB"
    );
}

#[test]
fn voltages_without_q5_may_be_those_of_cells() {
    let answers = [("Q1", ON_LINE), RATINGS, VENDOR];
    let mut bench = Bench::new(&DIALECT, &answers);
    bench.polled();
    bench.expect(&[
        ("battery.voltage", "27.40"),
        ("battery.voltage.low", "19.20"),
    ]);
    bench
        .device
        .set("Q1", "(229.5 195.0 229.5 014 50.0 2.15 30.0 00001001");
    bench.polled();
    bench.expect(&[("battery.voltage", "25.80"), ("battery.charge", "80")]);
}

#[test]
fn an_answer_cut_by_a_cr_inside_tells_what_stands_before() {
    let mut bench = bench(Q5);
    bench.device.set_raw("Q5", b"(\x01\xF5\x01\r".to_vec());
    bench.device.set_raw("At", b"(\x00\x00\r".to_vec());
    bench.polled();
    bench.expect(&[
        ("output.frequency", "50.1"),
        ("output.current", "3.2"),
        ("battery.runtime", "1830"),
    ]);
}

#[test]
fn text_is_no_answer_to_q5() {
    for text in [ON_LINE, "(NAK", "Q5", "("] {
        let mut bench = bench(format!("{text}\r").as_bytes());
        bench.polled();
        bench.expect_none(&["output.frequency", "output.current"]);
    }
}

#[test]
fn commands() {
    let mut bench = bench(Q5);
    bench.command("load.off", None, &["S.2"]);
    bench.command("shutdown.return", None, &["S.5R0003"]);
    bench.device.set("CT", "CT");
    bench.refuse("test.battery.stop", None, &["CT"]);
}
