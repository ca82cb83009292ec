//! Three-phase names: `DOMAIN[.CONTEXT].SPEC` (section 6 of the specification of names).
//!
//! DOMAIN is a side of the device, CONTEXT the conductors measured (`L1`, `L1-N`, ...), SPEC the quantity. All their
//! combinations would be a thousand rows, so they are matched as the grammar they are.

/// Sides of the device that have phases.
static DOMAINS: &[&str] = &[
    "input",
    "input.bypass",
    "input.servicebypass",
    "output",
    "output.bypass",
    "output.inverter",
    "output.servicebypass",
];

// Contexts a quantity can have. Any quantity may also stand without one.
static NEVER: &[&str] = &[];
static PAIRS: &[&str] = &["L1-L2", "L2-L3", "L3-L1", "L1-N", "L2-N", "L3-N"];
static PHASES: &[&str] = &["L1", "L2", "L3"];
static CONDUCTORS: &[&str] = &["L1", "L2", "L3", "N"];
#[rustfmt::skip]
static ANY: &[&str] = &["L1-L2", "L2-L3", "L3-L1", "L1-N", "L2-N", "L3-N", "L1", "L2", "L3", "N"];

/// A quantity, with its description when it stands without a context (`whole`) and with one (`part`).
struct Spec {
    name: &'static str,
    contexts: &'static [&'static str],
    whole: &'static str,
    part: &'static str,
}

#[rustfmt::skip]
static SPECS: &[Spec] = &[
    Spec { name: "alarm",                 contexts: ANY,        whole: "Alarm, reported in ups.alarm",                            part: "Alarm of one phase, reported in ups.alarm" },
    Spec { name: "current",               contexts: CONDUCTORS, whole: "Current (A)",                                             part: "Current of one phase or the neutral (A)" },
    Spec { name: "current.maximum",       contexts: CONDUCTORS, whole: "Highest current seen (A)",                                part: "Highest current seen of one phase or the neutral (A)" },
    Spec { name: "current.minimum",       contexts: CONDUCTORS, whole: "Lowest current seen (A)",                                 part: "Lowest current seen of one phase or the neutral (A)" },
    Spec { name: "current.status",        contexts: CONDUCTORS, whole: "State of the current against its thresholds",             part: "State of the current of one phase or the neutral against its thresholds" },
    Spec { name: "current.peak",          contexts: CONDUCTORS, whole: "Peak of the current (A)",                                 part: "Peak of the current of one phase or the neutral (A)" },
    Spec { name: "current.low.warning",   contexts: CONDUCTORS, whole: "Lower warning threshold of the current (A)",              part: "Lower warning threshold of the current of one phase or the neutral (A)" },
    Spec { name: "current.low.critical",  contexts: CONDUCTORS, whole: "Lower critical threshold of the current (A)",             part: "Lower critical threshold of the current of one phase or the neutral (A)" },
    Spec { name: "current.high.warning",  contexts: CONDUCTORS, whole: "Upper warning threshold of the current (A)",              part: "Upper warning threshold of the current of one phase or the neutral (A)" },
    Spec { name: "current.high.critical", contexts: CONDUCTORS, whole: "Upper critical threshold of the current (A)",             part: "Upper critical threshold of the current of one phase or the neutral (A)" },
    Spec { name: "voltage",               contexts: PAIRS,      whole: "Voltage (V)",                                             part: "Voltage between two conductors (V)" },
    Spec { name: "voltage.nominal",       contexts: PAIRS,      whole: "Voltage the device is set or built for (V)",              part: "Voltage between two conductors the device is set or built for (V)" },
    Spec { name: "voltage.maximum",       contexts: PAIRS,      whole: "Highest voltage seen (V)",                                part: "Highest voltage seen between two conductors (V)" },
    Spec { name: "voltage.minimum",       contexts: PAIRS,      whole: "Lowest voltage seen (V)",                                 part: "Lowest voltage seen between two conductors (V)" },
    Spec { name: "voltage.status",        contexts: PAIRS,      whole: "State of the voltage against its thresholds",             part: "State of the voltage between two conductors against its thresholds" },
    Spec { name: "voltage.low.warning",   contexts: PAIRS,      whole: "Lower warning threshold of the voltage (V)",              part: "Lower warning threshold of the voltage between two conductors (V)" },
    Spec { name: "voltage.low.critical",  contexts: PAIRS,      whole: "Lower critical threshold of the voltage (V)",             part: "Lower critical threshold of the voltage between two conductors (V)" },
    Spec { name: "voltage.high.warning",  contexts: PAIRS,      whole: "Upper warning threshold of the voltage (V)",              part: "Upper warning threshold of the voltage between two conductors (V)" },
    Spec { name: "voltage.high.critical", contexts: PAIRS,      whole: "Upper critical threshold of the voltage (V)",             part: "Upper critical threshold of the voltage between two conductors (V)" },
    Spec { name: "power",                 contexts: PHASES,     whole: "Apparent power, all phases together (VA)",                part: "Apparent power of one phase (VA)" },
    Spec { name: "power.maximum",         contexts: PHASES,     whole: "Highest apparent power seen, all phases together (VA)",   part: "Highest apparent power seen of one phase (VA)" },
    Spec { name: "power.minimum",         contexts: PHASES,     whole: "Lowest apparent power seen, all phases together (VA)",    part: "Lowest apparent power seen of one phase (VA)" },
    Spec { name: "power.percent",         contexts: PHASES,     whole: "Apparent power as a share of full load (%)",              part: "Apparent power of one phase as a share of its full load (%)" },
    Spec { name: "power.maximum.percent", contexts: PHASES,     whole: "Highest apparent power seen as a share of full load (%)", part: "Highest apparent power seen of one phase as a share of its full load (%)" },
    Spec { name: "power.minimum.percent", contexts: PHASES,     whole: "Lowest apparent power seen as a share of full load (%)",  part: "Lowest apparent power seen of one phase as a share of its full load (%)" },
    Spec { name: "realpower",             contexts: PHASES,     whole: "Real power, all phases together (W)",                     part: "Real power of one phase (W)" },
    Spec { name: "powerfactor",           contexts: PHASES,     whole: "Power factor, 0.00 to 1.00",                              part: "Power factor of one phase, 0.00 to 1.00" },
    Spec { name: "crestfactor",           contexts: PHASES,     whole: "Crest factor, 1 or more",                                 part: "Crest factor of one phase, 1 or more" },
    Spec { name: "load",                  contexts: PHASES,     whole: "Load as a share of full load (%)",                        part: "Load of one phase as a share of its full load (%)" },
    Spec { name: "frequency",             contexts: NEVER,      whole: "Frequency (Hz)",                                          part: "" },
    Spec { name: "frequency.nominal",     contexts: NEVER,      whole: "Frequency the device is set or built for (Hz)",           part: "" },
];

/// Description of a three-phase name, without regard to ASCII case.
pub(super) fn describe(name: &str) -> Option<&'static str> {
    DOMAINS
        .iter()
        .filter_map(|domain| after(domain, name))
        .find_map(quantity)
}

/// What follows `domain` and a dot at the start of `name`.
fn after<'a>(domain: &str, name: &'a str) -> Option<&'a str> {
    let (head, rest) = name.split_at_checked(domain.len())?;
    let rest = rest.strip_prefix('.')?;
    head.eq_ignore_ascii_case(domain).then_some(rest)
}

/// Description of `[CONTEXT.]SPEC`.
fn quantity(name: &str) -> Option<&'static str> {
    if let Some(spec) = spec(name) {
        return Some(spec.whole);
    }
    let (context, rest) = name.split_once('.')?;
    let spec = spec(rest)?;
    let known = |allowed: &&str| allowed.eq_ignore_ascii_case(context);
    spec.contexts.iter().any(known).then_some(spec.part)
}

fn spec(name: &str) -> Option<&'static Spec> {
    SPECS
        .iter()
        .find(|spec| spec.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::tests::assert_readable;

    #[test]
    fn every_text_is_readable() {
        for spec in SPECS {
            assert_readable(spec.name, spec.whole);
            assert_eq!(
                spec.part.is_empty(),
                spec.contexts.is_empty(),
                "{}",
                spec.name
            );
            if !spec.part.is_empty() {
                assert_readable(spec.name, spec.part);
            }
        }
    }

    #[test]
    fn every_sentence_of_the_grammar_is_known() {
        for domain in DOMAINS {
            for spec in SPECS {
                assert_eq!(
                    describe(&format!("{domain}.{}", spec.name)),
                    Some(spec.whole)
                );
                for context in spec.contexts {
                    let name = format!("{domain}.{context}.{}", spec.name);
                    assert_eq!(describe(&name), Some(spec.part), "{name}");
                    assert_eq!(describe(&name.to_lowercase()), Some(spec.part), "{name}");
                }
            }
        }
    }

    #[test]
    fn a_quantity_takes_only_its_own_contexts() {
        for name in [
            "input.L1-N.current",
            "input.N.power",
            "input.L4.current",
            "input.L1.frequency",
            "input.L2-L1.voltage",
            "input.L1.L2.current",
        ] {
            assert_eq!(describe(name), None, "{name}");
        }
    }

    #[test]
    fn no_part_may_be_missing() {
        for name in [
            "input",
            "input.",
            "input..voltage",
            "input.L1",
            "input.L1.",
            "inputvoltage",
            "battery.voltage",
            "outlet.L1.current",
        ] {
            assert_eq!(describe(name), None, "{name}");
        }
    }
}
