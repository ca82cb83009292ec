//! The text of a recording: who the device is, and everything that was said, in order.
//!
//! ```text
//! locknut-usb 1
//! # made with usbhid-ups of ...
//! id 051d 0002 0106
//! at 1 4 1.2
//! vendor "American Power Conversion"
//! product "Back-UPS ES"
//! serial "9B00  "
//! interface 0 in 81 out - descriptor 0
//! extra 09 21 10 01 00 01 22 8f 03
//!
//! > get a1 01 030c 0000 64
//! < 0c 64
//! > set 21 09 0315 0000 15 ff ff
//! < 3
//! > interrupt 8
//! < !timeout
//! > send 80 06 03 03 51 31 00 2f
//! < 8
//! > string 4
//! < "PbAc"
//! > reset
//! < ok
//! ```
//!
//! A line `packet 64` behind `interface` tells the size of packets of its endpoint, where it is known.
//! Bytes are hexadecimal; the last number of `get` and `interrupt` is the buffer's length in decimal. An answer that begins with
//! `!` is an error's name. `#` begins a comment line. Texts are quoted as Rust quotes them. Nothing is said about time.

mod parse;

use std::fmt;
use std::fmt::Write as _;

use crate::device::{Interface, Setup};
use crate::identity::Identity;

/// First line of every recording.
pub const MAGIC: &str = "locknut-usb 1";

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Line of the call in the text, from 1.
    pub line: usize,
    /// The call.
    pub call: Call,
    /// Its answer.
    pub answer: Answer,
}

/// A whole recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Who was recorded.
    pub identity: Identity,
    /// What was claimed.
    pub interface: Interface,
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

/// The lines before the traffic.
#[must_use]
pub fn header(identity: &Identity, interface: &Interface) -> String {
    let ports: Vec<String> = identity.ports.iter().map(u8::to_string).collect();
    let ports = if ports.is_empty() {
        "-".to_owned()
    } else {
        ports.join(".")
    };
    let mut text = format!(
        "{MAGIC}\nid {:04x} {:04x} {:04x}\nat {} {} {ports}\n",
        identity.vid, identity.pid, identity.release, identity.bus, identity.address
    );
    let strings = [
        ("vendor", &identity.vendor),
        ("product", &identity.product),
        ("serial", &identity.serial),
    ];
    for (name, string) in strings {
        if let Some(string) = string {
            let _ = writeln!(text, "{name} {string:?}"); // writing to a String does not fail
        }
    }
    let endpoint = |address: Option<u8>| {
        address.map_or_else(|| "-".to_owned(), |address| format!("{address:02x}"))
    };
    let _ = writeln!(
        text,
        "interface {} in {} out {} descriptor {}",
        interface.number,
        endpoint(interface.endpoint_in),
        endpoint(interface.endpoint_out),
        interface.descriptor_index
    );
    if interface.packet_in != 0 {
        let _ = writeln!(text, "packet {}", interface.packet_in);
    }
    if !interface.extra.is_empty() {
        let _ = writeln!(text, "extra {}", Hex(&interface.extra, ""));
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests;
