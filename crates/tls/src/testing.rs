//! What the tests of this crate share.

pub(crate) use testkit::pki::Ca;

use crate::settings::Said;

pub(crate) fn said<T>(value: T) -> Said<T> {
    Said::new(value, "x.conf:1")
}
