use super::*;
use crate::dialects::bench::Bench;

const ANSWERS: [(&str, &str); 9] = [
    ("Q1", "(102.5 095.0 102.5 014 50.0 27.4 30.0 00101001"),
    ("Bl ?", "100"),
    ("RTS", "0030"),
    ("TPb", "+30.0"),
    ("Lf ?", "50.0"),
    ("PSNR", "A0Z25110005109G "),
    ("FWV", "M:0.17(S:2.00)"),
    ("BRR", "20260730"),
    ("UN", "1125W/1125VA/048V/160W/020W"),
];

fn bench() -> Bench {
    Bench::new(&DIALECT, &ANSWERS)
}

#[test]
fn all_is_read() {
    let mut bench = bench();
    bench.polled();
    bench.expect(&[
        ("battery.charge", "100.0"),
        ("battery.date", "2026-07-30"),
        ("battery.runtime", "1800"),
        ("battery.temperature", "30.0"),
        ("battery.voltage.nominal", "48"),
        ("input.voltage", "102.5"),
        ("output.frequency", "50.0"),
        ("ups.firmware", "0.17"),
        ("ups.firmware.aux", "2.00"),
        ("ups.power.nominal", "1125"),
        ("ups.realpower.nominal", "1125"),
        ("ups.serial", "A0Z25110005109G"),
        ("ups.status", "OL"),
    ]);
    bench.expect_none(&["ups.beeper.status"]);
    bench
        .device
        .set("Q1", "(000.0 095.0 102.5 014 00.0 27.4 30.0 11001001");
    bench.polled().expect(&[("ups.status", "OB LB")]);
    bench.device.set("TPb", "-05.5");
    bench.polled().expect(&[("battery.temperature", "-5.5")]);
}

#[test]
fn what_makes_no_sense_is_not_published() {
    for (request, var, wrongs) in [
        ("RTS", "battery.runtime", &["00.5", "NAK9", "-030"][..]),
        ("TPb", "battery.temperature", &["+-30.0", "3O.0", "+nan"]),
        ("Lf ?", "output.frequency", &["+50.0", "5x.0"]),
        ("PSNR", "ups.serial", &["NAK             "]),
        (
            "FWV",
            "ups.firmware",
            &[
                "S:2.00(M:0.17)",
                "M:0.17(S:2.00",
                "M:0.1x(S:2.00)",
                "M:0.17(S:)    ",
            ],
        ),
        (
            "BRR",
            "battery.date",
            &["20260230", "20261301", "2026073O", "202607301", "20260700"],
        ),
        (
            "UN",
            "ups.power.nominal",
            &[
                "1125W/1125VA/048V/160W/020Wx",
                "1125W/1125VA/048V/160W/02OW",
                "1125V/1125VA/048V/160W/020W",
            ],
        ),
    ] {
        for wrong in wrongs {
            let answers = ANSWERS
                .map(|(known, answer)| (known, if known == request { *wrong } else { answer }));
            let bench = Bench::new(&DIALECT, &answers);
            assert_eq!(bench.value(var), None, "{wrong}");
        }
    }
    let mut bench = bench();
    for wrong in ["101", "1.5", "+50", "NAK9"] {
        bench.device.set("Bl ?", wrong);
        bench.polled().expect(&[("battery.charge", "100.0")]);
    }
    let leap =
        ANSWERS.map(|(known, answer)| (known, if known == "BRR" { "20240229" } else { answer }));
    Bench::new(&DIALECT, &leap).expect(&[("battery.date", "2024-02-29")]);
}

#[test]
fn a_shutdown_is_two_requests_and_both_must_be_answered_with_ok() {
    let mut bench = bench();
    for (request, answer) in [
        ("An", "OK"),
        ("Af", "OKn"),
        ("S.5", "OK"),
        ("Sf02", "OK"),
        ("C", "OK"),
    ] {
        bench.device.set(request, answer);
    }
    bench.command("shutdown.return", None, &["An", "S.5"]);
    bench.expect(&[("ups.start.auto", "yes")]);
    bench.set("ups.delay.shutdown", "120", &[]);
    bench.command("shutdown.stayoff", None, &["Af", "Sf02"]);
    bench.expect(&[("ups.start.auto", "no")]);
    bench.command("shutdown.stop", None, &["C"]);
    for answer in ["", "NAK", "O", "ACK"] {
        bench.device.set("C", answer);
        bench.refuse("shutdown.stop", None, &["C"]);
        bench.device.set("An", answer);
        bench.refuse("shutdown.return", None, &["An"]);
    }
    bench.device.set("An", "OK");
    bench.refuse("shutdown.return", None, &["An", "S02"]);
    bench.expect(&[("ups.start.auto", "no")]);
}
