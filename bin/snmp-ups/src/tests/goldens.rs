//! Recorded devices: what clients see of them, and what is sent to them, compared with what C NUT makes of them.
//!
//! `LOCKNUT_SNMP_DEVICES` names a directory with `data/*.snmprec` and `golden/*.state`, `golden/*.actions`: the state that C's driver published,
//! and what it sent for each command and setting. Every difference has to be one of those that are listed here; the README says why they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use driver::testing::Published;
use driver::{Depth, Driver, Report, Settings};
use proto::Outcome;
use snmp::{Simulated, Value};

use super::accepted::{Differences, Kind};
use crate::driver::{Open, SnmpUps};

fn devices(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/devices/snmp");
    let dir = std::env::var_os("LOCKNUT_SNMP_DEVICES").map_or(beside, PathBuf::from);
    if dir.join("golden").is_dir() {
        return Some(dir);
    }
    testkit::skipped(
        name,
        "recorded devices and what C NUT made of them, in the directory that LOCKNUT_SNMP_DEVICES names",
    );
    None
}

/// A driver on a recorded device that was read once.
struct Lab {
    agent: Simulated,
    driver: SnmpUps,
    published: Published,
}

impl Lab {
    fn new(rec: &str) -> Result<Self, String> {
        let agent = Simulated::new(rec).map_err(|error| error.to_string())?;
        let settings = Settings::default();
        let handle = agent.clone();
        let open: Open = Arc::new(move |_, _| Ok(Box::new(handle.clone())));
        let mut driver = SnmpUps::find(open, &settings).map_err(|error| error.to_string())?;
        let mut published = Published::default();
        let mut report = Report::default();
        report.set("device.type", "ups");
        driver
            .identify(&mut report)
            .map_err(|error| error.to_string())?;
        published.tell(report);
        let mut report = Report::default();
        driver
            .poll(Depth::Full, &mut report)
            .map_err(|error| error.to_string())?;
        published.apply(report);
        let _ = agent.sets();
        Ok(Self {
            agent,
            driver,
            published,
        })
    }

    /// The result of `INSTCMD NAME` or `SET NAME "VALUE"`, and the objects that were set.
    fn act(&mut self, words: &str) -> (u8, Vec<String>) {
        let mut report = Report::default();
        let outcome = match words.split_once(' ').unwrap() {
            ("INSTCMD", "shutdown.default") => self.driver.shut_down(),
            ("INSTCMD", name) => self.driver.command(name, None, &mut report),
            (_, rest) => {
                let (name, value) = rest.split_once(' ').unwrap();
                self.driver.set(name, value.trim_matches('"'), &mut report)
            }
        };
        let number = match outcome.unwrap() {
            Outcome::Handled => 0,
            Outcome::Unknown => 1,
            Outcome::Invalid => 2,
            Outcome::Failed | Outcome::Pending => 3,
            Outcome::Unconvertible => 4,
        };
        let sets = self.agent.sets();
        let sets = sets
            .iter()
            .map(|(oid, value)| format!("{oid} {}", shown(value)));
        (number, sets.collect())
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Integer(number) => format!("2 {number}"),
        Value::Text(bytes) => format!("4 {}", String::from_utf8_lossy(bytes)),
        Value::Oid(oid) => format!("6 {oid}"),
        Value::Gauge32(number) => format!("66 {number}"),
        Value::TimeTicks(ticks) => format!("67 {ticks}"),
        other => format!("{other:?}"),
    }
}

fn lines(dump: &str) -> BTreeSet<String> {
    // a value with a line break goes on in the next line
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in dump.lines() {
        match lines.last_mut().filter(|_| is_open) {
            Some(last) => {
                last.push_str("\\n");
                last.push_str(line);
            }
            None => lines.push(line.to_owned()),
        }
        let last = lines.last().map_or("", String::as_str);
        is_open = last.starts_with("SETINFO ") && !last.ends_with('"');
    }
    let is_told = |line: &String| {
        let word = line.split(' ').next().unwrap_or_default();
        let kinds = [
            "SETINFO", "SETFLAGS", "SETAUX", "ADDENUM", "ADDRANGE", "ADDCMD",
        ];
        let is_driver = line.contains(" driver.") || line == "ADDCMD shutdown.default";
        kinds.contains(&word) && !is_driver
    };
    lines.into_iter().filter(is_told).collect()
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join("golden")).unwrap();
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            name.strip_suffix(".state").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

fn read(dir: &Path, path: &str) -> String {
    let path = dir.join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn recorded_devices_look_as_with_c() {
    let Some(dir) = devices("recorded_devices_look_as_with_c") else {
        return;
    };
    let names = names(&dir);
    let mut differences = Differences::new(Kind::State);
    for name in &names {
        let golden = lines(&read(&dir, &format!("golden/{name}.state")));
        let lab = Lab::new(&read(&dir, &format!("data/{name}.snmprec")));
        let state = match &lab {
            Ok(lab) => lines(&lab.published.dump()),
            Err(error) => BTreeSet::from([format!("ERROR {error}")]),
        };
        let missing = golden.difference(&state).map(|line| format!("-{line}"));
        let more = state.difference(&golden).map(|line| format!("+{line}"));
        differences.of(name, missing.chain(more));
    }
    differences.told(names.len());
}

/// One line of an `.actions` file: what was done, its result, and the objects that were set.
fn action(line: &str) -> (String, String, Vec<String>) {
    let line: BTreeMap<String, serde_json::Value> = serde_json::from_str(line).unwrap();
    let text = |name: &str| line[name].as_str().unwrap().to_owned();
    let set = |set: &serde_json::Value| {
        let word = |index: usize| match &set[index] {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let done = format!(
            "{} {} {}",
            word(0).trim_start_matches('.'),
            word(1),
            word(2)
        );
        (word(3) == "ok").then_some(done)
    };
    let sets = line["sets"].as_array().unwrap().iter().filter_map(set);
    (text("do"), text("result"), sets.collect())
}

#[test]
fn recorded_devices_are_told_what_c_tells_them() {
    let Some(dir) = devices("recorded_devices_are_told_what_c_tells_them") else {
        return;
    };
    let names = names(&dir);
    let mut differences = Differences::new(Kind::Actions);
    for name in &names {
        let rec = read(&dir, &format!("data/{name}.snmprec"));
        let Ok(mut lab) = Lab::new(&rec) else {
            continue;
        };
        let mut found = Vec::new();
        for line in read(&dir, &format!("golden/{name}.actions")).lines() {
            let (words, result, sets) = action(line);
            if words.contains(" driver.") {
                continue;
            }
            let (ours, our_sets) = lab.act(&words);
            if ours.to_string() != result || our_sets != sets {
                found.push(format!("{words}: {result} {sets:?}; {ours} {our_sets:?}"));
            }
        }
        differences.of(name, found.into_iter());
    }
    differences.told(names.len());
}
