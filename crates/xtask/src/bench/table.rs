//! The figures as a table.

use super::figures::{Figures, Side, Spread, Unit};

/// One line a figure, with a heading.
pub(crate) fn of(figures: &Figures) -> String {
    let mut rows = vec![[
        "figure".to_owned(),
        "ours: min".to_owned(),
        "median".to_owned(),
        "max".to_owned(),
        "C's: min".to_owned(),
        "median".to_owned(),
        "max".to_owned(),
        "ours / C's".to_owned(),
    ]];
    for figure in figures.iter() {
        let [a, b, c] = cells(figure.spread(Side::Ours), figure.unit);
        let [d, e, f] = cells(figure.spread(Side::C), figure.unit);
        let ratio = figure.ratio().map_or("-".to_owned(), multiple);
        let title = format!("{}{}", figure.name, suffix(figure.unit));
        rows.push([title, a, b, c, d, e, f, ratio]);
    }
    align(&rows)
}

fn cells(spread: Option<Spread>, unit: Unit) -> [String; 3] {
    spread.map_or_else(
        || ["-", "-", "-"].map(ToOwned::to_owned),
        |spread| [spread.min, spread.median, spread.max].map(|value| number(value, unit)),
    )
}

fn suffix(unit: Unit) -> &'static str {
    match unit {
        Unit::PerSecond => " [/s]",
        Unit::Micros => " [us]",
        Unit::Millis => " [ms]",
        Unit::Kilobytes => " [kB]",
        Unit::Clients | Unit::Requests => "",
        Unit::PerMinute => " [/min]",
    }
}

/// A value as it is read best.
pub(crate) fn number(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Micros | Unit::Millis if value < 1000.0 => format!("{value:.1}"),
        _ => thousands(&format!("{value:.0}")),
    }
}

/// How many times as much.
pub(crate) fn multiple(ratio: f64) -> String {
    if ratio < 10.0 {
        format!("{ratio:.3}")
    } else {
        thousands(&format!("{ratio:.0}"))
    }
}

/// Digits in groups of three.
fn thousands(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The first column to the left, the others to the right.
fn align<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    rows.iter().map(|row| aligned(row, &widths)).collect()
}

fn aligned(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, (cell, &width)) in row.iter().zip(widths).enumerate() {
        if at == 0 {
            line += &format!("{cell:width$}");
        } else {
            line += &format!("  {cell:>width$}");
        }
    }
    line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!(number(1_234_567.8, Unit::PerSecond), "1,234,568");
        assert_eq!(number(999.0, Unit::Clients), "999");
        assert_eq!(number(12.34, Unit::Micros), "12.3");
        assert_eq!(number(44_000.0, Unit::Micros), "44,000");
        assert_eq!(multiple(1.05), "1.050");
        assert_eq!(multiple(1234.5), "1,234");
    }

    #[test]
    fn columns_stand_below_each_other() {
        let mut figures = Figures::default();
        figures.add(Side::Ours, "GET", Unit::PerSecond, 50_000.0);
        figures.add(Side::C, "GET", Unit::PerSecond, 40_000.0);
        figures.add(Side::Ours, "memory", Unit::Kilobytes, 2000.0);
        let table = of(&figures);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[1].starts_with("GET [/s]     ") && lines[1].ends_with("1.250"));
        assert!(lines[2].ends_with('-'));
        assert!(lines.iter().all(|line| line.len() == lines[0].len()));
    }
}
