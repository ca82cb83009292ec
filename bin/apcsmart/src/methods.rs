//! Ways of switching the load off, and which of them are tried, in which order.

use crate::status::Register;

/// A way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// `S`: hibernates until mains returns. Works on battery only.
    Soft,
    /// `@` and digits: hibernates, with a delay before it wakes up.
    Hibernate,
    /// `K`, twice: off after the grace time, and stays off.
    Delayed,
    /// `Z`, twice: off at once, and stays off.
    Instant,
    /// `U`, a pause, `S`: a power failure is simulated, so that the soft way works on line.
    ForcedSoft,
}

impl Method {
    /// For people.
    pub(crate) const fn does(self) -> &'static str {
        match self {
            Self::Soft => "hibernate until mains returns; works on battery only",
            Self::Hibernate => {
                "hibernate until mains returns, then wait nnn times 6 minutes; older units wait from now on, and do not look at mains"
            }
            Self::Delayed => {
                "switch the load off after the grace time and leave it off; sent twice"
            }
            Self::Instant => "switch the load off at once and leave it off; sent twice",
            Self::ForcedSoft => {
                "`U`, a pause, `S`: simulate a power failure and hibernate, on line, too"
            }
        }
    }
}

/// What the configuration says about a shutdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// `sdtype=0`: softly on battery, hard on line.
    ByLine,
    /// `sdtype=1`: softly on battery, hard on line or if that fails.
    SoftThenHard,
    /// Other types, and `advorder`: these, in this order, until one succeeds.
    Fixed(Vec<Method>),
}

/// What the digits of `sdtype` mean from 2 on. 6 is apcsmart-old's.
const TYPES: &[Method] = &[
    Method::Instant,
    Method::Delayed,
    Method::ForcedSoft,
    Method::Hibernate,
    Method::Hibernate,
];
/// What the digits of `advorder` mean; 2 and 3 stand the other way round than in `sdtype`. 5 is apcsmart-old's.
const ORDER: &[Method] = &[
    Method::Soft,
    Method::Hibernate,
    Method::Delayed,
    Method::Instant,
    Method::ForcedSoft,
    Method::Hibernate,
];

impl Plan {
    /// The plan of an `sdtype`, a digit.
    pub(crate) fn of_type(digit: char) -> Option<Self> {
        match digit {
            '0' => Some(Self::ByLine),
            '1' => Some(Self::SoftThenHard),
            _ => {
                let at = index(digit)?.checked_sub(2)?;
                TYPES.get(at).map(|method| Self::Fixed(vec![*method]))
            }
        }
    }

    /// The plan of an `advorder`, digits.
    pub(crate) fn of_order(digits: &str) -> Option<Self> {
        let method = |digit| index(digit).and_then(|at| ORDER.get(at).copied());
        digits
            .chars()
            .map(method)
            .collect::<Option<_>>()
            .map(Self::Fixed)
    }

    /// What is tried in this state. When the unit does not tell its state, both ways have to be tried.
    pub(crate) fn methods(&self, state: Option<Register>) -> Vec<Method> {
        match (self, state) {
            (Self::Fixed(methods), _) => methods.clone(),
            (_, Some(state)) if state.is_on_line() => vec![Method::Hibernate],
            (Self::ByLine, Some(_)) => vec![Method::Soft],
            (Self::SoftThenHard, Some(state)) if !state.is_on_battery() => vec![Method::Hibernate],
            (Self::ByLine | Self::SoftThenHard, _) => vec![Method::Soft, Method::Hibernate],
        }
    }
}

fn index(digit: char) -> Option<usize> {
    digit
        .to_digit(10)
        .and_then(|digit| usize::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Method::{Delayed, ForcedSoft, Hibernate, Instant, Soft};

    #[test]
    fn each_type_has_its_methods_in_each_state() {
        let (on_line, on_battery) = (Register::parse(b"08"), Register::parse(b"10"));
        let off = Register::parse(b"00");
        #[rustfmt::skip]
        let rows: &[(char, Option<Register>, &[Method])] = &[
            ('0', on_line,    &[Hibernate]),
            ('0', on_battery, &[Soft]),
            ('0', off,        &[Soft]),
            ('0', None,       &[Soft, Hibernate]),
            ('1', on_line,    &[Hibernate]),
            ('1', on_battery, &[Soft, Hibernate]),
            ('1', off,        &[Hibernate]),
            ('1', None,       &[Soft, Hibernate]),
            ('2', on_line,    &[Instant]),
            ('3', None,       &[Delayed]),
            ('4', on_line,    &[ForcedSoft]),
            ('5', on_battery, &[Hibernate]),
            ('6', on_battery, &[Hibernate]),
        ];
        for (digit, state, methods) in rows {
            let plan = Plan::of_type(*digit).unwrap();
            assert_eq!(plan.methods(*state), *methods, "{digit} {state:?}");
        }
        assert!(Plan::of_type('7').is_none() && Plan::of_type('x').is_none());
    }

    #[test]
    fn an_order_is_tried_as_it_is_written() {
        let plan = Plan::of_order("01234").unwrap();
        assert_eq!(
            plan.methods(Register::parse(b"08")),
            [Soft, Hibernate, Delayed, Instant, ForcedSoft]
        );
        assert!(Plan::of_order("07").is_none() && Plan::of_order("0a").is_none());
    }
}
