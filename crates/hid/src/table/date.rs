//! Dates as smart batteries pack them (Smart Battery Data Specification 1.1, ManufactureDate): day in five bits, month in
//! four, years since 1980.

/// The date, or `not set`.
pub(super) fn text(packed: i64) -> String {
    if packed == 0 {
        return "not set".to_owned();
    }
    let (year, month, day) = (1980 + (packed >> 9), packed >> 5 & 0x0f, packed & 0x1f);
    format!("{year:04}/{month:02}/{day:02}")
}

/// The number for `YYYY/MM/DD`.
pub(super) fn packed(text: &str) -> Option<i64> {
    let mut parts = text.trim().split('/');
    let year = part(parts.next(), 4, 1980..=2107)?;
    let month = part(parts.next(), 2, 1..=12)?;
    let day = part(parts.next(), 2, 1..=31)?;
    let is_whole = parts.next().is_none();
    is_whole.then_some((year - 1980) << 9 | month << 5 | day)
}

fn part(text: Option<&str>, digits: usize, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
    let text = text.filter(|text| text.len() <= digits)?;
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| text.parse().ok()).flatten()?;
    range.contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_reads_back() {
        for date in ["1980/01/01", "2021/03/17", "2107/12/31"] {
            assert_eq!(text(packed(date).unwrap()), date);
        }
        assert_eq!(packed("2021/3/7"), packed("2021/03/07"));
        assert_eq!(packed("2021/03/17"), Some(0x5271));
    }

    #[test]
    fn zero_is_no_date() {
        assert_eq!(text(0), "not set");
    }

    #[test]
    fn what_cannot_be_packed_is_refused() {
        for date in [
            "",
            "42",
            "1979/01/01",
            "2108/01/01",
            "2021/13/01",
            "2021/01/32",
            "2021/01",
        ] {
            assert_eq!(packed(date), None, "{date}");
        }
        for date in [
            "2021/01/01/01",
            "20210/1/1",
            "2021/+1/1",
            "a/b/c",
            "2021/00/10",
        ] {
            assert_eq!(packed(date), None, "{date}");
        }
    }

    #[test]
    fn a_number_before_1980_is_a_date_too() {
        assert_eq!(text(-1), "1979/15/31");
    }
}
