//! Devices for the tests: what recordings of each dialect say, moment by moment.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use recording::Recording;
use serial::traffic::{Answer, Call};

/// Requests and answers, with their ends.
pub(crate) type Answers = BTreeMap<Vec<u8>, Vec<u8>>;

/// A device.
pub(crate) struct Device {
    pub(crate) name: String,
    options: Vec<(String, Option<String>)>,
    /// What it is asked while it is read, in order.
    pub(crate) requests: Vec<Vec<u8>>,
    /// What it answers, from well to worse and well again.
    pub(crate) moments: Vec<Answers>,
}

impl Device {
    /// All that are recorded.
    pub(crate) fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
        let files = fs::read_dir(folder).unwrap();
        let mut paths: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "rec"));
        paths.sort();
        let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
        let load = |path: &Path| Self::load(name(path), &fs::read_to_string(path).unwrap());
        let all: Vec<Self> = paths.iter().filter_map(|path| load(path)).collect();
        assert!(all.len() >= nutdrv_qx::protocols().count());
        all
    }

    /// Nothing if it is not on a serial line.
    fn load(name: String, text: &str) -> Option<Self> {
        let recording = Recording::parse(text).unwrap();
        let exchanges = serial::traffic::all(&recording).ok()?;
        let mut device = Self {
            name,
            options: recording.head.options.clone(),
            requests: Vec::new(),
            moments: vec![Answers::new()],
        };
        for exchange in exchanges {
            let words = &recording.steps[exchange.step].words;
            let is_read = ["open", "identify", "poll"].contains(&words[0].as_str());
            if let (Call::Ask(request), Answer::Bytes(answer)) = (exchange.call, exchange.answer) {
                device.learn(request, answer, is_read);
            }
        }
        Some(device)
    }

    fn learn(&mut self, request: Vec<u8>, answer: Vec<u8>, is_read: bool) {
        let last = self.moments.last().unwrap();
        if last.get(&request).is_some_and(|known| *known == answer) {
            return;
        }
        if last.contains_key(&request) {
            let mut next = last.clone();
            next.insert(request.clone(), answer);
            self.moments.push(next);
        } else {
            // so it was from the beginning
            let moments = self.moments.iter_mut();
            moments.for_each(|moment| _ = moment.insert(request.clone(), answer.clone()));
        }
        if is_read && !self.requests.contains(&request) {
            self.requests.push(request);
        }
    }

    /// What ups.conf says of it; its dialect is named.
    pub(crate) fn options(&self) -> Vec<(String, Option<String>)> {
        let mut options = self.options.clone();
        if !options.iter().any(|(name, _)| name == "protocol") {
            let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
            let expected = fs::read_to_string(expected.join(&self.name).with_extension("expected"));
            let expected = expected.unwrap();
            let title = expected
                .split("SETINFO driver.version.data \"")
                .nth(1)
                .unwrap();
            let name = title.split(' ').next().unwrap().to_owned();
            options.push(("protocol".to_owned(), Some(name)));
        }
        options
    }
}
