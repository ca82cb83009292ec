//! CERT* directives: what the readers of certificates say.

use config::Place;

use crate::facts::{CertRemark, Facts};
use crate::finding::{At, Fix, Spot};

fn told(facts: &Facts, is_error: bool) -> Vec<Spot> {
    let remarks = facts.certificates.iter();
    let remarks = remarks.filter(|remark| remark.is_error == is_error);
    remarks.map(spot).collect()
}

fn spot(remark: &CertRemark) -> Spot {
    let (place, what) = match line(remark) {
        Some((line, what)) => (Some(Place { line, col: 1 }), what),
        None => (None, remark.text.as_str()),
    };
    Spot {
        at: At::File(remark.path.clone(), place),
        what: what.to_owned(),
        fix: Fix::Do(
            "correct the directive, or put a certificate that fits in its place".to_owned(),
        ),
    }
}

/// The line with which a remark begins, and what it says.
fn line(remark: &CertRemark) -> Option<(u32, &str)> {
    let path = remark.path.display().to_string();
    let rest = remark.text.strip_prefix(&path)?.strip_prefix(':')?;
    let (line, what) = rest.split_once(": ")?;
    Some((line.parse().ok()?, what))
}

pub(super) fn errors(facts: &Facts) -> Vec<Spot> {
    told(facts, true)
}

pub(super) fn warnings(facts: &Facts) -> Vec<Spot> {
    told(facts, false)
}
