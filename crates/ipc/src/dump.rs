//! The driver's side: its state as messages.

use model::{StateTree, Variable};

use crate::ToServer;

/// Appends the answer to DUMPALL: everything, framed by the freshness of the data and `DUMPDONE`.
pub fn dump(tree: &StateTree, stale: bool, out: &mut String) {
    if stale {
        ToServer::DataStale.write(out);
    }
    for (var, variable) in tree.iter() {
        variable_lines(var, variable, out);
    }
    for cmd in tree.commands() {
        ToServer::AddCmd { cmd }.write(out);
    }
    if !stale {
        ToServer::DataOk.write(out);
    }
    ToServer::DumpDone.write(out);
}

/// Appends the answer to DUMPVALUE and DUMPSTATUS: one variable, if it exists, in the same frame.
pub fn dump_value(tree: &StateTree, var: &str, stale: bool, out: &mut String) {
    if stale {
        ToServer::DataStale.write(out);
    }
    if let Some(variable) = tree.get(var) {
        variable_lines(var, variable, out);
    }
    if !stale {
        ToServer::DataOk.write(out);
    }
    ToServer::DumpDone.write(out);
}

/// Appends all about one variable: the value first, then its attributes.
pub fn variable_lines(var: &str, variable: &Variable, out: &mut String) {
    ToServer::SetInfo {
        var,
        value: &variable.value,
    }
    .write(out);
    for value in &variable.choices {
        ToServer::AddEnum { var, value }.write(out);
    }
    for &range in &variable.ranges {
        ToServer::AddRange { var, range }.write(out);
    }
    if variable.max_len > 0 {
        ToServer::SetAux {
            var,
            max_len: variable.max_len,
        }
        .write(out);
    }
    if !variable.flags.is_empty() {
        ToServer::SetFlags {
            var,
            flags: variable.flags,
        }
        .write(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply;
    use model::{Flags, Range};
    use text::{Fed, Lexer};

    fn lab() -> StateTree {
        let mut tree = StateTree::default();
        tree.set("battery.charge", "100");
        tree.set("lab.mode", "on");
        tree.set("lab.limit", "15");
        tree.add_command("load.off");
        let declared = [
            tree.set_flags("battery.charge", Flags::RW),
            tree.add_choice("lab.mode", "on"),
            tree.add_choice("lab.mode", "off"),
            tree.set_max_len("lab.mode", 10),
            tree.set_flags("lab.mode", Flags::RW_STRING),
            tree.add_range("lab.limit", Range { min: 10, max: 20 }),
            tree.set_flags("lab.limit", Flags::RW_NUMBER),
        ];
        assert!(declared.iter().all(|change| *change == Ok(true)));
        tree
    }

    #[test]
    fn a_dump_has_the_lines_and_the_order_that_upsd_expects() {
        let mut out = String::new();
        dump(&lab(), false, &mut out);
        let expected = "SETINFO battery.charge \"100\"\nSETFLAGS battery.charge RW\n\
            SETINFO lab.limit \"15\"\nADDRANGE lab.limit 10 20\nSETFLAGS lab.limit RW NUMBER\n\
            SETINFO lab.mode \"on\"\nADDENUM lab.mode \"on\"\nADDENUM lab.mode \"off\"\n\
            SETAUX lab.mode 10\nSETFLAGS lab.mode RW STRING\n\
            ADDCMD load.off\nDATAOK\nDUMPDONE\n";
        assert_eq!(out, expected);
    }

    #[test]
    fn a_dump_rebuilds_the_same_state() {
        let mut out = String::new();
        dump(&lab(), true, &mut out);
        assert!(out.starts_with("DATASTALE\n") && !out.contains("DATAOK"));
        let mut copy = StateTree::default();
        let mut lexer = Lexer::new();
        let mut rest = out.as_bytes();
        while let Fed::Line(used) = lexer.feed(rest) {
            let words: Vec<&str> = lexer.words().iter().collect();
            apply(&ToServer::parse(&words).unwrap(), &mut copy);
            rest = &rest[used..];
        }
        assert_eq!(
            copy.iter().collect::<Vec<_>>(),
            lab().iter().collect::<Vec<_>>()
        );
        assert_eq!(copy.commands().collect::<Vec<_>>(), ["load.off"]);
    }

    #[test]
    fn an_unknown_variable_gives_an_empty_frame() {
        let mut out = String::new();
        dump_value(&lab(), "no.such", false, &mut out);
        assert_eq!(out, "DATAOK\nDUMPDONE\n");
    }
}
