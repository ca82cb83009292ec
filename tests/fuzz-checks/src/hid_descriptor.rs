//! Report descriptors of power devices, and reports of theirs.

use hid::{Descriptor, ITEMS_MAX, Item, Names, REPORT_MAX};

/// Any bytes are a report descriptor with bounded items, and each item reads and writes reports of its length, and no
/// others.
pub fn check_hid_descriptor(bytes: &[u8]) {
    let descriptor = Descriptor::parse(bytes);
    assert!(descriptor.items().len() <= ITEMS_MAX);
    for problem in descriptor.problems() {
        assert!(problem.at <= bytes.len());
        assert!(!problem.to_string().is_empty());
    }
    for (report, length) in descriptor.reports() {
        assert!((1..=REPORT_MAX).contains(&length));
        assert!(descriptor.inputs(report).count() <= hid::EVENTS_MAX);
    }
    for item in descriptor.items() {
        found(&descriptor, item);
        reported(&descriptor, item, bytes);
    }
}

/// An item is found by its path, and its path by its text.
fn found(descriptor: &Descriptor, item: &Item) {
    let place = descriptor.find(&item.path, item.kind);
    let first = place.and_then(|place| descriptor.item(place));
    assert!(first.is_some_and(|first| first.path.begins_with(&item.path)));
    let text = Names::STANDARD.text(&item.path);
    assert_eq!(Names::STANDARD.path(&text).path, item.path, "{text}");
}

/// An item reads any report, and writes those that have room for it.
fn reported(descriptor: &Descriptor, item: &Item, bytes: &[u8]) {
    let length = descriptor
        .report_length(item.report)
        .expect("a report with an item");
    assert!(item.value(bytes).is_finite());
    let mut report: Vec<u8> = bytes.iter().copied().cycle().take(length).collect();
    let before = item.read(&report);
    if item.write(&mut report, before).is_err() {
        assert!(item.is_constant());
        return;
    }
    let fits = item.logical.min >= 0 && item.size < 63 && before >> item.size == 0;
    if fits {
        assert_eq!(item.read(&report), before);
    }
    report.truncate(length.saturating_sub(1));
    let end = item.end().div_ceil(8);
    if usize::try_from(end).is_ok_and(|end| end + 1 == length) {
        assert!(item.write(&mut report, before).is_err());
    }
}
