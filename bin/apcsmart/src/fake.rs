//! A unit for tests: what it answers, letter by letter, and what can go wrong on the way.

mod trouble;
mod wire;

pub(crate) use trouble::{At, BYTE, Trouble};
pub(crate) use wire::Wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use driver::Clock;
use serial::{Piece, Signal};

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
    /// When each write came.
    pub(crate) times: Vec<Duration>,
    /// What goes wrong, and when.
    pub(crate) trouble: Option<(At, Trouble)>,
    /// What it says by itself.
    pub(crate) says: Vec<u8>,
    /// How the outputs of the line were switched.
    pub(crate) outputs: Vec<(Signal, bool)>,
    /// The port was pulled.
    pub(crate) gone: bool,
    /// It answers nothing at all.
    pub(crate) silent: bool,
    pub(crate) last: u8,
}

/// What the letters of the unit's EEPROM rotate through.
#[rustfmt::skip]
pub(crate) const RINGS: &[(u8, &[&str])] = &[
    (b'u', &["253", "257", "261", "265"]),
    (b'l', &["208", "204", "200", "196"]),
    (b'e', &["00", "15", "30"]),
    (b'o', &["220", "225", "230", "240"]),
    (b's', &["H", "M", "L", "A"]),
    (b'q', &["02", "05", "08"]),
    (b'p', &["020", "060", "180"]),
    (b'k', &["0", "T", "L", "N"]),
    (b'r', &["000", "060", "180"]),
    (b'E', &["336", "168", "ON ", "OFF"]),
];
const CAPABILITIES: &str = "#uI43253257261265lI43208204200196e432001530oI43220225230240s441HMLAq432020508p433020060180k4410TLNr433000060180E443336168ON OFF";

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
            (
                b"a",
                "3.!$%+?=#|.\x01\x0e\x1a-ABCDEKLPQRSUVWXYZ@abcefjklopqrsuxyz",
            ),
            (b"\x1a", CAPABILITIES),
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
            (b"x", "03/14/99"),
            (b"u", "253"),
            (b"l", "208"),
            (b"e", "00"),
            (b"o", "230"),
            (b"s", "H"),
            (b"p", "020"),
            (b"r", "000"),
        ];
        let values = answers.map(|(letter, answer)| (letter.to_vec(), answer.to_owned()));
        Self::new(State {
            status: 0x08,
            values: values.into(),
            rings: RINGS
                .iter()
                .map(|(letter, ring)| (*letter, ring.to_vec()))
                .collect(),
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
        act(&mut self.0.lock().unwrap())
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

    /// What comes back for a write, byte by byte.
    fn hear(&self, request: &[u8], now: Duration) -> Vec<Piece> {
        let (answer, delay, each) = self.with(|state| {
            state.times.push(now);
            state.hear(request)
        });
        let mut pieces: Vec<Piece> = answer.iter().map(|byte| (each, vec![*byte])).collect();
        if let Some((pause, _)) = pieces.first_mut() {
            *pause += delay;
        }
        pieces
    }

    /// A line to it.
    pub(crate) fn line(&self, clock: &Clock) -> Wire {
        Wire::new(self.clone(), clock.clone())
    }

    /// From now on there is this trouble.
    pub(crate) fn trouble(&self, at: At, trouble: Trouble) {
        self.with(|state| state.trouble = Some((at, trouble)));
    }

    /// There is no trouble any more.
    pub(crate) fn peace(&self) {
        self.with(|state| state.trouble = None);
    }
}

impl State {
    /// What comes back for a write, after which time, and how long each byte takes.
    fn hear(&mut self, bytes: &[u8]) -> (Vec<u8>, Duration, Duration) {
        let now = self.heard.len();
        self.heard.push(bytes.to_vec());
        let trouble = match &self.trouble {
            Some((At::Write(at), trouble)) if *at == now => Some(*trouble),
            Some((At::Letter(letter), trouble)) if letter == bytes => Some(*trouble),
            _ => None,
        };
        let mut answer = match trouble {
            Some(Trouble::Deaf | Trouble::Na | Trouble::No | Trouble::Echo) => Vec::new(),
            Some(Trouble::Restart) => {
                (self.smart, self.want) = (false, Want::Letter);
                Vec::new()
            }
            Some(Trouble::Pulled) => {
                self.gone = true;
                Vec::new()
            }
            _ => self.answer(bytes),
        };
        let alerts = std::mem::take(&mut self.alerts);
        let middle = answer.len() / 2;
        answer.splice(middle..middle, alerts);
        match trouble {
            Some(trouble) => trouble.spoil(bytes, answer),
            None => (answer, Duration::ZERO, BYTE),
        }
    }

    fn answer(&mut self, bytes: &[u8]) -> Vec<u8> {
        if self.silent {
            return Vec::new();
        }
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
        if matches!(last, b'c' | b'x') {
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
