//! Opening the port that a driver's settings name, with a recorder around it when there is a tape.

use std::path::Path;

use recording::Tape;

use crate::error::Error;
use crate::line::Line;
use crate::real::{Mode, Port};
use crate::record::Recorder;

/// Opens a port. On the tape, answers to `personal` questions are masked.
///
/// # Errors
/// See [`Port::open`].
pub fn open(
    port: &str,
    mode: Mode,
    tape: Option<Tape>,
    personal: &'static [&'static [u8]],
) -> Result<Box<dyn Line>, Error> {
    let line = Port::open(Path::new(port), mode)?;
    Ok(match tape {
        Some(tape) => Box::new(Recorder::new(line, tape, port, mode.baud).masking(personal)),
        None => Box::new(line),
    })
}
