//! What lowdown writes, as a manual page is to be.

/// How lowdown's versions switch to the font of code. Manual pages have such words in bold, which every terminal has.
const CODE: &[&str] = &["\\fC", "\\f(CR", "\\f[CR]"];

/// With headings where programs look for them, code in bold, and minus signs that can be copied.
pub(super) fn improved(page: &str) -> String {
    let page = CODE
        .iter()
        .fold(page.to_owned(), |page, code| page.replace(code, "\\fB"));
    // tables are for another program, and whether that is needed stands in the first line
    let mut out = if page.contains("\n.TS\n") {
        "'\\\" t\n".to_owned()
    } else {
        String::new()
    };
    let mut is_example = false;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        match line {
            ".SH" | ".SS" => {
                let heading = lines.next().unwrap_or_default();
                out.push_str(&format!("{line} \"{heading}\""));
            }
            // as wide as its words, and the last column takes the rest
            "tab(|) expand allbox;" => out.push_str("tab(|) allbox;"),
            _ if line.starts_with("l ") && line.ends_with(" l.") => {
                out.push_str(line.trim_end_matches('.'));
                out.push_str("x.");
            }
            // narrow columns have few places to stretch
            ".TS" => out.push_str(".ad l\n.TS"),
            ".TE" => out.push_str(".TE\n.ad b"),
            ".EX" | ".EE" => {
                is_example = line == ".EX";
                out.push_str(line);
            }
            _ if is_example => out.push_str(&line.replace('-', "\\-")),
            _ => out.push_str(&with_minus(line)),
        }
        out.push('\n');
    }
    out
}

/// What is bold stands there to be typed.
fn with_minus(line: &str) -> String {
    let mut pieces = line.split("\\fB");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find("\\f").unwrap_or(piece.len());
        let (bold, rest) = piece.split_at(end);
        out.push_str("\\fB");
        out.push_str(&bold.replace("\\-", "-").replace('-', "\\-"));
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_code_and_minus_are_as_in_a_manual() {
        let page = ".TH \"X\" \"8\"\n.SH\nNAME\n.LP\nx-y \\fC-a\\fR \\f(CR--b-c\\fR - \\fIz-z\\fR\n.EX\nx -y\n.EE\nx -y\n";
        assert_eq!(
            improved(page),
            ".TH \"X\" \"8\"\n.SH \"NAME\"\n.LP\nx-y \\fB\\-a\\fR \\fB\\-\\-b\\-c\\fR - \\fIz-z\\fR\n.EX\nx \\-y\n.EE\nx -y\n"
        );
    }

    #[test]
    fn a_page_with_a_table_says_so_first() {
        let page = "a\n.TS\ntab(|) expand allbox;\nlb lb lb\nl l l.\nx\n.TE\n";
        assert_eq!(
            improved(page),
            "'\\\" t\na\n.ad l\n.TS\ntab(|) allbox;\nlb lb lb\nl l lx.\nx\n.TE\n.ad b\n"
        );
    }
}
