//! `QFLAG`: which capabilities there are, and which are switched on: `(EpbD...`, on behind E, off behind D.

use crate::dialect::{Bad, Effect, Plan, Refused, Seen};
use crate::known::Known;

/// Letters of the capabilities, and whether clients or ups.conf switch them.
#[rustfmt::skip]
const LETTERS: &[(&str, char)] = &[
    ("ups.start.auto",             'r'),
    ("battery.protection",         's'),
    ("battery.energysave",         'g'),
    ("ups.start.battery",          'c'),
    ("outlet.0.switchable",        'j'),
    ("bypass_alarm",               'p'),
    ("battery_alarm",              'b'),
    ("bypass_when_off",            'o'),
    ("alarm_control",              'a'),
    ("converter_mode",             'v'),
    ("eco_mode",                   'e'),
    ("battery_open_status_check",  'd'),
    ("bypass_forbidding",          'f'),
    ("site_fault_detection",       'l'),
    ("advanced_eco_mode",          'n'),
    ("constant_phase_angle",       'q'),
    ("limited_runtime_on_battery", 'w'),
];

/// Whether a capability is on; one that is not there is no value. Its setting and what depends on it are opened.
pub(super) fn read(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let name = seen.name;
    let letter = LETTERS.iter().find(|(known, _)| *known == name);
    let (_, letter) = letter.ok_or_else(|| Bad(format!("{name} has no letter")))?;
    let (on, off) = parts(seen.text)?;
    let is_on = match (on.contains(*letter), off.contains(*letter)) {
        (true, _) => true,
        (false, true) => false,
        (false, false) => return Err(Bad::new("the device does not have that")),
    };
    // names of variables have dots
    let words = if name.contains('.') {
        ["no", "yes"]
    } else {
        ["disabled", "enabled"]
    };
    let [off, on] = words;
    let mut effects = Effect::publish(if is_on { on } else { off });
    effects.push(Effect::Open(name));
    match name {
        "alarm_control" => effects.extend(beeper(seen.known, is_on)),
        "eco_mode" => effects.push(Effect::Open("eco")),
        "outlet.0.switchable" if is_on => effects.push(Effect::Open("outlets")),
        _ => {}
    }
    Ok(effects)
}

fn parts(text: &str) -> Result<(&str, &str), Bad> {
    let rest = text.strip_prefix('E').unwrap_or(text);
    let (on, off) = rest.split_once('D').unwrap_or((rest, ""));
    let clean = on
        .chars()
        .chain(off.chars())
        .all(|letter| letter.is_ascii_lowercase());
    if clean && text.starts_with(['E', 'D']) {
        Ok((on, off))
    } else {
        Err(Bad(format!("{text:?} is no list of capabilities")))
    }
}

/// A device that may be told not to beep says by that whether it does; unless it is only muted.
fn beeper(known: &Known, is_on: bool) -> Option<Effect> {
    let status = if is_on { "enabled" } else { "disabled" };
    let is_muted = is_on && known.value("ups.beeper.status") == Some("muted");
    (!is_muted).then(|| Effect::Set("ups.beeper.status", status.to_owned()))
}

/// Capabilities are reset while the device is off, and only then.
pub(super) fn reset(known: &Known, _: Option<&str>) -> Result<Plan, Refused> {
    if known.bits.has("OFF") {
        Ok(Plan::request("PF"))
    } else {
        Err(Refused::new(
            "the device must be off (ups.status OFF) for that",
        ))
    }
}
