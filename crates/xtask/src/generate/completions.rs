//! Completions for shells: options from the programs' help, and the table below for what no help tells.
//!
//! What is asked of a live upsd, and how, stands in the templates beside this file.

use super::help::Opt;
use std::fmt::Write;

const BASH: &str = include_str!("completions/bash.in");
const ZSH: &str = include_str!("completions/zsh.in");
const FISH: &str = include_str!("completions/fish.in");

/// What is completed for a program: its operands, and values of options that their placeholders do not tell.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) name: &'static str,
    operands: &'static [&'static str],
    values: &'static [(&'static str, &'static str)],
}

const fn program(
    name: &'static str,
    operands: &'static [&'static str],
    values: &'static [(&'static str, &'static str)],
) -> Program {
    Program {
        name,
        operands,
        values,
    }
}

/// A kind is one of those that the templates know, or words with commas between them.
#[rustfmt::skip]
pub(super) const PROGRAMS: &[Program] = &[
    program("upsc",         &["ups", "variable"], &[]),
    program("upscmd",       &["ups", "command"],  &[]),
    program("upsrw",        &["ups"],             &[("-s", "setting")]),
    program("upslog",       &[],                  &[("-s", "ups"), ("-m", "ups")]),
    program("upsd",         &[],                  &[("-c", "reload,stop")]),
    program("upsmon",       &[],                  &[("-c", "fsd,reload,stop")]),
    program("upssched",     &[],                  &[]),
    program("nut-check",    &[],                  &[("--root", "directory")]),
    program("nut-scanner",  &[],                  &[("-u", "nothing")]),
    program("nutconf",      &[],                  &[]),
    program("upsd-tls",     &["init,server,client"], &[("-o", "directory")]),
    program("upsdrvctl",    &["start,stop,shutdown,status,list", "device"], &[("-c", "reload,reload-or-error,reload-or-exit,exit,data-dump")]),
    program("upsdrvsvcctl", &["start,stop,status,list,show-config,resync,reconfigure,shutdown", "device"], &[]),
];

/// What a placeholder in a help stands for.
#[rustfmt::skip]
const PLACEHOLDERS: &[(&str, &str)] = &[
    ("<user>",  "user"),
    ("<group>", "group"),
    ("<file>",  "file"),
    ("<dir>",   "directory"),
];

/// A program with its options.
pub(super) type Known<'a> = (&'a Program, Vec<Opt>);

impl Program {
    /// What the value of an option is; `nothing` where nobody can tell, none for an option without one.
    fn kind(&self, option: &Opt) -> Option<&'static str> {
        let find = |(name, kind): &(&str, &'static str)| {
            option.names.iter().any(|one| one == name).then_some(*kind)
        };
        if !option.takes_value() {
            return None;
        }
        let told = self.values.iter().find_map(find);
        let placeholder = PLACEHOLDERS.iter().find(|(name, _)| *name == option.value);
        told.or(placeholder.map(|(_, kind)| *kind))
            .or(Some("nothing"))
    }
}

fn filled(template: &str, programs: &[Known<'_>], text: &str) -> String {
    let names: Vec<&str> = programs.iter().map(|(program, _)| program.name).collect();
    template
        .replace("@names@", &names.join(" "))
        .replace("@programs@", text.trim_end())
}

/// For bash.
pub(super) fn bash(programs: &[Known<'_>]) -> String {
    let mut text = String::new();
    for (program, options) in programs {
        let names = options.iter().flat_map(|option| &option.names);
        let names: Vec<&str> = names.map(String::as_str).collect();
        let values = options.iter().filter_map(|option| {
            let kind = program.kind(option)?;
            Some(
                option
                    .names
                    .iter()
                    .map(move |name| format!("{name}:{kind}")),
            )
        });
        let values: Vec<String> = values.flatten().collect();
        // writing to a string cannot fail
        let _ = writeln!(
            text,
            "    {}) options='{}' values='{}' operands='{}' ;;",
            program.name,
            names.join(" "),
            values.join(" "),
            program.operands.join(" ")
        );
    }
    filled(BASH, programs, &text)
}

/// For zsh.
pub(super) fn zsh(programs: &[Known<'_>]) -> String {
    let mut text = String::new();
    for (program, options) in programs {
        let mut specs = Vec::new();
        for option in options {
            let kind = program.kind(option);
            let repeats = if option.repeats { "*" } else { "" };
            for name in &option.names {
                let doc = option.doc.replace('[', "(").replace(']', ")");
                let (joint, value) = match kind {
                    None => ("", String::new()),
                    Some(kind) if name.starts_with("--") => ("=", zsh_value(kind)),
                    Some(kind) => ("+", zsh_value(kind)),
                };
                specs.push(format!("{repeats}{name}{joint}[{doc}]{value}"));
            }
        }
        for (index, kind) in program.operands.iter().enumerate() {
            specs.push(format!("{}{}", index + 1, zsh_value(kind)));
        }
        let specs = specs
            .iter()
            .map(|spec| format!(" \\\n        {}", quoted(spec)));
        let _ = writeln!(
            text,
            "{})\n    _arguments -s -S{}\n    ;;",
            program.name,
            specs.collect::<String>()
        );
    }
    filled(ZSH, programs, &text)
}

fn zsh_value(kind: &str) -> String {
    match kind {
        "nothing" => ": : ".to_owned(),
        "file" => ":file:_files".to_owned(),
        "directory" => ":directory:_files -/".to_owned(),
        "user" => ":user:_users".to_owned(),
        "group" => ":group:_groups".to_owned(),
        words if words.contains(',') => format!(":word:({})", words.replace(',', " ")),
        kind => format!(":{kind}:_locknut_{kind}"),
    }
}

/// For fish.
pub(super) fn fish(programs: &[Known<'_>]) -> String {
    let mut text = String::new();
    for (program, options) in programs {
        let name = program.name;
        let letters = options.iter().filter(|option| option.takes_value());
        let letters: String = letters
            .flat_map(|option| &option.names)
            .filter_map(|name| name.strip_prefix('-'))
            .filter(|letter| !letter.starts_with('-'))
            .collect();
        let _ = writeln!(text, "complete -c {name} -f");
        for (index, kind) in program.operands.iter().enumerate() {
            let _ = writeln!(
                text,
                "complete -c {name} -n '__locknut_operands \"{letters}\" {index}' -a {}",
                quoted(&fish_value(kind))
            );
        }
        for option in options {
            let value = match program.kind(option) {
                None => String::new(),
                Some("file" | "directory") => " -r -F".to_owned(),
                Some("nothing") => " -x".to_owned(),
                Some(kind) => format!(" -x -a {}", quoted(&fish_value(kind))),
            };
            let names = option
                .names
                .iter()
                .map(|name| match name.strip_prefix("--") {
                    Some(long) => format!(" -l {long}"),
                    None => format!(" -s {}", name.trim_start_matches('-')),
                });
            let _ = writeln!(
                text,
                "complete -c {name}{}{value} -d {}",
                names.collect::<String>(),
                quoted(&option.doc)
            );
        }
    }
    filled(FISH, programs, &text) + "\n"
}

fn fish_value(kind: &str) -> String {
    match kind {
        "user" => "(__fish_complete_users)".to_owned(),
        "group" => "(__fish_complete_groups)".to_owned(),
        words if words.contains(',') => words.replace(',', " "),
        kind => format!("(__locknut_{kind})"),
    }
}

/// A word as shells quote it, so that nothing in it means anything.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::super::help;
    use super::*;

    const LAB: Program = program("lab", &["ups", "a,b"], &[("-x", "setting")]);

    fn known() -> Vec<Known<'static>> {
        let help = "  -x <this>  It's [so]\n  -A <file>  Read\n  -D...  More\n  --long  Long\n  -n <n>  Count\n";
        vec![(&LAB, help::options(help))]
    }

    #[test]
    fn each_shell_knows_all_options_and_operands() {
        let bash = bash(&known());
        assert!(bash.contains(
            "    lab) options='-x -A -D --long -n' values='-x:setting -A:file -n:nothing' operands='ups a,b' ;;\n"
        ));
        assert!(bash.contains("complete -F _locknut lab\n"));
        let zsh = zsh(&known());
        assert!(zsh.starts_with("#compdef lab\n"));
        assert!(
            zsh.contains(
                "lab)\n    _arguments -s -S \\\n        '-x+[It'\\''s (so)]:setting:_locknut_setting' \\\n        \
                 '-A+[Read]:file:_files' \\\n        '*-D[More]' \\\n        '--long[Long]' \\\n        '-n+[Count]: : ' \\\n        \
                 '1:ups:_locknut_ups' \\\n        '2:word:(a b)'\n    ;;"
            ),
            "{zsh}"
        );
        let fish = fish(&known());
        for line in [
            "complete -c lab -n '__locknut_operands \"xAn\" 0' -a '(__locknut_ups)'",
            "complete -c lab -n '__locknut_operands \"xAn\" 1' -a 'a b'",
            "complete -c lab -s x -x -a '(__locknut_setting)' -d 'It'\\''s [so]'",
            "complete -c lab -s A -r -F -d 'Read'",
            "complete -c lab -l long -d 'Long'",
        ] {
            assert!(fish.lines().any(|one| one == line), "{line}: {fish}");
        }
    }
}
