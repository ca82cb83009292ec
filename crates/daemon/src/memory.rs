//! Keeping what a daemon holds of memory small: it starts with much work, and then does little for months.
//!
//! Only for glibc, whose allocator gives each thread a heap of its own, and keeps what was freed below what is in use.

/// Has all threads use one heap. For programs whose threads allocate little at a time, and before the first thread starts.
pub fn share_one_heap() {
    #[cfg(target_env = "gnu")]
    glibc::share_one_heap();
}

/// Gives the system back what is free; for the moment when the work of the start is done.
pub fn give_back() {
    #[cfg(target_env = "gnu")]
    glibc::give_back();
}

#[cfg(target_env = "gnu")]
#[allow(
    unsafe_code,
    reason = "calls of the C library that have no safe wrapper"
)]
mod glibc {
    use nix::libc::{M_ARENA_MAX, malloc_trim, mallopt};

    pub(super) fn share_one_heap() {
        // SAFETY: it takes two numbers. A failure changes nothing.
        let _ = unsafe { mallopt(M_ARENA_MAX, 1) };
    }

    pub(super) fn give_back() {
        // SAFETY: it takes a number, and locks the heap itself.
        let _ = unsafe { malloc_trim(0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The anonymous memory of this process, in kB.
    fn anonymous() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"));
        line.unwrap()
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .unwrap()
    }

    #[test]
    fn what_was_freed_goes_back_to_the_system() {
        share_one_heap();
        // many small pieces with one in use behind them, so that the heap does not shrink by itself
        let pieces: Vec<Vec<u8>> = (0..20_000).map(|_| vec![1; 1000]).collect();
        let last = vec![2_u8; 1000];
        drop(pieces);
        let before = anonymous();
        give_back();
        let after = anonymous();
        assert_eq!(last.len(), 1000);
        if cfg!(target_env = "gnu") {
            assert!(after + 10_000 < before, "{before} kB, then {after} kB");
        }
    }
}
