//! A device for tests: a table of requests and answers, without their ends.

use super::{Fault, Transport};

/// A device that answers by a table; it is silent about everything else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fake {
    answers: Vec<(String, Vec<u8>)>,
    /// What it was asked.
    pub(crate) asked: Vec<String>,
    /// What it was asked before a test began to count.
    pub(crate) begun: Vec<String>,
    /// The port was pulled.
    pub(crate) gone: bool,
    /// So many answers get lost.
    lost: u32,
    /// The answer to everything else, `{}` being the request.
    otherwise: String,
}

impl Fake {
    /// A device with these answers.
    pub(crate) fn new(answers: &[(&str, &str)]) -> Self {
        let mut fake = Self::default();
        for (request, answer) in answers {
            fake.set(request, answer);
        }
        fake
    }

    /// What it says to everything else; `{}` is the request.
    pub(crate) fn otherwise(mut self, answer: &str) -> Self {
        answer.clone_into(&mut self.otherwise);
        self
    }

    /// The next answers get lost.
    pub(crate) fn lose(&mut self, answers: u32) {
        self.lost = answers;
    }

    /// From now on it answers so; an empty answer is silence.
    pub(crate) fn set(&mut self, request: &str, answer: &str) {
        // a character is a byte, as in requests
        let mut bytes: Vec<u8> = answer
            .chars()
            .filter_map(|char| u8::try_from(u32::from(char)).ok())
            .collect();
        if !bytes.is_empty() {
            bytes.push(b'\r');
        }
        self.set_raw(request, bytes);
    }

    /// The same with bytes as they are.
    pub(crate) fn set_raw(&mut self, request: &str, answer: Vec<u8>) {
        self.answers.retain(|(known, _)| known != request);
        self.answers.push((request.to_owned(), answer));
    }

    /// What it answers, request by request.
    pub(crate) fn answers(&self) -> &[(String, Vec<u8>)] {
        &self.answers
    }

    /// What it was asked since the last call.
    pub(crate) fn take_asked(&mut self) -> Vec<String> {
        std::mem::take(&mut self.asked)
    }
}

impl Transport for Fake {
    fn exchange(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault> {
        if self.gone {
            return Err(Fault::Gone("the port was pulled".to_owned()));
        }
        let text: String = request.iter().map(|&byte| char::from(byte)).collect();
        let text = text.trim_end_matches('\r').to_owned();
        let answer = self.answers.iter().find(|(known, _)| *known == text);
        let answer = match answer {
            Some((_, answer)) => answer.clone(),
            None if self.otherwise.is_empty() => Vec::new(),
            None => (self.otherwise.replace("{}", &text) + "\r").into_bytes(),
        };
        self.asked.push(text);
        if self.lost > 0 {
            self.lost -= 1;
            return Ok(Vec::new());
        }
        Ok(answer)
    }

    fn settle(&mut self) {}
}
