//! The battery's charge and runtime, for devices that do not tell them (spec nutdrv_qx.md, section 5).
//!
//! The charge is where the voltage lies between "empty" and "full". With `runtimecal`, two points of the battery's runtime, a
//! model of what is left follows the load, and the voltage corrects it downwards: a battery that is old.

use std::time::Duration;

use crate::dialect::Effect;
use crate::engine::reading::{ONE_PACK, whole_battery};
use crate::known::Known;
use crate::number::{fixed, leading};

/// How many cells or packs a voltage may stand for, the most first: ranges overlap, and a high voltage is the better guess.
const PACKS: [f64; 17] = [
    120.0, 100.0, 80.0, 60.0, 48.0, 36.0, 30.0, 24.0, 18.0, 12.0, 8.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.5,
];
/// A battery that is neither flat nor charging has its nominal voltage times this.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 0.8..=1.25;
/// Seconds from empty to full, and the least share of full load that the battery feels, unless ups.conf says otherwise.
const CHARGE_TIME: f64 = 43_200.0;
const IDLE_LOAD: f64 = 10.0;

/// What is known of the battery.
#[derive(Clone, Debug, Default)]
pub(crate) struct Battery {
    /// Voltages of an empty and of a full one.
    limits: Option<(f64, f64)>,
    nominal: Option<f64>,
    /// How many of what the voltage is told of make the battery: a device may tell that of a cell or of a pack.
    packs: f64,
    model: Option<Model>,
}

/// Seconds at full load.
#[derive(Clone, Debug)]
struct Model {
    /// A full battery has so many.
    whole: f64,
    /// So many are left.
    left: f64,
    /// The runtime falls with this power of the load.
    exponent: f64,
    charge_time: f64,
    idle: f64,
    /// What the battery feels of the load, as a share of full load.
    felt: f64,
    /// When this was so.
    at: Duration,
}

impl Battery {
    /// After the first walk: limits, the voltage of all packs, a first charge, the model.
    pub(crate) fn begin(known: &Known, now: Duration) -> Result<(Self, Vec<Effect>), String> {
        let mut effects = Vec::new();
        let nominal = known
            .number("battery.voltage.nominal")
            .filter(|&volts| volts > 0.0);
        let told = |var| known.number(var).filter(|&volts| volts > 0.0);
        let mut limits = (told("battery.voltage.low"), told("battery.voltage.high"));
        if let (Some(nominal), true) = (nominal, limits.0.is_none() || limits.1.is_none()) {
            let guesses = [
                (&mut limits.0, "battery.voltage.low", 104.0),
                (&mut limits.1, "battery.voltage.high", 130.0),
            ];
            for (limit, var, of_120) in guesses {
                if limit.is_none() {
                    let guess = of_120 * nominal / 120.0;
                    *limit = Some(guess);
                    effects.push(Effect::Set(var, fixed(guess, 2)));
                }
            }
        }
        let one_pack = known.note(ONE_PACK).and_then(leading);
        if let Some(volts) = one_pack.and_then(|one| whole_battery(known, one)) {
            effects.push(Effect::Set("battery.voltage", volts));
        }
        let mut battery = Self {
            limits: limits.0.zip(limits.1).filter(|(low, high)| high > low),
            nominal,
            packs: 1.0,
            model: None,
        };
        let mut known = known.clone();
        effects.iter().for_each(|effect| known.take(effect));
        // where the text itself is what the device tells, half a pack is none
        let least = if one_pack.is_some() { 1.0 } else { 0.0 };
        let packs = packs(&known, nominal).filter(|&packs| packs >= least);
        battery.packs = packs.unwrap_or(1.0);
        let given = |var| known.value(var).is_some();
        let given = (given("battery.charge"), given("battery.runtime"));
        if given != (true, true) {
            battery.model(&known, now)?;
        }
        effects.extend(battery.step(&known, given, true, now));
        Ok((battery, effects))
    }

    /// `runtimecal`, `chargetime`, `idleload`.
    fn model(&mut self, known: &Known, now: Duration) -> Result<(), String> {
        let Some(points) = known.option("runtimecal") else {
            return Ok(());
        };
        let (exponent, whole) = curve(points)?;
        let option = |name: &str, otherwise| match known.option(name) {
            None => Ok(otherwise),
            Some(text) => leading(text).ok_or_else(|| format!("{name}: {text:?} is no number")),
        };
        let charge_time = option("chargetime", CHARGE_TIME)?.trunc();
        if charge_time <= 0.0 {
            return Err("chargetime: more than 0 seconds are needed".to_owned());
        }
        let idle = option("idleload", IDLE_LOAD)?;
        if idle <= 0.0 || idle > 100.0 {
            return Err(format!(
                "idleload: {idle} is not above 0 and at most 100 percent"
            ));
        }
        if known.value("battery.charge").is_none() && self.limits.is_none() {
            self.limits = self.nominal.map(|nominal| (nominal, 1.15 * nominal));
        }
        let charge = known
            .number("battery.charge")
            .or_else(|| self.charge(known))
            .ok_or("runtimecal: the battery's first charge cannot be told; set default.battery.voltage.low and .high")?;
        self.model = Some(Model {
            whole,
            left: whole * charge / 100.0,
            exponent,
            charge_time,
            idle: idle / 100.0,
            felt: 1.0,
            at: now,
        });
        Ok(())
    }

    /// After a full walk. `given` says whether the device tells charge and runtime itself.
    pub(crate) fn step(
        &mut self,
        known: &Known,
        given: (bool, bool),
        on_line: bool,
        now: Duration,
    ) -> Vec<Effect> {
        if given == (true, true) {
            return Vec::new();
        }
        let full = self.share(known);
        let Some(model) = &mut self.model else {
            let charge = self.charge(known).filter(|_| !given.0);
            return charge.map(told_charge).into_iter().collect();
        };
        model.pass(on_line, now);
        if let Some(full) = full {
            model.left = model.left.min(full * model.whole);
        }
        let mut effects = Vec::new();
        if !given.0 {
            effects.push(told_charge(100.0 * model.left / model.whole));
        }
        if let (false, Some(load)) = (given.1, known.number("ups.load")) {
            model.felt = (load / 100.0).max(0.0).powf(model.exponent).max(model.idle);
            let runtime = fixed(model.left / model.felt, 0);
            effects.push(Effect::Set("battery.runtime", runtime));
        }
        effects
    }

    /// The charge in percent by the voltage.
    fn charge(&self, known: &Known) -> Option<f64> {
        self.share(known).map(|share| 100.0 * share)
    }

    /// Where the voltage lies between empty and full.
    fn share(&self, known: &Known) -> Option<f64> {
        let (low, high) = self.limits?;
        let volts = known.number("battery.voltage")? * self.packs;
        Some(((volts - low) / (high - low)).clamp(0.0, 1.0))
    }
}

/// The greatest number of packs with which the voltage is plausible. It is found once: while the battery empties, the voltage
/// of few full packs would look like that of many flat ones.
fn packs(known: &Known, nominal: Option<f64>) -> Option<f64> {
    let nominal = nominal?;
    let volts = known.number("battery.voltage")?;
    let fits = |packs: &f64| PLAUSIBLE.contains(&(packs * volts / nominal));
    match known.number("battery.packs") {
        Some(packs) => Some(packs).filter(fits),
        None => PACKS.into_iter().find(fits),
    }
}

impl Model {
    fn pass(&mut self, on_line: bool, now: Duration) {
        let passed = now.saturating_sub(self.at).as_secs_f64();
        self.at = now;
        self.left = if on_line {
            (self.left + self.whole * passed / self.charge_time).min(self.whole)
        } else {
            (self.left - self.felt * passed).max(0.0)
        };
    }
}

fn told_charge(percent: f64) -> Effect {
    Effect::Set("battery.charge", fixed(percent, 0))
}

/// Exponent and seconds at full load from `runtime,load,runtime,load`, the high load first.
fn curve(points: &str) -> Result<(f64, f64), String> {
    let numbers: Vec<f64> = points.split(',').map_while(leading).collect();
    let &[short, high, long, low, ..] = numbers.as_slice() else {
        return Err(format!(
            "runtimecal: {points:?} is not four numbers: runtime,load,runtime,load"
        ));
    };
    if short <= 0.0 || long < short {
        return Err(format!(
            "runtimecal: {points:?}: the second runtime must not be the shorter one"
        ));
    }
    if high > 100.0 || low > high || low <= 0.0 {
        return Err(format!(
            "runtimecal: {points:?}: loads are percents, the higher one first"
        ));
    }
    // the same load twice, or the same runtime twice, is a straight line
    let exponent = (long / short).ln() / (high / low).ln();
    let exponent = if exponent.is_finite() { exponent } else { 1.0 };
    Ok((exponent, short * (high / 100.0).powf(exponent)))
}

#[cfg(test)]
mod tests;
