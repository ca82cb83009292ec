//! From a low battery to the power that is cut, and to the machine that has power again; whatever goes wrong in between.

use crate::machine::Machine;
use crate::outage::{NO_WAY_BACK, Outage, is_well_again, mains_return};

#[test]
fn a_ups_that_comes_late_is_served_and_a_low_battery_ends_in_the_cut_even_if_its_driver_crashes_just_then()
 {
    let name = "a_ups_that_comes_late_is_served_and_a_low_battery_ends_in_the_cut_even_if_its_driver_crashes_just_then";
    let Some(mut machine) = Machine::boot(name, false) else {
        return;
    };
    machine.await_output("upsc ups ups.status", |said| said.contains("not connected"));
    machine.ups().plug();
    machine.await_status("OL");
    let outage = Outage::begin(&machine).battery_low(&machine);
    outage.powers_off("all is well", &mut machine);
    mains_return(&machine);
    machine.power_on();
    is_well_again(&machine);

    // only the driver itself can tell of the low battery, once systemd has started it anew
    configure(&machine, "upsmon.conf", "DEADTIME 600");
    machine.run("systemctl reload nut-monitor");
    let outage = Outage::begin(&machine);
    machine.run("systemctl kill --kill-whom=main --signal=KILL nut-driver@ups");
    let outage = outage.battery_low(&machine);
    outage.powers_off("the driver crashed", &mut machine);
    mains_return(&machine);
    machine.power_on();
    is_well_again(&machine);
}

#[test]
fn a_low_battery_that_upsd_cannot_tell_of_ends_in_the_cut_and_mains_that_return_too_early_in_a_restart()
 {
    let name = "a_low_battery_that_upsd_cannot_tell_of_ends_in_the_cut_and_mains_that_return_too_early_in_a_restart";
    let Some(mut machine) = Machine::boot(name, true) else {
        return;
    };
    machine.await_status("OL");
    let outage = Outage::begin(&machine);
    machine.run("systemctl stop nut-server");
    let outage = outage.battery_low(&machine);
    outage.powers_off("upsd was away", &mut machine);
    mains_return(&machine);
    machine.power_on();
    is_well_again(&machine);

    // the machine is to restart itself if the UPS, which knows that there are mains, does not cut the power
    configure(&machine, "nut.conf", "POWEROFF_WAIT=5");
    let outage = Outage::begin(&machine).battery_low(&machine);
    machine.await_console(NO_WAY_BACK);
    mains_return(&machine);
    outage.restarts("mains were back", &mut machine);
    machine.await_up();
    is_well_again(&machine);
}

fn configure(machine: &Machine, file: &str, line: &str) {
    machine.run(&format!("echo '{line}' >>/etc/nut/{file}"));
}
