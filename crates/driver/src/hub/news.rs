//! What the device thread tells, published.

use daemon::Exit;
use proto::Outcome;
use tracing::{error, info};

use super::Hub;
use crate::job::{News, Ticket};
use crate::report::Report;
use crate::state;

impl Hub {
    /// A poll is mentioned only to who asks while it lasts: two more lines for each poll would wake everybody who
    /// listens, for nothing.
    pub(super) fn mention_poll(&mut self) {
        let publisher = &mut self.parts.publisher;
        let is_quiet = publisher.tree().value("driver.state") == Some(state::QUIET);
        if is_quiet && self.parts.live.polls_long() {
            publisher.set("driver.state", state::UPDATE);
            self.flush();
        }
    }

    /// Takes in what the device thread tells.
    pub(crate) fn news(&mut self, news: News) {
        let publisher = &mut self.parts.publisher;
        match news {
            News::State(word) => publisher.set("driver.state", word),
            News::Polled(report) => {
                publisher.apply(report, true);
                publisher.data_ok();
                publisher.set("driver.state", state::QUIET);
            }
            News::Stale => {
                if publisher.data_stale() {
                    info!(target: daemon::log::NOTICE, "the data are stale");
                }
            }
            News::Done {
                ticket,
                outcome,
                report,
            } => {
                publisher.apply(report, false);
                self.flush();
                self.result(&ticket, outcome);
            }
            News::PowerKilled { ticket, outcome } => self.power_killed(&ticket, outcome),
            News::Reconnecting { attempt } => self.reconnecting(attempt),
            News::Reconnected(report) => self.reconnected(report),
            News::GaveUp => {
                error!(
                    "the device stays lost, giving up; reconnect_max_tries says how long to try"
                );
                self.exit(Exit::Failure);
            }
        }
        self.flush();
    }

    fn power_killed(&mut self, ticket: &Ticket, outcome: Outcome) {
        self.set_state(state::QUIET);
        self.result(ticket, outcome);
        let handled = outcome == Outcome::Handled;
        self.exit(if handled {
            Exit::Success
        } else {
            Exit::Failure
        });
    }

    fn reconnecting(&mut self, attempt: u32) {
        let max = self
            .parts
            .live
            .get()
            .max_tries
            .map_or("-1".to_owned(), |max| max.to_string());
        let publisher = &mut self.parts.publisher;
        publisher.set("driver.reconnect_count", &attempt.to_string());
        publisher.set("driver.reconnect_max_tries", &max);
        publisher.set("driver.state", state::TRYING);
    }

    fn reconnected(&mut self, report: Report) {
        info!(target: daemon::log::NOTICE, "the device is back");
        let publisher = &mut self.parts.publisher;
        publisher.remove("driver.reconnect_count");
        publisher.remove("driver.reconnect_max_tries");
        self.reconnects = self.reconnects.saturating_add(1);
        publisher.set("driver.reconnect_total", &self.reconnects.to_string());
        publisher.set("driver.state", state::RECONNECT_UPDATE);
        publisher.apply(report, false);
    }
}
