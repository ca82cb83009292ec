//! A page of docs/man as lowdown is to have it.
//!
//! | in docs/man | for man(1) |
//! |---|---|
//! | `# upsd(8)` | nothing: man makes a title of its own |
//! | `## Name` | `# NAME` |
//! | a table of two columns | a list of terms, which has room for long explanations |
//! | `[text](link)` | the text: there is nothing to follow the link with |
//! | comments | nothing |

/// The page, with `title` in front.
pub(super) fn prepared(text: &str, title: &str) -> String {
    let mut out = title.to_owned();
    let mut table: Vec<&str> = Vec::new();
    let mut is_fenced = false;
    for line in text.lines().chain([""]) {
        if line.starts_with("```") || is_fenced {
            is_fenced ^= line.starts_with("```");
            out.push_str(line);
            out.push('\n');
            continue;
        }
        if line.starts_with('|') {
            table.push(line);
            continue;
        }
        out.push_str(&listed(&std::mem::take(&mut table)));
        if line.starts_with("# ") || line.starts_with("<!--") {
            continue;
        }
        if let Some(heading) = line.strip_prefix("## ") {
            out.push_str(&format!("# {}", heading.to_uppercase()));
        } else if let Some(heading) = line.strip_prefix("### ") {
            out.push_str(&format!("## {heading}"));
        } else if line.starts_with("    ") {
            out.push_str(line);
        } else {
            out.push_str(&unlinked(line));
        }
        out.push('\n');
    }
    out
}

/// A table of two columns as a list; any other as it is.
fn listed(table: &[&str]) -> String {
    let rows: Vec<Vec<String>> = table.iter().map(|line| cells(line)).collect();
    let mut text = String::new();
    if rows.iter().all(|row| row.len() == 2) {
        for row in rows.iter().skip(2) {
            if let [term, text_of] = row.as_slice() {
                text.push_str(&format!(
                    "{}\n:   {}\n\n",
                    unlinked(term),
                    unlinked(text_of)
                ));
            }
        }
    } else {
        for line in table {
            text.push_str(&unlinked(line));
            text.push('\n');
        }
    }
    text
}

/// What stands between the bars, `\|` taken for a bar in a cell.
fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let hidden = inner.replace("\\|", "\0");
    let cells = hidden.split('|');
    cells.map(|cell| cell.trim().replace('\0', "|")).collect()
}

/// Links as their texts.
fn unlinked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('[') {
        out.push_str(before);
        let link = from
            .split_once("](")
            .filter(|(name, _)| !name.contains(['[', '`']))
            .and_then(|(name, to)| Some((name, to.split_once(')')?.1)));
        match link {
            Some((name, after)) => {
                out.push_str(name);
                rest = after;
            }
            None => {
                out.push('[');
                rest = from;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_loses_what_only_a_browser_needs() {
        let page = "# lab(8)\n\n## Name\n\nlab - see [this](x.md)\n\n<!-- made -->\n| option | what |\n|---|---|\n\
            | `-a` *b*[`=`c] | `x\\|y` or [z](z.md) |\n<!-- end -->\n\n### More\n\n    [section](x)\n```\n# a\n| b |\n```\n";
        assert_eq!(
            prepared(page, "T\n\n"),
            "T\n\n\n# NAME\n\nlab - see this\n\n`-a` *b*[`=`c]\n:   `x|y` or z\n\n\n## More\n\n    [section](x)\n```\n# a\n| b |\n```\n\n"
        );
    }

    #[test]
    fn a_wider_table_stays_one() {
        let page = "| a | b | c |\n|---|---|---|\n| 1 | [2](x) | 3 |\n";
        assert_eq!(
            prepared(page, ""),
            "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n\n"
        );
    }
}
