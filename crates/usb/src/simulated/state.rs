//! What a simulated device has in it, and how it answers.

use std::collections::{BTreeMap, VecDeque};

use super::{Fault, Where};
use crate::class::Kind;
use crate::device::Setup;
use crate::error::Error;
use crate::string;

#[derive(Debug)]
pub(super) struct Planted {
    pub(super) place: Where,
    pub(super) key: Option<u8>,
    pub(super) fault: Fault,
    pub(super) left: Option<u32>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) strings: BTreeMap<u8, String>,
    /// By type (0x21 HID, 0x22 report).
    pub(super) descriptors: BTreeMap<u8, Vec<u8>>,
    pub(super) reports: BTreeMap<(Kind, u8), Vec<u8>>,
    pub(super) interrupts: VecDeque<Vec<u8>>,
    pub(super) faults: Vec<Planted>,
    pub(super) written: Vec<(Kind, u8, Vec<u8>)>,
    pub(super) sent: Vec<Vec<u8>>,
    pub(super) takes_anything: bool,
    pub(super) unplugged: bool,
    pub(super) resets: u32,
}

impl State {
    /// What is wrong here, if anything; counts it.
    pub(super) fn fault(&mut self, place: Where, key: u8) -> Option<Fault> {
        let applies = |planted: &&mut Planted| {
            planted.place == place
                && planted.key.is_none_or(|only| only == key)
                && planted.left != Some(0)
        };
        let planted = self.faults.iter_mut().find(applies)?;
        planted.left = planted.left.map(|left| left.saturating_sub(1));
        Some(planted.fault.clone())
    }

    /// `answer`, unless a fault has it otherwise.
    pub(super) fn answer(
        &mut self,
        place: Where,
        key: u8,
        answer: Option<Vec<u8>>,
        what: &str,
    ) -> Result<Vec<u8>, Error> {
        match self.fault(place, key) {
            Some(Fault::Error(error)) => Err(error),
            fault => {
                let mut answer = answer.ok_or_else(|| Error::Stalled(what.to_owned()))?;
                if let Some(Fault::Short(length)) = fault {
                    answer.truncate(length);
                }
                Ok(answer)
            }
        }
    }

    pub(super) fn read(&mut self, setup: Setup) -> Result<Vec<u8>, Error> {
        let [high, low] = setup.value.to_be_bytes();
        let what = setup.to_string();
        match (setup.request_type, setup.request, high) {
            (0x80, 6, 3) => {
                let text = self.strings.get(&low).map(|text| string::encode(text));
                let descriptor = if low == 0 {
                    Some(vec![4, 3, 9, 4])
                } else {
                    text
                };
                self.answer(Where::String, low, descriptor, &what)
            }
            (0x81, 6, kind) => {
                let descriptor = self.descriptors.get(&kind).cloned();
                self.answer(Where::Descriptor, kind, descriptor, &what)
            }
            (0xa1, 1, number) => {
                let kind = Kind::from_number(number).ok_or_else(|| Error::Stalled(what.clone()))?;
                let report = self.reports.get(&(kind, low)).cloned();
                self.answer(Where::Get(kind), low, report, &what)
            }
            _ => Err(Error::Stalled(what)),
        }
    }

    pub(super) fn write(&mut self, setup: Setup, data: &[u8]) -> Result<usize, Error> {
        let [number, id] = setup.value.to_be_bytes();
        let what = setup.to_string();
        let kind =
            Kind::from_number(number).filter(|_| (setup.request_type, setup.request) == (0x21, 9));
        let kind = kind.filter(|kind| self.reports.contains_key(&(*kind, id)));
        let is_taken = kind.is_some() || self.takes_anything;
        let taken = self.answer(Where::Set, id, is_taken.then(|| data.to_vec()), &what)?;
        if let Some(kind) = kind {
            self.written.push((kind, id, taken.clone()));
            self.reports.insert((kind, id), taken.clone());
        }
        Ok(taken.len())
    }
}
