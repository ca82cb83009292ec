//! Certificates that come to their end while a program runs: one's own, and those of the authorities that one believes. Whoever starts it is warned then; who starts it once a year is
//! warned here, some times before the end and at it.

use std::time::SystemTime;

use crate::date;
use crate::facts::Facts;
use crate::settings::Remark;

const DAY: i64 = 86_400;
/// So many days before the end somebody is warned, once each; the last time when it has come.
const STAGES: [i64; 5] = [30, 14, 7, 1, 0];
/// Seconds between two looks.
const PAUSE: i64 = 3600;

/// When certificates end, and what was said of that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expiry {
    ends: Vec<End>,
    /// The last look, in seconds since 1970.
    looked: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct End {
    /// Which certificate, and where it was said: the beginning of a message.
    what: String,
    until: i64,
    /// How many of [`STAGES`] have come.
    stage: usize,
}

impl Expiry {
    /// Takes a certificate in; what is to be said of its time now. `at` is where the configuration names the file `path`.
    pub(crate) fn watch(
        &mut self,
        facts: &Facts,
        (at, path): (&str, &str),
        now: i64,
    ) -> Option<Remark> {
        let what = format!("{at}: the certificate {} in {path}", facts.title());
        let end = End {
            stage: stage(facts.not_after - now),
            until: facts.not_after,
            what,
        };
        self.looked = now;
        let early = facts.not_before > now;
        let remark = if early {
            let from = date::text(facts.not_before);
            Some(Remark::Warning(format!(
                "{} is not valid before {from}: who checks it will refuse it; is the clock right?",
                end.what
            )))
        } else {
            (end.stage > 0).then(|| end.warning(now))
        };
        self.ends.push(end);
        remark
    }

    /// Takes in the certificates of another.
    pub(crate) fn join(&mut self, other: &Self) {
        self.ends.extend(other.ends.iter().cloned());
        self.looked = self.looked.max(other.looked);
    }

    /// What is to be said now. It may be asked as often as one likes, and looks once an hour.
    pub fn due(&mut self, now: SystemTime) -> Vec<Remark> {
        let now = crate::seconds(now);
        // a clock that was set back is no reason to wait
        if (0..PAUSE).contains(&(now - self.looked)) {
            return Vec::new();
        }
        self.looked = now;
        self.ends
            .iter_mut()
            .filter_map(|end| end.proceed(now))
            .collect()
    }
}

impl End {
    fn proceed(&mut self, now: i64) -> Option<Remark> {
        let before = std::mem::replace(&mut self.stage, stage(self.until - now));
        (self.stage > before).then(|| self.warning(now))
    }

    fn warning(&self, now: i64) -> Remark {
        let (what, until, left) = (&self.what, date::text(self.until), self.until - now);
        Remark::Warning(if left < 0 {
            format!(
                "{what} has expired on {until}: who checks it will refuse it; put a new one there"
            )
        } else if left < DAY {
            format!(
                "{what} expires in {} hours, on {until}; renew it",
                left / 3600
            )
        } else {
            format!(
                "{what} expires in {} days, on {until}; renew it",
                left / DAY
            )
        })
    }
}

fn stage(left: i64) -> usize {
    STAGES.iter().filter(|days| left < **days * DAY).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const END: i64 = 2_000_000_000;

    fn watched(now: i64) -> (Expiry, Option<Remark>) {
        let facts = Facts {
            subject: vec![("CN".to_owned(), "rack".to_owned())],
            not_after: END,
            ..Facts::default()
        };
        let mut expiry = Expiry::default();
        let said = expiry.watch(&facts, ("x.conf:1", "a.pem"), now);
        (expiry, said)
    }

    fn at(seconds: i64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap())
    }

    #[test]
    fn each_stage_is_told_once_however_often_is_asked() {
        let begin = END - 100 * DAY;
        let (mut expiry, said) = watched(begin);
        assert_eq!(said, None);
        let mut told = Vec::new();
        for minute in 0..110 * 24 * 60 {
            let now = begin + minute * 60;
            let days = (END - now).div_euclid(DAY);
            told.extend(expiry.due(at(now)).into_iter().map(|said| (days, said)));
        }
        let days: Vec<i64> = told.iter().map(|(days, _)| *days).collect();
        assert_eq!(days, [29, 13, 6, 0, -1]);
        let texts: Vec<&str> = told.iter().map(|(_, said)| said.text()).collect();
        assert!(told.iter().all(|(_, said)| said.is_warning()));
        assert!(
            texts[0].starts_with(
                "x.conf:1: the certificate CN=rack in a.pem expires in 29 days, on 2033-05-18"
            ),
            "{texts:?}"
        );
        assert!(texts[3].contains("expires in 23 hours"), "{texts:?}");
        assert!(texts[4].contains("has expired on 2033-05-18"), "{texts:?}");
    }

    #[test]
    fn what_was_said_at_the_start_is_not_repeated() {
        for (left, told) in [
            (20 * DAY, Some("expires in 20 days")),
            (DAY / 2, Some("expires in 12 hours")),
            (-DAY, Some("has expired")),
            (31 * DAY, None),
        ] {
            let (mut expiry, said) = watched(END - left);
            assert_eq!(said.is_some(), told.is_some(), "{left}");
            assert!(said.is_none_or(|said| said.text().contains(told.unwrap_or_default())));
            assert_eq!(expiry.due(at(END - left + 2 * PAUSE)), [], "{left}");
        }
    }

    #[test]
    fn a_clock_that_was_wrong_hides_nothing() {
        let (mut expiry, said) = watched(END + DAY);
        assert!(said.is_some());
        // it is set right
        assert_eq!(expiry.due(at(END - 60 * DAY)), []);
        assert_eq!(expiry.due(at(END - 20 * DAY)).len(), 1);
        // a computer that was off for long says it once, with what counts now
        assert_eq!(expiry.due(at(END + DAY)).len(), 1);
        assert_eq!(expiry.due(at(END + 9 * DAY)), []);
    }

    #[test]
    fn a_certificate_of_the_future_is_told() {
        let mut facts = Facts {
            not_before: END,
            not_after: END + 90 * DAY,
            ..Facts::default()
        };
        let mut expiry = Expiry::default();
        let said = expiry.watch(&facts, ("x", "y"), END - DAY).unwrap();
        assert!(
            said.text().contains("is not valid before 2033-05-18"),
            "{said:?}"
        );
        facts.not_before = 0;
        assert_eq!(expiry.watch(&facts, ("x", "y"), END - DAY), None);
    }
}
