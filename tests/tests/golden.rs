//! What our drivers of serial devices publish, beside what C NUT's published on the same simulated devices.
//!
//! The comparison is `tests/devices/serial/golden.py`, its README tells of it. C NUT's texts are no part of this project.

use std::path::Path;
use std::time::Duration;
use testkit::{Program, Sandbox, installed, our_programs, skipped, skipped_unless_ci};

/// How long all cases take, with much to spare.
const ALL: Duration = Duration::from_secs(3600);

#[test]
fn what_c_nut_publishes_is_published_but_for_what_is_meant() {
    let name = "what_c_nut_publishes_is_published_but_for_what_is_meant";
    let Some(golden) = std::env::var_os("LOCKNUT_SERIAL_GOLDENS") else {
        return skipped(
            name,
            "C NUT's texts in the directory that LOCKNUT_SERIAL_GOLDENS names",
        );
    };
    let Some(python) = installed("python3") else {
        return skipped_unless_ci(name, "python3");
    };
    let sandbox = Sandbox::new();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("devices/serial/golden.py");
    let compared = Program::at(&python, &sandbox)
        .arg(script)
        .arg("--drivers")
        .arg(our_programs().unwrap())
        .arg("--golden")
        .arg(golden)
        .run_within(ALL);
    assert_eq!(compared.code, Some(0), "{}", compared.stdout);
}
