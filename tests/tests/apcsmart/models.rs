//! Every model that is simulated, compared with what was recorded: values, settings, commands. `LOCKNUT_BLESS=1` records
//! anew; the difference is for a person to read.

use crate::bench::Unit;
use std::path::{Path, PathBuf};
use std::thread;

const MODELS: &[&str] = &[
    "ancient",
    "ancient-na",
    "backups-pro",
    "cs350",
    "matrix-0xi",
    "set1-hex",
    "smartups-2000i-9ii",
    "smartups-2g",
    "smartups-3g",
    "smartups-451",
    "smartups-600-6qd",
    "smartups-measureups",
    "smartups-rt",
    "smartups-uptime",
    "spm-dual",
];

fn recorded(model: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/apcsmart/dumps")
        .join(format!("{model}.txt"))
}

/// What is published of a unit, without what is the driver's own.
fn published(unit: Unit) -> String {
    let mut bench = unit.serve();
    let dump = bench.socket.dump();
    let of_unit = |line: &&String| {
        let name = line.split(' ').nth(1).unwrap_or_default();
        !name.starts_with("driver.")
    };
    let lines: Vec<_> = dump.iter().filter(of_unit).map(String::as_str).collect();
    lines.join("\n") + "\n"
}

#[test]
fn every_model_is_published_as_it_was_recorded() {
    let test = "every_model_is_published_as_it_was_recorded";
    let Some(units) = MODELS
        .iter()
        .map(|model| Unit::new(test, model).map(|unit| (*model, unit)))
        .collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let all: Vec<_> = units
        .into_iter()
        .map(|(model, unit)| (model, thread::spawn(|| published(unit))))
        .collect();
    for (model, published) in all {
        let (path, published) = (recorded(model), published.join().unwrap());
        if std::env::var_os("LOCKNUT_BLESS").is_some() {
            std::fs::write(&path, published).unwrap();
            continue;
        }
        let expected = std::fs::read_to_string(&path).unwrap();
        assert_eq!(published, expected, "{model}");
    }
}

#[test]
fn the_older_name_serves_its_own_socket_and_says_who_it_is() {
    let test = "the_older_name_serves_its_own_socket_and_says_who_it_is";
    let Some(unit) = Unit::new(test, "smartups-3g") else {
        return;
    };
    let mut bench = unit.by_old_name().serve();
    assert_eq!(
        bench.socket.value("driver.name").as_deref(),
        Some("apcsmart-old")
    );
    assert_eq!(
        bench.socket.value("ups.firmware.old").as_deref(),
        Some("GWI")
    );
    assert!(bench.driver.printed().contains("this is apcsmart"));
}
