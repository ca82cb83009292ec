//! The sum over all UPSes, with its reasons: what the log says of a shutdown for good.

use std::fmt;

use model::Tick;

use crate::policy::Policy;
use crate::supply::Supply;
use crate::verdict::{Rule, Verdict};

/// Why a shutdown begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decision {
    /// What set it off.
    pub cause: Cause,
    /// Sum of the power values of the UPSes that are not critical.
    pub good: u32,
    /// MINSUPPLIES.
    pub needed: u32,
    /// The UPSes and what was known of each.
    pub inputs: Vec<Input>,
}

/// What set a shutdown off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Less than MINSUPPLIES is good.
    TooFewSupplies,
    /// The administrator asked for it.
    UserFsd,
}

/// One UPS at the moment of the decision.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Input {
    /// As in its MONITOR line.
    pub name: String,
    /// The rule by which it is critical, if it is.
    pub rule: Option<Rule>,
    /// All that the rules look at.
    pub facts: String,
}

impl Decision {
    /// Weighs the UPSes.
    #[must_use]
    pub fn weigh(cause: Cause, supplies: &[Supply], policy: &Policy, now: Tick) -> Self {
        let input = |supply: &Supply| Input {
            name: supply.name.clone(),
            rule: supply.judge(policy, now).rule(),
            facts: supply.facts(now),
        };
        Self {
            cause,
            good: good(supplies, policy, now),
            needed: policy.minsupplies,
            inputs: supplies.iter().map(input).collect(),
        }
    }
}

/// Sum of the power values that count.
#[must_use]
pub fn good(supplies: &[Supply], policy: &Policy, now: Tick) -> u32 {
    let good = supplies
        .iter()
        .filter(|supply| !matches!(supply.judge(policy, now), Verdict::Critical(_)));
    good.fold(0, |sum, supply| sum.saturating_add(supply.power))
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = match self.cause {
            Cause::TooFewSupplies => "too-few-supplies",
            Cause::UserFsd => "user-fsd",
        };
        let (good, needed) = (self.good, self.needed);
        write!(
            f,
            "shutdown decided: cause={cause} good={good} needed={needed}"
        )?;
        for input in &self.inputs {
            let rule = input.rule.map_or("none", Rule::name);
            write!(f, "; [{}] rule={rule} {}", input.name, input.facts)?;
        }
        Ok(())
    }
}
