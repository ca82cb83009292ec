//! nutdrv_qx: what `--record` writes down can be played.

use testkit::{DeviceFile, json};

use crate::lab::{Bench, Lab, QX};
use crate::qx::expect_command;

#[test]
fn a_recording_has_every_packet_and_every_silence() {
    let name = "a_recording_has_every_packet_and_every_silence";
    let Some(bench) = Bench::of(QX, name, &[DeviceFile::qx("cypress")]) else {
        return;
    };
    bench.configure(&[("ups", "pollfreq = 4")]);
    let tape = bench.site.sandbox.run().join("ups.rec");
    let program = bench.program("ups").args(["-F", "--record"]).arg(&tape);
    let mut driver = program.start();
    let socket = bench.hear("ups", &mut driver);
    let mut lab = Lab {
        driver,
        socket,
        bench,
    };
    lab.expect_status("OL");
    lab.device().mains(false);
    lab.expect_status("OB");
    lab.device().command(json!({"battery_low": true}));
    lab.expect_status("LB");
    lab.device().command(json!({"battery_low": false}));
    expect_command(&mut lab, "test.battery.start.quick", "T");
    lab.device().unplug();
    lab.expect_stale();
    lab.device().plug();
    lab.expect_fresh();
    lab.device().mains(true);
    lab.expect_status("OL");
    assert_eq!(lab.driver.stop(), Some(0));
    let text = std::fs::read_to_string(&tape).unwrap();
    let asked = text.split("> set 21 09 0200 0000 51 31 0d ").skip(1);
    let packets = asked.map(|turn| {
        let turn = turn.split("> set").next().unwrap_or_default();
        turn.matches("> interrupt 8").count()
    });
    let packets: Vec<usize> = packets.collect();
    let whole = "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r"
        .len()
        .div_ceil(8);
    let is_whole = packets.iter().filter(|count| **count >= whole).count();
    assert!(text.contains("\n@ answers\n"), "{text}");
    // one of them was cut off
    assert!(
        is_whole >= 4 && is_whole + 1 >= packets.len(),
        "{packets:?}"
    );
}
