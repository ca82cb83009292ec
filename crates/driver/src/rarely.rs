//! What may happen without end is told a few times, then ever more rarely, so that it does not fill a disk.

/// Counts, and picks what is told.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rarely(u32);

impl Rarely {
    /// Counts one more; gives its number if it is to be told: the first three, then each power of two.
    pub(crate) fn count(&mut self) -> Option<u32> {
        self.0 = self.0.saturating_add(1);
        (self.0 <= 3 || self.0.is_power_of_two()).then_some(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_few_are_told_and_then_ever_fewer() {
        let mut rarely = Rarely::default();
        let told: Vec<u32> = (0..100).filter_map(|_| rarely.count()).collect();
        assert_eq!(told, [1, 2, 3, 4, 8, 16, 32, 64]);
    }
}
