//! Interrupt reports: heard between rounds, and in a round where one is expected (spec usbhid.md, section 8).

use std::task::Waker;
use std::time::Duration;

use driver::{Error, Heard, Report};
use hid::mapping::Event;
use hid::table::Shown;
use tracing::info;
use usb::{Error as UsbError, INTERRUPT};

use super::{HidUps, Over};
use crate::known::Known;
use crate::reports::is_within;

/// Longest interrupt report that is read.
const EVENT_MAX: usize = 512;

impl HidUps {
    /// Whether a round has to wait for an interrupt report. Between rounds the device is listened to, so that silence needs
    /// no answer, unless nothing but those reports tells anything, somebody counts them, or they fail.
    pub(super) const fn expects_event(&self) -> bool {
        let counts = self.reports.listen_only || self.habits.quiet_tolerance.is_some();
        !self.habits.poll_only && (self.deaf || (counts && !self.heard))
    }

    /// What ends [`listen`](Self::listen) from another thread.
    pub(crate) fn waker(&self) -> Option<Waker> {
        self.device.waker().filter(|_| !self.habits.poll_only)
    }

    /// Waits for one interrupt report between two rounds. Errors are the next round's.
    pub(crate) fn listen(&mut self, within: Duration, report: &mut Report) -> Heard {
        if self.habits.poll_only {
            return Heard::Deaf;
        }
        match self.event(within, report) {
            Ok(()) => {
                (self.silence, self.heard) = (0, true);
                self.finish(report, Over::Event);
                Heard::Something
            }
            Err(UsbError::Timeout(_)) => Heard::Nothing,
            Err(UsbError::Gone(_)) => Heard::Gone,
            Err(_) => {
                self.deaf = true;
                Heard::Deaf
            }
        }
    }

    /// The round's interrupt report.
    pub(super) fn expect_event(&mut self, report: &mut Report) -> Result<(), Error> {
        match self.event(INTERRUPT, report) {
            Ok(()) => {
                self.silence = 0;
                Ok(())
            }
            Err(UsbError::Timeout(_)) => self.note_silence(),
            Err(why @ UsbError::Io(_)) => {
                info!("interrupt reports fail: {why}; pollonly may help");
                Err(Error::Gone(why.to_string()))
            }
            Err(why) => self.judge(&why, "interrupt report"),
        }
    }

    fn event(&mut self, within: Duration, report: &mut Report) -> Result<(), UsbError> {
        let mut buffer = [0; EVENT_MAX];
        let size = match self.habits.event_size {
            0 => EVENT_MAX,
            size => size.min(EVENT_MAX),
        };
        let buffer = buffer.get_mut(..size).unwrap_or_default();
        let length = self.device.interrupt(buffer, within)?;
        let bytes = buffer.get(..length).unwrap_or_default();
        if let Some(explorer) = &mut self.explorer {
            let lines = explorer.heard(self.mapping.descriptor(), bytes);
            lines.iter().for_each(|line| info!("{line}"));
        }
        let Some(id) = self.reports.hear(bytes) else {
            return Ok(());
        };
        let told = |event: &Event<Known>| is_within(&event.input, length);
        for event in self.mapping.events(id).into_iter().filter(told) {
            if let Shown::Text(text) = event.show(bytes, &mut self.known) {
                self.publish(report, &event.entry, &text);
            }
        }
        Ok(())
    }

    /// A device that ought to speak by itself and does not, for too long, is opened again.
    fn note_silence(&mut self) -> Result<(), Error> {
        self.silence = self.silence.saturating_add(1);
        match self.habits.quiet_tolerance {
            Some(most) if self.silence > most => {
                self.silence = 0;
                Err(Error::Gone(format!(
                    "no interrupt report {most} times in a row"
                )))
            }
            _ => Ok(()),
        }
    }
}
