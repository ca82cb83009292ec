use driver::{Error, Settings};

use super::*;
use crate::transport::fake::Fake;

const STATUS: &str = "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001";
const RATINGS: &str = "#230.0 004 24.00 50.0";
const VENDOR: &str = "#ACME POWER      SIM-1000   V1.23     ";
const QGS: &str = "(229.5 50.0 229.5 50.0 003.2 014 369.1 ---.- 027.4 ---.- 030.0 100000000001";

fn settings(options: &[(&str, &str)]) -> Settings {
    let owned = |(name, value): &(&str, &str)| {
        let value = Some((*value).to_owned()).filter(|value| !value.is_empty());
        ((*name).to_owned(), value)
    };
    Settings {
        options: options.iter().map(owned).collect(),
        ..Settings::default()
    }
}

fn detect(device: &mut Fake, options: &[(&str, &str)]) -> Result<String, Error> {
    let found = find(device, &settings(options))?;
    Ok(found.engine.title())
}

/// A device that answers all it does not know with `unknown`, `{}` being the request.
fn device(answers: &[(&str, &str)], unknown: &str) -> Fake {
    Fake::new(answers).otherwise(unknown)
}

const ID: &str = "FOR,750,120,120,20.0,27.6";
const Q4: &str = "(236.7 243.2 212.1 220.1 230.4 002 001 50.0 371 372 041.3 22.9 IM";
const Q2: &str = "(229.5 228.1 230.6 195.0 229.5 229.0 230.0 014 015 016 50.0 327.6 30.0 00001001 030.50 100 02 00 00 00 00 00000000 10";
const Q6: &str = "(229.5 228.1 230.6 50.0 229.5 229.0 230.0 50.1 014 015 016 327.8 326.9 30.0 01830 100 32 00000000 00000000 11";
const WA: &str = "(001.4 001.1 000.9 001.5 001.2 001.0 003.4 003.7 006.5 005.1 004.2 014 00001001";
const WH: &str = "(05 10.06 03.09 A 1000  + 1 Bat Pack           0 230 50.00 012 02.30 006.00 012.00 018 10 40 160 276 47.00 53.00";
/// `Q5` of an Ablerex: 50 Hz.
const WORDS: &str =
    "(\x01\x74\x01\x01\x01\x01\x05\x5A\x03\x68\x01\x7A\x01\x01\x01\x20\x01\x01\x01\x01";

#[rustfmt::skip]
const DEVICES: &[(&str, &[(&str, &str)])] = &[
    ("Ablerex 0.02",      &[("Q1", STATUS), ("I", VENDOR), ("F", RATINGS), ("Q5", WORDS)]),
    ("BestUPS 0.08",      &[("Q1", STATUS), ("ID", ID)]),
    ("Gtec 0.01",         &[("Q4", Q4), ("I", VENDOR), ("F", RATINGS)]),
    ("Hunnox 0.02",       &[("Q1", STATUS), ("FW?", VENDOR), ("F", RATINGS), ("BL", "BL100")]),
    ("INNOVART31 0.02",   &[("Q6", Q6), ("Q1", STATUS), ("WA", WA), ("BPS", "(230.4 229.8 231.0 50.0"), ("F", RATINGS), ("FW?", "05516-1100"), ("SASV07?", "GASV07DN05K10KB100004      ")]),
    ("INNOVATAE 0.01",    &[("Q1", STATUS), ("F", RATINGS), ("I", "#222222222222222222222222222R1.00.48")]),
    ("Masterguard 0.05",  &[("WH", WH), ("Q1", STATUS)]),
    ("Q2 0.01",           &[("Q2", Q2), ("Q1", STATUS), ("WA", WA)]),
    ("Q6 0.01",           &[("Q6", Q6), ("Q1", STATUS), ("WA", WA)]),
    ("Voltronic 0.14",    &[("QGS", QGS), ("QPI", "(PI01"), ("Q1", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Voltronic-QS 0.11", &[("M", "V"), ("QS", STATUS), ("F", RATINGS)]),
    ("Mustek 0.08",       &[("QS", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Megatec/old 0.08",  &[("D", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Mecer 0.09",        &[("Q1", STATUS), ("QPI", "(PI98"), ("F", RATINGS), ("I", VENDOR)]),
    ("Mecer 0.09",        &[("Q1", STATUS), ("QPI", "(NAK"), ("F", RATINGS), ("I", VENDOR)]),
    ("Megatec 0.10",      &[("Q1", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Zinto 0.07",        &[("Q1", STATUS), ("F", RATINGS), ("FW?", VENDOR)]),
    ("Q1 0.08",           &[("Q1", STATUS)]),
];

#[test]
fn every_device_is_found_out_whatever_it_says_to_what_it_does_not_know() {
    for (title, answers) in DEVICES {
        for unknown in ["", "{}", "NAK", "N"] {
            let found = detect(&mut device(answers, unknown), &[]);
            assert_eq!(
                found.as_deref().ok(),
                Some(*title),
                "unknown requests are answered {unknown:?}"
            );
        }
    }
}

#[test]
fn a_request_is_sent_once_for_all_dialects_and_only_the_first_one_twice() {
    // one that refuses, or answers a request of another dialect in its own way, is not believed to be silent
    let silent = DEVICES.iter().filter(|(title, answers)| {
        !answers.contains(&("QPI", "(NAK")) && !title.starts_with("INNOVART31")
    });
    for (title, answers) in silent {
        let mut device = device(answers, "");
        detect(&mut device, &[]).unwrap();
        let mut asked = device.take_asked();
        if *title != "Voltronic 0.14" {
            assert_eq!(asked.first(), asked.get(1), "{title}");
            asked.remove(0);
        }
        let different: std::collections::BTreeSet<_> = asked.iter().collect();
        assert_eq!(different.len(), asked.len(), "{title}: {asked:?}");
    }
}

#[test]
fn a_silent_line_is_given_up_after_a_few_seconds() {
    let mut device = Fake::default();
    let error = detect(&mut device, &[]).unwrap_err();
    assert!(
        matches!(&error, Error::Gone(why) if why.contains("nothing answers")),
        "{error}"
    );
    assert!(
        device.asked.len() <= SILENT_MAX as usize,
        "{:?}",
        device.asked
    );
}

#[test]
fn a_glitch_at_the_start_does_not_lead_to_the_wrong_dialect() {
    for lost in 1..3 {
        for (title, answers) in DEVICES {
            let mut device = device(answers, "NAK");
            device.lose(lost);
            let found = detect(&mut device, &[]);
            assert_eq!(found.as_deref().ok(), Some(*title), "{lost} answers lost");
        }
    }
}

#[test]
fn a_dialect_that_is_named_is_tried_three_times_and_no_other() {
    let mut device = Fake::new(&[("D", STATUS)]);
    device.lose(2);
    let found = detect(&mut device, &[("protocol", "MEGATEC/OLD")]);
    assert_eq!(found.as_deref().ok(), Some("Megatec/old 0.08"));
    assert_eq!(device.asked, ["D", "D", "D"]);
    let mut device = Fake::new(&[("Q1", STATUS)]);
    let error = detect(&mut device, &[("protocol", "mustek")]).unwrap_err();
    assert!(
        matches!(&error, Error::Gone(why) if why.contains("Mustek")),
        "{error}"
    );
    let error = detect(&mut device, &[("protocol", "morse")]).unwrap_err();
    assert!(
        matches!(&error, Error::Config(why) if why.contains("Megatec/old")),
        "{error}"
    );
}

#[test]
fn drivers_that_were_merged_into_this_one_name_their_dialect() {
    for (driver, request, answer, title) in [
        ("masterguard", "WH", WH, "Masterguard 0.05"),
        ("bestups", "ID", ID, "BestUPS 0.08"),
    ] {
        let mut device = Fake::new(&[("Q1", STATUS), (request, answer)]);
        let settings = Settings {
            driver: driver.to_owned(),
            ..Settings::default()
        };
        let found = find(&mut device, &settings).unwrap();
        assert_eq!(found.engine.title(), title);
        assert!(
            device
                .asked
                .iter()
                .all(|asked| ["Q1", request].contains(&&**asked))
        );
    }
}

#[test]
fn a_dialect_of_one_maker_is_tried_on_his_devices_only() {
    let tried = |usb, name: &str| candidates(usb).iter().any(|dialect| dialect.name == name);
    assert!(tried(Some((0x0590, 0x00b7)), "Omron"));
    assert!(!tried(Some((0x0665, 0x5161)), "Omron"));
    assert!(!tried(None, "Omron"));
    assert!(!tried(None, "INNOVART33"));
}

#[test]
fn text_in_the_place_of_binary_words_is_no_ablerex() {
    let answers = [
        ("Q1", STATUS),
        ("I", VENDOR),
        ("F", RATINGS),
        ("Q5", STATUS),
    ];
    let found = detect(&mut device(&answers, "NAK"), &[]);
    assert_eq!(found.as_deref().ok(), Some("Megatec 0.10"));
}

#[test]
fn what_is_not_to_be_asked_for_is_no_part_of_a_claim() {
    let mut device = Fake::new(&[("Q1", STATUS)]);
    let options = [("protocol", "megatec"), ("novendor", "")];
    assert_eq!(
        detect(&mut device, &options).as_deref().ok(),
        Some("Megatec 0.10")
    );
    assert_eq!(device.asked, ["Q1"]);
}

#[test]
fn a_claim_that_fails_leaves_nothing() {
    let mut device = device(&[("QGS", QGS), ("Q1", STATUS), ("I", VENDOR)], "NAK");
    let found = find(&mut device, &settings(&[])).unwrap();
    assert_eq!(found.engine.title(), "Megatec 0.10");
    assert_eq!(found.engine.known.value("output.current"), None);
    assert_eq!(found.engine.known.value("input.voltage"), Some("229.5"));
}
