//! Findings for scripts.
//!
//! ```text
//! {"findings":[{"rule":"mode-none","severity":"error","path":"/etc/nut/nut.conf","line":1,"column":1,"what":"...","why":"...",
//!   "fix":{"kind":"replace","path":"/etc/nut/nut.conf","line":1,"text":"MODE=standalone"}}],"not_checked":["..."]}
//! ```
//!
//! `path` with `line` and `column`, if known, is a file of the configuration; anything else is a `thing`. `fix` is of the kind `run`, with a
//! command as `text`; `replace` a `line` of `path`; `add` below a `line` of `path`, or at its end; or `do`, which is for people.

use crate::finding::{At, Finding, Fix};

/// One object on one line.
pub(crate) fn text(findings: &[Finding], unchecked: &[String]) -> String {
    let findings: Vec<String> = findings.iter().map(one).collect();
    let unchecked: Vec<String> = unchecked.iter().map(|what| quoted(what)).collect();
    format!(
        "{{\"findings\":[{}],\"not_checked\":[{}]}}",
        findings.join(","),
        unchecked.join(",")
    )
}

fn one(finding: &Finding) -> String {
    let (rule, spot) = (finding.rule, &finding.spot);
    let mut fields = vec![
        field("rule", rule.name),
        field("severity", &rule.severity.to_string()),
    ];
    match &spot.at {
        At::Thing(name) => fields.push(field("thing", name)),
        At::File(path, place) => {
            fields.push(field("path", &path.display().to_string()));
            if let Some(place) = place {
                fields.push(format!("\"line\":{},\"column\":{}", place.line, place.col));
            }
        }
    }
    fields.extend([field("what", &spot.what), field("why", rule.why)]);
    fields.push(format!("\"fix\":{}", fix(&spot.fix)));
    object(&fields)
}

fn fix(fix: &Fix) -> String {
    let edit = |kind: &str, path: &std::path::Path, line: Option<u32>, text: &str| {
        let mut fields = vec![
            field("kind", kind),
            field("path", &path.display().to_string()),
        ];
        fields.extend(line.map(|line| format!("\"line\":{line}")));
        fields.push(field("text", text));
        object(&fields)
    };
    match fix {
        Fix::Run(command) => object(&[field("kind", "run"), field("text", command)]),
        Fix::Do(words) => object(&[field("kind", "do"), field("text", words)]),
        Fix::Replace(path, line, text) => edit("replace", path, Some(*line), text),
        Fix::Add(path, line, text) => edit("add", path, *line, text),
    }
}

fn object(fields: &[String]) -> String {
    format!("{{{}}}", fields.join(","))
}

fn field(name: &str, value: &str) -> String {
    format!("\"{name}\":{}", quoted(value))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_json_is_escaped() {
        assert_eq!(quoted("a \"b\" \\ \n é"), "\"a \\\"b\\\" \\\\ \\u000a é\"");
        let fix = fix(&Fix::Add("/e/x".into(), Some(3), "  ignorelb".to_owned()));
        assert_eq!(
            fix,
            r#"{"kind":"add","path":"/e/x","line":3,"text":"  ignorelb"}"#
        );
    }
}
