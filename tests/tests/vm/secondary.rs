//! Two machines on one UPS: one has it, the other is told over a network.

use testkit::Sandbox;

use crate::hardware::Cable;
use crate::machine::{Machine, Plan};
use crate::outage::{NO_WAY_BACK, Outage, is_well_again, mains_return};
use crate::payload::Begin;

const PRIMARY: &str = "192.0.2.1";
const SECONDARY: &str = "192.0.2.2";

#[test]
fn a_secondary_goes_down_before_its_primary_has_the_power_cut_though_the_mains_return_meanwhile() {
    let name = "a_secondary_goes_down_before_its_primary_has_the_power_cut_though_the_mains_return_meanwhile";
    let sandbox = Sandbox::new();
    let cable = Cable::new(&sandbox);
    let Some(mut primary) = start(name, Begin::Installed, Some(true), cable.clone()) else {
        return;
    };
    let Some(mut secondary) = start(name, Begin::Secondary, None, cable.other_end()) else {
        return;
    };
    primary.await_up();
    serve(&primary);
    secondary.await_up();
    join(&secondary, SECONDARY);
    follows(&primary, &secondary);

    let outage = Outage::begin(&primary).battery_low(&primary);
    secondary.await_console(NO_WAY_BACK);
    mains_return(&primary);
    let console = secondary.await_power_off();
    assert!(
        !console.contains("nutshutdown: telling"),
        "it has no UPS to tell"
    );
    outage.powers_off("with a secondary", &mut primary);
    primary.power_on();
    is_well_again(&primary);
}

fn start(name: &str, begin: Begin, plugged: Option<bool>, cable: Cable) -> Option<Machine> {
    let plan = Plan {
        begin,
        plugged,
        cable: Some(cable),
    };
    Machine::start(name, plan)
}

/// The machine has an address on the cable.
fn join(machine: &Machine, address: &str) {
    machine.await_output("ls /sys/class/net", |said| said.contains("eth0"));
    machine.run(&format!("busybox ip addr add {address}/24 dev eth0"));
    machine.run("busybox ip link set dev eth0 up");
}

/// The other one may ask, and is waited for as long as it takes.
fn serve(primary: &Machine) {
    // what is still being started would be waited for
    primary.await_status("OL");
    join(primary, PRIMARY);
    primary.run(&format!("echo 'LISTEN {PRIMARY}' >>/etc/nut/upsd.conf"));
    primary.run("echo 'HOSTSYNC 600' >>/etc/nut/upsmon.conf");
    primary.run("systemctl --no-block restart nut-server nut-monitor");
}

/// It hears of the UPS, and is known as one that does.
fn follows(primary: &Machine, secondary: &Machine) {
    let status = format!("upsc ups@{PRIMARY} ups.status 2>/dev/null");
    secondary.await_output(&status, |said| said == "OL");
    let clients = format!("upsc -c ups@{PRIMARY} 2>/dev/null");
    for client in ["127.0.0.1", SECONDARY] {
        primary.await_output(&clients, |said| said.contains(client));
    }
    for unit in ["nut-server", "nut-driver@ups"] {
        let state = secondary.try_run(&format!("systemctl is-active {unit}"));
        assert_eq!(state.text.trim(), "inactive", "{unit}");
    }
}
