//! Each beginning of each answer: nothing that is published is a part of what the whole answer says.

use std::collections::BTreeMap;

use crate::bench::Bench;
use crate::device::{Answers, Device};
use crate::line::Fault;
use crate::truth::{truths, values};

#[test]
fn a_beginning_of_an_answer_is_no_value() {
    let mut wrong = BTreeMap::new();
    for mut device in Device::all() {
        device.moments.iter_mut().for_each(odd);
        let truths = truths(&device);
        let moments = truths.iter().map(|truth| truth.moment);
        let mut allowed = values(&device, moments.clone());
        for moment in moments {
            let mut bench = Bench::new(&device, moment);
            for request in &device.requests {
                // another answer may tell the same
                bench.spoil(Some(request), Fault::Silence);
                allowed.extend(bench.settle().values());
            }
            for (request, fault) in cuts(&device, moment) {
                bench.spoil(Some(request), fault);
                for (var, value) in bench.settle().values() {
                    if !allowed.contains(&(var.clone(), value.clone())) {
                        let request = request.escape_ascii();
                        wrong.insert(format!("{} {request} {fault:?} {var}", device.name), value);
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

/// All beginnings, with an end and without.
fn cuts<'a>(device: &'a Device, moment: &'a Answers) -> impl Iterator<Item = (&'a [u8], Fault)> {
    device.requests.iter().flat_map(|request| {
        let lengths = 0..moment[request].len().saturating_sub(1);
        let faults = lengths.flat_map(|length| [Fault::Cut(length), Fault::Torn(length)]);
        faults.map(|fault| (request.as_slice(), fault))
    })
}

/// Numbers that end with 0 are the same without it: `30.0` becomes `30.7`, where no checksum follows.
fn odd(answers: &mut Answers) {
    for answer in answers.values_mut() {
        let is_text = answer
            .iter()
            .all(|byte| matches!(byte, b' '..=b'~' | b'\r'));
        let starts: Vec<usize> = (0..answer.len().saturating_sub(2)).collect();
        for at in starts {
            let is_end = !answer[at + 2].is_ascii_digit();
            if is_text && is_end && answer[at..].starts_with(b".0") {
                answer[at + 1] = b'7';
            }
        }
    }
}
