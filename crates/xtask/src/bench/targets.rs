//! What we promise of upsd's speed and size, and whether it holds.

use super::cases::{CLIENTS, Plan, VISITORS, name};
use super::figures::{Figures, Side, Unit};
use super::promise::{Target, judged, ratio};
use super::table::number;

/// How many times faster we are where C stalls on delayed acknowledgements.
const STALL_GAIN: f64 = 500.0;
/// What LIST VAR and pipelined GET reach where C does not stall.
const LIST_RATE: f64 = 15_000.0;
const PIPELINED_RATE: f64 = 1_000_000.0;
/// Requests a second below which C stalls: each of its bursts takes 40 ms and more.
const LIST_STALLED: f64 = 50.0;
const PIPELINED_STALLED: f64 = 32.0 * LIST_STALLED;
const IDLE_COST: f64 = 1.2;
const CROWD_MILLIS: f64 = 500.0;
const REST_SHARE: f64 = 0.7;
/// With the most idle clients: 1.2 times of what C has with 9,000.
const RESIDENT_MAX: f64 = 18_000.0;

/// All promises as lines, and whether none is broken.
pub(crate) fn judge(figures: &Figures, plan: &Plan) -> (String, bool) {
    let mut all = vec![
        burst(figures, &name::rate("LIST VAR", 1), LIST_STALLED, LIST_RATE),
        burst(figures, name::PIPELINED, PIPELINED_STALLED, PIPELINED_RATE),
    ];
    let gets = CLIENTS.map(|clients| name::rate("GET VAR", clients));
    let rates = gets.into_iter().chain(VISITORS.map(name::visits));
    all.extend(rates.map(|name| not_slower(figures, &name)));
    all.extend(["LIST VAR", "GET VAR"].map(|what| beside_idle(figures, plan, what)));
    all.push(everybody_served(figures, plan));
    all.push(light_at_rest(figures));
    all.push(light_with_many(figures, plan));
    judged(&all)
}

/// Much faster where C stalls, else as fast as promised.
fn burst(figures: &Figures, name: &str, stalled: f64, enough: f64) -> Target {
    if figures
        .median(Side::C, name)
        .is_some_and(|rate| rate < stalled)
    {
        let what = format!("{name}: at least {STALL_GAIN} times C's rate");
        return Target::of_ratio(what, ratio(figures, name), |ratio| ratio >= STALL_GAIN);
    }
    let what = format!(
        "{name}: at least {} a second",
        number(enough, Unit::PerSecond)
    );
    let ours = figures.median(Side::Ours, name);
    Target::of(what, ours, Unit::PerSecond, |rate| rate >= enough)
}

fn not_slower(figures: &Figures, name: &str) -> Target {
    let what = format!("{name}: not slower than C");
    Target::of_ratio(what, ratio(figures, name), |ratio| ratio >= 1.0)
}

fn beside_idle(figures: &Figures, plan: &Plan, what: &str) -> Target {
    let p50 = |idle| figures.median(Side::Ours, &name::beside(what, idle));
    let most = plan.most_idle();
    let ratio = p50(most).and_then(|with| p50(0).map(|without| with / without));
    let what = format!("{what} p50 beside {most} idle: at most {IDLE_COST} times that with none");
    Target::of_ratio(what, ratio, |ratio| ratio <= IDLE_COST)
}

fn everybody_served(figures: &Figures, plan: &Plan) -> Target {
    let served = figures.median(Side::Ours, name::CROWD_SERVED);
    let all = served.is_some_and(|served| served >= plan.crowd as f64);
    let what = format!(
        "{} at once: all served within {CROWD_MILLIS} ms",
        plan.crowd
    );
    let time = figures.median(Side::Ours, name::CROWD_TIME);
    Target::of(what, time, Unit::Millis, |millis| {
        all && millis <= CROWD_MILLIS
    })
}

fn light_at_rest(figures: &Figures) -> Target {
    let what = format!("RSS at rest, as shipped: at most {REST_SHARE} of C's");
    let ratio = ratio(figures, &name::resident(0, true));
    Target::of_ratio(what, ratio, |ratio| ratio <= REST_SHARE)
}

fn light_with_many(figures: &Figures, plan: &Plan) -> Target {
    let most = plan.most_idle();
    let limit = number(RESIDENT_MAX, Unit::Kilobytes);
    let what = format!("RSS with {most} idle clients, as shipped: at most {limit} kB");
    let ours = figures.median(Side::Ours, &name::resident(most, true));
    Target::of(what, ours, Unit::Kilobytes, |kilobytes| {
        kilobytes <= RESIDENT_MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(name: &str, ours: f64, c: Option<f64>) -> String {
        let mut figures = Figures::default();
        figures.add(Side::Ours, name, Unit::PerSecond, ours);
        if let Some(c) = c {
            figures.add(Side::C, name, Unit::PerSecond, c);
        }
        let (text, _) = judge(&figures, &Plan::for_open_files(20_000));
        let lines = text.lines().filter(|line| !line.starts_with("open"));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn where_c_stalls_we_are_faster_by_orders_of_magnitude() {
        let list = name::rate("LIST VAR", 1);
        assert!(judged(&list, 12_000.0, Some(22.0)).starts_with("met"));
        assert!(judged(&list, 10_000.0, Some(22.0)).starts_with("NOT MET"));
    }

    #[test]
    fn where_c_does_not_stall_or_is_not_there_a_rate_counts() {
        let list = name::rate("LIST VAR", 1);
        assert!(judged(&list, 14_000.0, Some(5000.0)).starts_with("NOT MET"));
        assert!(judged(&list, 16_000.0, None).starts_with("met"));
    }

    #[test]
    fn get_is_compared_with_c_and_open_without_it() {
        let get = name::rate("GET VAR", 16);
        assert!(judged(&get, 101.0, Some(100.0)).starts_with("met"));
        assert!(judged(&get, 99.0, Some(100.0)).starts_with("NOT MET"));
        assert_eq!(judged(&get, 99.0, None), "");
    }

    #[test]
    fn nothing_measured_breaks_no_promise() {
        let (text, met) = judge(&Figures::default(), &Plan::for_open_files(20_000));
        assert!(met);
        assert!(text.lines().all(|line| line.starts_with("open")), "{text}");
    }
}
