//! `QWS`: 64 bits, each a warning.

use crate::dialect::{Bad, Effect, Seen};

/// The longest text that leaves room for other alarms; a longer one is replaced by the bits' numbers.
const TEXT_MAX: usize = 223;

/// The bits that have a meaning: number, text, word of the status.
#[rustfmt::skip]
const WARNINGS: &[(usize, &str, &str)] = &[
    (0, "Battery disconnected.", ""),
    (1, "Neutral not connected.", ""),
    (2, "Site fault.", ""),
    (3, "Phase sequence incorrect.", ""),
    (4, "Phase sequence incorrect in bypass.", ""),
    (5, "Input frequency unstable in bypass.", ""),
    (6, "Battery overcharged.", ""),
    (7, "Low battery.", "LB"),
    (8, "Overload alarm.", "OVER"),
    (9, "Fan alarm.", ""),
    (10, "EPO enabled.", ""),
    (11, "Unable to turn on UPS.", ""),
    (12, "Over temperature alarm.", ""),
    (13, "Charger alarm.", ""),
    (14, "Remote auto shutdown.", ""),
    (15, "L1 input fuse not working.", ""),
    (16, "L2 input fuse not working.", ""),
    (17, "L3 input fuse not working.", ""),
    (18, "Positive PFC abnormal in L1.", ""),
    (19, "Negative PFC abnormal in L1.", ""),
    (20, "Positive PFC abnormal in L2.", ""),
    (21, "Negative PFC abnormal in L2.", ""),
    (22, "Positive PFC abnormal in L3.", ""),
    (23, "Negative PFC abnormal in L3.", ""),
    (24, "Abnormal in CAN-bus communication.", ""),
    (25, "Abnormal in synchronous signal circuit.", ""),
    (26, "Abnormal in synchronous pulse signal circuit.", ""),
    (27, "Abnormal in host signal circuit.", ""),
    (28, "Male connector of parallel cable not connected well.", ""),
    (29, "Female connector of parallel cable not connected well.", ""),
    (30, "Parallel cable not connected well.", ""),
    (31, "Battery connection not consistent in parallel systems.", ""),
    (32, "AC connection not consistent in parallel systems.", ""),
    (33, "Bypass connection not consistent in parallel systems.", ""),
    (34, "UPS model types not consistent in parallel systems.", ""),
    (35, "Capacity of UPSes not consistent in parallel systems.", ""),
    (36, "Auto restart setting not consistent in parallel systems.", ""),
    (37, "Battery cell over charge.", ""),
    (38, "Battery protection setting not consistent in parallel systems.", ""),
    (39, "Battery detection setting not consistent in parallel systems.", ""),
    (40, "Bypass not allowed setting not consistent in parallel systems.", ""),
    (41, "Converter setting not consistent in parallel systems.", ""),
    (42, "High loss point for frequency in bypass mode not consistent in parallel systems.", ""),
    (43, "Low loss point for frequency in bypass mode not consistent in parallel systems.", ""),
    (44, "High loss point for voltage in bypass mode not consistent in parallel systems.", ""),
    (45, "Low loss point for voltage in bypass mode not consistent in parallel systems.", ""),
    (46, "High loss point for frequency in AC mode not consistent in parallel systems.", ""),
    (47, "Low loss point for frequency in AC mode not consistent in parallel systems.", ""),
    (48, "High loss point for voltage in AC mode not consistent in parallel systems.", ""),
    (49, "Low loss point for voltage in AC mode not consistent in parallel systems.", ""),
    (50, "Warning for locking in bypass mode after 3 consecutive overloads within 30 min.", ""),
    (51, "Warning for three-phase AC input current unbalance.", ""),
    (52, "Warning for a three-phase input current unbalance detected in battery mode.", ""),
    (53, "Warning for Inverter inter-current unbalance.", ""),
    (54, "Programmable outlets cut off pre-alarm.", ""),
    (55, "Warning for Battery replace.", "RB"),
    (56, "Abnormal warning on input phase angle.", ""),
    (57, "Warning!! Cover of maintain switch is open.", ""),
    (61, "EEPROM operation error.", ""),
];

/// What the device warns of. Bits are counted from 1 in the text.
pub(super) fn read(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    if !seen.text.bytes().all(|byte| matches!(byte, b'0' | b'1')) {
        return Err(Bad(format!("{:?} is not made of 0 and 1", seen.text)));
    }
    let bits = seen.text.bytes().enumerate();
    let set: Vec<usize> = bits
        .filter(|(_, byte)| *byte == b'1')
        .map(|(bit, _)| bit)
        .collect();
    let meaning = |bit: usize| WARNINGS.iter().find(|(known, ..)| *known == bit);
    let known: Vec<_> = set.iter().filter_map(|&bit| meaning(bit)).collect();
    let unknown: Vec<usize> = set
        .iter()
        .copied()
        .filter(|&bit| meaning(bit).is_none())
        .collect();
    if set.is_empty() {
        return Ok(Vec::new());
    }
    let texts: Vec<&str> = known.iter().map(|(_, text, _)| *text).collect();
    let others =
        (!unknown.is_empty()).then(|| format!("Unknown warnings [bit: {}]", numbers(&unknown)));
    let mut plain = texts.join(" ");
    if let Some(others) = &others {
        plain = format!("{plain} {others}");
    }
    let text = if plain.trim().len() > TEXT_MAX {
        let bits: Vec<usize> = known.iter().map(|(bit, ..)| *bit).collect();
        let known = format!("Known (see log or manual) [bit: {}]", numbers(&bits));
        others.map_or(known.clone(), |others| format!("{known}; {others}"))
    } else {
        plain.trim().to_owned()
    };
    let words = known.iter().map(|(_, _, word)| Effect::Word(word));
    let alarm = Effect::Publish(format!("UPS warnings: {text}"));
    Ok(words.chain([alarm]).collect())
}

fn numbers(bits: &[usize]) -> String {
    let numbers: Vec<String> = bits.iter().map(|bit| format!("#{:02}", bit + 1)).collect();
    numbers.join(", ")
}
