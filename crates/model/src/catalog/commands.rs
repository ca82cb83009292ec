//! The known instant commands (section 12 of the specification of names).
//!
//! A unit in parentheses is that of the optional parameter.

use super::Known;

/// Every instant command.
#[rustfmt::skip]
pub static COMMANDS: &[Known] = &[
    // The load
    Known { name: "load.off",                          text: "Switch the load off now" },
    Known { name: "load.on",                           text: "Switch the load on now" },
    Known { name: "load.off.delay",                    text: "Switch the load off after a wait (seconds)" },
    Known { name: "load.on.delay",                     text: "Switch the load on after a wait (seconds)" },
    Known { name: "shutdown.default",                  text: "Switch off the way the driver does it in an emergency" },
    Known { name: "shutdown.return",                   text: "Switch the load off after a wait and on again when mains power is back (seconds)" },
    Known { name: "shutdown.stayoff",                  text: "Switch the load off after a wait and leave it off (seconds)" },
    Known { name: "shutdown.stop",                     text: "Cancel a shutdown that is under way" },
    Known { name: "shutdown.reboot",                   text: "Switch the load off and on again now" },
    Known { name: "shutdown.reboot.graceful",          text: "Switch the load off and on again after a wait" },

    // Tests and calibration
    Known { name: "test.panel.start",                  text: "Light up the front panel for a test" },
    Known { name: "test.panel.stop",                   text: "End the test of the front panel" },
    Known { name: "test.failure.start",                text: "Pretend that mains power failed" },
    Known { name: "test.failure.stop",                 text: "Stop pretending that mains power failed" },
    Known { name: "test.battery.start",                text: "Test the battery, the device chooses how long" },
    Known { name: "test.battery.start.quick",          text: "Test the battery for a short time" },
    Known { name: "test.battery.start.deep",           text: "Test the battery for a long time" },
    Known { name: "test.battery.start.low",            text: "Test the battery until it is low" },
    Known { name: "test.battery.stop",                 text: "Abort the battery test" },
    Known { name: "test.system.start",                 text: "Test the whole system" },
    Known { name: "calibrate.start",                   text: "Calibrate the runtime, which discharges the battery" },
    Known { name: "calibrate.stop",                    text: "Abort the runtime calibration" },

    // Modes, records, buzzer
    Known { name: "bypass.start",                      text: "Put the load on bypass" },
    Known { name: "bypass.stop",                       text: "Take the load off bypass" },
    Known { name: "reset.input.minmax",                text: "Forget the lowest and highest input voltage seen" },
    Known { name: "reset.watchdog",                    text: "Tell the watchdog that all is well" },
    Known { name: "clear.fault.record",                text: "Erase the fault log of the device" },
    Known { name: "beeper.enable",                     text: "Let the buzzer sound" },
    Known { name: "beeper.disable",                    text: "Keep the buzzer silent for good" },
    Known { name: "beeper.mute",                       text: "Silence the buzzer for the present alarm" },
    Known { name: "beeper.toggle",                     text: "Change the buzzer from on to off or from off to on" },
    Known { name: "beeper.on",                         text: "Let the buzzer sound (obsolete, use beeper.enable)" },
    Known { name: "beeper.off",                        text: "Silence the buzzer (obsolete, use beeper.disable or beeper.mute)" },

    // Outlets and groups of outlets
    Known { name: "outlet.n.load.off",                 text: "Switch the outlet off now" },
    Known { name: "outlet.n.load.on",                  text: "Switch the outlet on now" },
    Known { name: "outlet.n.load.cycle",               text: "Switch the outlet off and on again now" },
    Known { name: "outlet.n.load.off.delay",           text: "Switch the outlet off after a wait (seconds)" },
    Known { name: "outlet.n.load.on.delay",            text: "Switch the outlet on after a wait (seconds)" },
    Known { name: "outlet.n.load.cycle.delay",         text: "Switch the outlet off and on again after a wait (seconds)" },
    Known { name: "outlet.n.delay.shutdown",           text: "Switch the outlet off after a wait (seconds)" },
    Known { name: "outlet.n.delay.start",              text: "Switch the outlet on after a wait (seconds)" },
    Known { name: "outlet.n.shutdown.return",          text: "Switch the outlet off after a wait and on again when mains power is back (seconds)" },
    Known { name: "outlet.group.n.load.off",           text: "Switch the outlet group off now" },
    Known { name: "outlet.group.n.load.on",            text: "Switch the outlet group on now" },
    Known { name: "outlet.group.n.load.cycle",         text: "Switch the outlet group off and on again now" },
    Known { name: "outlet.group.n.load.off.delay",     text: "Switch the outlet group off after a wait (seconds)" },
    Known { name: "outlet.group.n.load.on.delay",      text: "Switch the outlet group on after a wait (seconds)" },
    Known { name: "outlet.group.n.load.cycle.delay",   text: "Switch the outlet group off and on again after a wait (seconds)" },
    Known { name: "outlet.group.n.delay.shutdown",     text: "Switch the outlet group off after a wait (seconds)" },
    Known { name: "outlet.group.n.delay.start",        text: "Switch the outlet group on after a wait (seconds)" },
    Known { name: "outlet.group.n.shutdown.return",    text: "Switch the outlet group off after a wait and on again when mains power is back (seconds)" },

    // The driver program
    Known { name: "driver.killpower",                  text: "Cut the power through the driver, only if driver.flag.allow_killpower is 1" },
    Known { name: "driver.exit",                       text: "Stop the driver program" },
    Known { name: "driver.reload",                     text: "Read ups.conf again in the background" },
    Known { name: "driver.reload-or-error",            text: "Read ups.conf again, fail if a change needs a restart of the driver" },
    Known { name: "driver.reload-or-exit",             text: "Read ups.conf again, stop the driver if a change needs a restart" },

    // Preliminary names
    Known { name: "experimental.ecomode.start",        text: "Start efficiency (ECO) mode" },
    Known { name: "experimental.ecomode.stop",         text: "End efficiency (ECO) mode" },
    Known { name: "experimental.bypass.ecomode.start", text: "Start efficiency (ECO) mode on bypass" },
    Known { name: "experimental.bypass.ecomode.stop",  text: "End efficiency (ECO) mode on bypass" },
    Known { name: "experimental.essmode.start",        text: "Start energy saver (ESS) mode" },
    Known { name: "experimental.essmode.stop",         text: "End energy saver (ESS) mode" },
    Known { name: "experimental.test.beeper.start",    text: "Start a test of the buzzer" },
    Known { name: "experimental.test.beeper.stop",     text: "End the test of the buzzer" },
];
