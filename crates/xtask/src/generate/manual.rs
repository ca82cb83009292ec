//! The tables in manual pages; the rest of a page is written by hand. A program without a page gets one to begin with.
//!
//! | table | from |
//! |---|---|
//! | settings of a driver | the driver itself (`--describe`) |
//! | options of a program | its help |
//! | what a program looks for | the program itself (`--rules`) |
//! | directives of a file | the table by which the file is read |

use super::facts::Facts;
use super::help::Opt;
use crate::failure::{Failure, Result};
use config::manual::{Entry, File};
use model::Notice;
use std::fmt::Write;

/// Above the settings of a driver.
const SETTINGS: &str = "the driver's options";
/// Above the options of a program.
const OPTIONS: &str = "the program's help";
/// Above the options that all drivers have.
const OPTIONS_OF_DRIVERS: &str = "the help of drivers";
/// Above what a program looks for.
const RULES: &str = "the program's rules";
/// Above the events that upsmon tells.
const EVENTS: &str = "the events of upsmon";
const END: &str = "<!-- end -->\n";

fn begin(source: &str) -> String {
    format!("<!-- made by `cargo xtask generate` from {source}; do not edit -->\n")
}

/// The page with the table from `source` as it should be.
fn filled(page: &str, text: &str, source: &str, table: &str) -> Result<String> {
    let begin = begin(source);
    let parts = text.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or_else(|| {
        Failure::told(format!(
            "docs/man/{page}.md: the lines {:?} and {:?} are not there; a table goes between them",
            begin.trim_end(),
            END.trim_end()
        ))
    })?;
    Ok(format!("{before}{begin}{table}{END}{after}"))
}

/// The page of a driver.
pub(super) fn driver(facts: &Facts, have: Option<&str>) -> Result<String> {
    let page = format!("{}.8", facts.name);
    let text = have.map_or_else(|| first_of_driver(facts), ToOwned::to_owned);
    filled(&page, &text, SETTINGS, &settings(facts))
}

fn first_of_driver(facts: &Facts) -> String {
    let (name, description) = (&facts.name, &facts.description);
    format!(
        "# {name}(8)\n\n## Name\n\n{name} - {description}\n\n## Synopsis\n\n`{name} -a` *ups* [*options*]\n\n\
         ## Settings\n\nIn the driver's section of ups.conf(5), or behind `-x`.\n\n{}{END}\n## See also\n\n\
         nutupsdrv(8), ups.conf(5), upsdrvctl(8), upsd(8)\n",
        begin(SETTINGS)
    )
}

fn settings(facts: &Facts) -> String {
    if facts.options.is_empty() {
        return "It has none of its own.\n".to_owned();
    }
    let mut text = "| setting | what it does |\n|---|---|\n".to_owned();
    for option in &facts.options {
        let name = match option.kind.as_str() {
            "flag" => format!("`{}`", option.name),
            "secret" => format!("`{} =` *secret*", option.name),
            _ => format!("`{} =` *value*", option.name),
        };
        row(&mut text, &name, &option.doc);
    }
    text
}

/// The page of a program. One that has no table, because its options are told in another way, has to name each.
pub(super) fn program(name: &str, options: &[Opt], have: Option<&str>) -> Result<String> {
    let page = format!("{name}.8");
    let Some(have) = have else {
        let first = format!(
            "# {name}(8)\n\n## Name\n\n{name} - \n\n## Synopsis\n\n`{name}` [*options*]\n\n## Options\n\n{}{END}",
            begin(OPTIONS)
        );
        return filled(&page, &first, OPTIONS, &option_table(options));
    };
    if have.contains(&begin(OPTIONS)) {
        return filled(&page, have, OPTIONS, &option_table(options));
    }
    let names = options.iter().flat_map(|option| &option.names);
    let missing: Vec<&str> = names
        .filter(|name| !mentions(have, name))
        .map(String::as_str)
        .collect();
    if missing.is_empty() {
        return Ok(have.to_owned());
    }
    Err(Failure::told(format!(
        "docs/man/{page}.md: the options {} are not there; name them, or have a table made by the lines {:?} and {:?}",
        missing.join(", "),
        begin(OPTIONS).trim_end(),
        END.trim_end()
    )))
}

/// Whether a page has an option, as code.
fn mentions(text: &str, name: &str) -> bool {
    let codes = text.split('`').skip(1).step_by(2);
    let mut words = codes.flat_map(|code| code.split([' ', '=', '[', ',']));
    words.any(|word| word == name)
}

/// What a program looks for: of each line the name, the severity and why it matters, with tabs between them.
pub(super) fn rules(page: &str, have: &str, rules: &str) -> Result<String> {
    let mut table = "| name | severity | why it matters |\n|---|---|---|\n".to_owned();
    for rule in rules.lines() {
        let cells: Vec<String> = rule.split('\t').map(plain).collect();
        // writing to a string cannot fail
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    filled(page, have, RULES, &table)
}

/// The options that all drivers have.
pub(super) fn drivers(options: &[Opt], have: &str) -> Result<String> {
    filled(
        "nutupsdrv.8",
        have,
        OPTIONS_OF_DRIVERS,
        &option_table(options),
    )
}

fn option_table(options: &[Opt]) -> String {
    let mut text = "| option | what it does |\n|---|---|\n".to_owned();
    for option in options {
        let names: Vec<String> = option
            .names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        row(
            &mut text,
            &format!("{}{}", names.join(", "), value(&option.value)),
            &option.doc,
        );
    }
    text
}

/// What follows an option: words to fill in are emphasized.
fn value(value: &str) -> String {
    if let Some(inner) = value
        .strip_prefix("[=")
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return format!("[`=`*{}*]", inner.to_lowercase());
    }
    let words = value.split_whitespace();
    let words = words.map(|word| format!(" *{}*", word.replace(['<', '>'], "").to_lowercase()));
    words.collect()
}

/// The page of a file; that of upsmon.conf also has the events.
pub(super) fn file(file: &File, have: &str) -> Result<String> {
    let mut text = have.to_owned();
    if file.name == "upsmon.conf" {
        text = filled("upsmon.conf.5", &text, EVENTS, &events())?;
    }
    for part in &file.parts {
        let source = match part.place {
            "" => format!("the directives of {}", file.name),
            place => format!("the directives of {}, {place}", file.name),
        };
        let table = directives(&part.entries);
        text = filled(&format!("{}.5", file.name), &text, &source, &table)?;
    }
    Ok(text)
}

fn events() -> String {
    let mut text = "| event | what is told |\n|---|---|\n".to_owned();
    for notice in Notice::all() {
        row(
            &mut text,
            &format!("`{}`", notice.name()),
            notice.default_text(),
        );
    }
    text
}

fn directives(entries: &[Entry]) -> String {
    let mut text = "| directive | what it is for |\n|---|---|\n".to_owned();
    for entry in entries {
        let name = format!("`{}{}{}`", entry.name, entry.between, entry.args);
        row(&mut text, &name.replace(" `", "`"), entry.doc);
    }
    text
}

fn row(text: &mut String, term: &str, doc: &str) {
    let cell = |text: &str| plain(text).replace('|', "\\|");
    // writing to a string cannot fail
    let _ = writeln!(text, "| {} | {} |", cell(term), cell(doc));
}

/// Text without tags: what stands in angle brackets outside of code is a word to fill in.
fn plain(text: &str) -> String {
    let part = |(index, part): (usize, &str)| match index % 2 {
        0 => part.replace('<', "\\<"),
        _ => part.to_owned(),
    };
    let parts: Vec<String> = text.split('`').enumerate().map(part).collect();
    parts.join("`")
}

#[cfg(test)]
mod tests;
