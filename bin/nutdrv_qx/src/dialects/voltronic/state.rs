//! What the device is doing: bypass, fault, mode, beeper, outlets, and commands that depend on it.

use super::protocol::number;
use crate::dialect::{Bad, Effect, Refused, Seen};
use crate::dialects::common;
use crate::known::Known;

fn is_set(seen: &Seen<'_>) -> Result<bool, Bad> {
    match seen.text {
        "0" => Ok(false),
        "1" => Ok(true),
        other => Err(Bad(format!("{other:?} is neither 0 nor 1"))),
    }
}

/// P00 and P08 regulate the voltage where others go round the inverter.
fn regulates(known: &Known) -> bool {
    matches!(number(known), Some(0 | 8))
}

/// Bypass, boost or buck. That it is over is told by `QMOD`, too, so `BYPASS` is not taken back here.
pub(super) fn bypass_word(seen: &Seen<'_>) -> Result<String, Bad> {
    let word = match is_set(seen)? {
        false => "!TRIM !BOOST",
        true => match common::shape(seen.known) {
            Some(words) if words.starts_with("BYPASS") && regulates(seen.known) => "!TRIM !BOOST",
            words => words.unwrap_or_default(),
        },
    };
    Ok(word.to_owned())
}

/// The same, told as an alarm.
pub(super) fn bypass_alarm(seen: &Seen<'_>) -> Result<String, Bad> {
    if !is_set(seen)? {
        return Ok(String::new());
    }
    let word = common::shape(seen.known).and_then(|words| words.split(' ').next());
    Ok(match word {
        Some("BYPASS") if regulates(seen.known) => "UPS is in AVR Mode.",
        Some(word @ ("TRIM" | "BOOST")) => word,
        _ => "",
    }
    .to_owned())
}

/// With a fault, its code is asked for. C NUT compares the digit with the number 1, and never sees one.
pub(super) fn fault(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    Ok(if is_set(seen)? {
        vec![
            Effect::Publish("UPS Fault!".to_owned()),
            Effect::Open("fault"),
        ]
    } else {
        vec![Effect::Close("fault")]
    })
}

/// Whether it beeps. A device that may be told not to beep is muted when it does not, as long as it may.
pub(super) fn beeper(seen: &Seen<'_>) -> Result<String, Bad> {
    let is_silent = is_set(seen)?;
    if seen.known.note("alarm_control").is_none() {
        return Ok(if is_silent { "disabled" } else { "enabled" }.to_owned());
    }
    if seen.known.value("ups.beeper.status") == Some("disabled") {
        return Err(Bad::new("it is disabled, which this does not tell"));
    }
    Ok(if is_silent { "muted" } else { "enabled" }.to_owned())
}

/// Modes with what they say about the status.
#[rustfmt::skip]
const MODES: &[(&str, &str, &str, &str)] = &[
    // mode, word, alarm, mode by NUT's name
    ("P", "",       "UPS is going ON.",       ""),
    ("S", "OFF",    "",                       ""),
    ("Y", "BYPASS", "",                       ""),
    ("L", "OL",     "",                       ""),
    ("B", "!OL",    "",                       ""),
    ("T", "CAL",    "",                       ""),
    ("F", "",       "Fault reported by UPS.", ""),
    ("E", "",       "",                       "vendor:voltronic:ECO-inverter-on"),
    ("C", "",       "",                       "vendor:voltronic:freq-converter-on"),
    ("D", "FSD",    "UPS is shutting down!",  ""),
];

type Mode = (&'static str, &'static str, &'static str, &'static str);

fn of(letter: &str) -> Result<&'static Mode, Bad> {
    let found = MODES.iter().find(|(known, ..)| *known == letter);
    found.ok_or_else(|| Bad(format!("there is no mode {letter:?}")))
}

/// What the mode says about the status.
pub(super) fn mode(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let (_, word, _, name) = of(seen.text)?;
    let mut effects = Effect::publish(*word);
    if !name.is_empty() {
        effects.push(Effect::Mode(name));
    }
    Ok(effects)
}

/// What it has to complain about.
pub(super) fn mode_alarm(seen: &Seen<'_>) -> Result<String, Bad> {
    of(seen.text).map(|(_, _, alarm, _)| (*alarm).to_owned())
}

/// An outlet that answers can be switched.
pub(super) fn outlet(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    is_set(seen)?;
    let gates = ["outlet.1", "outlet.2", "outlet.3", "outlet.4"];
    let gate = gates.into_iter().find(|gate| seen.name.starts_with(gate));
    let mut effects = Effect::publish("yes");
    effects.extend(gate.map(Effect::Open));
    Ok(effects)
}

/// Tests of 12 seconds and more.
pub(super) fn test(_: &Known, param: Option<&str>) -> Result<String, Refused> {
    common::test_seconds(common::digits(param)?, 12).map(common::short_or_minutes)
}

/// The other of on and off.
pub(super) fn toggle(known: &Known, _: Option<&str>) -> Result<String, Refused> {
    let has_control = known.note("alarm_control").is_some();
    match (known.value("ups.beeper.status"), has_control) {
        (Some("enabled"), _) => Ok("OFF".to_owned()),
        (Some("muted"), true) | (Some("disabled"), false) => Ok("ON".to_owned()),
        _ => Err(Refused::new("the beeper is disabled; beeper.enable first")),
    }
}
