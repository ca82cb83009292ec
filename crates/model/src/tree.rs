//! All variables and commands of one device.

use crate::name;
use crate::variable::{Flags, Range, Variable};

/// An attribute was given for a variable that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchVariable;

/// Variables and commands, sorted by name ignoring case; the first spelling of a name is kept.
///
/// Every change moves [`version`](Self::version) on, so that text rendered from the tree can be kept
/// until it is out of date.
#[derive(Clone, Debug, Default)]
pub struct StateTree {
    variables: Vec<(String, Variable)>,
    commands: Vec<String>,
    /// Allowed values and ranges of all variables.
    attributes: usize,
    version: u64,
}

impl StateTree {
    /// A number that differs whenever the contents differ.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The variable called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Variable> {
        let at = self.find(name).ok()?;
        self.variables.get(at).map(|(_, variable)| variable)
    }

    /// The value of the variable called `name`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.get(name).map(|variable| variable.value.as_str())
    }

    /// Number of variables.
    #[must_use]
    pub fn len(&self) -> usize {
        self.variables.len()
    }

    /// Whether there is no variable.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.variables.is_empty()
    }

    /// Number of allowed values and ranges, those of all variables together.
    #[must_use]
    pub fn attributes(&self) -> usize {
        self.attributes
    }

    /// All variables in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Variable)> {
        self.variables
            .iter()
            .map(|(name, variable)| (name.as_str(), variable))
    }

    /// All commands in order of their names.
    pub fn commands(&self) -> impl ExactSizeIterator<Item = &str> {
        self.commands.iter().map(String::as_str)
    }

    /// Whether the device has the command `name`.
    #[must_use]
    pub fn has_command(&self, name: &str) -> bool {
        self.find_command(name).is_ok()
    }

    /// Creates or changes a variable; true when that made a difference.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        match self.find(name) {
            Ok(at) => {
                let Some((_, variable)) = self.variables.get_mut(at) else {
                    return false;
                };
                if variable.value == value {
                    return false;
                }
                value.clone_into(&mut variable.value);
            }
            Err(at) => {
                let variable = Variable {
                    value: value.to_owned(),
                    ..Variable::default()
                };
                self.variables.insert(at, (name.to_owned(), variable));
            }
        }
        self.changed()
    }

    /// Removes a variable with its attributes; true when it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let Ok(at) = self.find(name) else {
            return false;
        };
        let (_, gone) = self.variables.remove(at);
        self.attributes -= gone.attributes();
        self.changed()
    }

    /// Replaces the flags of a variable; true when they differ.
    ///
    /// # Errors
    /// The variable does not exist.
    pub fn set_flags(&mut self, name: &str, flags: Flags) -> Result<bool, NoSuchVariable> {
        self.edit(name, |variable| {
            let differs = variable.flags != flags;
            variable.flags = flags;
            differs
        })
    }

    /// Declares the greatest length of a text variable; true when it differs.
    ///
    /// # Errors
    /// The variable does not exist.
    pub fn set_max_len(&mut self, name: &str, max_len: u64) -> Result<bool, NoSuchVariable> {
        self.edit(name, |variable| {
            let differs = variable.max_len != max_len;
            variable.max_len = max_len;
            differs
        })
    }

    /// Adds an allowed value; true unless it is there already.
    ///
    /// # Errors
    /// The variable does not exist.
    pub fn add_choice(&mut self, name: &str, choice: &str) -> Result<bool, NoSuchVariable> {
        self.edit(name, |variable| {
            let new = !variable.choices.iter().any(|known| known == choice);
            if new {
                variable.choices.push(choice.to_owned());
            }
            new
        })
    }

    /// Removes an allowed value, whose case does not matter; true when it was there.
    pub fn remove_choice(&mut self, name: &str, choice: &str) -> bool {
        let removed = self.edit(name, |variable| {
            let exact = variable.choices.iter().position(|known| known == choice);
            let alike = || {
                variable
                    .choices
                    .iter()
                    .position(|known| name::same(known, choice))
            };
            let found = exact.or_else(alike);
            if let Some(at) = found {
                variable.choices.remove(at);
            }
            found.is_some()
        });
        removed.unwrap_or(false)
    }

    /// Adds an allowed range; true unless the very same range is there already.
    ///
    /// # Errors
    /// The variable does not exist.
    pub fn add_range(&mut self, name: &str, range: Range) -> Result<bool, NoSuchVariable> {
        self.edit(name, |variable| {
            let new = !variable.ranges.contains(&range);
            if new {
                variable.ranges.push(range);
            }
            new
        })
    }

    /// Removes an allowed range; true when it was there.
    pub fn remove_range(&mut self, name: &str, range: Range) -> bool {
        let removed = self.edit(name, |variable| {
            let before = variable.ranges.len();
            variable.ranges.retain(|known| *known != range);
            variable.ranges.len() != before
        });
        removed.unwrap_or(false)
    }

    /// Adds an instant command; true unless it is there already.
    pub fn add_command(&mut self, name: &str) -> bool {
        let Err(at) = self.find_command(name) else {
            return false;
        };
        self.commands.insert(at, name.to_owned());
        self.changed()
    }

    /// Removes an instant command; true when it was there.
    pub fn remove_command(&mut self, name: &str) -> bool {
        let Ok(at) = self.find_command(name) else {
            return false;
        };
        self.commands.remove(at);
        self.changed()
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.variables
            .binary_search_by(|(known, _)| name::compare(known, name))
    }

    fn find_command(&self, name: &str) -> Result<usize, usize> {
        self.commands
            .binary_search_by(|known| name::compare(known, name))
    }

    fn edit(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut Variable) -> bool,
    ) -> Result<bool, NoSuchVariable> {
        let at = self.find(name).map_err(|_| NoSuchVariable)?;
        let (_, variable) = self.variables.get_mut(at).ok_or(NoSuchVariable)?;
        let before = variable.attributes();
        let differs = change(variable);
        self.attributes = self.attributes - before + variable.attributes();
        if differs {
            self.changed();
        }
        Ok(differs)
    }

    fn changed(&mut self) -> bool {
        self.version += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ignore_case_and_keep_their_first_spelling() {
        let mut tree = StateTree::default();
        assert!(tree.set("Battery.Charge", "50"));
        assert!(tree.set("battery.charge", "51"));
        assert!(!tree.set("BATTERY.CHARGE", "51"));
        let all: Vec<_> = tree
            .iter()
            .map(|(name, variable)| (name, variable.value.as_str()))
            .collect();
        assert_eq!(all, [("Battery.Charge", "51")]);
    }

    #[test]
    fn a_value_that_differs_in_case_only_is_a_change() {
        let mut tree = StateTree::default();
        tree.set("lab.a", "abc");
        assert!(tree.set("lab.a", "ABC"));
        assert_eq!(tree.value("lab.a"), Some("ABC"));
    }

    #[test]
    fn variables_and_commands_are_sorted() {
        let mut tree = StateTree::default();
        for name in ["ups.status", "battery.charge", "Input.voltage"] {
            tree.set(name, "");
            tree.add_command(name);
        }
        let sorted = ["battery.charge", "Input.voltage", "ups.status"];
        assert_eq!(
            tree.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            sorted
        );
        assert_eq!(tree.commands().collect::<Vec<_>>(), sorted);
        assert!(tree.has_command("INPUT.VOLTAGE") && tree.remove_command("input.voltage"));
        assert!(!tree.has_command("input.voltage"));
    }

    #[test]
    fn ranges_are_the_same_only_if_both_ends_are() {
        let mut tree = StateTree::default();
        tree.set("lab.limit", "15");
        let range = |min, max| Range { min, max };
        assert_eq!(tree.add_range("lab.limit", range(1, 10)), Ok(true));
        assert_eq!(tree.add_range("lab.limit", range(1, 20)), Ok(true));
        assert_eq!(tree.add_range("lab.limit", range(1, 20)), Ok(false));
        assert!(!tree.remove_range("lab.limit", range(1, 99)));
        assert!(tree.remove_range("lab.limit", range(1, 10)));
    }

    #[test]
    fn attributes_need_their_variable() {
        let mut tree = StateTree::default();
        assert_eq!(tree.add_choice("lab.mode", "on"), Err(NoSuchVariable));
        assert_eq!(tree.set_flags("lab.mode", Flags::RW), Err(NoSuchVariable));
        tree.set("lab.mode", "on");
        assert_eq!(tree.add_choice("lab.mode", "on"), Ok(true));
        assert_eq!(tree.add_choice("lab.mode", "On"), Ok(true));
        assert!(tree.remove_choice("lab.mode", "On"));
        assert_eq!(
            tree.get("lab.mode").map(|v| v.choices.clone()),
            Some(vec!["on".to_owned()])
        );
        tree.remove("lab.mode");
        tree.set("lab.mode", "off");
        assert_eq!(tree.get("lab.mode").map(|v| v.choices.len()), Some(0));
    }

    #[test]
    fn attributes_are_counted_as_they_come_and_go() {
        let mut tree = StateTree::default();
        let range = Range { min: 1, max: 2 };
        for name in ["a.b", "a.c"] {
            tree.set(name, "x");
            tree.add_choice(name, "on").unwrap();
            tree.add_choice(name, "on").unwrap();
            tree.add_choice(name, "off").unwrap();
            tree.add_range(name, range).unwrap();
        }
        assert_eq!(tree.attributes(), 6);
        tree.remove("a.b");
        tree.remove_choice("a.c", "ON");
        tree.remove_range("a.c", range);
        tree.set("a.c", "y");
        assert_eq!(tree.attributes(), 1);
    }

    #[test]
    fn the_version_moves_with_every_change_and_only_then() {
        let mut tree = StateTree::default();
        tree.set("a.b", "1");
        let before = tree.version();
        tree.set("a.b", "1");
        tree.remove("a.c");
        assert_eq!(tree.version(), before);
        tree.set("a.b", "2");
        assert_ne!(tree.version(), before);
    }
}
