//! What the lines of a [`recording`] say about USB: who was opened, calls, answers.
//!
//! ```text
//! @ usb 051d 0002 0106
//! @ vendor "American Power Conversion"
//! @ product "Back-UPS ES"
//! @ serial "XXXX  "
//! @ interface 0 in 81 out - descriptor 0
//! @ extra 09 21 10 01 00 01 22 8f 03
//! @ at 1 4 1.2
//! > get a1 01 030c 0000 64
//! < 0c 64
//! > set 21 09 0315 0000 15 ff ff
//! < 3
//! > interrupt 8
//! < !overflow
//! > send 80 06 03 03 51 31 00 2f
//! < 8
//! > string 4
//! < "PbAc"
//! > reset
//! < ok
//! ```
//!
//! A line `answers` behind `interface` tells that interrupt reports answer what was written before them, and that all are written
//! down, silence, too. Without it they are what the device says by itself, and what only repeats is left out.
//! A line `packet 64` there `interface` tells the size of packets of its endpoint, where it is known.
//! Bytes are hexadecimal; the last number of `get` and `interrupt` is the buffer's length in decimal. An answer that begins with
//! `!` is an error's name. Letters and digits of the serial number are written as `X`: recordings are made to be published.

mod parse;

use std::fmt;

use crate::device::{Interface, Setup};
use crate::identity::Identity;

/// What a driver asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// A control request that reads at most so many bytes.
    Get(Setup, usize),
    /// A control request that writes these bytes.
    Set(Setup, Vec<u8>),
    /// An interrupt report of at most so many bytes.
    Interrupt(usize),
    /// Bytes to the interrupt endpoint towards the device.
    Send(Vec<u8>),
    /// A string.
    String(u8),
    /// A reset of the port.
    Reset,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Bytes that were read.
    Bytes(Vec<u8>),
    /// How many bytes were written.
    Taken(usize),
    /// A string.
    Text(String),
    /// Done.
    Ok,
    /// It failed; the error's name.
    Failed(String),
}

/// One call and its answer.
pub type Exchange = recording::Exchange<Call>;

/// Says that interrupt reports are answers.
pub(crate) const ANSWERS: &str = "answers";

/// A device as it was from one opening to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Number of the step in which it was opened, from 0.
    pub step: usize,
    /// Who it is.
    pub identity: Identity,
    /// What was claimed.
    pub interface: Interface,
    /// Whether its interrupt reports answer what was written before them.
    pub answers: bool,
    /// What was said.
    pub exchanges: Vec<Exchange>,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Get(setup, length) => write!(f, "get {setup} {length}"),
            Self::Set(setup, data) => write!(f, "set {setup}{}", Hex(data, " ")),
            Self::Interrupt(length) => write!(f, "interrupt {length}"),
            Self::Send(data) => write!(f, "send{}", Hex(data, " ")),
            Self::String(index) => write!(f, "string {index}"),
            Self::Reset => f.write_str("reset"),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{}", Hex(bytes, "")),
            Self::Taken(length) => write!(f, "{length}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Ok => f.write_str("ok"),
            Self::Failed(word) => write!(f, "!{word}"),
        }
    }
}

/// Bytes in hexadecimal with blanks between, and something in front if there are any.
struct Hex<'a>(&'a [u8], &'a str);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            write!(f, "{}{byte:02x}", if index == 0 { self.1 } else { " " })?;
        }
        Ok(())
    }
}

/// The lines that say who was opened. The serial number is as it is: see [`blank`].
#[must_use]
pub fn who(identity: &Identity, interface: &Interface) -> Vec<String> {
    let (vid, pid, release) = (identity.vid, identity.pid, identity.release);
    let mut lines = vec![format!("usb {vid:04x} {pid:04x} {release:04x}")];
    let strings = [
        ("vendor", &identity.vendor),
        ("product", &identity.product),
        ("serial", &identity.serial),
    ];
    let told = |(name, text): (&str, &Option<String>)| Some(format!("{name} {:?}", text.as_ref()?));
    lines.extend(strings.into_iter().filter_map(told));
    let endpoint = |address: Option<u8>| {
        address.map_or_else(|| "-".to_owned(), |address| format!("{address:02x}"))
    };
    lines.push(format!(
        "interface {} in {} out {} descriptor {}",
        interface.number,
        endpoint(interface.endpoint_in),
        endpoint(interface.endpoint_out),
        interface.descriptor_index
    ));
    if interface.packet_in != 0 {
        lines.push(format!("packet {}", interface.packet_in));
    }
    if !interface.extra.is_empty() {
        lines.push(format!("extra {}", Hex(&interface.extra, "")));
    }
    lines
}

/// The line that says where it is plugged in.
#[must_use]
pub fn place(identity: &Identity) -> String {
    let ports: Vec<String> = identity.ports.iter().map(u8::to_string).collect();
    let ports = if ports.is_empty() {
        "-".to_owned()
    } else {
        ports.join(".")
    };
    format!("at {} {} {ports}", identity.bus, identity.address)
}

/// A serial number that is nobody's: its length, blanks and odd characters stay.
#[must_use]
pub fn blank(serial: &str) -> String {
    let hide = |c: char| if c.is_alphanumeric() { 'X' } else { c };
    serial.chars().map(hide).collect()
}

#[cfg(test)]
mod tests;
