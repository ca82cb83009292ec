//! Rows: name, path, when they are read, what clients may do, default, and what the number means, both ways.

use std::path::Path;

use hid::table::{Row, Shown, Type, When};

use super::examples::differences;
use super::facts;
use super::functions::{Lookups, Meaning};
use crate::known::Known;
use crate::subdrivers::{SUBDRIVERS, Subdriver};
use testkit::CsvLine;

/// A difference that is meant.
struct Deviation {
    subdriver: &'static str,
    var: &'static str,
    path: &'static str,
    /// What differs, as the test says it.
    what: &'static str,
    #[allow(dead_code, reason = "for who reads this")]
    why: &'static str,
}

/// All rows that are meant to differ. What functions do otherwise stands with their examples ([`differences`]), and every number: the
/// reference sends 0 for a text that is none, which can be an order; here it is refused.
#[rustfmt::skip]
const DEVIATIONS: &[Deviation] = &[
];

#[test]
fn every_row_of_the_reference_has_its_row() {
    let Some(dir) = facts("every_row_of_the_reference_has_its_row") else {
        return;
    };
    let lookups = Lookups::of(&CsvLine::read(&dir, "_lookups.csv"));
    let (mut wrong, mut used) = (Vec::new(), Vec::new());
    for subdriver in SUBDRIVERS
        .iter()
        .filter(|subdriver| subdriver.id != "explore")
    {
        compare(&dir, subdriver, &lookups, &mut wrong, &mut used);
    }
    for (at, deviation) in DEVIATIONS.iter().enumerate() {
        if !used.contains(&at) {
            let (subdriver, var, what) = (deviation.subdriver, deviation.var, deviation.what);
            wrong.push(format!(
                "{subdriver}: {var}: {what}: is no deviation any more"
            ));
        }
    }
    let meant = differences();
    println!("{} examples of functions differ on purpose:", meant.len());
    meant
        .iter()
        .for_each(|difference| println!("  {difference}"));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn compare(
    dir: &Path,
    subdriver: &Subdriver,
    lookups: &Lookups,
    wrong: &mut Vec<String>,
    used: &mut Vec<usize>,
) {
    let id = subdriver.id;
    let lines = CsvLine::read(dir, &format!("{id}.csv"));
    let mut found = 0;
    for (at, line) in lines.iter().enumerate() {
        let (var, path) = (line.get("name"), line.get("path"));
        // the order counts, so a row that stands elsewhere is a wrong one, too
        let differences = match subdriver.rows.get(at) {
            None => vec!["there is no row".to_owned()],
            Some(row) => differences_of(subdriver, &row, line, &lines, lookups),
        };
        found += usize::from(differences.is_empty());
        for difference in differences {
            let meant = DEVIATIONS.iter().position(|deviation| {
                (deviation.subdriver, deviation.var, deviation.path) == (id, var, path)
                    && difference.starts_with(deviation.what)
            });
            match meant {
                Some(at) => used.push(at),
                None => wrong.push(format!("{id}.csv:{}: {var}: {path}: {difference}", at + 2)),
            }
        }
    }
    println!("{id} {found}/{}", lines.len());
    if subdriver.rows.len() != lines.len() {
        wrong.push(format!(
            "{id}: {} rows, not {}",
            subdriver.rows.len(),
            lines.len()
        ));
    }
}

fn differences_of(
    subdriver: &Subdriver,
    row: &Row<Known>,
    line: &CsvLine,
    lines: &[CsvLine],
    lookups: &Lookups,
) -> Vec<String> {
    let mut told = Vec::new();
    let mut check = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            told.push(format!("{what}: {ours}, not {theirs}"));
        }
    };
    let nodes = |path: &str| format!("{:x?}", subdriver.names().path(path).path.nodes());
    check("name", row.var.to_owned(), line.get("name").to_owned());
    check("path", nodes(row.path), nodes(line.get("path")));
    check(
        "when",
        format!("{:?}", row.when),
        format!("{:?}", when(line)),
    );
    check("access", access(row), expected_access(line));
    if matches!(row.when, When::Absent | When::Command) {
        check(
            "default",
            row.default.to_owned(),
            default(line.get("format")).to_owned(),
        );
    }
    let meaning = Meaning::of(subdriver.id, line, lookups);
    told.extend(meaning.differences(subdriver, row, lines, lookups));
    told
}

fn flags<'a>(line: &'a CsvLine, column: &str) -> Vec<&'a str> {
    let flags = line.get(column).split('|').map(str::trim);
    flags.filter(|flag| *flag != "0").collect()
}

fn when(line: &CsvLine) -> When {
    let known = flags(line, "hid_flags");
    let known: Vec<_> = known
        .into_iter()
        .filter(|flag| *flag != "HU_FLAG_ENUM")
        .collect();
    match known.as_slice() {
        [] => When::Full,
        ["HU_FLAG_QUICK_POLL"] => When::Quick,
        ["HU_FLAG_SEMI_STATIC"] => When::SemiStatic,
        ["HU_FLAG_STATIC"] => When::Static,
        ["HU_FLAG_ABSENT"] => When::Absent,
        ["HU_TYPE_CMD"] => When::Command,
        other => panic!("unknown flags {other:?}"),
    }
}

fn access(row: &Row<Known>) -> String {
    let access = row.access;
    assert_eq!(access.range, None, "no row of the reference has a range");
    format!(
        "{} {:?} {} {}",
        access.writable, access.kind, access.max_len, access.choices
    )
}

fn expected_access(line: &CsvLine) -> String {
    let known = flags(line, "info_flags");
    let has = |flag: &str| known.contains(&flag);
    let unknown =
        |flag: &&&str| !["ST_FLAG_RW", "ST_FLAG_STRING", "ST_FLAG_NUMBER"].contains(*flag);
    assert_eq!(known.iter().find(unknown), None);
    let kind = match (has("ST_FLAG_STRING"), has("ST_FLAG_NUMBER")) {
        (true, _) => Type::Text,
        (false, true) => Type::Number,
        (false, false) => Type::Any,
    };
    // a length says something of a string only
    let length = if kind == Type::Text {
        line.number("length")
    } else {
        0
    };
    let choices = flags(line, "hid_flags").contains(&"HU_FLAG_ENUM");
    format!("{} {kind:?} {length} {choices}", has("ST_FLAG_RW"))
}

/// The reference's names of numbers.
fn default(format: &str) -> &str {
    match format {
        "DEFAULT_ONDELAY" => "30",
        "DEFAULT_OFFDELAY" => "20",
        "DEFAULT_ONDELAY_CPS" => "120",
        "DEFAULT_OFFDELAY_CPS" => "60",
        other => other,
    }
}

/// What a row says of a value.
pub(super) fn shown(row: &Row<Known>, value: f64, known: &mut Known) -> String {
    match row.read.show(value, known) {
        Shown::Text(text) => text,
        Shown::Index(index) => format!("<string {index}>"),
        Shown::Nothing => match known.wanted_string() {
            Some(index) => format!("<string {index}>"),
            None => "<nothing>".to_owned(),
        },
    }
}
