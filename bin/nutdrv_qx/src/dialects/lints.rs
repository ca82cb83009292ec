//! What must hold of every table.

use std::collections::BTreeSet;

use super::DIALECTS;
use super::bench::Bench;
use super::healthy::HEALTHY;
use crate::bits::is_word;
use crate::dialect::{Allowed, Ask, Dialect, Must, Read, Send, Setting, Target, To};
use crate::known::Known;

fn each(check: impl Fn(&Dialect)) {
    DIALECTS.iter().for_each(|dialect| check(dialect));
}

#[test]
fn windows_lie_within_the_least_answer() {
    each(|dialect| {
        for (_, row) in dialect.rows() {
            let Some(cell) = row.cell() else { continue };
            let fits = match cell.to {
                // the end of the answer is behind the last position
                Some(to) => cell.from <= to && to + 2 <= cell.query.min,
                None => cell.from < cell.query.min.max(1),
            };
            assert!(fits, "{} {} {cell:?}", dialect.name, row.name());
        }
    });
}

#[test]
fn claims_are_about_rows_that_exist() {
    each(|dialect| {
        assert!(!dialect.claim.is_empty(), "{}", dialect.name);
        for claim in dialect.claim {
            if let Must::Have(var) | Must::Answer(var) | Must::HaveOrRefuse(var) = claim.must {
                let row = dialect.row_of(var);
                assert!(
                    row.is_some_and(|(_, row)| row.cell().is_some()),
                    "{} {var}",
                    dialect.name
                );
            }
        }
    });
}

#[test]
fn names_are_unique() {
    let mut names = BTreeSet::new();
    each(|dialect| {
        let mut rows = BTreeSet::new();
        for (_, row) in dialect.rows() {
            let is_new = match (row.target, row.cell()) {
                (Target::Var(var), Some(cell)) => {
                    rows.insert((var, cell.query.ask, cell.query.min, cell.from))
                }
                (Target::Var(var), None) => rows.insert((var, "", 0, 0)),
                _ => true,
            };
            assert!(is_new, "{}: {} stands twice", dialect.name, row.name());
        }
        let mut commands = BTreeSet::new();
        for command in dialect.commands() {
            assert!(
                commands.insert(command.name),
                "{}: {} stands twice",
                dialect.name,
                command.name
            );
        }
        let mut settings = BTreeSet::new();
        for setting in dialect.settings() {
            assert!(
                settings.insert(setting.name),
                "{}: {} stands twice",
                dialect.name,
                setting.name
            );
        }
        assert!(dialect.name.bytes().all(|byte| byte.is_ascii_graphic()));
    });
    assert!(
        DIALECTS
            .iter()
            .all(|dialect| names.insert(dialect.name.to_ascii_lowercase()))
    );
}

#[test]
fn names_are_those_of_the_catalogue_and_a_few_beside() {
    // what C NUT's dialects publish without a place in NUT's list of names
    const BESIDE: &[&str] = &[
        "battery.charging.current.",
        "battery.number",
        "battery.voltage.bulk",
        "battery.voltage.float",
        "battery.voltage.recharge",
        "battery.voltage.under",
        "device.firmware",
        "device.model.type",
        "experimental.",
        "input.bypass.phases",
        "input.L",
        "input.voltage.fault",
        "load.high",
        "outlet.0.switchable",
        "output.L",
        "output.bypass.",
        "output.frequency.default",
        "output.power.nominal",
        "output.power.maximum.percent",
        "output.power.minimum.percent",
        "output.powerfactor.nominal",
        "output.realpower.nominal",
        "output.voltage.default",
    ];
    let mut strange = BTreeSet::new();
    for dialect in DIALECTS {
        strange.extend(
            dialect
                .rows()
                .filter_map(|(_, row)| row.variable())
                .filter(|var| {
                    model::catalog::variable(var).is_none()
                        && !BESIDE.iter().any(|begin| var.starts_with(begin))
                }),
        );
    }
    assert_eq!(strange, BTreeSet::new());
}

#[test]
fn words_of_the_status_are_words() {
    each(|dialect| {
        for (_, row) in dialect.rows() {
            let words: Vec<&str> = match (row.target, row.read) {
                (Target::Status, Read::Bit(zero, one)) => vec![zero, one],
                (Target::Status, Read::Map(map)) => map.iter().map(|(_, word)| *word).collect(),
                _ => continue,
            };
            for word in words {
                assert!(word.is_empty() || is_word(word), "{} {word}", dialect.name);
            }
        }
    });
}

#[test]
fn requests_are_text_and_templates_have_one_place() {
    each(|dialect| {
        let requests = dialect
            .rows()
            .filter_map(|(_, row)| row.cell())
            .map(|cell| cell.query.ask);
        for request in requests {
            let fine =
                !request.is_empty() && request.bytes().all(|byte| matches!(byte, b' '..=b'~'));
            assert!(fine, "{} {request:?}", dialect.name);
        }
        let commands = dialect
            .commands()
            .map(|command| (command.name, command.send));
        let settings = dialect.settings().filter_map(|setting| match setting.to {
            To::Device(send) => Some((setting.name, send)),
            To::Kept(..) => None,
        });
        for (name, send) in commands.chain(settings) {
            let (template, places) = match send {
                Send::Fixed(request) => (request, 0),
                Send::Number(template, _) | Send::Text(template, _) | Send::Word(template, _) => {
                    (template, 1)
                }
                Send::Plan(_) => continue,
            };
            assert_eq!(
                template.matches("{}").count(),
                places,
                "{} {name}",
                dialect.name
            );
        }
    });
}

#[test]
fn what_is_writable_can_be_set_and_what_ups_conf_sets_has_its_place() {
    each(|dialect| {
        for (_, row) in dialect.rows() {
            if row.rw {
                let setting = dialect.setting(row.name());
                assert!(
                    setting.is_some_and(|setting| !setting.conf),
                    "{} {}",
                    dialect.name,
                    row.name()
                );
            }
            if matches!(row.ask, Ask::Apply) {
                let setting = dialect.setting(row.name());
                assert!(
                    setting.is_some_and(|setting| setting.conf),
                    "{} {}",
                    dialect.name,
                    row.name()
                );
            }
        }
        for setting in dialect.settings().filter(|setting| setting.conf) {
            let place = dialect
                .rows()
                .any(|(_, row)| matches!(row.ask, Ask::Apply) && row.name() == setting.name);
            assert!(place, "{} {}", dialect.name, setting.name);
            let option = crate::options::OPTIONS
                .iter()
                .any(|option| option.name == setting.name);
            assert!(option, "{} is no option", setting.name);
        }
    });
}

#[test]
fn ranges_are_in_order_and_first_values_within() {
    each(|dialect| {
        let known = Known::default();
        for setting in dialect.settings() {
            for (min, max) in setting.allowed.ranges(&known).unwrap_or_default() {
                assert!(min <= max, "{} {}", dialect.name, setting.name);
            }
            if let To::Kept(first, tidy) = setting.to {
                assert_eq!(
                    setting.allowed.objection(&known, first),
                    None,
                    "{} {}",
                    dialect.name,
                    setting.name
                );
                let number = first.parse().unwrap();
                assert_eq!(tidy(number), number, "{} {}", dialect.name, setting.name);
            }
        }
    });
}

/// Values that a setting takes on this device, those at the ends of its ranges among them.
fn allowed(setting: &Setting, known: &Known) -> Vec<String> {
    let ranges = setting.allowed.ranges(known).unwrap_or_default();
    let ends = ranges
        .iter()
        .flat_map(|&(min, max)| [min, min.midpoint(max), max]);
    let words = setting.allowed.words(known).unwrap_or_default();
    ends.map(|end| end.to_string()).chain(words).collect()
}

#[test]
fn every_value_that_is_allowed_becomes_a_request_of_the_right_length() {
    let mut settings = BTreeSet::new();
    for (name, answers) in HEALTHY {
        let mut all = DIALECTS.iter();
        let dialect = all.find(|dialect| dialect.name == *name).unwrap();
        let known = Bench::new(dialect, answers).engine.known;
        for setting in dialect.settings() {
            let To::Device(send) = setting.to else {
                continue;
            };
            for value in allowed(setting, &known) {
                let what = format!("{name}: {} = {value}", setting.name);
                let plan = send.plan(&known, Some(&value)).expect(&what);
                if let (Send::Number(template, form), [request]) = (send, &*plan.requests) {
                    assert_eq!(request.len() + 2, template.len() + form.width, "{what}");
                }
                settings.insert((*name, setting.name));
            }
        }
    }
    let untried: Vec<_> = DIALECTS
        .iter()
        .flat_map(|dialect| dialect.settings().map(|setting| (dialect.name, setting)))
        .filter(|(name, setting)| {
            let is_sent = matches!(setting.to, To::Device(_));
            let is_any = matches!(setting.allowed, Allowed::Any);
            is_sent && !is_any && !settings.contains(&(*name, setting.name))
        })
        .map(|(name, setting)| (name, setting.name))
        .collect();
    assert_eq!(untried, []);
}

#[test]
fn what_is_kept_stays_in_its_range() {
    each(|dialect| {
        let known = Known::default();
        for setting in dialect.settings() {
            let To::Kept(_, tidy) = setting.to else {
                continue;
            };
            for value in allowed(setting, &known) {
                let kept = tidy(value.parse().unwrap()).to_string();
                let objection = setting.allowed.objection(&known, &kept);
                assert_eq!(objection, None, "{} {}", dialect.name, setting.name);
            }
        }
    });
}

#[test]
fn commands_are_those_of_the_catalogue() {
    each(|dialect| {
        for command in dialect.commands() {
            let is_known = model::catalog::command(command.name).is_some();
            assert!(is_known, "{} {}", dialect.name, command.name);
        }
    });
}

#[test]
fn the_engine_names_no_dialect_and_the_smallest_one_is_short() {
    let engine = [
        include_str!("../engine.rs"),
        include_str!("../engine/acting.rs"),
        include_str!("../engine/asking.rs"),
        include_str!("../engine/reading.rs"),
        include_str!("../engine/walking.rs"),
        include_str!("../battery.rs"),
        include_str!("../known.rs"),
    ];
    let texts = engine.map(str::to_ascii_lowercase);
    each(|dialect| {
        let name = dialect.name.to_ascii_lowercase();
        assert!(!texts.iter().any(|text| text.contains(&name)), "{name}");
    });
    assert!(include_str!("q1.rs").lines().count() <= 60);
}

#[test]
fn a_dialect_reads_its_status_in_quick_walks() {
    each(|dialect| {
        let quick = dialect.rows().any(|(_, row)| {
            row.target == Target::Status && row.when == crate::dialect::When::Quick
        });
        assert!(quick, "{}", dialect.name);
    });
}
