//! "Did you mean": how far apart two names are, and the nearest of many.
//!
//! The distance counts letters that are wrong, missing, too many, or swapped with their neighbour. Case
//! does not count.

use std::mem;

/// How many mistakes lie between two names, when they are not more than `limit`.
#[must_use]
pub fn distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let one = one.to_ascii_lowercase().into_bytes();
    let other = other.to_ascii_lowercase().into_bytes();
    Some(mistakes(&one, &other)).filter(|&found| found <= limit)
}

/// The name nearest to `word`, when it is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = if word.len() < 6 { 1 } else { 2 };
    names
        .into_iter()
        .filter_map(|name| Some((distance(word, name, limit)?, name)))
        .min_by_key(|&(mistakes, _)| mistakes)
        .map(|(_, name)| name)
}

/// The optimal string alignment distance, kept as three rows of its matrix.
fn mistakes(one: &[u8], other: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut left: Option<u8> = None;
    for (i, &x) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut up: Option<u8> = None;
        for (j, &y) in other.iter().enumerate() {
            let cheapest = (at(&above, j) + usize::from(x != y))
                .min(at(&above, j + 1) + 1)
                .min(at(&row, j) + 1);
            let swapped = left == Some(y) && up == Some(x);
            row.push(match j.checked_sub(1) {
                Some(j) if swapped => cheapest.min(at(&before, j) + 1),
                _ => cheapest,
            });
            up = Some(y);
        }
        before = mem::replace(&mut above, row);
        left = Some(x);
    }
    at(&above, other.len())
}

/// A cell of a row; what lies outside is further than anything inside.
fn at(row: &[usize], index: usize) -> usize {
    row.get(index).copied().unwrap_or(usize::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_mistake_counts_once() {
        for (one, other, mistakes) in [
            ("", "", 0),
            ("driver", "DRIVER", 0),
            ("drver", "driver", 1),
            ("drivver", "driver", 1),
            ("dryver", "driver", 1),
            ("dirver", "driver", 1),
            ("port", "desc", 4),
            ("ab", "", 2),
        ] {
            assert_eq!(distance(one, other, 9), Some(mistakes), "{one} {other}");
            assert_eq!(distance(other, one, 9), Some(mistakes), "{other} {one}");
        }
        assert_eq!(distance("port", "desc", 3), None);
    }

    #[test]
    fn the_nearest_name_wins_and_a_far_one_is_not_offered() {
        let names = ["MAXAGE", "MAXCONN", "LISTEN"];
        assert_eq!(nearest("maxage", names), Some("MAXAGE"));
        assert_eq!(nearest("LISEN", names), Some("LISTEN"));
        assert_eq!(nearest("FOOBAR", names), None);
    }
}
