//! The lines between upssched and its daemon (spec upssched.md, section 3).

use std::time::Duration;

use schedule::{Schedule, Sender};
use text::{escape_within, quote};

/// Longest line that C NUT's daemon takes, with its line end.
const LINE_MAX: usize = 1023;

/// A request. When it is too long for the daemon, the message is cut.
pub(crate) fn line(verb: &str, name: &str, argument: &str, sender: &Sender) -> String {
    let mut line = verb.to_owned();
    for word in [name, argument, &sender.notice, &sender.ups] {
        line.push(' ');
        quote(word, &mut line);
    }
    line.push_str(" \"");
    let room = LINE_MAX.saturating_sub(line.len() + 2);
    escape_within(&sender.message, room, &mut line);
    line.push_str("\"\n");
    line
}

/// The answer to LIST-TIMERS. `wall` is the time since 1970 at `now`.
pub(crate) fn list(schedule: &Schedule, now: model::Tick, wall: Duration) -> String {
    let mut text = String::from("BEGIN LIST TIMERS\n");
    for timer in schedule.timers() {
        let left = timer.due.since(now);
        let due = (wall + left).as_secs();
        let shown = |text: Option<String>| text.unwrap_or_else(|| "\"\"".to_owned());
        let row = [
            timer.name.clone(),
            due.to_string(),
            left.as_secs().to_string(),
            shown(timer.notice_text()),
            shown(timer.ups_text()),
            shown(timer.message_text()),
        ];
        text.push_str(&row.join("\t").replace('\n', " "));
        text.push('\n');
    }
    text.push_str("END LIST TIMERS\nOK\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Tick;
    use schedule::Request;

    #[test]
    fn a_request_has_six_words_and_fits_the_daemon_of_c_nut() {
        let sender = Sender::new("ONBATT", "rack@srv", "say \"hi\" # \\");
        assert_eq!(
            line("START", "t", "30", &sender),
            "START \"t\" \"30\" \"ONBATT\" \"rack@srv\" \"say \\\"hi\\\" \\# \\\\\"\n"
        );
        let long = Sender::new("ONBATT", "rack", &"#".repeat(2000));
        let line = line("START", "t", "30", &long);
        assert!(
            line.len() <= LINE_MAX && line.ends_with("\\#\"\n"),
            "{}",
            line.len()
        );
    }

    #[test]
    fn a_list_is_framed_and_tells_both_times() {
        let mut schedule = Schedule::default();
        let start = |name: &str, sender: Sender| Request::Start {
            name: name.to_owned(),
            after: Duration::from_secs(42),
            shared: false,
            sender,
        };
        schedule.take(
            start("low", Sender::new("ONBATT", "rack@srv1", "m")),
            Tick::secs(0),
        );
        schedule.take(start("grp", Sender::default()), Tick::secs(1));
        assert_eq!(
            list(&schedule, Tick::secs(2), Duration::from_secs(1000)),
            "BEGIN LIST TIMERS\nlow\t1040\t40\tONBATT\track@srv1\tm\ngrp\t1041\t41\t\"\"\t\"\"\t\"\"\nEND LIST TIMERS\nOK\n"
        );
    }
}
