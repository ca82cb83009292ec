//! Models: what a device calls itself, its name, and what its kind can do (spec usbhid-conversions.md, section 11).

/// A model by its two strings.
#[derive(Clone, Copy, Debug)]
struct Model {
    product: &'static str,
    model: &'static str,
    kind: u16,
    name: Name,
}

#[derive(Clone, Copy, Debug)]
enum Name {
    Is(&'static str),
    /// The two strings, a blank between them.
    Built,
}

const fn row(product: &'static str, model: &'static str, kind: u16, name: Name) -> Model {
    Model {
        product,
        model,
        kind,
        name,
    }
}

/// The kind of a device that is in no row.
const DEFAULT: u16 = 0x0200;

/// What devices of one kind have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Family {
    /// Small ones that are off line.
    Offline,
    /// Those with outlets that save energy: Protection Center, 3S.
    Pegasus,
    /// All others.
    #[default]
    Default,
    /// Battery voltage is known: Evolution, Pulsar M, 5P, 9E and their kin.
    Measured,
}

impl Family {
    /// Of the number of a kind.
    fn of(kind: u16) -> Self {
        match kind & 0xff00 {
            0x0000 => Self::Offline,
            0x0100 => Self::Pegasus,
            0x0300 | 0x0400 | 0x0500 | 0x0900 => Self::Measured,
            _ => Self::Default,
        }
    }

    /// Whether the output depends on mains.
    pub(crate) fn is_offline(self) -> bool {
        matches!(self, Self::Offline | Self::Pegasus)
    }
}

/// What a device is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identified {
    /// Its name.
    pub(crate) name: String,
    /// The number of its kind.
    pub(crate) kind: u16,
    /// The same, as far as it matters.
    pub(crate) family: Family,
}

/// Names a device by its strings, in which case and blanks count.
#[must_use]
pub(crate) fn identify(product: &str, model: &str) -> Identified {
    let known = MODELS
        .iter()
        .find(|row| row.product == product && row.model == model);
    let kind = known.map_or(DEFAULT, |row| row.kind);
    let name = match known.map(|row| row.name) {
        Some(Name::Is(name)) => name.to_owned(),
        Some(Name::Built) | None => format!("{product} {model}"),
    };
    Identified {
        name,
        kind,
        family: Family::of(kind),
    }
}

#[rustfmt::skip]
static MODELS: &[Model] = &[
    row("ELLIPSE",                 "300",             0x0000, Name::Is("ellipse 300")),
    row("ELLIPSE",                 "500",             0x0000, Name::Is("ellipse 500")),
    row("ELLIPSE",                 "650",             0x0000, Name::Is("ellipse 650")),
    row("ELLIPSE",                 "800",             0x0000, Name::Is("ellipse 800")),
    row("ELLIPSE",                 "1200",            0x0000, Name::Is("ellipse 1200")),
    row("ellipse",                 "PR500",           0x0000, Name::Is("ellipse premium 500")),
    row("ellipse",                 "PR650",           0x0000, Name::Is("ellipse premium 650")),
    row("ellipse",                 "PR800",           0x0000, Name::Is("ellipse premium 800")),
    row("ellipse",                 "PR1200",          0x0000, Name::Is("ellipse premium 1200")),
    row("ELLIPSE",                 "600",             0x0000, Name::Is("Ellipse 600")),
    row("ELLIPSE",                 "750",             0x0000, Name::Is("Ellipse 750")),
    row("ELLIPSE",                 "1000",            0x0000, Name::Is("Ellipse 1000")),
    row("ELLIPSE",                 "1500",            0x0000, Name::Is("Ellipse 1500")),
    row("Ellipse MAX",             "600",             0x0000, Name::Built),
    row("Ellipse MAX",             "850",             0x0000, Name::Built),
    row("Ellipse MAX",             "1100",            0x0000, Name::Built),
    row("Ellipse MAX",             "1500",            0x0000, Name::Built),
    row("PROTECTIONCENTER",        "420",             0x0000, Name::Is("Protection Center 420")),
    row("PROTECTIONCENTER",        "500",             0x0000, Name::Is("Protection Center 500")),
    row("PROTECTIONCENTER",        "675",             0x0000, Name::Is("Protection Center 675")),
    row("Protection Station",      "500",             0x0100, Name::Built),
    row("Protection Station",      "650",             0x0100, Name::Built),
    row("Protection Station",      "800",             0x0100, Name::Built),
    row("Ellipse ECO",             "650",             0x0100, Name::Built),
    row("Ellipse ECO",             "800",             0x0100, Name::Built),
    row("Ellipse ECO",             "1200",            0x0100, Name::Built),
    row("Ellipse ECO",             "1600",            0x0100, Name::Built),
    row("3S",                      "450",             0x0000, Name::Built),
    row("3S",                      "550",             0x0000, Name::Built),
    row("3S",                      "700",             0x0110, Name::Built),
    row("3S",                      "750",             0x0110, Name::Built),
    row("Evolution",               "500",             0x0200, Name::Is("Pulsar Evolution 500")),
    row("Evolution",               "800",             0x0200, Name::Is("Pulsar Evolution 800")),
    row("Evolution",               "1100",            0x0200, Name::Is("Pulsar Evolution 1100")),
    row("Evolution",               "1500",            0x0200, Name::Is("Pulsar Evolution 1500")),
    row("Evolution",               "2200",            0x0200, Name::Is("Pulsar Evolution 2200")),
    row("Evolution",               "3000",            0x0200, Name::Is("Pulsar Evolution 3000")),
    row("Evolution",               "3000XL",          0x0200, Name::Is("Pulsar Evolution 3000 XL")),
    row("Evolution",               "650",             0x0301, Name::Built),
    row("Evolution",               "850",             0x0302, Name::Built),
    row("Evolution",               "1150",            0x0303, Name::Built),
    row("Evolution",               "S 1250",          0x0304, Name::Built),
    row("Evolution",               "1550",            0x0305, Name::Built),
    row("Evolution",               "S 1750",          0x0306, Name::Built),
    row("Evolution",               "2000",            0x0307, Name::Built),
    row("Evolution",               "S 2500",          0x0308, Name::Built),
    row("Evolution",               "S 3000",          0x0309, Name::Built),
    row("Eaton 5P",                "650",             0x0500, Name::Is("5P 650")),
    row("Eaton 5P",                "850",             0x0500, Name::Is("5P 850")),
    row("Eaton 5P",                "1150",            0x0500, Name::Is("5P 1150")),
    row("Eaton 5P",                "1550",            0x0500, Name::Is("5P 1550")),
    row("Eaton 5PX",               "1500",            0x0500, Name::Built),
    row("Eaton 5PX",               "2200",            0x0500, Name::Built),
    row("Eaton 5PX",               "3000",            0x0500, Name::Built),
    row("Eaton 5SC",               "500",             0x0500, Name::Built),
    row("Eaton 5SC",               "750",             0x0500, Name::Built),
    row("Eaton 5SC",               "1000",            0x0500, Name::Built),
    row("Eaton 5SC",               "1500",            0x0500, Name::Built),
    row("Eaton 5SC",               "2200",            0x0500, Name::Built),
    row("Eaton 5SC",               "3000",            0x0500, Name::Built),
    row("Ellipse PRO",             "1200 ",           0x0500, Name::Is("Eaton 5S1200")),
    row("Ellipse PRO",             "1500 ",           0x0500, Name::Is("Eaton 5S1500")),
    row("Ellipse PRO",             "1600 ",           0x0500, Name::Is("Eaton 5S1600")),
    row("Eaton 9E",                "1000",            0x0900, Name::Is("9E1000")),
    row("Eaton 9E",                "1000i",           0x0900, Name::Is("9E1000i")),
    row("Eaton 9E",                "1000iau",         0x0900, Name::Is("9E1000iau")),
    row("Eaton 9E",                "1000ir",          0x0900, Name::Is("9E1000ir")),
    row("Eaton 9E",                "2000",            0x0900, Name::Is("9E2000")),
    row("Eaton 9E",                "2000i",           0x0900, Name::Is("9E2000i")),
    row("Eaton 9E",                "2000iau",         0x0900, Name::Is("9E2000iau")),
    row("Eaton 9E",                "2000ir",          0x0900, Name::Is("9E2000ir")),
    row("Eaton 9E",                "3000",            0x0900, Name::Is("9E3000")),
    row("Eaton 9E",                "3000i",           0x0900, Name::Is("9E3000i")),
    row("Eaton 9E",                "3000iau",         0x0900, Name::Is("9E3000iau")),
    row("Eaton 9E",                "3000ir",          0x0900, Name::Is("9E3000ir")),
    row("Eaton 9E",                "3000ixl",         0x0900, Name::Is("9E3000ixl")),
    row("Eaton 9E",                "3000ixlau",       0x0900, Name::Is("9E3000ixlau")),
    row("unknown",                 "1000",            0x0900, Name::Is("9E1000i (presumed)")),
    row("unknown",                 "2000",            0x0900, Name::Is("9E2000i (presumed)")),
    row("unknown",                 "3000",            0x0900, Name::Is("9E3000i (presumed)")),
    row("Eaton 9SX",               "700i",            0x0900, Name::Is("9SX700i")),
    row("Eaton 9SX",               "1000i",           0x0900, Name::Is("9SX1000i")),
    row("Eaton 9SX",               "1000im",          0x0900, Name::Is("9SX1000im")),
    row("Eaton 9SX",               "1500i",           0x0900, Name::Is("9SX1500i")),
    row("Eaton 9SX",               "2000i",           0x0900, Name::Is("9SX2000i")),
    row("Eaton 9SX",               "3000i",           0x0900, Name::Is("9SX3000i")),
    row("Eaton 9SX",               "3000im",          0x0900, Name::Is("9SX3000im")),
    row("Eaton 9SX",               "1000ir",          0x0900, Name::Is("9SX1000ir")),
    row("Eaton 9SX",               "1500ir",          0x0900, Name::Is("9SX1500ir")),
    row("Eaton 9SX",               "2000ir",          0x0900, Name::Is("9SX2000ir")),
    row("Eaton 9SX",               "3000ir",          0x0900, Name::Is("9SX3000ir")),
    row("Eaton 9PX",               "1000irt2u",       0x0900, Name::Is("9px1000irt2u")),
    row("Eaton 9PX",               "1500irt2u",       0x0900, Name::Is("9px1500irt2u")),
    row("Eaton 9PX",               "1500irtm",        0x0900, Name::Is("9px1500irtm")),
    row("Eaton 9PX",               "2200irt2u",       0x0900, Name::Is("9px2200irt2u")),
    row("Eaton 9PX",               "2200irt3u",       0x0900, Name::Is("9px2200irt3u")),
    row("Eaton 9PX",               "3000irt2u",       0x0900, Name::Is("9px3000irt2u")),
    row("Eaton 9PX",               "3000irt3u",       0x0900, Name::Is("9px3000irt3u")),
    row("Eaton 9PX",               "3000irtm",        0x0900, Name::Is("9px3000irtm")),
    row("PULSAR M",                "2200",            0x0401, Name::Built),
    row("PULSAR M",                "3000",            0x0402, Name::Built),
    row("PULSAR M",                "3000 XL",         0x0403, Name::Built),
    row("EX",                      "2200",            0x0401, Name::Built),
    row("EX",                      "3000",            0x0402, Name::Built),
    row("EX",                      "3000 XL",         0x0402, Name::Built),
    row("PULSAR",                  "MX4000",          0x0200, Name::Is("Pulsar MX 4000 RT")),
    row("PULSAR",                  "MX5000",          0x0200, Name::Is("Pulsar MX 5000 RT")),
    row("NOVA AVR",                "500",             0x0200, Name::Is("Nova 500 AVR")),
    row("NOVA AVR",                "600",             0x0200, Name::Is("Nova 600 AVR")),
    row("NOVA AVR",                "625",             0x0200, Name::Is("Nova 625 AVR")),
    row("NOVA AVR",                "1100",            0x0200, Name::Is("Nova 1100 AVR")),
    row("NOVA AVR",                "1250",            0x0200, Name::Is("Nova 1250 AVR")),
    row("EXtreme",                 "700C",            0x0200, Name::Is("Pulsar EXtreme 700C")),
    row("EXtreme",                 "1000C",           0x0200, Name::Is("Pulsar EXtreme 1000C")),
    row("EXtreme",                 "1500C",           0x0200, Name::Is("Pulsar EXtreme 1500C")),
    row("EXtreme",                 "1500CCLA",        0x0200, Name::Is("Pulsar EXtreme 1500C CLA")),
    row("EXtreme",                 "2200C",           0x0200, Name::Is("Pulsar EXtreme 2200C")),
    row("EXtreme",                 "3200C",           0x0200, Name::Is("Pulsar EXtreme 3200C")),
    row("EX",                      "700RT",           0x0200, Name::Is("Pulsar EX 700 RT")),
    row("EX",                      "1000RT",          0x0200, Name::Is("Pulsar EX 1000 RT")),
    row("EX",                      "1500RT",          0x0200, Name::Is("Pulsar EX 1500 RT")),
    row("EX",                      "2200RT",          0x0200, Name::Is("Pulsar EX 2200 RT")),
    row("EX",                      "3200RT",          0x0200, Name::Is("Pulsar EX 3200 RT")),
    row("EX",                      "5RT31",           0x0200, Name::Is("EX 5 RT 3:1")),
    row("EX",                      "7RT31",           0x0200, Name::Is("EX 7 RT 3:1")),
    row("EX",                      "11RT31",          0x0200, Name::Is("EX 11 RT 3:1")),
    row("EX",                      "5RT",             0x0200, Name::Is("EX 5 RT")),
    row("EX",                      "7RT",             0x0200, Name::Is("EX 7 RT")),
    row("EX",                      "11RT",            0x0200, Name::Is("EX 11 RT")),
    row("GALAXY",                  "3000_10",         0x0200, Name::Is("Galaxy 3000 10 kVA")),
    row("GALAXY",                  "3000_15",         0x0200, Name::Is("Galaxy 3000 15 kVA")),
    row("GALAXY",                  "3000_20",         0x0200, Name::Is("Galaxy 3000 20 kVA")),
    row("GALAXY",                  "3000_30",         0x0200, Name::Is("Galaxy 3000 30 kVA")),
];

/// How many models are known.
#[cfg(test)]
pub(crate) fn count() -> usize {
    MODELS.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_has_its_name_and_its_family() {
        let known = identify("ELLIPSE", "300");
        assert_eq!(
            (known.name.as_str(), known.family),
            ("ellipse 300", Family::Offline)
        );
        let unknown = identify("Ellipse", "300 ");
        assert_eq!(
            (unknown.name.as_str(), unknown.kind),
            ("Ellipse 300 ", DEFAULT)
        );
        assert_eq!(unknown.family, Family::Default);
    }

    #[test]
    fn no_model_is_named_twice() {
        for (at, row) in MODELS.iter().enumerate() {
            let first = MODELS
                .iter()
                .position(|other| (other.product, other.model) == (row.product, row.model));
            assert_eq!(first, Some(at), "{} {}", row.product, row.model);
        }
    }
}
