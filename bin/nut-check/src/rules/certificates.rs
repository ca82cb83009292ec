//! CERT* directives: what the readers of certificates say.

use crate::facts::{CertRemark, Facts};
use crate::finding::{At, Fix, Spot};

fn told(facts: &Facts, is_error: bool) -> Vec<Spot> {
    let remarks = facts.certificates.iter();
    let remarks = remarks.filter(|remark| remark.is_error == is_error);
    let spot = |remark: &CertRemark| Spot {
        at: At::File(remark.path.clone(), None),
        what: remark.text.clone(),
        fix: Fix::Do(
            "correct the directive, or put a certificate that fits in its place".to_owned(),
        ),
    };
    remarks.map(spot).collect()
}

pub(super) fn errors(facts: &Facts) -> Vec<Spot> {
    told(facts, true)
}

pub(super) fn warnings(facts: &Facts) -> Vec<Spot> {
    told(facts, false)
}
