//! Figures by name; the targets use the same.

use super::place::Kind;

pub(super) fn start(kind: Kind) -> String {
    format!("start to DATAOK, {}", kind.name)
}

pub(super) fn resident(kind: Kind) -> String {
    format!("RSS at rest, {}", kind.name)
}

pub(super) fn processor(kind: Kind) -> String {
    format!("CPU per poll, {}", kind.name)
}

pub(super) fn wakeups(kind: Kind) -> String {
    format!("wake-ups at rest, {}", kind.name)
}

pub(super) fn mains(kind: Kind) -> String {
    format!("mains off to OB, {}", kind.name)
}
