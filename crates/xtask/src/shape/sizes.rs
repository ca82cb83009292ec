//! How long files and functions are.

use super::sources::Source;

/// One thing with a length.
struct Sized {
    name: String,
    lines: usize,
}

const LONGEST: usize = 5;

/// Lines for the user: code and tests apart.
pub(crate) fn summary(sources: &[Source]) -> Vec<String> {
    let code: Vec<&Source> = sources.iter().filter(|source| !source.is_test).collect();
    let tests: Vec<&Source> = sources.iter().filter(|source| source.is_test).collect();
    let inline: usize = code.iter().map(|source| source.facts.test_lines).sum();
    let mut lines = vec![format!("tests inside code files: {inline} lines")];
    lines.extend(describe(
        "code files",
        code.iter()
            .map(|source| file(source, source.facts.test_lines)),
    ));
    lines.extend(describe(
        "test files",
        tests.iter().map(|source| file(source, 0)),
    ));
    lines.extend(describe("functions", functions(sources, false)));
    lines.extend(describe("test functions", functions(sources, true)));
    lines
}

fn file(source: &Source, tests: usize) -> Sized {
    Sized {
        name: source.path.display().to_string(),
        lines: source.lines.saturating_sub(tests),
    }
}

fn functions(sources: &[Source], of_tests: bool) -> impl Iterator<Item = Sized> {
    sources.iter().flat_map(move |source| {
        let functions = source.facts.functions.iter();
        functions
            .filter(move |function| (source.is_test || function.is_test) == of_tests)
            .map(|function| Sized {
                name: format!("{} ({})", function.name, source.path.display()),
                lines: function.lines,
            })
    })
}

fn describe(what: &str, things: impl Iterator<Item = Sized>) -> Vec<String> {
    let mut things: Vec<Sized> = things.collect();
    things.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.name.cmp(&b.name)));
    let total: usize = things.iter().map(|thing| thing.lines).sum();
    let (p50, p90) = (percentile(&things, 50), percentile(&things, 90));
    let mut lines = vec![format!(
        "{what}: {}, {total} lines, p50 {p50}, p90 {p90}, longest:",
        things.len()
    )];
    lines.extend(
        things
            .iter()
            .take(LONGEST)
            .map(|thing| format!("  {:5} {}", thing.lines, thing.name)),
    );
    lines
}

/// The length that `percent` of the things do not exceed; `things` begin with the longest.
fn percentile(things: &[Sized], percent: usize) -> usize {
    let above = things.len() * (100 - percent) / 100;
    things.get(above).map_or(0, |thing| thing.lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ten() -> impl Iterator<Item = Sized> {
        (1..=10).map(|lines| Sized {
            name: format!("f{lines}"),
            lines,
        })
    }

    #[test]
    fn percentiles_and_the_longest_are_told() {
        let lines = describe("functions", ten());
        assert_eq!(lines[0], "functions: 10, 55 lines, p50 5, p90 9, longest:");
        assert_eq!(lines[1], "     10 f10");
        assert_eq!(lines.len(), 1 + LONGEST);
    }

    #[test]
    fn nothing_has_no_length() {
        assert_eq!(
            describe("functions", std::iter::empty())[0],
            "functions: 0, 0 lines, p50 0, p90 0, longest:"
        );
    }
}
