//! A whole driver of the Megatec family on a device that begins well and then says anything.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use driver::testing::Published;
use driver::{Clock, Depth, Driver, Settings};
use recording::Recording;
use serial::Simulated;
use serial::traffic::{Answer, Call};

/// Recordings of devices, of each dialect one at least.
const RECORDINGS: &[&str] = &[
    include_str!("../../../bin/nutdrv_qx/tests/recordings/mecer.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/mecer-p98.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/megatec.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/megatec-old.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/megatec-serial.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/mustek.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/q1.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/voltronic-p01.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/voltronic-p10.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/voltronic-p31.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/voltronic-qs.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/zinto.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/ablerex.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/bestups.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/gtec.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/hunnox.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/innovart31.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/innovart33.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/innovatae.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/masterguard.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/masterguard-e.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/omron.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/q2.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/q6.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/voltronic-axpert.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/voltronic-qs-hex.rec"),
    include_str!("../../../bin/nutdrv_qx/tests/recordings/voltronic-qs-hex-t.rec"),
];

/// The words that may stand in `ups.status` of such a device.
const STATUS: &[&str] = &[
    "ALARM", "OL", "OB", "DISCHRG", "CHRG", "LB", "OVER", "RB", "TRIM", "BOOST", "BYPASS", "OFF",
    "CAL", "FSD",
];

/// Requests and their first answers.
type Answers = BTreeMap<Vec<u8>, Vec<u8>>;

/// A device, and what ups.conf said of it.
struct Device {
    answers: Answers,
    options: Vec<(String, Option<String>)>,
}

static DEVICES: LazyLock<Vec<Device>> =
    LazyLock::new(|| RECORDINGS.iter().map(|text| device(text)).collect());

fn device(text: &str) -> Device {
    let recording = Recording::parse(text).expect("a recording of ours");
    let mut answers = Answers::new();
    for exchange in serial::traffic::all(&recording).expect("a recording of ours") {
        if let (Call::Ask(request), Answer::Bytes(answer)) = (exchange.call, exchange.answer) {
            answers.entry(request).or_insert(answer);
        }
    }
    Device {
        answers,
        options: recording.head.options,
    }
}

/// How the device answers from some time on.
#[derive(Clone, Default)]
struct Mood(Arc<Mutex<Option<std::vec::IntoIter<u8>>>>);

impl Mood {
    fn set(&self, bytes: Vec<u8>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes.into_iter());
    }

    /// The right answer, the beginning of it, one with other bytes in it, or anything.
    fn answer(&self, right: &[u8]) -> Vec<u8> {
        let mut mood = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(bytes) = mood.as_mut() else {
            return right.to_vec();
        };
        let length = usize::from(bytes.next().unwrap_or_default());
        match bytes.next().unwrap_or_default() {
            0..64 => right.to_vec(),
            64..112 => right.iter().copied().take(length).chain([b'\r']).collect(),
            112..176 => {
                let others = bytes.by_ref().take(length % 8).collect::<Vec<u8>>();
                let mut answer = right.to_vec();
                let at = length % answer.len().max(1);
                answer.splice(at..(at + others.len()).min(answer.len()), others);
                answer
            }
            176.. => bytes.by_ref().take(length).chain([b'\r']).collect(),
        }
    }
}

/// Answers of any bytes make a status of known words and values that fit into a line; commands and settings are refused or
/// performed. The first byte chooses the device, the second how much of its beginning is right.
pub fn check_qx_answers(bytes: &[u8]) {
    let (&[first, begins], rest) = bytes.split_first_chunk().unwrap_or((&[0, 0], &[]));
    let Some(device) = DEVICES.get(usize::from(first) % DEVICES.len()) else {
        return;
    };
    let mood = Mood::default();
    let rest = rest.to_vec();
    if begins >= 192 {
        mood.set(rest.clone());
    }
    let mut settings = Settings {
        clock: Clock::standing(),
        poll_interval: Duration::from_secs(2),
        options: device.options.clone(),
        ..Settings::default()
    };
    // a dialect that is named cannot be missed; those that are found out are, at times
    for (name, value) in [("pollfreq", "1"), ("runtimecal", "240,100,720,50")] {
        let option = (name.to_owned(), Some(value.to_owned()));
        settings.options.push(option);
    }
    let told = mood.clone();
    let line = move || -> Box<dyn serial::Line> {
        let (answers, mood) = (device.answers.clone(), told.clone());
        Box::new(Simulated::new(move |request| {
            let right = answers.get(request).map(Vec::as_slice);
            mood.answer(right.unwrap_or(request))
        }))
    };
    let Ok(mut driver) = nutdrv_qx::find(line, &settings) else {
        return;
    };
    if begins >= 96 {
        mood.set(rest.clone());
    }
    let mut published = Published::default();
    published.after(|report| _ = driver.identify(report));
    mood.set(rest.clone());
    for _ in 0..4 {
        settings.clock.sleep(Duration::from_secs(3));
        published.after(|report| _ = driver.poll(Depth::Full, report));
        holds(&published);
    }
    act(&mut *driver, &mut published, &rest);
    holds(&published);
}

fn act(driver: &mut dyn Driver, published: &mut Published, bytes: &[u8]) {
    let commands: Vec<String> = published.tree().commands().map(str::to_owned).collect();
    let text = String::from_utf8_lossy(bytes.get(..6).unwrap_or_default()).into_owned();
    for command in &commands {
        published.after(|report| {
            _ = driver.command(command, Some(&text), report);
            _ = driver.command(command, None, report);
        });
    }
    let variables: Vec<String> = published
        .tree()
        .iter()
        .map(|(name, _)| name.to_owned())
        .collect();
    for var in variables {
        published.after(|report| {
            _ = driver.set(&var, &text, report);
            _ = driver.set(&var, "42", report);
        });
    }
    let _ = driver.shut_down();
}

fn holds(published: &Published) {
    let status = published.value("ups.status").unwrap_or_default();
    for word in status.split_whitespace() {
        assert!(STATUS.contains(&word), "{word:?}");
    }
    for (name, variable) in published.tree().iter() {
        let value = variable.value.as_str();
        assert!(value.len() < 512, "{name}: {value}");
        let is_text = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        assert!(is_text, "{name}: {value:?}");
        let is_number = name.contains("voltage") || name.starts_with("battery.charge");
        assert!(
            !is_number || value.parse::<f64>().is_ok_and(f64::is_finite),
            "{name}: {value:?}"
        );
    }
}
