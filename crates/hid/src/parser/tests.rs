//! The parser on short descriptors, most of them as real devices have them.

use super::*;
use crate::usage::Names;

/// A collection UPS (04) with a collection PowerSummary (24) on page 0x84 around what is given.
fn within(inner: &[u8]) -> Vec<u8> {
    let head = [0x05, 0x84, 0x09, 0x04, 0xa1, 0x01, 0x09, 0x24, 0xa1, 0x00];
    [&head[..], inner, &[0xc0, 0xc0]].concat()
}

fn items(inner: &[u8]) -> Vec<Item> {
    let parts = parse(&within(inner));
    assert_eq!(parts.problems, []);
    parts.items
}

fn faults(bytes: &[u8]) -> Vec<Fault> {
    let problems = parse(bytes).problems;
    problems.iter().map(|problem| problem.fault).collect()
}

fn text(item: &Item) -> String {
    Names::STANDARD.text(&item.path)
}

#[test]
fn each_field_is_an_item_with_its_own_usage_and_bits() {
    // RemainingCapacity 8 bits; Charging and Discharging one bit each, in report 7
    let items = items(&[
        0x85, 7, 0x05, 0x85, 0x15, 0, 0x25, 100, 0x75, 8, 0x95, 1, 0x09, 0x66, 0xb1, 2, 0x25, 1,
        0x75, 1, 0x95, 2, 0x09, 0x44, 0x09, 0x45, 0xb1, 2,
    ]);
    let told: Vec<_> = items.iter().map(|i| (text(i), i.offset, i.size)).collect();
    assert_eq!(told[0], ("UPS.PowerSummary.RemainingCapacity".into(), 0, 8));
    assert_eq!(told[1], ("UPS.PowerSummary.Charging".into(), 8, 1));
    assert_eq!(told[2], ("UPS.PowerSummary.Discharging".into(), 9, 1));
    assert_eq!(items[0].logical, Bounds { min: 0, max: 100 });
    assert!(
        items
            .iter()
            .all(|item| item.report == 7 && item.kind == Kind::Feature)
    );
}

#[test]
fn fields_without_a_usage_left_are_filler() {
    // three fields for one usage, then another one: it begins behind all three
    let items = items(&[
        0x75, 8, 0x95, 3, 0x09, 0x30, 0xb1, 2, 0x95, 1, 0x09, 0x31, 0xb1, 2,
    ]);
    let offsets: Vec<_> = items.iter().map(|i| (text(i), i.offset)).collect();
    assert_eq!(offsets[0], ("UPS.PowerSummary.Voltage".into(), 0));
    assert_eq!(offsets[1], ("UPS.PowerSummary.Current".into(), 24));
}

#[test]
fn kinds_of_report_and_identifiers_have_bits_of_their_own() {
    let items = items(&[
        0x75, 8, 0x95, 1, 0x85, 1, 0x09, 0x30, 0xb1, 2, 0x09, 0x30, 0x81, 2, 0x85, 2, 0x09, 0x30,
        0xb1, 2, 0x85, 1, 0x09, 0x31, 0xb1, 2,
    ]);
    let offsets: Vec<_> = items.iter().map(|i| i.offset).collect();
    assert_eq!(offsets, [0, 0, 0, 8]);
}

#[test]
fn a_collection_of_a_vendors_type_has_its_number_in_the_path() {
    // Flow as type 0x84, in it ConfigVoltage; behind it Voltage
    let items = items(&[
        0x75, 8, 0x95, 1, 0x09, 0x1e, 0xa1, 0x84, 0x09, 0x40, 0xb1, 2, 0xc0, 0x09, 0x30, 0xb1, 2,
    ]);
    assert_eq!(text(&items[0]), "UPS.PowerSummary.Flow.[4].ConfigVoltage");
    assert_eq!(text(&items[1]), "UPS.PowerSummary.Voltage");
}

#[test]
fn a_collection_takes_the_first_of_its_usages() {
    let items = items(&[
        0x75, 8, 0x95, 1, 0x09, 0x02, 0x09, 0x1e, 0xa1, 0, 0x09, 0x61, 0xb1, 2, 0xc0,
    ]);
    assert_eq!(text(&items[0]), "UPS.PowerSummary.PresentStatus.Good");
}

#[test]
fn usages_of_four_bytes_have_a_page_of_their_own() {
    let items = items(&[0x75, 8, 0x95, 1, 0x0b, 0x60, 0, 0x86, 0xff, 0xb1, 2]);
    assert_eq!(items[0].path.last(), Some(0xff86_0060));
}

#[test]
fn a_largest_value_below_the_smallest_is_read_without_its_sign() {
    let bytes = within(&[
        0x15, 0, 0x25, 0xff, 0x75, 8, 0x95, 1, 0x09, 0x30, 0xb1, 2, 0x25, 0x64, 0x09, 0x31, 0xb1, 2,
    ]);
    let Parts {
        items, problems, ..
    } = parse(&bytes);
    assert_eq!((items[0].logical.max, items[0].assumed_max), (255, true));
    assert_eq!((items[1].logical.max, items[1].assumed_max), (100, false));
    assert_eq!(
        problems[0].to_string(),
        "report descriptor, byte 12: largest value -1 is below the smallest; taken for 255"
    );
}

#[test]
fn physical_bounds_need_both_and_stay_in_force() {
    let items = items(&[
        0x75, 8, 0x95, 1, 0x35, 0, 0x09, 0x30, 0xb1, 2, 0x46, 0xff, 0x00, 0x09, 0x31, 0xb1, 2,
        0x09, 0x32, 0xb1, 2,
    ]);
    let both = Some(Bounds { min: 0, max: 255 });
    let physical: Vec<_> = items.iter().map(|item| item.physical).collect();
    assert_eq!(physical, [None, both, both]);
}

#[test]
fn an_exponent_is_four_bits_with_a_sign() {
    for (byte, exponent) in [(0x07, 7), (0x0f, -1), (0x08, -8), (0xff, -1), (0x05, 5)] {
        let items = items(&[0x75, 8, 0x95, 1, 0x55, byte, 0x09, 0x30, 0xb1, 2]);
        assert_eq!(items[0].exponent, exponent, "{byte:#x}");
    }
}

#[test]
fn sizes_and_counts_have_eight_bits() {
    let items = items(&[
        0x76, 0x08, 0x01, 0x96, 0x02, 0x01, 0x09, 0x30, 0x09, 0x31, 0x09, 0x32, 0xb1, 2,
    ]);
    assert_eq!(items.len(), 2);
    assert_eq!(items[1].offset, 8);
}

#[test]
fn offsets_do_not_wrap_in_long_reports() {
    let items = items(&[
        0x85, 1, 0x75, 8, 0x95, 62, 0x09, 0xf0, 0xb1, 2, 0x95, 1, 0x09, 0x30, 0xb1, 2,
    ]);
    assert_eq!(items[1].offset, 62 * 8);
}

#[test]
fn a_report_is_as_long_as_in_the_reference() {
    // one usage for 46 bytes, as some of APC's have it: the reference stops at 256 bits
    let bits = |count, more: &[u8]| {
        let fields = [0x85, 1, 0x75, 16, 0x95, count, 0x09, 0x30, 0xb1, 2];
        let parts = parse(&within(&[&fields[..], more].concat()));
        parts.bits[&1]
    };
    assert_eq!(bits(1, &[]), 16);
    assert_eq!(bits(11, &[]), 176);
    assert_eq!(bits(23, &[]), 256);
    // but what stands behind that can be read
    assert_eq!(bits(23, &[0x95, 1, 0x09, 0x31, 0xb1, 2]), 384);
}

#[test]
fn what_is_cut_short_keeps_what_came_before() {
    let whole = within(&[0x75, 8, 0x95, 1, 0x09, 0x30, 0xb1, 2]);
    let cut = whole.len() - 3;
    let Parts {
        items, problems, ..
    } = parse(&whole[..cut]);
    assert_eq!(items.len(), 0);
    assert_eq!((problems[0].at, problems[0].fault), (16, Fault::CutShort));
    assert_eq!(faults(&whole[..whole.len() - 1]), [Fault::LeftOpen(1)]);
}

#[test]
fn collections_deeper_than_a_path_end_it() {
    let deep = [0x09, 0x24, 0xa1, 0x00].repeat(11);
    assert_eq!(faults(&deep), [Fault::TooDeep]);
    let full = [
        &[0x09, 0x24, 0xa1, 0].repeat(10)[..],
        &[0x75, 8, 0x95, 1, 0x09, 0x30, 0xb1, 2],
    ];
    assert_eq!(faults(&full.concat()), [Fault::TooDeep]);
}

#[test]
fn ends_without_a_beginning_are_told_and_change_nothing() {
    let bytes = [
        &[0xc0][..],
        &within(&[0x75, 8, 0x95, 1, 0x09, 0x30, 0xb1, 2]),
    ]
    .concat();
    assert_eq!(faults(&bytes), [Fault::NotOpened]);
    assert_eq!(text(&parse(&bytes).items[0]), "UPS.PowerSummary.Voltage");
}

#[test]
fn fields_and_bytes_have_their_limits() {
    let many = within(&[0x75, 1, 0x95, 1, 0x09, 0x30, 0xb1, 2].repeat(600));
    let Parts {
        items, problems, ..
    } = parse(&many);
    assert_eq!(items.len(), ITEMS_MAX);
    assert_eq!(problems[0].fault, Fault::TooManyItems);
    let long = vec![0xc1; DESCRIPTOR_MAX + 1];
    assert!(parse(&long).problems.len() <= PROBLEMS_MAX);
    let long = [0x75, 1].repeat(DESCRIPTOR_MAX);
    assert_eq!(faults(&long), [Fault::TooLong]);
}

#[test]
fn fields_behind_the_longest_report_are_left_out() {
    let filler = [0x75, 255, 0x95, 255, 0xb1, 3];
    let bytes = within(&[&filler[..], &[0x75, 8, 0x95, 1, 0x09, 0x30, 0xb1, 2]].concat());
    let Parts {
        items, problems, ..
    } = parse(&bytes);
    assert_eq!(items.len(), 0);
    assert_eq!(problems[0].fault, Fault::ReportTooLong(0));
}

#[test]
fn elements_without_effect_are_told() {
    assert_eq!(faults(&[0xa4, 0xb4, 0x19, 1, 0x29, 3]).len(), 4);
}
