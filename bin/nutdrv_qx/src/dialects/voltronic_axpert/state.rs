//! What the device is doing, and what it has to complain about.

use crate::dialect::{Bad, Effect, Seen};

/// The longest text that leaves room for other alarms; a longer one is replaced by the bits' numbers.
const TEXT_MAX: usize = 223;

/// The bits of `QPIWS` that have a meaning: number, text, word of the status.
#[rustfmt::skip]
const WARNINGS: &[(usize, &str, &str)] = &[
    (0,  "Device has fault.", ""),
    (1,  "CPU is performing the auto-correction of AD signals.", ""),
    (2,  "An external Flash device failed.", ""),
    (3,  "Input PV is found lost.", ""),
    (4,  "PV input voltage reads low.", ""),
    (5,  "Power island.", ""),
    (6,  "An Error occurred in the CPU initialization.", ""),
    (7,  "Power grid voltage exceeds the upper threshold.", ""),
    (8,  "Power grid voltage falls below the lower threshold.", ""),
    (9,  "Power grid frequency exceeds the upper threshold.", ""),
    (10, "Power grid frequency falls below the lower threshold.", ""),
    (11, "Power grid-connected average voltage exceeds the maximum threshold.", ""),
    (12, "Require power from the power grid.", ""),
    (13, "Emergent grid disconnection.", ""),
    (14, "Battery voltage is too low.", ""),
    (15, "Low battery.", "LB"),
    (16, "Battery disconnected.", ""),
    (17, "End of battery discharge.", ""),
    (18, "Overload.", "OVER"),
    (19, "EPO active.", ""),
    (22, "Over temperature alarm.", ""),
    (23, "No electrical ground.", ""),
    (24, "Fan fault.", ""),
];

/// What the device warns of. Bits are counted from 1 in the text; a `-` is one that this device does not have.
pub(super) fn warnings(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let clean = |byte: u8| matches!(byte, b'0' | b'1' | b'-');
    if !seen.text.bytes().all(clean) {
        return Err(Bad(format!("{:?} is not made of 0 and 1", seen.text)));
    }
    let bits = seen.text.bytes().enumerate();
    let set = bits.filter(|(_, byte)| *byte == b'1').map(|(bit, _)| bit);
    let meaning = |bit: usize| WARNINGS.iter().find(|(known, ..)| *known == bit);
    let (known, unknown): (Vec<usize>, Vec<usize>) = set.partition(|&bit| meaning(bit).is_some());
    let mut effects = vec![Effect::Word("!LB"), Effect::Word("!OVER")];
    let meanings = known.iter().filter_map(|&bit| meaning(bit));
    effects.extend(meanings.clone().map(|(_, _, word)| Effect::Word(word)));
    let texts: Vec<&str> = meanings.map(|(_, text, _)| *text).collect();
    let others =
        (!unknown.is_empty()).then(|| format!("Unknown warnings [bit: {}]", numbers(&unknown)));
    let plain = joined(texts.join(" "), " ", others.as_deref());
    if plain.len() > TEXT_MAX {
        let known = format!("Known (see log or manual) [bit: {}]", numbers(&known));
        effects.push(Effect::Publish(format!(
            "Device warnings: {}",
            joined(known, "; ", others.as_deref())
        )));
    } else if !plain.is_empty() {
        effects.push(Effect::Publish(format!("Device warnings: {plain}")));
    }
    Ok(effects)
}

fn joined(text: String, between: &str, others: Option<&str>) -> String {
    match others {
        None => text,
        Some(others) if text.is_empty() => others.to_owned(),
        Some(others) => format!("{text}{between}{others}"),
    }
}

fn numbers(bits: &[usize]) -> String {
    let numbers: Vec<String> = bits.iter().map(|bit| format!("#{:02}", bit + 1)).collect();
    numbers.join(", ")
}

/// Alarms of `QMOD`.
pub(super) const MODE_ALARMS: &[(&str, &str)] = &[
    ("P", "Device is going ON."),
    ("S", ""),
    ("L", ""),
    ("B", ""),
    ("F", "Fault reported by device."),
    ("H", ""),
];

/// What the mode says about the status. H saves power, which is no word of the status: the input's voltage tells whether mains
/// are there. C NUT says OB then.
pub(super) fn mode(seen: &Seen<'_>) -> Result<String, Bad> {
    let has_mains = seen
        .known
        .number("input.voltage")
        .is_some_and(|volts| volts > 0.0);
    let words = match seen.text {
        "L" => "OL",
        "H" if has_mains => "OL",
        "S" => "!OL OFF",
        "B" | "F" | "H" | "P" => "!OL",
        other => return Err(Bad(format!("there is no mode {other:?}"))),
    };
    Ok(words.to_owned())
}

/// Whether a letter of `QFLAG` stands before the D, where what is on stands; one that is missing is not there at all.
fn is_on(text: &str, letter: char) -> Result<bool, Bad> {
    let rest = text.strip_prefix('E').unwrap_or(text);
    let (on, off) = rest.split_once('D').unwrap_or((rest, ""));
    let mut all = on.chars().chain(off.chars());
    if !text.starts_with(['E', 'D']) || !all.all(|letter| letter.is_ascii_lowercase()) {
        return Err(Bad(format!("{text:?} is no list of capabilities")));
    }
    match (on.contains(letter), off.contains(letter)) {
        (true, _) => Ok(true),
        (false, true) => Ok(false),
        (false, false) => Err(Bad::new("the device does not have that")),
    }
}

pub(super) fn beeper(seen: &Seen<'_>) -> Result<String, Bad> {
    let is_on = is_on(seen.text, 'a')?;
    Ok(if is_on { "enabled" } else { "disabled" }.to_owned())
}

pub(super) fn energy_save(seen: &Seen<'_>) -> Result<String, Bad> {
    let is_on = is_on(seen.text, 'j')?;
    Ok(if is_on { "yes" } else { "no" }.to_owned())
}
