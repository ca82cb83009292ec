use driver::{Error, Settings};

use super::*;
use crate::dialects::healthy::{Answers, HEALTHY, STATUS, VENDOR};
use crate::transport::fake::Fake;

/// What a voltronic device says; its `QPI` is another matter.
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

/// What a healthy device is called, if it need not be named.
fn devices() -> impl Iterator<Item = (String, &'static Answers)> {
    HEALTHY.iter().filter_map(|(name, answers)| {
        let dialect = by_name(name).unwrap();
        (dialect.detect == Detect::Always).then(|| (dialect.title(), answers))
    })
}

#[test]
fn every_device_is_found_out_whatever_it_says_to_what_it_does_not_know() {
    for (title, answers) in devices() {
        for unknown in ["", "{}", "NAK", "N"] {
            let found = detect(&mut device(answers, unknown), &[]);
            assert_eq!(
                found.as_deref().ok(),
                Some(title.as_str()),
                "unknown requests are answered {unknown:?}"
            );
        }
    }
}

#[test]
fn a_request_is_sent_once_for_all_dialects_and_only_the_first_one_twice() {
    // one that refuses is not believed to be silent
    let silent = devices().filter(|(_, answers)| !answers.contains(&("QPI", "(NAK")));
    for (title, answers) in silent {
        let mut device = device(answers, "");
        detect(&mut device, &[]).unwrap();
        let mut asked = device.take_asked();
        if title != "Voltronic 0.14" {
            assert_eq!(asked.first(), asked.get(1), "{title}");
            asked.remove(0);
        }
        let different: BTreeSet<_> = asked.iter().collect();
        assert_eq!(different.len(), asked.len(), "{title}: {asked:?}");
    }
}

#[test]
fn a_silent_line_is_given_up_after_a_few_seconds() {
    let mut device = Fake::default();
    let error = detect(&mut device, &[]).unwrap_err();
    assert!(
        matches!(&error, Error::Timeout(why) if why.contains("nothing answers")),
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
        for (title, answers) in devices() {
            let mut device = device(answers, "NAK");
            device.lose(lost);
            let found = detect(&mut device, &[]);
            assert_eq!(
                found.as_deref().ok(),
                Some(title.as_str()),
                "{lost} answers lost"
            );
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
        matches!(&error, Error::Timeout(why) if why.contains("Mustek")),
        "{error}"
    );
    let error = detect(&mut device, &[("protocol", "morse")]).unwrap_err();
    assert!(
        matches!(&error, Error::Config(why) if why.contains("Megatec/old")),
        "{error}"
    );
}

/// What a healthy device of that dialect answers.
fn answer_of(name: &str, request: &str) -> &'static str {
    let mut all = HEALTHY.iter();
    let (_, answers) = all.find(|(known, _)| *known == name).unwrap();
    let mut answers = answers.iter();
    answers.find(|(known, _)| *known == request).unwrap().1
}

#[test]
fn drivers_that_were_merged_into_this_one_name_their_dialect() {
    for (driver, request, answer, title) in [
        (
            "masterguard",
            "WH",
            answer_of("Masterguard", "WH"),
            "Masterguard 0.05",
        ),
        ("bestups", "ID", answer_of("BestUPS", "ID"), "BestUPS 0.08"),
    ] {
        let mut device = Fake::new(&[("Q1", STATUS), (request, answer)]);
        let settings = Settings {
            driver: driver.to_owned(),
            ..Settings::default()
        };
        let found = find(&mut device, &crate::older::settings(&settings)).unwrap();
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
    let answers = [("Q1", STATUS), ("I", VENDOR), ("Q5", STATUS)];
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
