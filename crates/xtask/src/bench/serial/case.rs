//! What is started on which device.

/// What a device says to requests that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// What its dialect says: the request, or that it is none.
    Usual,
    /// Nothing.
    Silence,
}

/// A device, and what the driver is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Case {
    /// The dialect that it speaks; nothing when it does not speak at all.
    pub(super) dialect: Option<&'static str>,
    pub(super) unknown: Unknown,
    /// Whether `protocol` names the dialect.
    pub(super) named: bool,
}

/// The dialects of C NUT 2.8.0.
const DIALECTS: [&str; 12] = [
    "bestups",
    "hunnox",
    "masterguard",
    "mecer",
    "megatec",
    "megatec/old",
    "mustek",
    "q1",
    "voltronic",
    "voltronic-qs",
    "voltronic-qs-hex",
    "zinto",
];
/// The dialect that is named on a line that says nothing.
pub(super) const NAMED: &str = "megatec";

impl Case {
    /// Each dialect named, and found out; and lines that say nothing.
    pub(super) fn all() -> Vec<Self> {
        let ways = [
            (Unknown::Usual, true),
            (Unknown::Usual, false),
            (Unknown::Silence, false),
        ];
        let cases = DIALECTS.iter().flat_map(|dialect| {
            ways.map(|(unknown, named)| Self {
                dialect: Some(dialect),
                unknown,
                named,
            })
        });
        let silent = [true, false].map(|named| Self {
            dialect: None,
            unknown: Unknown::Silence,
            named,
        });
        // what takes longest comes first, so that nobody waits for it alone
        silent.into_iter().chain(cases).collect()
    }

    /// What its figure is called.
    pub(super) fn name(self) -> String {
        let who = self.dialect.unwrap_or("a silent line");
        let how = match (self.named, self.unknown) {
            (true, _) => "named",
            (false, Unknown::Usual) => "found out",
            (false, Unknown::Silence) => "found out, silent otherwise",
        };
        format!("{who}, {how}")
    }

    /// Whether it never speaks.
    pub(super) const fn is_silent(self) -> bool {
        self.dialect.is_none()
    }
}
