//! The table of settings in a driver's manual page. The rest of the page is written by hand; a driver without a page gets one to
//! begin with.

use super::facts::Facts;
use crate::failure::{Failure, Result};
use std::fmt::Write;

const BEGIN: &str =
    "<!-- made by `cargo xtask generate` from the driver's options; do not edit -->\n";
const END: &str = "<!-- end -->\n";

/// The page with its table as it should be.
pub(super) fn page(facts: &Facts, have: Option<&str>) -> Result<String> {
    let Some(have) = have else {
        return Ok(first(facts));
    };
    let parts = have.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or_else(|| {
        Failure::told(format!(
            "docs/man/{}.8.md: the lines {:?} and {:?} are not there; the table of settings goes between them",
            facts.name,
            BEGIN.trim_end(),
            END.trim_end()
        ))
    })?;
    Ok(format!("{before}{}{after}", settings(facts)))
}

fn first(facts: &Facts) -> String {
    let (name, description) = (&facts.name, &facts.description);
    format!(
        "# {name}(8)\n\n## Name\n\n{name} - {description}\n\n## Synopsis\n\n`{name} -a` *ups* [*options*]\n\n\
         ## Settings\n\nIn the driver's section of ups.conf(5), or behind `-x`.\n\n{}\n## See also\n\nups.conf(5), upsdrvctl(8), upsd(8)\n",
        settings(facts)
    )
}

fn settings(facts: &Facts) -> String {
    let mut text = BEGIN.to_owned();
    if facts.options.is_empty() {
        text.push_str("It has none of its own.\n");
    } else {
        text.push_str("| setting | what it does |\n|---|---|\n");
    }
    for option in &facts.options {
        let name = match option.kind.as_str() {
            "flag" => format!("`{}`", option.name),
            "secret" => format!("`{} =` *secret*", option.name),
            _ => format!("`{} =` *value*", option.name),
        };
        // writing to a string cannot fail
        let _ = writeln!(text, "| {name} | {} |", option.doc.replace('|', "\\|"));
    }
    text + END
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples;
    use super::*;

    #[test]
    fn a_new_page_has_the_table_and_stays_as_it_is() {
        for facts in samples() {
            let new = page(&facts, None).unwrap();
            assert!(new.starts_with(&format!("# {}(8)\n", facts.name)));
            assert_eq!(page(&facts, Some(&new)).unwrap(), new);
        }
    }

    #[test]
    fn only_the_table_is_replaced() {
        let facts = &samples()[0];
        let old = format!("before\n{BEGIN}old\n{END}after\n");
        let new = page(facts, Some(&old)).unwrap();
        assert_eq!(
            new,
            format!(
                "before\n{BEGIN}| setting | what it does |\n|---|---|\n\
                 | `serial =` *value* | expression \\| for the number |\n| `quick` | no pauses |\n{END}after\n"
            )
        );
        assert!(
            page(facts, Some("no table"))
                .unwrap_err()
                .to_string()
                .contains("lab-usb.8.md")
        );
    }
}
