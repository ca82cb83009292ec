//! upsd's side: a driver's message changes the state it has of that device.

use model::{NoSuchVariable, StateTree};

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
    /// The message is not about variables or commands.
    Elsewhere,
}

/// Carries out a message that is about variables or commands.
pub fn apply(message: &ToServer<'_>, tree: &mut StateTree) -> Applied {
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
