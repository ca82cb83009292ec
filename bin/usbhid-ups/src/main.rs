//! usbhid-ups: UPSes that are USB HID power devices.

use std::process::ExitCode;

fn main() -> ExitCode {
    driver::start(&usbhid_ups::INFO)
}
