//! A table as it stands in the program: without pointers, as far as possible.
//!
//! A program may lie anywhere in memory, so each pointer in it is written when the program starts, and the pages that hold
//! them are its own from then on, used or not. A row has four; of more than a thousand rows a driver uses those of one
//! subdriver. So [`packed!`](crate::packed) makes of the readable table, while it is compiled, one text with all names, rows
//! that say where in it theirs are, and a list of those [`Read`]s that cannot do without a pointer. [`Table::iter`] gives the
//! rows as they were.

use super::{Access, Read, Row, When};

/// A packed table.
#[derive(Debug)]
pub struct Table<C: 'static = ()> {
    rows: &'static [Slim],
    text: &'static str,
    pointing: &'static [Read<C>],
}

/// A row without pointers.
#[derive(Clone, Copy, Debug)]
pub struct Slim {
    /// Where in the text the name of the variable is, the path, and the default behind it.
    var: Span,
    path: Span,
    default: Span,
    read: Meaning,
    when: When,
    access: Access,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    at: u32,
    len: u32,
}

/// A [`Read`] without pointers.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Number {
        decimals: usize,
        scale: f64,
    },
    Celsius,
    Date,
    Index,
    /// The one of this number.
    Pointing(u32),
}

impl Slim {
    const NONE: Self = Self {
        var: Span { at: 0, len: 0 },
        path: Span { at: 0, len: 0 },
        default: Span { at: 0, len: 0 },
        read: Meaning::Index,
        when: When::Full,
        access: Access::NONE,
    };
}

impl<C> Table<C> {
    /// A table without rows.
    pub const EMPTY: Self = Self::new(&[], "", &[]);

    /// What [`packed!`](crate::packed) has made.
    #[must_use]
    pub const fn new(
        rows: &'static [Slim],
        text: &'static str,
        pointing: &'static [Read<C>],
    ) -> Self {
        Self {
            rows,
            text,
            pointing,
        }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Row<C>> {
        self.rows.iter().map(|slim| self.row(slim))
    }

    /// The row at a place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Row<C>> {
        self.rows.get(at).map(|slim| self.row(slim))
    }

    fn row(&self, slim: &Slim) -> Row<C> {
        Row {
            var: self.text(slim.var),
            path: self.text(slim.path),
            read: self.read(slim.read),
            when: slim.when,
            access: slim.access,
            default: self.text(slim.default),
        }
    }

    fn text(&self, span: Span) -> &'static str {
        let place = |number| usize::try_from(number).unwrap_or(usize::MAX);
        let begin = place(span.at);
        let end = begin.saturating_add(place(span.len));
        self.text.get(begin..end).unwrap_or_default()
    }

    fn read(&self, meaning: Meaning) -> Read<C> {
        match meaning {
            Meaning::Number { decimals, scale } => Read::Number { decimals, scale },
            Meaning::Celsius => Read::Celsius,
            Meaning::Date => Read::Date,
            Meaning::Index => Read::Index,
            Meaning::Pointing(number) => {
                let at = usize::try_from(number).unwrap_or(usize::MAX);
                self.pointing.get(at).copied().unwrap_or(Read::Index)
            }
        }
    }
}

/// Packs a constant slice of [`Row`]s with context `$context` into a [`Table`].
///
/// ```
/// use hid::table::{Read, Row, Table};
///
/// const ROWS: &[Row] = &[Row::var("battery.charge", "UPS.PowerSummary.RemainingCapacity", Read::number(0))];
/// static TABLE: Table = hid::packed!((), ROWS);
///
/// assert_eq!(TABLE.iter().next().unwrap().var, "battery.charge");
/// ```
#[macro_export]
macro_rules! packed {
    ($context:ty, $rows:expr) => {{
        use $crate::table::{Read, Row, Slim, Table, packing};
        const UNPACKED: &[Row<$context>] = $rows;
        static TEXT: [u8; packing::text_len(UNPACKED)] = packing::text(UNPACKED);
        static SLIM: [Slim; UNPACKED.len()] = packing::slim(UNPACKED);
        static POINTING: [Read<$context>; packing::pointing_len(UNPACKED)] =
            packing::pointing(UNPACKED);
        Table::new(&SLIM, packing::str(&TEXT), &POINTING)
    }};
}

/// The steps of [`packed!`](crate::packed). They run while the program is compiled.
pub mod packing {
    use super::{Meaning, Read, Row, Slim, Span};

    /// Bytes of all texts.
    #[must_use]
    pub const fn text_len<C>(mut rows: &[Row<C>]) -> usize {
        let mut len = 0;
        let mut before = "";
        while let [row, rest @ ..] = rows {
            len += var_len(row, before) + row.path.len() + row.default.len();
            (before, rows) = (row.var, rest);
        }
        len
    }

    /// All texts, one behind the other.
    #[must_use]
    pub const fn text<C, const N: usize>(mut rows: &[Row<C>]) -> [u8; N] {
        let mut text = [0; N];
        let mut free: &mut [u8] = &mut text;
        let mut before = "";
        while let [row, rest @ ..] = rows {
            if var_len(row, before) > 0 {
                free = put(free, row.var);
            }
            free = put(free, row.path);
            free = put(free, row.default);
            (before, rows) = (row.var, rest);
        }
        text
    }

    /// The rows, whose texts stand where [`text`] has put them.
    #[must_use]
    pub const fn slim<C, const N: usize>(mut rows: &[Row<C>]) -> [Slim; N] {
        let mut slim = [Slim::NONE; N];
        let mut free: &mut [Slim] = &mut slim;
        let (mut at, mut var, mut before, mut pointing) = (0, span(0, ""), "", 0);
        while let ([row, rest @ ..], [first, more @ ..]) = (rows, free) {
            if var_len(row, before) > 0 {
                var = span(at, row.var);
            }
            at += var_len(row, before);
            let path = span(at, row.path);
            at += row.path.len();
            let default = span(at, row.default);
            at += row.default.len();
            let read = match row.read {
                Read::Number { decimals, scale } => Meaning::Number { decimals, scale },
                Read::Celsius => Meaning::Celsius,
                Read::Date => Meaning::Date,
                Read::Index => Meaning::Index,
                Read::Map(_) | Read::Bit { .. } | Read::With { .. } => {
                    pointing += 1;
                    Meaning::Pointing(pointing - 1)
                }
            };
            *first = Slim {
                var,
                path,
                default,
                read,
                when: row.when,
                access: row.access,
            };
            (before, rows, free) = (row.var, rest, more);
        }
        slim
    }

    /// How many rows have pointers in what they mean.
    #[must_use]
    pub const fn pointing_len<C>(mut rows: &[Row<C>]) -> usize {
        let mut len = 0;
        while let [row, rest @ ..] = rows {
            len += points(&row.read) as usize;
            rows = rest;
        }
        len
    }

    /// What these rows mean.
    #[must_use]
    pub const fn pointing<C, const N: usize>(mut rows: &[Row<C>]) -> [Read<C>; N] {
        let mut pointing = [Read::Index; N];
        let mut free: &mut [Read<C>] = &mut pointing;
        while let [row, rest @ ..] = rows {
            if points(&row.read)
                && let [first, more @ ..] = free
            {
                *first = row.read;
                free = more;
            }
            rows = rest;
        }
        pointing
    }

    /// The bytes of [`text`] as such.
    #[must_use]
    pub const fn str(bytes: &'static [u8]) -> &'static str {
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    /// Bytes that a variable's name needs: none behind a row of the same one.
    const fn var_len<C>(row: &Row<C>, before: &str) -> usize {
        if same(row.var, before) {
            0
        } else {
            row.var.len()
        }
    }

    const fn same(one: &str, other: &str) -> bool {
        let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
        while let ([a, more @ ..], [b, others @ ..]) = (one, other) {
            if *a != *b {
                return false;
            }
            (one, other) = (more, others);
        }
        one.is_empty() && other.is_empty()
    }

    /// Where a text stands; the tables are far from as long as these numbers go.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "there is no try_from in constants, and a table of 4 GB does not compile"
    )]
    const fn span(at: usize, text: &str) -> Span {
        Span {
            at: at as u32,
            len: text.len() as u32,
        }
    }

    const fn put<'a>(free: &'a mut [u8], text: &str) -> &'a mut [u8] {
        match free.split_at_mut_checked(text.len()) {
            Some((place, rest)) => {
                place.copy_from_slice(text.as_bytes());
                rest
            }
            None => &mut [],
        }
    }

    const fn points<C>(read: &Read<C>) -> bool {
        matches!(read, Read::Map(_) | Read::Bit { .. } | Read::With { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::texts;

    fn show(context: &mut u8, value: f64) -> Option<String> {
        Some(format!("{context} {value}"))
    }

    #[rustfmt::skip]
    const ROWS: &[Row<u8>] = &[
        Row::var("battery.charge",     "UPS.PowerSummary.RemainingCapacity",  Read::number(0)).quick(),
        Row::var("battery.charge",     "UPS.Battery.RemainingCapacity",       Read::scaled(1, 0.1)),
        Row::var("battery.charge.low", "UPS.PowerSummary.Limit",              Read::Celsius).semi_static().text(10).range(5, 90),
        Row::status(                   "UPS.PowerSummary.ACPresent",          Read::Map(texts::ONLINE)).quick(),
        Row::status(                   "UPS.PowerSummary.Charging",           Read::Map(texts::CHARGING)).quick(),
        Row::local("ups.delay.start",  "UPS.PowerSummary.DelayBeforeStartup", "30").text(8),
        Row::command("load.off",       "UPS.PowerSummary.DelayBeforeShutdown", "0", Read::number(0)),
        Row::var("ups.firmware",       "UPS.PowerSummary.iVersion",           Read::Index).fixed(),
        Row::var("ups.odd",            "",                                    Read::With { show: Some(show), parse: None, texts: &[] }),
        Row::var("ups.date",           "UPS.Date",                            Read::Date),
    ];
    static TABLE: Table<u8> = crate::packed!(u8, ROWS);

    #[test]
    fn packed_rows_are_the_rows_that_were_packed() {
        assert_eq!(TABLE.len(), ROWS.len());
        assert!(!TABLE.is_empty() && Table::<()>::EMPTY.is_empty());
        for (packed, row) in TABLE.iter().zip(ROWS) {
            // the text of a function is its address, so that it is compared, too
            assert_eq!(format!("{packed:?}"), format!("{row:?}"));
        }
    }

    #[test]
    fn a_function_is_still_called() {
        let row = TABLE.iter().find(|row| row.var == "ups.odd").unwrap();
        let shown = row.read.show(2.0, &mut 7);
        assert_eq!(shown, crate::table::Shown::Text("7 2".into()));
    }

    #[test]
    fn a_name_that_is_repeated_takes_no_room() {
        let once = TABLE.text.matches("battery.charge").count();
        // in the names of two variables
        assert_eq!(once, 2, "{}", TABLE.text);
    }
}
