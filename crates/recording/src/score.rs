//! Playing exchanges: which one is the answer to a question now.

use crate::exchange::{Call, Exchange};

/// What was recorded of a device, and how far it was played.
///
/// A driver of today need not ask what one of yesterday asked, or a bug's recording could not show that the bug is gone. So a
/// question gets the answer that the device would have given at that time.
#[derive(Debug)]
pub struct Score<C: Call> {
    exchanges: Vec<Exchange<C>>,
    /// For each exchange, whether it was played.
    played: Vec<bool>,
    step: usize,
}

impl<C: Call> Score<C> {
    /// At the first step.
    #[must_use]
    pub fn new(exchanges: Vec<Exchange<C>>) -> Self {
        Self {
            played: vec![false; exchanges.len()],
            exchanges,
            step: 0,
        }
    }

    /// From now on it is in this step, counted from 0.
    pub fn turn_to(&mut self, step: usize) {
        self.step = step;
    }

    /// Plays the first exchange like this that was not played in the present step.
    pub fn now(&mut self, like: impl Fn(&Exchange<C>) -> bool) -> Option<C::Answer> {
        let step = self.step;
        self.open(|exchange| exchange.step == step && like(exchange))
    }

    /// Plays the first exchange like this that was not played in the present step or before.
    pub fn until_now(&mut self, like: impl Fn(&Exchange<C>) -> bool) -> Option<C::Answer> {
        let step = self.step;
        self.open(|exchange| exchange.step <= step && like(exchange))
    }

    /// Whether [`until_now`](Self::until_now) would find one.
    pub fn waits(&self, like: impl Fn(&Exchange<C>) -> bool) -> bool {
        let mut all = self.exchanges.iter().zip(&self.played);
        all.any(|(exchange, played)| exchange.step <= self.step && !played && like(exchange))
    }

    /// What the device answers whenever it is not said otherwise: the last answer before now, as a recording leaves out what only
    /// repeats; else the first one after it.
    pub fn lasting(&mut self, like: impl Fn(&Exchange<C>) -> bool) -> Option<C::Answer> {
        let all = || {
            self.exchanges
                .iter()
                .enumerate()
                .filter(|(_, exchange)| like(exchange))
        };
        let is_past = |(_, exchange): &(usize, &Exchange<C>)| exchange.step <= self.step;
        let (index, _) = all().take_while(is_past).last().or_else(|| all().next())?;
        self.play(index)
    }

    fn open(&mut self, like: impl Fn(&Exchange<C>) -> bool) -> Option<C::Answer> {
        let mut all = self.exchanges.iter().zip(&self.played);
        let index = all.position(|(exchange, played)| !played && like(exchange))?;
        self.play(index)
    }

    fn play(&mut self, index: usize) -> Option<C::Answer> {
        *self.played.get_mut(index)? = true;
        self.exchanges
            .get(index)
            .map(|exchange| exchange.answer.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Call for char {
        type Answer = u8;

        fn parse(text: &str) -> Option<Self> {
            text.parse().ok()
        }

        fn answer(&self, text: &str) -> Option<u8> {
            text.parse().ok()
        }
    }

    fn score() -> Score<char> {
        let lines = [(0, "a", "1"), (0, "a", "2"), (2, "a", "3"), (2, "b", "4")];
        let exchanges =
            lines.map(|(step, call, answer)| Exchange::parse(step, call, answer).unwrap());
        Score::new(exchanges.to_vec())
    }

    fn a(exchange: &Exchange<char>) -> bool {
        exchange.call == 'a'
    }

    #[test]
    fn what_a_step_has_is_played_once_and_in_order() {
        let mut score = score();
        assert_eq!(
            [score.now(a), score.now(a), score.now(a)],
            [Some(1), Some(2), None]
        );
        score.turn_to(2);
        assert_eq!([score.now(a), score.now(a)], [Some(3), None]);
    }

    #[test]
    fn what_lasts_is_the_last_before_else_the_first_behind() {
        let mut score = score();
        score.turn_to(1);
        assert_eq!(score.lasting(a), Some(2));
        assert_eq!(score.lasting(|exchange| exchange.call == 'b'), Some(4));
        assert_eq!(score.lasting(|exchange| exchange.call == 'c'), None);
    }

    #[test]
    fn what_was_not_heard_waits() {
        let mut score = score();
        score.turn_to(1);
        assert!(score.waits(a));
        assert_eq!(
            [score.until_now(a), score.until_now(a), score.until_now(a)],
            [Some(1), Some(2), None]
        );
        assert!(!score.waits(a));
    }
}
