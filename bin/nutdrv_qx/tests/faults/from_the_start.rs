//! Each fault at each request of each device while the driver finds it out and reads it for the first time.

use std::collections::BTreeMap;

use crate::bench::Bench;
use crate::device::Device;
use crate::line::{HARMLESS, SPOILING};
use crate::truth::truths;

#[test]
fn a_driver_that_starts_on_a_bad_line_tells_nothing_wrong() {
    let mut wrong = BTreeMap::new();
    for device in Device::all() {
        for truth in truths(&device) {
            for request in &device.requests {
                for fault in SPOILING.iter().chain(HARMLESS) {
                    let spoiled = Some((Some(request.clone()), *fault));
                    let Ok(mut bench) = Bench::with(&device, truth.moment, spoiled) else {
                        assert!(!HARMLESS.contains(fault), "{}: {fault:?}", device.name);
                        continue;
                    };
                    for _ in 0..3 {
                        if !bench.is_stale() && bench.critical() != truth.critical {
                            let told = (bench.critical(), truth.critical.clone());
                            let request = request.escape_ascii();
                            let what = format!("{} {request} {fault:?}", device.name);
                            wrong.insert(what, told);
                        }
                        bench.poll();
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}
