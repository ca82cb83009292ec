//! `ups.alarm`: the texts of all active alarms in one line.

/// Longest text of `ups.alarm`, in bytes.
pub const TEXT_MAX: usize = 255;

/// Joins alarm texts by blanks; nothing when there is no alarm.
///
/// A text that does not fit is left out whole. The placeholder `[N/A]`, which old drivers set when they
/// know of an alarm but not of which, gives way to any real text (spec sock-protocol.md, section 15).
#[must_use]
pub fn text<'a>(alarms: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut text = String::new();
    for alarm in alarms
        .into_iter()
        .map(str::trim)
        .filter(|alarm| !alarm.is_empty())
    {
        if text == "[N/A]" {
            text.clear();
        }
        let blank = usize::from(!text.is_empty());
        if text.len() + blank + alarm.len() > TEXT_MAX {
            continue;
        }
        if blank > 0 {
            text.push(' ');
        }
        text.push_str(alarm);
    }
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_joined_by_blanks() {
        assert_eq!(
            text(["[Replace battery]", "second text"]).as_deref(),
            Some("[Replace battery] second text")
        );
        assert_eq!(text([]), None);
        assert_eq!(text(["", " "]), None);
    }

    #[test]
    fn a_placeholder_gives_way_and_overlong_texts_are_left_out() {
        assert_eq!(
            text(["[N/A]", "Fan failure"]).as_deref(),
            Some("Fan failure")
        );
        let long = "x".repeat(250);
        assert_eq!(
            text([long.as_str(), "too long", "ok"]).map(|t| t.len()),
            Some(253)
        );
    }
}
