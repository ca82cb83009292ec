//! The parser against another one, crate `hidreport`, on descriptors where the specification and vendors' tables agree.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod common;

use hid::{Descriptor, Item, Kind};
use hidreport::{Field, Report, ReportDescriptor, Usage, VariableField};
use proptest::prelude::*;

/// What both can say about a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    kind: Kind,
    report: u8,
    first: usize,
    size: usize,
    usages: Vec<u32>,
    logical: (i64, i64),
    physical: Option<(i64, i64)>,
    unit: u32,
    exponent: i8,
}

fn ours(bytes: &[u8]) -> Vec<Told> {
    let descriptor = Descriptor::parse(bytes);
    assert_eq!(descriptor.problems(), []);
    let mut told: Vec<Told> = descriptor.items().iter().map(item).collect();
    told.sort();
    told
}

fn item(item: &Item) -> Told {
    // the numbers of collections are no usages; powercom has fields on their page
    let (own, outside) = item.path.nodes().split_last().unwrap();
    let outside = outside.iter().filter(|node| **node >> 16 != 0x00ff);
    Told {
        kind: item.kind,
        report: item.report,
        first: item.offset.try_into().unwrap(),
        size: item.size.into(),
        usages: outside.chain([own]).copied().collect(),
        logical: (item.logical.min, item.logical.max),
        physical: item.physical.map(|bounds| (bounds.min, bounds.max)),
        unit: item.unit,
        exponent: item.exponent,
    }
}

fn theirs(bytes: &[u8]) -> Vec<Told> {
    let descriptor = ReportDescriptor::try_from(bytes).unwrap();
    let mut told = reports(descriptor.feature_reports(), Kind::Feature);
    told.extend(reports(descriptor.input_reports(), Kind::Input));
    told.extend(reports(descriptor.output_reports(), Kind::Output));
    told.sort();
    told
}

fn reports(reports: &[impl Report], kind: Kind) -> Vec<Told> {
    let fields = reports.iter().flat_map(|report| {
        let id = report.report_id().as_ref();
        report
            .fields()
            .iter()
            .map(move |field| (id.map(u8::from), field))
    });
    let told = fields.filter_map(|(id, field)| match field {
        Field::Variable(field) => Some(variable(kind, id, field)),
        _ => None,
    });
    told.collect()
}

fn variable(kind: Kind, id: Option<u8>, field: &VariableField) -> Told {
    let code = |usage: &Usage| {
        u32::from(u16::from(usage.usage_page)) << 16 | u32::from(u16::from(usage.usage_id))
    };
    let outside = field.collections.iter().filter_map(|c| c.usages().first());
    let physical = field.physical_minimum.zip(field.physical_maximum);
    Told {
        kind,
        report: id.unwrap_or_default(),
        first: field.bits.start - if id.is_some() { 8 } else { 0 },
        size: field.bits.len(),
        usages: outside.chain([&field.usage]).map(code).collect(),
        logical: (
            i32::from(field.logical_minimum).into(),
            i32::from(field.logical_maximum).into(),
        ),
        physical: physical.map(|(min, max)| (i32::from(min).into(), i32::from(max).into())),
        unit: field.unit.map_or(0, u32::from),
        exponent: field.unit_exponent.map_or(0, |unit| unit.exponent()),
    }
}

#[test]
fn both_read_the_same_from_a_descriptor_of_each_vendor() {
    for (name, bytes) in common::descriptors() {
        let told = ours(&bytes);
        assert!(told.len() > 20, "{name}");
        assert_eq!(told, theirs(&bytes), "{name}");
    }
}

/// A field of a clean descriptor: all that it needs is said, and each bit has a usage.
fn field() -> impl Strategy<Value = Vec<u8>> {
    let kind = prop_oneof![Just(0x81_u8), Just(0x91), Just(0xb1)];
    let usages = prop::collection::vec(1_u8..=0xff, 1..5);
    let bounds = (any::<i8>(), any::<i8>());
    (
        kind,
        1_u8..9,
        1_u8..=32,
        usages,
        bounds,
        any::<i16>(),
        0_u8..16,
    )
        .prop_map(|(kind, report, size, usages, (a, b), top, exponent)| {
            let (low, high) = (a.min(b).cast_unsigned(), a.max(b).cast_unsigned());
            let [top_low, top_high] = top.to_le_bytes();
            let count = u8::try_from(usages.len()).unwrap();
            let mut bytes = vec![0x85, report, 0x75, size, 0x95, count, 0x15, low, 0x25, high];
            bytes.extend([0x35, low, 0x46, top_low, top_high, 0x55, exponent]);
            bytes.extend([0x66, 0x21, exponent]);
            bytes.extend(usages.iter().flat_map(|usage| [0x09, *usage]));
            bytes.extend([kind, 2]);
            bytes
        })
}

fn collection(inner: &[Vec<u8>], usage: u8) -> Vec<u8> {
    let kind = usage & 3;
    [&[0x09, usage, 0xa1, kind][..], &inner.concat(), &[0xc0]].concat()
}

fn tree() -> impl Strategy<Value = Vec<u8>> {
    let tree = field().prop_recursive(4, 40, 6, |inner| {
        (prop::collection::vec(inner, 1..6), 1_u8..=0xff)
            .prop_map(|(inner, usage)| collection(&inner, usage))
    });
    let page = prop_oneof![Just(0x84_u8), Just(0x85), Just(0x86)];
    (page, tree).prop_map(|(page, tree)| [&[0x05, page][..], &collection(&[tree], 4)].concat())
}

proptest! {
    #[test]
    fn both_read_the_same_from_any_clean_descriptor(bytes in tree()) {
        prop_assert_eq!(ours(&bytes), theirs(&bytes));
    }
}
