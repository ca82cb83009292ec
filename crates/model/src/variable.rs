//! One variable: its value, and what a client has to know before it sets it.

/// Attributes that a driver declares for a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags {
    /// A client may set it.
    pub rw: bool,
    /// Free text, at most [`Variable::max_len`] bytes.
    pub string: bool,
    /// A number. Variables without a type are presented as numbers, too.
    pub number: bool,
}

impl Flags {
    /// Writable text.
    pub const RW_STRING: Self = Self {
        rw: true,
        string: true,
        number: false,
    };
    /// A writable number.
    pub const RW_NUMBER: Self = Self {
        rw: true,
        string: false,
        number: true,
    };
    /// Writable, of no declared type.
    pub const RW: Self = Self {
        rw: true,
        string: false,
        number: false,
    };

    /// Whether no attribute is set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// A range of allowed integers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// Least allowed value.
    pub min: i64,
    /// Greatest allowed value.
    pub max: i64,
}

impl Range {
    /// Whether `number` lies within.
    #[must_use]
    pub fn contains(self, number: i64) -> bool {
        (self.min..=self.max).contains(&number)
    }
}

/// The value of a variable and its attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variable {
    /// The value as text, not escaped.
    pub value: String,
    /// Writable, text, number.
    pub flags: Flags,
    /// Greatest length of a text in bytes; 0 when none was declared.
    pub max_len: u64,
    /// Allowed values, in the driver's order; empty when anything goes.
    pub choices: Vec<String>,
    /// Allowed ranges; empty when anything goes.
    pub ranges: Vec<Range>,
}

impl Variable {
    /// Number of allowed values and ranges.
    #[must_use]
    pub fn attributes(&self) -> usize {
        self.choices.len() + self.ranges.len()
    }
}
