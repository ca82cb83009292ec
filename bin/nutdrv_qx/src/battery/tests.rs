use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn known(values: &[(&'static str, &str)], options: &[(&str, &str)]) -> Known {
    let options = options.iter();
    let options = options.map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
    let mut known = Known::new(&driver::Settings {
        options: options.collect(),
        ..driver::Settings::default()
    });
    for (var, value) in values {
        known.set(var, value);
    }
    known
}

fn set(effects: &[Effect]) -> Vec<(&'static str, &str)> {
    let pairs = effects.iter().filter_map(|effect| match effect {
        Effect::Set(var, value) => Some((*var, value.as_str())),
        _ => None,
    });
    pairs.collect()
}

fn begin(values: &[(&'static str, &str)], options: &[(&str, &str)]) -> Result<Vec<Effect>, String> {
    Battery::begin(&known(values, options), Duration::ZERO).map(|(_, effects)| effects)
}

const LOW: &str = "battery.voltage.low";
const HIGH: &str = "battery.voltage.high";
const NOMINAL: &str = "battery.voltage.nominal";
const VOLTS: &str = "battery.voltage";
const CHARGE: &str = "battery.charge";

#[test]
fn limits_that_nobody_tells_follow_from_the_nominal_voltage() {
    let effects = begin(&[(NOMINAL, "24.0"), (VOLTS, "25.1")], &[]).unwrap();
    assert_eq!(
        set(&effects),
        [(LOW, "20.80"), (HIGH, "26.00"), (CHARGE, "83")]
    );
    let effects = begin(&[(NOMINAL, "24.0"), (LOW, "20.0"), (VOLTS, "23")], &[]).unwrap();
    assert_eq!(
        set(&effects),
        [(HIGH, "26.00"), (CHARGE, "50")],
        "what the device tells stays"
    );
    let effects = begin(&[(LOW, "20.8"), (HIGH, "27.3"), (VOLTS, "21.3")], &[]).unwrap();
    assert_eq!(set(&effects), [(CHARGE, "8")]);
    assert_eq!(set(&begin(&[(VOLTS, "27")], &[]).unwrap()), []);
}

#[test]
fn a_charge_lies_between_0_and_100() {
    for (volts, charge) in [("10", "0"), ("20.8", "0"), ("26", "100"), ("30", "100")] {
        let effects = begin(&[(LOW, "20.8"), (HIGH, "26"), (VOLTS, volts)], &[]).unwrap();
        assert_eq!(set(&effects), [(CHARGE, charge)]);
    }
}

#[test]
fn the_voltage_of_a_cell_or_a_pack_stands_for_the_battery() {
    for (volts, nominal, charge) in [
        ("2.27", "24", "100"), // 12 cells
        ("1.80", "24", "15"),
        ("13.6", "216", "93"), // 18 packs of 12 V would be too many: 100 percent and more
        ("27.4", "24", "100"),
    ] {
        let effects = begin(&[(NOMINAL, nominal), (VOLTS, volts)], &[]).unwrap();
        let told = set(&effects).last().copied();
        if nominal == "24" {
            assert_eq!(told, Some((CHARGE, charge)), "{volts} of {nominal}");
        }
    }
    let effects = begin(
        &[(NOMINAL, "24"), (VOLTS, "2.0"), ("battery.packs", "12")],
        &[],
    )
    .unwrap();
    assert_eq!(set(&effects).last(), Some(&(CHARGE, "62")));
    let effects = begin(
        &[(NOMINAL, "24"), (VOLTS, "25.1"), ("battery.packs", "2")],
        &[],
    )
    .unwrap();
    assert_eq!(
        set(&effects).last(),
        Some(&(CHARGE, "83")),
        "packs side by side"
    );
}

#[test]
fn the_number_of_packs_does_not_change_while_the_battery_empties() {
    let mut known = known(&[(NOMINAL, "24"), (VOLTS, "2.27")], &[]);
    let (mut battery, effects) = Battery::begin(&known, Duration::ZERO).unwrap();
    effects.iter().for_each(|effect| known.take(effect));
    let mut last = 101.0;
    for volts in ["2.27", "2.10", "1.90", "1.75", "1.66", "1.50", "1.00"] {
        known.set(VOLTS, volts);
        let effects = battery.step(&known, (false, false), false, SECOND);
        let charge: f64 = set(&effects)[0].1.parse().unwrap();
        assert!(charge <= last, "{volts}: {charge} after {last}");
        last = charge;
    }
    assert_eq!(last, 0.0);
}

#[test]
fn what_the_device_tells_is_not_reckoned() {
    let told = [
        (NOMINAL, "24"),
        (VOLTS, "25"),
        (CHARGE, "50"),
        ("battery.runtime", "600"),
    ];
    assert_eq!(
        set(&begin(&told, &[]).unwrap()),
        [(LOW, "20.80"), (HIGH, "26.00")]
    );
    let mut battery = Battery::default();
    let effects = battery.step(&known(&told, &[]), (true, true), true, SECOND);
    assert_eq!(effects, []);
}

const CAL: (&str, &str) = ("runtimecal", "240,100,720,50");

#[test]
fn with_two_points_the_runtime_follows_the_load() {
    let values = [
        (LOW, "20.8"),
        (HIGH, "26"),
        (NOMINAL, "24"),
        (VOLTS, "27"),
        ("ups.load", "100"),
    ];
    let mut known = known(&values, &[CAL, ("chargetime", "7200")]);
    let (mut battery, _) = Battery::begin(&known, Duration::ZERO).unwrap();
    let step = |battery: &mut Battery, known: &Known, on_line, now: u64| {
        let effects = battery.step(
            known,
            (false, false),
            on_line,
            SECOND * u32::try_from(now).unwrap(),
        );
        let set = set(&effects);
        (set[0].1.to_owned(), set[1].1.to_owned())
    };
    let pair = |charge: &str, runtime: &str| (charge.to_owned(), runtime.to_owned());
    assert_eq!(step(&mut battery, &known, true, 0), pair("100", "240"));
    known.set("ups.load", "50");
    assert_eq!(step(&mut battery, &known, true, 1), pair("100", "720"));
    // the load that was seen last counts for the time that has passed
    assert_eq!(step(&mut battery, &known, false, 361), pair("50", "360"));
    assert_eq!(step(&mut battery, &known, false, 2000), pair("0", "0"));
    // half of 7200 s later it is half full
    assert_eq!(step(&mut battery, &known, true, 5600), pair("50", "360"));
    known.set(VOLTS, "22.1");
    assert_eq!(
        step(&mut battery, &known, true, 5601),
        pair("25", "180"),
        "an old battery"
    );
}

#[test]
fn an_idle_device_does_not_last_for_ever() {
    let values = [
        (LOW, "20.8"),
        (HIGH, "26"),
        (VOLTS, "27"),
        ("ups.load", "0"),
    ];
    let known = known(&values, &[CAL, ("idleload", "5")]);
    let (mut battery, _) = Battery::begin(&known, Duration::ZERO).unwrap();
    let effects = battery.step(&known, (false, false), true, Duration::ZERO);
    assert_eq!(
        set(&effects),
        [(CHARGE, "100"), ("battery.runtime", "4800")]
    );
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let values = [(LOW, "20.8"), (HIGH, "26"), (VOLTS, "27")];
    for (name, value) in [
        ("runtimecal", "240,100,720"),
        ("runtimecal", "240,100,120,50"),
        ("runtimecal", "0,100,720,50"),
        ("runtimecal", "240,101,720,50"),
        ("runtimecal", "240,50,720,100"),
        ("runtimecal", "240,100,720,0"),
        ("runtimecal", "a,b,c,d"),
        ("chargetime", "0"),
        ("chargetime", "soon"),
        ("idleload", "0"),
        ("idleload", "101"),
    ] {
        let refused = begin(&values, &[CAL, (name, value)]).unwrap_err();
        assert!(refused.starts_with(name), "{refused}");
    }
    assert!(
        begin(&[("ups.load", "1")], &[CAL])
            .unwrap_err()
            .contains("first charge")
    );
}

#[test]
fn odd_numbers_make_no_odd_charge() {
    for values in [
        [(LOW, "0"), (HIGH, "0"), (VOLTS, "0"), (NOMINAL, "0")],
        [(LOW, "26"), (HIGH, "20"), (VOLTS, "23"), (NOMINAL, "24")],
        [(LOW, "x"), (HIGH, ""), (VOLTS, "-5"), (NOMINAL, "24")],
        [(LOW, "20"), (HIGH, "26"), (VOLTS, "0"), (NOMINAL, "24")],
    ] {
        for effect in begin(&values, &[]).unwrap() {
            let Effect::Set(_, value) = effect else {
                continue;
            };
            let number: f64 = value.parse().unwrap();
            assert!(
                number.is_finite() && (0.0..=100.0).contains(&number),
                "{values:?} {value}"
            );
        }
    }
}
