//! Exchanges as their transport understands them.

use std::fmt::Debug;

use crate::read::{Event, Problem, Recording};

/// What a driver asked of its device, in the words of a transport.
pub trait Call: Clone + Debug + PartialEq {
    /// What comes of it.
    type Answer: Clone + Debug + PartialEq;

    /// Inverse of what is recorded as the call.
    fn parse(text: &str) -> Option<Self>;

    /// Inverse of what is recorded as its answer; what kind of answer it is depends on the call.
    fn answer(&self, text: &str) -> Option<Self::Answer>;
}

/// One call and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange<C: Call> {
    /// Number of the step in which it was made, from 0.
    pub step: usize,
    /// The call.
    pub call: C,
    /// Its answer.
    pub answer: C::Answer,
}

impl<C: Call> Exchange<C> {
    /// From the words of a recording.
    #[must_use]
    pub fn parse(step: usize, call: &str, answer: &str) -> Option<Self> {
        let call = C::parse(call)?;
        let answer = call.answer(answer)?;
        Some(Self { step, call, answer })
    }

    /// All of a recording of one device, whose lines about itself begin with `device`. `what` is for messages.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn all(recording: &Recording, device: &str, what: &str) -> Result<Vec<Self>, Problem> {
        let mut all = Vec::new();
        recording.understand(what, |step, event| match event {
            Event::Device { text, .. } => (text.split(' ').next() == Some(device)).then_some(()),
            Event::Exchange { call, answer, .. } => {
                all.push(Self::parse(step, call, answer)?);
                Some(())
            }
        })?;
        Ok(all)
    }
}

impl Recording {
    /// Gives `take` each thing that happened on the transport, with the number of its step, from 0.
    ///
    /// # Errors
    /// The first line that `take` does not understand as `what`.
    pub fn understand(
        &self,
        what: &str,
        mut take: impl FnMut(usize, &Event) -> Option<()>,
    ) -> Result<(), Problem> {
        for (number, step) in self.steps.iter().enumerate() {
            for event in &step.events {
                let (Event::Device { line, text }
                | Event::Exchange {
                    line, call: text, ..
                }) = event;
                let why = || format!("not understood as {what}");
                take(number, event).ok_or_else(|| Problem::new(*line, &why(), text))?;
            }
        }
        Ok(())
    }
}
