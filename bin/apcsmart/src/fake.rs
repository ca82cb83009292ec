//! A unit for tests: what it answers, letter by letter, and what can go wrong on the way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use serial::Simulated;

/// What happens to one write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The unit does not hear it.
    Deaf,
    /// Its answer is lost.
    Lost,
    /// Its answer is noise.
    Noise,
    /// Its answer has no end.
    Cut,
    /// It says that it does not know that.
    Na,
    /// It is switched off and on again.
    Restart,
}

impl Trouble {
    pub(crate) const ALL: [Self; 6] = [
        Self::Deaf,
        Self::Lost,
        Self::Noise,
        Self::Cut,
        Self::Na,
        Self::Restart,
    ];
}

/// What the unit waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Want {
    #[default]
    Letter,
    /// So many characters of a text for this letter.
    Text(u8, Vec<u8>),
    /// Digits of a delay.
    Delay(Vec<u8>),
}

/// The unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) smart: bool,
    pub(crate) status: u8,
    /// Answers by letter.
    pub(crate) values: BTreeMap<Vec<u8>, String>,
    /// Values that a letter rotates through.
    pub(crate) rings: BTreeMap<u8, Vec<&'static str>>,
    /// Letters that are commands, with what they answer.
    pub(crate) commands: BTreeMap<u8, &'static str>,
    /// Digits of a delay.
    pub(crate) digits: usize,
    pub(crate) want: Want,
    /// Alerts for the middle of the next answer.
    pub(crate) alerts: Vec<u8>,
    /// All that was written, each write by itself.
    pub(crate) heard: Vec<Vec<u8>>,
    /// What goes wrong with which write, counted from 0.
    pub(crate) trouble: Option<(usize, Trouble)>,
    pub(crate) last: u8,
}

/// A unit and the line to it.
#[derive(Clone)]
pub(crate) struct Fake(Arc<Mutex<State>>);

impl Fake {
    pub(crate) fn new(state: State) -> Self {
        Self(Arc::new(Mutex::new(state)))
    }

    /// A Smart-UPS of the third generation.
    pub(crate) fn smart_ups() -> Self {
        let answers = [
            (&b"\x01"[..], "SMART-UPS 1400"),
            (b"V", "GWI"),
            (b"b", "70.11.I"),
            (b"a", "3.!$%+?=#|.\x01\x0e\x1a-ABCDEKLPQRSUVWXYZ@abcfjkqyz"),
            (b"\x1a", "#k4410TLNq432020508"),
            (b"C", "036.9"),
            (b"P", "017.4"),
            (b"L", "229.3"),
            (b"B", "27.60"),
            (b"f", "100.0"),
            (b"j", "0056:"),
            (b"q", "02"),
            (b"k", "0"),
            (b"c", "UPS_IDEN"),
            (b"X", "NO"),
            (b"E", "336"),
        ];
        let values = answers.map(|(letter, answer)| (letter.to_vec(), answer.to_owned()));
        Self::new(State {
            status: 0x08,
            values: values.into(),
            rings: [
                (b'k', vec!["0", "T", "L", "N"]),
                (b'q', vec!["02", "05", "08"]),
            ]
            .into(),
            commands: [
                (b'A', "OK"),
                (b'D', "OK"),
                (b'K', "OK"),
                (b'S', "OK"),
                (b'U', "OK"),
                (b'W', "OK"),
                (b'Z', ""),
                (0x0E, ""),
                (b'@', "OK"),
            ]
            .into(),
            digits: 3,
            ..State::default()
        })
    }

    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state())
    }

    pub(crate) fn set(&self, letter: &[u8], answer: &str) {
        self.with(|state| state.values.insert(letter.to_vec(), answer.to_owned()));
    }

    pub(crate) fn remove(&self, letter: &[u8]) {
        self.with(|state| state.values.remove(letter));
    }

    /// What was written since this was asked, as text.
    pub(crate) fn heard(&self) -> String {
        let heard = self.with(|state| std::mem::take(&mut state.heard));
        heard.concat().escape_ascii().to_string()
    }

    /// A line to it.
    pub(crate) fn line(&self) -> Simulated {
        let fake = self.clone();
        Simulated::new(move |bytes| fake.state().hear(bytes))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

impl State {
    fn hear(&mut self, bytes: &[u8]) -> Vec<u8> {
        let now = self.heard.len();
        self.heard.push(bytes.to_vec());
        let trouble = self
            .trouble
            .filter(|(at, _)| *at == now)
            .map(|(_, trouble)| trouble);
        match trouble {
            Some(Trouble::Deaf) => return Vec::new(),
            Some(Trouble::Restart) => {
                (self.smart, self.want) = (false, Want::Letter);
                return Vec::new();
            }
            Some(Trouble::Na) => return b"NA\r\n".to_vec(),
            _ => {}
        }
        let mut answer = self.answer(bytes);
        let alerts = std::mem::take(&mut self.alerts);
        let middle = answer.len() / 2;
        answer.splice(middle..middle, alerts);
        match trouble {
            Some(Trouble::Lost) => Vec::new(),
            Some(Trouble::Noise) if !answer.is_empty() => b"\xa5@~\x80\r\n".to_vec(),
            Some(Trouble::Cut) => answer.into_iter().filter(|byte| *byte != b'\n').collect(),
            _ => answer,
        }
    }

    fn answer(&mut self, bytes: &[u8]) -> Vec<u8> {
        let line = |text: &str| {
            if text.is_empty() {
                Vec::new()
            } else {
                format!("{text}\r\n").into_bytes()
            }
        };
        match std::mem::take(&mut self.want) {
            Want::Text(letter, text) => return line(self.take_text(letter, text, bytes)),
            Want::Delay(digits) => return line(self.take_digits(digits, bytes)),
            Want::Letter => {}
        }
        if bytes == b"Y" {
            self.smart = true;
            return line("SM");
        }
        if !self.smart {
            return Vec::new();
        }
        if let Some(answer) = self.values.get(bytes) {
            self.last = bytes.first().copied().unwrap_or_default();
            return format!("{answer}\r\n").into_bytes();
        }
        match bytes {
            b"Q" => line(&format!("{:02X}", self.status)),
            b"R" => {
                self.smart = false;
                line("BYE")
            }
            b"-" => line(self.edit()),
            b"@" if self.commands.contains_key(&b'@') => {
                self.want = Want::Delay(Vec::new());
                Vec::new()
            }
            [b'K' | b'Z' | 0x0E]
                if self.heard.iter().rev().nth(1).map(Vec::as_slice) != Some(bytes) =>
            {
                Vec::new()
            }
            [letter] => line(self.commands.get(letter).copied().unwrap_or("NA")),
            _ => line("NA"),
        }
    }

    fn edit(&mut self) -> &'static str {
        let last = self.last;
        if let Some(ring) = self.rings.get(&last) {
            let now = self.values.get(&vec![last]).cloned().unwrap_or_default();
            let at = ring
                .iter()
                .position(|value| *value == now)
                .map_or(0, |at| (at + 1) % ring.len());
            self.values.insert(vec![last], ring[at].to_owned());
            return "OK";
        }
        if last == b'c' {
            self.want = Want::Text(last, Vec::new());
            return "";
        }
        "NO"
    }

    fn take_text(&mut self, letter: u8, mut text: Vec<u8>, bytes: &[u8]) -> &'static str {
        text.extend(bytes);
        if text.len() < 8 {
            self.want = Want::Text(letter, text);
            return "";
        }
        let text = String::from_utf8_lossy(&text)
            .trim_end_matches('\r')
            .to_owned();
        self.values.insert(vec![letter], text);
        "OK"
    }

    fn take_digits(&mut self, mut digits: Vec<u8>, bytes: &[u8]) -> &'static str {
        digits.extend(bytes);
        if !digits.iter().all(u8::is_ascii_digit) {
            return "NO";
        }
        if digits.len() < self.digits {
            self.want = Want::Delay(digits);
            return "";
        }
        self.commands.get(&b'@').copied().unwrap_or_default()
    }
}
