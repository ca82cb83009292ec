//! Who may open a device's node, and who has it open: what the texts of `Denied` and `Busy` tell (spec users.md, pain 5).

use std::fs;

use crate::error::Error;
use crate::identity::Identity;

/// Where the rule goes: not under the name of the rules that are shipped, which a file of that name in `/etc` would replace.
pub const RULES: &str = "/etc/udev/rules.d/63-nut-local.rules";

/// The udev rule that lets `group` use the device.
#[must_use]
pub fn udev_rule(identity: &Identity, group: &str) -> String {
    format!(
        r#"ACTION!="remove", SUBSYSTEM=="usb", ATTR{{idVendor}}=="{:04x}", ATTR{{idProduct}}=="{:04x}", MODE="0664", GROUP="{group}""#,
        identity.vid, identity.pid
    )
}

/// [`Error::Denied`] with whose the node is, who we are, and what to do. `group` is the driver's.
#[must_use]
pub fn denied(identity: &Identity, group: &str) -> Error {
    let node = identity.node();
    let whose = node::whose(&node);
    let we = node::we();
    let rule = udev_rule(identity, group);
    let hint = format!(
        "{whose}, and the driver runs as {we}; write this line to {RULES}: {rule} and run: \
         udevadm control --reload && udevadm trigger --subsystem-match=usb --action=add"
    );
    Error::Denied { node, hint }
}

/// [`Error::Busy`] with who has the device: a process that has its node open, else the kernel's driver of the interface.
#[must_use]
pub fn busy(identity: &Identity, configuration: u8, interface: u8) -> Error {
    let driver = format!(
        "/sys/bus/usb/devices/{}:{configuration}.{interface}/driver",
        identity.port_path()
    );
    let driver = fs::read_link(driver)
        .ok()
        .and_then(|link| Some(link.file_name()?.to_str()?.to_owned()));
    let holder = match (node::holder(&identity.node()), driver) {
        (Some(process), _) => process,
        (None, Some(driver)) if driver != "usbfs" => format!("the kernel driver {driver}"),
        _ => {
            "another process (root sees which: fuser -v ".to_owned()
                + &identity.node().display().to_string()
                + ")"
        }
    };
    Error::Busy {
        what: identity.to_string(),
        holder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOWHERE: Identity = Identity {
        vid: 0x051d,
        pid: 2,
        release: 0,
        vendor: None,
        product: None,
        serial: None,
        bus: 250,
        address: 251,
        ports: Vec::new(),
    };

    #[test]
    fn denied_names_the_node_the_user_and_the_rule() {
        let text = denied(&NOWHERE, "nut").to_string();
        for part in [
            "/dev/bus/usb/250/251: permission denied",
            "does not exist here",
            "runs as user ",
            r#"ATTR{idVendor}=="051d", ATTR{idProduct}=="0002", MODE="0664", GROUP="nut""#,
            RULES,
            "udevadm trigger",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }

    #[test]
    fn the_rule_is_what_the_shipped_ones_say_of_the_device() {
        let shipped = include_str!("../../../packaging/udev/62-nut-usbups.rules");
        let rule = udev_rule(&NOWHERE, "nut");
        let device = rule.split_once(r#"SUBSYSTEM=="usb", "#).unwrap().1;
        assert!(shipped.lines().any(|line| line == device), "{device}");
    }

    #[test]
    fn a_holder_that_cannot_be_seen_is_somebody() {
        assert!(busy(&NOWHERE, 1, 0).to_string().contains("another process"));
    }
}
