//! What a driver says about itself (`--describe`).

/// A driver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) name: String,
    pub(super) description: String,
    /// Other names that it goes by.
    pub(super) aliases: Vec<String>,
    /// The group that its devices are to belong to.
    pub(super) group: String,
    pub(super) options: Vec<Setting>,
    pub(super) devices: Vec<Device>,
}

/// One of its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) doc: String,
}

/// A device that it knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Device {
    pub(super) maker: String,
    pub(super) model: String,
    /// The part of the driver that serves it.
    pub(super) part: String,
    /// How well its protocol is known, 1 to 5.
    pub(super) stars: String,
    pub(super) port: Port,
}

/// How it is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Port {
    /// Vendor and product, four hexadecimal digits each.
    Usb(String, String),
    Serial,
    Network,
}

impl Facts {
    /// Reads what a driver printed; the error is the line that makes no sense.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut facts = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split('\t').collect();
            facts
                .take(&words)
                .ok_or_else(|| format!("--describe says what is not understood: {line:?}"))?;
        }
        if facts.name.is_empty() {
            return Err("--describe does not say which driver it is".to_owned());
        }
        Ok(facts)
    }

    fn take(&mut self, words: &[&str]) -> Option<()> {
        match *words {
            ["driver", name, _version, description] => {
                self.name = name.to_owned();
                self.description = description.to_owned();
            }
            ["alias", alias] => self.aliases.push(alias.to_owned()),
            ["group", group] => self.group = group.to_owned(),
            ["option", kind, name, doc] => self.options.push(Setting {
                kind: kind.to_owned(),
                name: name.to_owned(),
                doc: doc.to_owned(),
            }),
            ["hardware", maker, model, part, stars, ref port @ ..] => self.devices.push(Device {
                maker: maker.to_owned(),
                model: model.to_owned(),
                part: part.to_owned(),
                stars: stars.to_owned(),
                port: Port::read(port)?,
            }),
            _ => return None,
        }
        Some(())
    }
}

impl Port {
    fn read(words: &[&str]) -> Option<Self> {
        match *words {
            ["usb", vid, pid] => Some(Self::Usb(vid.to_owned(), pid.to_owned())),
            ["serial"] => Some(Self::Serial),
            ["network"] => Some(Self::Network),
            _ => None,
        }
    }
}

/// Two drivers for the tests of the files.
#[cfg(test)]
pub(super) fn samples() -> Vec<Facts> {
    let usb = "driver\tlab-usb\t0.1\tA lab's UPSes\nalias\told-lab\ngroup\tups\n\
        option\tvalue\tserial\texpression | for the number\noption\tflag\tquick\tno pauses\n\
        hardware\tZeta\tOne, Two\tzeta\t3\tusb\t051d\t0002\n\
        hardware\tAlpha\t\talpha\t3\tusb\t0463\tffff\n\
        hardware\tBeta\tB \"x\"\tbeta\t3\tusb\t0463\tffff\n";
    let serial = "driver\tlab-serial\t0.1\tOld ones\ngroup\tups\n\
        hardware\tAlpha\tS\t\t1\tserial\nhardware\tGamma\tN\t\t4\tnetwork\n";
    let read = |text| Facts::read(text).unwrap();
    vec![read(usb), read(serial)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_fact() {
        let facts = &samples()[0];
        assert_eq!(
            (facts.name.as_str(), facts.group.as_str()),
            ("lab-usb", "ups")
        );
        assert_eq!(facts.aliases, ["old-lab"]);
        assert_eq!(facts.options[1].kind, "flag");
        assert_eq!(facts.devices[0].model, "One, Two");
        let port = Port::Usb("051d".into(), "0002".into());
        assert_eq!(facts.devices[0].port, port);
    }

    #[test]
    fn what_makes_no_sense_is_told() {
        assert!(Facts::read("").unwrap_err().contains("which driver"));
        let told = Facts::read("hardware\tX\tY\t\t3\tpigeon").unwrap_err();
        assert!(told.contains("pigeon"), "{told}");
    }
}
