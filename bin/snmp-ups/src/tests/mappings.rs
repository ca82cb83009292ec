//! The tables against those of the reference, which were gathered as facts in CSV files.
//!
//! `LOCKNUT_SNMP_MAPPINGS` names their directory. Every place where ours differs on purpose stands in a list with its reason, and an entry of that list that
//! is no difference any more fails, too. What has no effect is not compared: defaults of objects that devices tell, flags that C only keeps for history.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use testkit::CsvLine;

use crate::mibs::{MIBS, Mib};
use crate::object::object;
use crate::row::{Order, Read, Row, Side, Texts};

/// A difference that is meant: mapping, name of the row or of the lookup, what differs, why.
type Deviation = (&'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const DEVIATIONS: &[Deviation] = &[
    ("apcc",         "ups.delay.shutdown",       "factor",  "the length of the text was written where the factor stands"),
    ("apcc",         "ups.delay.start",          "factor",  "the length of the text was written where the factor stands"),
    ("cyberpower",   "shutdown.stayoff",         "object",  "that object switches the load on"),
    ("cpqpower",     "load.off.delay",           "sends",   "as long as ups.delay.shutdown says, which is 20 at first"),
    ("cpqpower",     "load.on.delay",            "sends",   "as long as ups.delay.start says, which is 30 at first"),
    ("delta_ups",    "delta_ups_pwr_info",       "3",       "TRIM is a state on line"),
    ("delta_ups",    "delta_ups_pwr_info",       "4",       "BOOST is a state on line"),
    ("eaton_epdu",   "input.L1.current",         "object",  "each device of a chain has its own"),
    ("eaton_pxg_ups", "test.battery.start.quick", "object", "the name of an object ends with .0"),
    ("eaton_pxg_ups", "test.battery.start.quick", "sends",  "1 starts the test"),
    ("eaton_pxg_ups", "shutdown.return",         "object",  "the name of an object ends with .0"),
    ("eaton_pxg_ups", "shutdown.return",         "sends",   "as long as a shutdown waits"),
    ("eaton_pxg_ups", "shutdown.stop",           "sends",   "0 ends the countdown"),
    ("eaton_pxg_ups", "load.off.delay",          "sends",   "as long as a shutdown waits"),
    ("eaton_pxg_ups", "load.on.delay",           "sends",   "as long as a start waits"),
    ("eaton_pw_nm2", "pw_pwr_info",              "11 OL",   "12 is the mode that saves energy; 11 is the bypass for maintenance"),
    ("eaton_pw_nm2", "pw_pwr_info",              "12",      "12 is the mode that saves energy; 11 is the bypass for maintenance"),
    ("eaton_pw_nm2", "test.battery.start.quick", "object",  "the name of an object ends with .0"),
    ("eaton_pw_nm2", "test.battery.start.quick", "sends",   "1 starts the test"),
    ("eaton_pw_nm2", "shutdown.return",          "object",  "the name of an object ends with .0"),
    ("eaton_pw_nm2", "shutdown.return",          "sends",   "as long as a shutdown waits"),
    ("eaton_pw_nm2", "shutdown.stop",            "sends",   "0 ends the countdown"),
    ("eaton_pw_nm2", "load.off.delay",           "sends",   "as long as a shutdown waits"),
    ("eaton_pw_nm2", "load.on.delay",            "sends",   "as long as a start waits"),
    ("ietf",         "test.battery.stop",        "sends",   "the object wants the name of a test"),
    ("ietf",         "test.battery.start",       "sends",   "the object wants the name of a test"),
    ("ietf",         "test.battery.start.quick", "sends",   "the object wants the name of a test"),
    ("ietf",         "test.battery.start.deep",  "sends",   "the object wants the name of a test"),
    ("mge",          "load.off.delay",           "sends",   "as long as ups.delay.shutdown says"),
    ("mge",          "load.on.delay",            "sends",   "as long as ups.delay.start says"),
    ("pulizzi_switched1", "outlet.%i.load.on",   "object",  "the first switch is the whole unit's"),
    ("pulizzi_switched1", "outlet.%i.load.off",  "object",  "the first switch is the whole unit's"),
    ("pulizzi_switched1", "outlet.%i.load.cycle", "object", "the first switch is the whole unit's"),
    ("pulizzi_switched2", "outlet.%i.load.on",   "object",  "the first switch is the whole unit's"),
    ("pulizzi_switched2", "outlet.%i.load.off",  "object",  "the first switch is the whole unit's"),
    ("pulizzi_switched2", "outlet.%i.load.cycle", "object", "the first switch is the whole unit's"),
    ("tripplite",    "test.battery.stop",        "sends",   "the object wants the name of a test"),
    ("tripplite",    "test.battery.start",       "sends",   "the object wants the name of a test"),
    ("tripplite",    "test.battery.start.quick", "sends",   "the object wants the name of a test"),
    ("tripplite",    "test.battery.start.deep",  "sends",   "the object wants the name of a test"),
    ("vertiv",       "vertiv_power_source_info", "6",       "BOOST is a state on line"),
    ("vertiv",       "vertiv_power_source_info", "7",       "TRIM is a state on line"),
    ("cpqpower", "cpqpower_battery_abm_status", "3", "a state that says nothing of the status"),
    ("cpqpower", "cpqpower_battery_abm_status", "4", "a state that says nothing of the status"),
    ("cpqpower", "cpqpower_battery_abm_status", "5", "a state that says nothing of the status"),
    ("cpqpower", "cpqpower_battery_abm_status", "6", "a state that says nothing of the status"),
    ("eaton_pxg_ups", "eaton_pxg_battery_abm_status", "3", "a state that says nothing of the status"),
    ("eaton_pxg_ups", "eaton_pxg_battery_abm_status", "4", "a state that says nothing of the status"),
    ("eaton_pxg_ups", "eaton_pxg_battery_abm_status", "5", "a state that says nothing of the status"),
    ("eaton_pxg_ups", "eaton_pxg_battery_abm_status", "6", "a state that says nothing of the status"),
    ("eaton_pw_nm2", "pw_battery_abm_status", "3", "a state that says nothing of the status"),
    ("eaton_pw_nm2", "pw_battery_abm_status", "4", "a state that says nothing of the status"),
    ("eaton_pw_nm2", "pw_battery_abm_status", "5", "a state that says nothing of the status"),
    ("eaton_pw_nm2", "pw_battery_abm_status", "6", "a state that says nothing of the status"),
    ("mge", "mge_power_source_info", "3", "the usual source, which other objects tell more of"),
    ("ietf", "ietf_test_active_info", "0", "0.0 is the name of no test"),
    ("tripplite", "ietf_test_active_info", "0", "0.0 is the name of no test"),
];

/// Rows that stand under the name of another phase's there, which they hide: mapping, name, how many of that name are before it, ours.
const RENAMED: &[(&str, &str, usize, &str)] = &[
    ("hpe_epdu", "input.L1.load", 1, "input.L2.load"),
    ("hpe_epdu", "input.L1.load", 2, "input.L3.load"),
    ("huawei", "output.L1.realpower", 1, "output.L2.realpower"),
    ("huawei", "output.L1.realpower", 2, "output.L3.realpower"),
    (
        "huawei",
        "output.L2.powerfactor",
        1,
        "output.L3.powerfactor",
    ),
];

/// What was compared, and what differed.
#[derive(Default)]
struct Comparison {
    entries: usize,
    lookups: BTreeSet<(String, String)>,
    lookup_rows: usize,
    alarms: usize,
    used: BTreeSet<usize>,
    wrong: Vec<String>,
}

impl Comparison {
    fn differs(&mut self, mib: &str, name: &str, what: &str, ours: &str, theirs: &str) {
        let known = DEVIATIONS
            .iter()
            .position(|deviation| (deviation.0, deviation.1, deviation.2) == (mib, name, what));
        match known {
            Some(index) => _ = self.used.insert(index),
            None => self
                .wrong
                .push(format!("{mib}: {name}: {what}: {ours}, not {theirs}")),
        }
    }

    /// Each lookup of each of C's files counts once.
    fn counted(&mut self, file: &str, lookup: &str, rows: usize) {
        if self.lookups.insert((file.to_owned(), lookup.to_owned())) {
            self.lookup_rows += rows;
        }
    }

    fn same(&mut self, mib: &str, name: &str, what: &str, ours: &str, theirs: &str) {
        if ours != theirs {
            self.differs(mib, name, what, ours, theirs);
        }
    }
}

#[test]
fn every_row_of_the_reference_has_its_row() {
    let (name, needs) = (
        "every_row_of_the_reference_has_its_row",
        "the reference's tables as CSV",
    );
    let facts = testkit::reference(name, "LOCKNUT_SNMP_MAPPINGS", Some("snmp/mappings"), needs);
    let Some(dir) = facts else { return };
    let mibs = CsvLine::read(&dir, "_mibs.csv");
    assert_eq!(mibs.len(), MIBS.len());
    let mut comparison = Comparison::default();
    let mut done = BTreeSet::new();
    for (line, mib) in mibs.iter().zip(MIBS) {
        definition(line, mib, &mut comparison);
        // tables of several definitions are compared once each time they bear another name
        if done.insert((mib.name, line.get("table").to_owned())) {
            let is_first = done
                .iter()
                .filter(|(_, table)| table == line.get("table"))
                .count()
                == 1;
            table(&dir, line, mib, is_first, &mut comparison);
        }
    }
    for (index, deviation) in DEVIATIONS.iter().enumerate() {
        if !comparison.used.contains(&index) {
            let (mib, name, what, _) = deviation;
            comparison
                .wrong
                .push(format!("{mib}: {name}: {what} is no difference any more"));
        }
    }
    println!(
        "{} entries, {} lookup rows, {} alarms compared; {} differ on purpose",
        comparison.entries,
        comparison.lookup_rows,
        comparison.alarms,
        DEVIATIONS.len()
    );
    let wrong = &comparison.wrong;
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(
        comparison.lookup_rows,
        CsvLine::read(&dir, "_lookups.csv").len()
    );
    assert_eq!(comparison.alarms, CsvLine::read(&dir, "_alarms.csv").len());
}

fn definition(line: &CsvLine, mib: &Mib, comparison: &mut Comparison) {
    comparison.same(mib.name, "", "name", mib.name, line.get("mib_name"));
    comparison.same(mib.name, "", "version", mib.version, line.get("version"));
    let sysoid = object(mib.sysoid, 0, None).unwrap().to_string();
    comparison.same(
        mib.name,
        "",
        "sysoid",
        &sysoid,
        line.get("sysoid").trim_start_matches('.'),
    );
}

fn table(dir: &Path, line: &CsvLine, mib: &Mib, is_first: bool, comparison: &mut Comparison) {
    let stem = line.get("c_file").trim_end_matches(".c");
    let lines = CsvLine::read(dir, &format!("{stem}.{}.csv", line.get("table")));
    let ours: Vec<&Row> = mib.rows().collect();
    assert_eq!(ours.len(), lines.len(), "{}", mib.name);
    let lookups = lookups(dir, line.get("c_file"));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &lines {
        let name = line.get("nut_name");
        let nth = seen.entry(name).or_default();
        let renamed = RENAMED
            .iter()
            .find(|(of, theirs, place, _)| (*of, *theirs, *place) == (mib.name, name, *nth));
        let (name_here, nth_here) = match renamed {
            Some((.., ours)) => ((*ours).to_owned(), 0),
            None => (name.replace("%i", "n"), *nth),
        };
        let ours = ours
            .iter()
            .filter(|row| row.name == name_here)
            .nth(nth_here);
        *nth += 1;
        match ours {
            Some(row) => compare(row, line, mib, &lookups, comparison),
            None => comparison
                .wrong
                .push(format!("{}: {name} is missing", mib.name)),
        }
        comparison.entries += usize::from(is_first);
    }
    if !line.get("alarm_table").is_empty() {
        alarms(dir, line, mib, is_first, comparison);
    }
}

fn compare(
    row: &Row,
    line: &CsvLine,
    mib: &Mib,
    lookups: &BTreeMap<String, Vec<CsvLine>>,
    comparison: &mut Comparison,
) {
    let name = line.get("nut_name");
    let is_item = line.has("flags", "OUTLET")
        || line.has("flags", "OUTLET_GROUP")
        || line.has("flags", "AMBIENT");
    let (ours, theirs) = (
        written(row),
        line.get("oid").trim().trim_start_matches('.').to_owned(),
    );
    comparison.same(mib.name, name, "object", &ours, &theirs);
    let is_command = line.get("kind") == "cmd";
    assert_eq!(row.order().is_some(), is_command, "{name}");
    if is_command {
        let (ours, theirs) = (sends(row), line.get("default"));
        comparison.same(mib.name, name, "sends", &ours, theirs);
        return;
    }
    let is_alarms = matches!(row.read, Read::Alarms(..));
    let text = if row.is_text() { "string" } else { "" };
    let writable = if row.is_writable() { "rw" } else { "" };
    comparison.same(mib.name, name, "type", text, line.get("string"));
    comparison.same(mib.name, name, "access", writable, line.get("rw"));
    let size = match row.read {
        Read::Number(factor) => factor.to_string(),
        Read::Text | Read::UsDate => row.len.to_string(),
        _ => line.get("multiplier_or_len").to_owned(),
    };
    comparison.same(
        mib.name,
        name,
        "factor",
        &size,
        line.get("multiplier_or_len"),
    );
    let default = line.text("default").replace("%i", "n");
    if row.is_local() {
        comparison.same(mib.name, name, "value", row.default(), &default);
    }
    let has_object = !line.get("oid").is_empty();
    let is_local = (line.has("flags", "ABSENT") && !(is_item && has_object))
        || (!has_object && !default.is_empty());
    let phases = |side: Side, one: &str, three: &str| match (
        line.has("flags", one),
        line.has("flags", three),
    ) {
        (true, false) => Some((side, 1)),
        (false, true) => Some((side, 3)),
        (true, true) => Some((side, 0)),
        (false, false) => None,
    };
    let of_phases = phases(Side::Input, "INPUT_1", "INPUT_3")
        .or_else(|| phases(Side::Output, "OUTPUT_1", "OUTPUT_3"))
        .or_else(|| phases(Side::Bypass, "BYPASS_1", "BYPASS_3"));
    for (what, ours, theirs) in [
        ("local", row.is_local(), is_local),
        (
            "fixed",
            row.is_fixed(),
            line.has("flags", "STATIC") || is_local,
        ),
        ("seldom", row.is_seldom(), line.has("flags", "SEMI_STATIC")),
        (
            "unless negative",
            row.not_negative(),
            line.has("flags", "NEGINVALID"),
        ),
        (
            "unless zero",
            row.not_zero(),
            line.has("flags", "ZEROINVALID"),
        ),
        ("unless N/A", row.not_na(), line.has("flags", "NAINVALID")),
        ("unique", row.is_unique(), line.has("flags", "UNIQUE")),
        ("ticks", row.is_ticks(), line.has("flags", "TYPE_TIME")),
        (
            "first device",
            row.is_first_device(),
            line.has("flags", "DAISY_MASTER_ONLY"),
        ),
        ("of several", row.kind().is_some(), is_item),
        ("phases", row.phases == of_phases, true),
    ] {
        comparison.same(mib.name, name, what, &ours.to_string(), &theirs.to_string());
    }
    if !is_alarms {
        lookup(row, line, mib, lookups, comparison);
    }
}

/// The object as the facts write it.
fn written(row: &Row) -> String {
    let text = row.oid.replace("n+1", "N");
    let words = text.split('.').map(|word| match word {
        "e" => "1.3.6.1.4.1",
        "m" => "1.3.6.1.2.1",
        "d" | "n" => "%i",
        word => word,
    });
    words.collect::<Vec<_>>().join(".")
}

fn sends(row: &Row) -> String {
    match row.order() {
        Some(Order::Number(number)) => number.to_string(),
        Some(Order::Asked) | None => String::new(),
        Some(order) => format!("{order:?}"),
    }
}

/// The lookups of one of C's files, and those for all.
fn lookups(dir: &Path, file: &str) -> BTreeMap<String, Vec<CsvLine>> {
    let mut lookups: BTreeMap<String, Vec<CsvLine>> = BTreeMap::new();
    for line in CsvLine::read(dir, "_lookups.csv") {
        if [file, "snmp-ups-helpers.c"].contains(&line.get("c_file")) {
            lookups
                .entry(line.get("lookup").to_owned())
                .or_default()
                .push(line);
        }
    }
    lookups
}

fn lookup(
    row: &Row,
    line: &CsvLine,
    mib: &Mib,
    lookups: &BTreeMap<String, Vec<CsvLine>>,
    comparison: &mut Comparison,
) {
    let name = line.get("lookup");
    if name.is_empty() {
        assert!(row.texts().is_empty(), "{}: {}", mib.name, row.name);
        return;
    }
    let rows = lookups.get(name).unwrap_or_else(|| panic!("{name}"));
    let first = &rows[0];
    if !first.get("function_to_string").is_empty() || !first.get("function_to_long").is_empty() {
        let is_function = matches!(
            row.read,
            Read::UsDate | Read::SensorUnit | Read::SensorTemperature | Read::Listed
        );
        assert!(
            is_function && row.texts().is_empty(),
            "{}: {}",
            mib.name,
            row.name
        );
        comparison.counted(first.get("c_file"), name, rows.len());
        return;
    }
    texts(mib, name, row.texts(), rows, comparison);
    comparison.counted(first.get("c_file"), name, rows.len());
}

fn texts(mib: &Mib, name: &str, ours: Texts, theirs: &[CsvLine], comparison: &mut Comparison) {
    let ours: Vec<String> = ours
        .iter()
        .map(|(number, text)| format!("{number} {text}"))
        .collect();
    let theirs: Vec<String> = theirs
        .iter()
        // what C takes for the end
        .filter(|line| line.get("nut_value") != "NULL")
        .map(|line| format!("{} {}", line.get("snmp_value"), line.text("nut_value")))
        .collect();
    for text in theirs.iter().filter(|text| !ours.contains(text)) {
        let number = text.split(' ').next().unwrap_or_default();
        let what = if ours
            .iter()
            .any(|ours| ours.starts_with(&format!("{number} ")))
            && !text.starts_with("11 OL")
        {
            number
        } else {
            text
        };
        comparison.differs(mib.name, name, what, "another text or none", text);
    }
    for text in ours.iter().filter(|text| !theirs.contains(text)) {
        let number = text.split(' ').next().unwrap_or_default();
        comparison.differs(mib.name, name, number, text, "another text or none");
    }
}

fn alarms(dir: &Path, line: &CsvLine, mib: &Mib, _: bool, comparison: &mut Comparison) {
    let table = line.get("alarm_table");
    let theirs: Vec<CsvLine> = CsvLine::read(dir, "_alarms.csv")
        .into_iter()
        .filter(|line| line.get("alarm_table") == table)
        .collect();
    let ours = mib.rows().find_map(|row| match row.read {
        Read::Alarms(list) => Some(list.known),
        _ => None,
    });
    comparison.alarms += theirs.len();
    let Some(ours) = ours else {
        // no entry of C's table refers to them, and what their objects say nobody knows
        assert_eq!((table, theirs.len()), ("vertiv_alarms", 7));
        return;
    };
    assert_eq!(ours.len(), theirs.len(), "{table}");
    for ((object_name, status, text), line) in ours.iter().zip(&theirs) {
        let oid = object(object_name, 0, None).unwrap().to_string();
        let theirs = (
            line.get("oid").trim_start_matches('.'),
            line.text("status"),
            line.text("alarm"),
        );
        assert_eq!((oid.as_str(), *status, *text), theirs, "{table}");
    }
}
