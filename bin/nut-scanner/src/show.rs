//! What was found, as text (spec cli.md, section 14).

use crate::found::{Device, Kind, Use};
use crate::sanity;

/// The forms that `-N`, `-Q` and `-P` ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Sections of ups.conf.
    Conf,
    /// The same, with warnings as comments.
    Checked,
    /// One line for each.
    Parsable,
}

/// All of it.
pub(crate) fn text(devices: &[Device], form: Form) -> String {
    let mut text = String::new();
    let mut number = 0;
    for kind in Kind::ALL {
        let of_kind = || devices.iter().filter(move |device| device.kind == kind);
        for device in of_kind() {
            number += 1;
            match form {
                Form::Parsable => line(device, &mut text),
                Form::Conf | Form::Checked => section(device, number, &mut text),
            }
        }
        if form == Form::Checked {
            let of_kind: Vec<&Device> = of_kind().collect();
            for warning in sanity::warnings(&of_kind) {
                text.push_str(&format!("# WARNING: {warning}\n"));
            }
        }
    }
    text
}

fn section(device: &Device, number: usize, text: &mut String) {
    text.push_str(&format!("[nutdev-{}{number}]\n", device.kind.section()));
    text.push_str(&format!("\tdriver = {}", quoted(device.driver)));
    if !device.alternates.is_empty() {
        let others = device.alternates.join(" ");
        text.push_str(&format!("\t# alternately: {others}"));
    }
    text.push_str(&format!("\n\tport = {}\n", quoted(&device.port)));
    for setting in &device.settings {
        let mark = match setting.usage {
            Use::Counts => "",
            Use::Comment => "# ",
            Use::NoDriver => "###NOTMATCHED-YET### ",
        };
        let value = quoted(&setting.value);
        text.push_str(&format!("\t{mark}{} = {value}\n", setting.name));
    }
}

fn line(device: &Device, text: &mut String) {
    text.push_str(&format!(
        "{}:driver={},port={}",
        device.kind.label(),
        quoted(device.driver),
        quoted(&device.port)
    ));
    for setting in &device.settings {
        if setting.usage == Use::Counts {
            text.push_str(&format!(",{}={}", setting.name, quoted(&setting.value)));
        }
    }
    text.push('\n');
}

fn quoted(value: &str) -> String {
    let mut quoted = String::new();
    text::quote(value, &mut quoted);
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::found::Setting;

    fn devices() -> Vec<Device> {
        let mut usb = Device::new(Kind::Usb, "usbhid-ups", "auto")
            .with("vendorid", "0463")
            .with("product", "Ellipse \"X\"");
        usb.alternates = vec!["nutdrv_qx"];
        usb.settings.push(Setting::new("bus", "001", Use::Comment));
        let number = Setting::new("bcdDevice", "0100", Use::NoDriver);
        usb.settings.push(number);
        // the order of sections is that of the buses
        vec![Device::new(Kind::Nut, "dummy-ups", "lab@127.0.0.1:1"), usb]
    }

    #[test]
    fn a_section_is_written_as_in_c_and_they_are_counted_over_all_buses() {
        assert_eq!(
            text(&devices(), Form::Conf),
            "[nutdev-usb1]\n\tdriver = \"usbhid-ups\"\t# alternately: nutdrv_qx\n\tport = \"auto\"\n\tvendorid = \"0463\"\n\
             \tproduct = \"Ellipse \\\"X\\\"\"\n\t# bus = \"001\"\n\t###NOTMATCHED-YET### bcdDevice = \"0100\"\n\
             [nutdev-nut2]\n\tdriver = \"dummy-ups\"\n\tport = \"lab@127.0.0.1:1\"\n"
        );
    }

    #[test]
    fn a_parsable_line_has_what_counts() {
        assert_eq!(
            text(&devices(), Form::Parsable),
            "USB:driver=\"usbhid-ups\",port=\"auto\",vendorid=\"0463\",product=\"Ellipse \\\"X\\\"\"\n\
             NUT:driver=\"dummy-ups\",port=\"lab@127.0.0.1:1\"\n"
        );
    }

    #[test]
    fn warnings_follow_the_sections_of_their_bus() {
        let twin = || Device::new(Kind::Usb, "usbhid-ups", "auto").with("serial", "S1");
        let nut = Device::new(Kind::Nut, "dummy-ups", "lab@a");
        let text = text(&[nut, twin(), twin()], Form::Checked);
        let warning = text.find("# WARNING: ").unwrap();
        assert!(text.find("[nutdev-usb2]").unwrap() < warning, "{text}");
        assert!(warning < text.find("[nutdev-nut3]").unwrap(), "{text}");
    }
}
