//! What some devices' descriptors get wrong (spec usbhid-conversions.md, sections 3.4, 4, 7 and 8). `disable_fix_report_desc`
//! leaves them as they are.

use hid::{Bounds, Descriptor};
use usb::Identity;

const VOLTAGE: u32 = 0x0084_0030;
const CONFIG_VOLTAGE: u32 = 0x0084_0040;
const CONFIG_ACTIVE_POWER: u32 = 0x0084_0044;
const HIGH_VOLTAGE_TRANSFER: u32 = 0x0084_0054;
const RUN_TIME_TO_EMPTY: u32 = 0x0085_0068;

/// Corrects a descriptor; whether anything was changed.
pub(crate) fn fix(subdriver: &str, identity: &Identity, descriptor: &mut Descriptor) -> bool {
    match (subdriver, identity.vid, identity.pid) {
        ("apc", 0x051d, 0x0002) => apc(descriptor),
        ("cps", 0x0764, 0x0501 | 0x0601) => cps(descriptor),
        ("idowell", 0x075d, 0x0300) | ("idowell", 0x06da, 0xffff) => idowell(descriptor),
        _ => false,
    }
}

fn bounds(descriptor: &mut Descriptor, report: u8, usage: u32) -> Option<Bounds> {
    descriptor.fix(report, usage).map(|item| item.logical)
}

fn set(descriptor: &mut Descriptor, report: u8, usage: u32, min: Option<i64>, max: i64) {
    if let Some(item) = descriptor.fix(report, usage) {
        item.logical.min = min.unwrap_or(item.logical.min);
        item.logical.max = max;
    }
}

/// A voltage that transfers may begin at must be a voltage that can be told.
fn apc(descriptor: &mut Descriptor) -> bool {
    let Some(high) = bounds(descriptor, 0x33, HIGH_VOLTAGE_TRANSFER) else {
        return false;
    };
    let mut changed = false;
    if bounds(descriptor, 0x31, VOLTAGE).is_some_and(|voltage| high.max > voltage.max) {
        set(descriptor, 0x31, VOLTAGE, Some(0), 2 * high.max);
        changed = true;
    }
    if bounds(descriptor, 0x30, CONFIG_VOLTAGE).is_some_and(|nominal| high.max > nominal.max) {
        set(descriptor, 0x30, CONFIG_VOLTAGE, None, 255);
        changed = true;
    }
    changed
}

/// Voltages with the bounds of the transfer voltage, or with bounds that had to be assumed; power that is more than its bound.
fn cps(descriptor: &mut Descriptor) -> bool {
    const MOST: i64 = 511;
    let mut changed = false;
    let high = bounds(descriptor, 0x10, HIGH_VOLTAGE_TRANSFER);
    let same = |one: Option<Bounds>| {
        one.zip(high)
            .is_some_and(|(one, high)| one.min == high.min && one.max == high.max)
    };
    if same(bounds(descriptor, 0x12, VOLTAGE)) {
        let input_too = same(bounds(descriptor, 0x0f, VOLTAGE));
        set(descriptor, 0x12, VOLTAGE, Some(0), MOST);
        if input_too {
            set(descriptor, 0x0f, VOLTAGE, Some(0), MOST);
        }
        changed = true;
    }
    changed |= assumed(descriptor, MOST);
    if bounds(descriptor, 0x18, CONFIG_ACTIVE_POWER).is_some_and(|power| power.max < 2048) {
        set(descriptor, 0x18, CONFIG_ACTIVE_POWER, None, 2048);
        changed = true;
    }
    changed
}

/// Output and input voltage whose greatest value had to be assumed: as much as the other, and as their bits can say.
fn assumed(descriptor: &mut Descriptor, most: i64) -> bool {
    let look = |descriptor: &mut Descriptor, report| {
        let item = descriptor.fix(report, VOLTAGE)?;
        Some((item.logical.max, item.assumed_max, u32::from(item.size)))
    };
    let Some((output, input)) = look(descriptor, 0x12).zip(look(descriptor, 0x0f)) else {
        return false;
    };
    let raised = |(max, assumed, _): (i64, bool, u32)| if assumed { max.max(most) } else { max };
    let (mut o, mut i) = (raised(output), raised(input));
    if output.1 && o < i {
        o = i;
    } else if input.1 && i < o {
        i = o;
    }
    let limited = |max: i64, (_, assumed, size): (i64, bool, u32)| {
        let most = 1_i64.checked_shl(size).map_or(i64::MAX, |most| most - 1);
        if assumed && size > 1 {
            max.min(most)
        } else {
            max
        }
    };
    let (o, i) = (limited(o, output), limited(i, input));
    set(descriptor, 0x12, VOLTAGE, None, o);
    set(descriptor, 0x0f, VOLTAGE, None, i);
    (o, i) != (output.0, input.0)
}

/// A greatest value that is less than the least.
fn idowell(descriptor: &mut Descriptor) -> bool {
    let mut changed = false;
    for (usage, max) in [(RUN_TIME_TO_EMPTY, 0x75ff_ffff), (VOLTAGE, 65_535)] {
        if let Some(item) = descriptor
            .fix(2, usage)
            .filter(|item| item.logical.max < item.logical.min)
        {
            item.logical.max = max;
            item.assumed_max = true;
            changed = true;
        }
    }
    changed
}
