//! What holds of any bytes and any values.

mod common;

use hid::{Bounds, Descriptor, ITEMS_MAX, Item, Kind, Names, Path, REPORT_MAX};
use proptest::prelude::*;

fn item() -> impl Strategy<Value = Item> {
    let bounds = (any::<i32>(), any::<i32>());
    (0_u32..300, 1_u8..=34, bounds, -8_i8..8).prop_map(|(offset, size, (a, b), exponent)| Item {
        path: Path::default(),
        kind: Kind::Feature,
        report: 1,
        offset,
        size,
        flags: 2,
        logical: Bounds {
            min: a.min(b).into(),
            max: a.max(b).into(),
        },
        assumed_max: false,
        physical: None,
        unit: 0,
        exponent,
    })
}

/// An item in which every number within the bounds has its own bits.
fn roomy_item() -> impl Strategy<Value = Item> {
    item().prop_map(|mut item| {
        let signed = item.logical.min < 0;
        let limit = 1_i64 << if signed { item.size - 1 } else { item.size };
        item.logical.min = item.logical.min.max(-limit).min(limit - 1);
        item.logical.max = item.logical.max.max(item.logical.min).min(limit - 1);
        item
    })
}

/// Everything that can be asked of a descriptor.
fn ask(bytes: &[u8]) -> Result<(), TestCaseError> {
    let descriptor = Descriptor::parse(bytes);
    prop_assert!(descriptor.items().len() <= ITEMS_MAX);
    for item in descriptor.items() {
        let length = descriptor.report_length(item.report).unwrap_or_default();
        prop_assert!((2..=REPORT_MAX).contains(&length) || item.size == 0);
        prop_assert!(descriptor.find(&item.path, item.kind).is_some());
        let mut report = vec![0xa5; length];
        let value = item.value(&report);
        prop_assert!(value.is_finite());
        let read = item.read(&report);
        prop_assert!(item.write(&mut report, read).is_ok() || item.is_constant());
        let text = Names::STANDARD.text(&item.path);
        prop_assert_eq!(Names::STANDARD.path(&text).path, item.path);
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_a_descriptor(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        ask(&bytes)?;
    }

    #[test]
    fn a_damaged_descriptor_is_one_too(
        which in 0_usize..8,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
    ) {
        let (_, mut bytes) = common::descriptors().swap_remove(which);
        for (place, byte) in damage {
            *place.get_mut(&mut bytes) = byte;
        }
        bytes.truncate(end.index(bytes.len()) + 1);
        ask(&bytes)?;
    }

    #[test]
    fn what_is_written_is_read(item in roomy_item(), value in any::<i64>(), before in any::<u8>()) {
        let value = value.max(item.logical.min).min(item.logical.max);
        let mut report = vec![before; 64];
        item.write(&mut report, value).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(item.read(&report), value);
    }

    #[test]
    fn writing_changes_only_the_fields_bits(item in item(), value in any::<i64>(), before in any::<u8>()) {
        let mut report = vec![before; 64];
        item.write(&mut report, value).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let field = item.offset + 8..item.end() + 8;
        let old = std::iter::repeat_n(before, 64);
        for (at, (old, new)) in (0_u32..).step_by(8).zip(old.zip(report)) {
            for bit in 0..8 {
                prop_assert!(field.contains(&(at + bit)) || (old ^ new) >> bit & 1 == 0);
            }
        }
    }

    #[test]
    fn what_is_read_is_within_the_bounds(item in item(), report in prop::collection::vec(any::<u8>(), 0..64)) {
        let value = item.read(&report);
        prop_assert!((item.logical.min..=item.logical.max).contains(&value));
    }

    #[test]
    fn a_quantity_is_at_most_one_step_off_when_it_comes_back(
        mut item in item(),
        logical in any::<i64>(),
        physical in prop::option::of((any::<i32>(), any::<i32>())),
    ) {
        item.physical = physical.map(|(a, b)| Bounds { min: a.min(b).into(), max: a.max(b).into() });
        let logical = logical.max(item.logical.min).min(item.logical.max);
        let back = item.logical_of(item.physical_of(logical));
        prop_assert!((back - logical).abs() <= 1, "{} for {}", back, logical);
    }

    #[test]
    fn any_text_is_a_path(text in ".{0,80}") {
        let parsed = Names::STANDARD.path(&text);
        prop_assert_eq!(Names::STANDARD.path(&Names::STANDARD.text(&parsed.path)).path, parsed.path);
    }
}
