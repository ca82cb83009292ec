//! What a device must answer to be taken for one of a dialect.

use crate::known::Known;

/// One thing that must be so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub(crate) must: Must,
    /// It is not asked for with this flag in ups.conf; empty is none.
    pub(crate) unless: &'static str,
}

/// What must be so.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Must {
    /// The row of this variable has a value.
    Have(&'static str),
    /// The request of this variable's row is answered as it should be; whether the value makes sense does not matter.
    Answer(&'static str),
    /// The row has a value, or its request is refused in the dialect's own way.
    HaveOrRefuse(&'static str),
    /// What is known by then.
    Hold(fn(&Known) -> bool),
}

impl Claim {
    const fn new(must: Must) -> Self {
        Self { must, unless: "" }
    }

    /// The row of this variable has a value.
    pub(crate) const fn have(var: &'static str) -> Self {
        Self::new(Must::Have(var))
    }

    /// Its request is answered.
    pub(crate) const fn answer(var: &'static str) -> Self {
        Self::new(Must::Answer(var))
    }

    /// The row has a value, or its request is refused in the dialect's own way.
    pub(crate) const fn have_or_refuse(var: &'static str) -> Self {
        Self::new(Must::HaveOrRefuse(var))
    }

    /// What is known by then.
    pub(crate) const fn hold(check: fn(&Known) -> bool) -> Self {
        Self::new(Must::Hold(check))
    }

    /// It is not asked for with this flag in ups.conf.
    pub(crate) const fn unless(self, unless: &'static str) -> Self {
        Self { unless, ..self }
    }
}
