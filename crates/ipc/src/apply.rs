//! upsd's side: a driver's message changes the state it has of that device.

use model::{NoSuchVariable, StateTree, name};

use crate::ToServer;

/// What a message did to a state tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The tree holds what the message says, changed or not.
    Done,
    /// An attribute of a variable that does not exist; to be logged.
    NoSuchVariable,
    /// A range whose ends are in the wrong order; to be logged.
    InvertedRange,
    /// A name that would garble the lists it stood in, as clients see names bare; to be logged.
    BadName,
    /// The device has as much as can be kept of it; to be logged.
    Full,
    /// The message is not about variables or commands.
    Elsewhere,
}

/// Variables, and commands, kept of one device. The largest known, a chain of PDUs, has some 3,000.
const NAMES_MAX: usize = 10_000;
/// Allowed values and ranges kept of one variable.
const ATTRIBUTES_MAX: usize = 1_000;
/// Allowed values and ranges kept of all variables of one device together.
const ALL_ATTRIBUTES_MAX: usize = 20_000;

/// Whether a driver that floods is to be stopped here.
fn is_full(message: &ToServer<'_>, tree: &StateTree) -> bool {
    match *message {
        ToServer::SetInfo { var, .. } => tree.len() >= NAMES_MAX && tree.get(var).is_none(),
        ToServer::AddCmd { .. } => tree.commands().len() >= NAMES_MAX,
        ToServer::AddEnum { var, .. } | ToServer::AddRange { var, .. } => {
            tree.attributes() >= ALL_ATTRIBUTES_MAX
                || tree
                    .get(var)
                    .is_some_and(|v| v.attributes() >= ATTRIBUTES_MAX)
        }
        _ => false,
    }
}

/// Whether a message brings in a name that cannot be told to clients.
fn is_unspeakable(message: &ToServer<'_>) -> bool {
    match *message {
        ToServer::SetInfo { var: new, .. } | ToServer::AddCmd { cmd: new } => !name::is_plain(new),
        _ => false,
    }
}

/// Carries out a message that is about variables or commands.
pub fn apply(message: &ToServer<'_>, tree: &mut StateTree) -> Applied {
    if is_unspeakable(message) {
        return Applied::BadName;
    }
    if is_full(message, tree) {
        return Applied::Full;
    }
    let attribute = match *message {
        ToServer::SetInfo { var, value } => Ok(tree.set(var, value)),
        ToServer::DelInfo { var } => Ok(tree.remove(var)),
        ToServer::AddEnum { var, value } => tree.add_choice(var, value),
        ToServer::DelEnum { var, value } => Ok(tree.remove_choice(var, value)),
        ToServer::AddRange { range, .. } if range.min > range.max => return Applied::InvertedRange,
        ToServer::AddRange { var, range } => tree.add_range(var, range),
        ToServer::DelRange { var, range } => Ok(tree.remove_range(var, range)),
        ToServer::SetAux { var, max_len } => tree.set_max_len(var, max_len),
        ToServer::SetFlags { var, flags } => tree.set_flags(var, flags),
        ToServer::AddCmd { cmd } => Ok(tree.add_command(cmd)),
        ToServer::DelCmd { cmd } => Ok(tree.remove_command(cmd)),
        _ => return Applied::Elsewhere,
    };
    match attribute {
        Ok(_) => Applied::Done,
        Err(NoSuchVariable) => Applied::NoSuchVariable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Range;

    #[test]
    fn attributes_of_unknown_variables_are_reported() {
        let mut tree = StateTree::default();
        let message = ToServer::AddEnum {
            var: "lab.mode",
            value: "on",
        };
        assert_eq!(apply(&message, &mut tree), Applied::NoSuchVariable);
        apply(
            &ToServer::SetInfo {
                var: "lab.mode",
                value: "on",
            },
            &mut tree,
        );
        assert_eq!(apply(&message, &mut tree), Applied::Done);
        assert_eq!(apply(&ToServer::Pong, &mut tree), Applied::Elsewhere);
    }

    #[test]
    fn a_flood_of_names_ends_at_the_limit() {
        let mut tree = StateTree::default();
        for n in 0..NAMES_MAX {
            apply(
                &ToServer::SetInfo {
                    var: &format!("v.{n}"),
                    value: "",
                },
                &mut tree,
            );
        }
        assert_eq!(
            apply(
                &ToServer::SetInfo {
                    var: "more",
                    value: ""
                },
                &mut tree
            ),
            Applied::Full
        );
        assert_eq!(
            apply(
                &ToServer::SetInfo {
                    var: "v.1",
                    value: "x"
                },
                &mut tree
            ),
            Applied::Done
        );
    }

    #[test]
    fn a_flood_of_allowed_values_ends_at_the_limit_of_the_device() {
        let mut tree = StateTree::default();
        let mut kept = 0;
        for var in (0..30).map(|n| format!("v.{n}")) {
            let (var, value) = (var.as_str(), "1");
            apply(&ToServer::SetInfo { var, value }, &mut tree);
            for n in 0..=ATTRIBUTES_MAX {
                let value = &n.to_string();
                let applied = apply(&ToServer::AddEnum { var, value }, &mut tree);
                kept += usize::from(applied == Applied::Done);
            }
        }
        assert_eq!(kept, ALL_ATTRIBUTES_MAX);
        assert_eq!(tree.attributes(), ALL_ATTRIBUTES_MAX);
    }

    #[test]
    fn a_name_that_needs_quotes_is_refused() {
        let mut tree = StateTree::default();
        for name in ["odd name", "\"x", "a\\", ""] {
            let (var, cmd, value) = (name, name, "1");
            assert_eq!(
                apply(&ToServer::SetInfo { var, value }, &mut tree),
                Applied::BadName
            );
            assert_eq!(
                apply(&ToServer::AddCmd { cmd }, &mut tree),
                Applied::BadName
            );
        }
        assert!(tree.is_empty() && tree.commands().len() == 0);
    }

    #[test]
    fn an_inverted_range_is_refused() {
        let mut tree = StateTree::default();
        tree.set("lab.limit", "1");
        let message = ToServer::AddRange {
            var: "lab.limit",
            range: Range { min: 9, max: 1 },
        };
        assert_eq!(apply(&message, &mut tree), Applied::InvertedRange);
    }
}
