//! From a low battery to the power that is cut.

use crate::machine::Machine;

/// Off 60 s after the command and on again 120 s after it, if the mains are back by then: reports 13 and 14 of the device, 32 bits each.
const OFF_AND_ON_AGAIN: [&str; 2] = ["0d78000000", "0e3c000000"];

#[test]
fn a_ups_that_comes_late_is_served_and_its_low_battery_powers_the_machine_off_and_has_it_cut_the_power()
 {
    let name = "a_ups_that_comes_late_is_served_and_its_low_battery_powers_the_machine_off_and_has_it_cut_the_power";
    let Some(mut machine) = Machine::boot(name, false) else {
        return;
    };
    machine.await_output("upsc ups ups.status", |said| said.contains("not connected"));
    machine.ups().plug();
    machine.await_status("OL");
    machine.ups().mains(false);
    machine.await_status("OB DISCHRG");
    assert_eq!(machine.ups().written(), [""; 0], "too early");

    machine.ups().battery_low();
    let console = machine.await_power_off();
    let told = console.find("nutshutdown: telling the UPS to cut the power");
    let off = console.find("reboot: Power down");
    assert!(
        told.is_some() && told < off,
        "it was told too early, too late or not at all"
    );
    assert!(!console.contains("panicked"));
    assert_eq!(machine.ups().written(), OFF_AND_ON_AGAIN);
}
