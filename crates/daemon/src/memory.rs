//! Keeping what a daemon holds of memory small: it starts with much work, and then does little for months.

use std::fs;

/// Has all threads use one heap; glibc gives each its own otherwise. For programs whose threads allocate little at a time,
/// and before the first thread starts.
pub fn share_one_heap() {
    #[cfg(target_env = "gnu")]
    calls::share_one_heap();
}

/// Gives the system back what only the start has needed: what is free of the heap, and the pages of program and libraries.
/// Of these the ones that are needed still come back by themselves, mostly from the system's cache.
pub fn give_back() {
    let smaps = fs::read_to_string("/proc/self/smaps").unwrap_or_default();
    for (begin, end) in unchanged(&smaps) {
        calls::forget_pages(begin, end);
    }
    drop(smaps);
    trim();
}

/// Gives the system back what is free of the heap: after work that has taken much of it.
pub fn trim() {
    #[cfg(target_env = "gnu")]
    calls::trim_heap();
}

/// The parts of memory, from `/proc/self/smaps`, that hold what stands in a file and nothing else: nobody can write to
/// them, and nobody has, not even the linker. A page that differs from the file is an anonymous one, or was one before it
/// was swapped out. Begin and end.
fn unchanged(smaps: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut part = None;
    for line in smaps.lines() {
        if let Some(value) = line.strip_prefix("Anonymous:") {
            part = part.filter(|_| is_zero(value));
        } else if let Some(value) = line.strip_prefix("Swap:") {
            parts.extend(part.take().filter(|_| is_zero(value)));
        } else if !line.split_whitespace().next().is_some_and(is_field) {
            part = of_file(line);
        }
    }
    parts
}

fn is_zero(value: &str) -> bool {
    value.trim() == "0 kB"
}

/// Whether it is the name of a number about the part above; the line of a part begins with addresses.
fn is_field(word: &str) -> bool {
    word.ends_with(':')
}

/// The addresses of a part that cannot be written, by us or by others through the file.
fn of_file(line: &str) -> Option<(usize, usize)> {
    let mut words = line.split_whitespace();
    let (begin, end) = words.next()?.split_once('-')?;
    let mode = words.next()?;
    let has_path = words.nth(3).is_some_and(|path| path.starts_with('/'));
    let address = |text| usize::from_str_radix(text, 16).ok();
    let part = (address(begin)?, address(end)?);
    (matches!(mode, "r--p" | "r-xp") && has_path).then_some(part)
}

#[allow(
    unsafe_code,
    reason = "calls of the C library that have no safe wrapper"
)]
mod calls {
    use std::ptr::NonNull;

    use nix::sys::mman::{MmapAdvise, madvise};

    #[cfg(target_env = "gnu")]
    pub(super) fn share_one_heap() {
        // SAFETY: it takes two numbers. A failure changes nothing.
        let _ = unsafe { nix::libc::mallopt(nix::libc::M_ARENA_MAX, 1) };
    }

    #[cfg(target_env = "gnu")]
    pub(super) fn trim_heap() {
        // SAFETY: it takes a number, and locks the heap itself.
        let _ = unsafe { nix::libc::malloc_trim(0) };
    }

    /// The pages are read from their file again when they are used next.
    pub(super) fn forget_pages(begin: usize, end: usize) {
        let Some(address) = NonNull::new(std::ptr::with_exposed_provenance_mut(begin)) else {
            return;
        };
        // SAFETY: the caller has seen that the pages hold what stands in their file, and that nobody can write to them.
        let _ = unsafe {
            madvise(
                address,
                end.saturating_sub(begin),
                MmapAdvise::MADV_DONTNEED,
            )
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number of this process, in kB.
    fn resident(what: &str) -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(what));
        let value = line.unwrap().trim_start_matches(':').trim();
        value.trim_end_matches(" kB").parse().unwrap()
    }

    #[test]
    fn what_was_freed_goes_back_to_the_system() {
        share_one_heap();
        // many small pieces with one in use behind them, so that the heap does not shrink by itself
        let pieces: Vec<Vec<u8>> = (0..20_000).map(|_| vec![1; 1000]).collect();
        let last = vec![2_u8; 1000];
        drop(pieces);
        let before = resident("RssAnon");
        give_back();
        let after = resident("RssAnon");
        assert_eq!(last.len(), 1000);
        if cfg!(target_env = "gnu") {
            assert!(after + 10_000 < before, "{before} kB, then {after} kB");
        }
    }

    #[test]
    fn only_what_nobody_has_changed_is_given_back() {
        let part = |line: &str, anonymous, swap| {
            format!(
                "{line}\nRss:         8 kB\nAnonymous:   {anonymous} kB\nSwap:        {swap} kB\nVmFlags: rd mr mw me sd\n"
            )
        };
        let smaps = [
            part("5600-5700 r--p 00000000 00:1d 4711    /usr/sbin/upsd", 0, 0),
            part(
                "5700-5900 r-xp 00010000 00:1d 4711    /usr/a b (deleted)",
                0,
                0,
            ),
            part(
                "5900-5a00 r--p 00090000 00:1d 4711    /usr/sbin/upsd",
                216,
                0,
            ),
            part("5a00-5b00 r--p 000a0000 00:1d 4711    /usr/sbin/upsd", 0, 4),
            part("5b00-5c00 rw-p 000b0000 00:1d 4711    /usr/sbin/upsd", 0, 0),
            part(
                "5c00-5d00 r--s 00000000 00:1d 4712    /var/cache/shared",
                0,
                0,
            ),
            part("7f00-7f10 r--p 00000000 00:00 0", 0, 0),
            part("7ff0-7ff1 r-xp 00000000 00:00 0       [vdso]", 0, 0),
            "8000-8100 r-xp 00000000 00:1d 4713    /lib/libc.so.6\nAnonymous: 0 kB\n".to_owned(),
        ];
        let found = unchanged(&smaps.concat());
        assert_eq!(found, [(0x5600, 0x5700), (0x5700, 0x5900)]);
        assert_eq!(unchanged("nonsense\nAnonymous: 0 kB\nSwap: 0 kB\n"), []);
    }

    /// That this test goes on is half of what it shows.
    #[test]
    fn the_program_runs_on_without_the_pages_of_its_start() {
        let smaps = fs::read_to_string("/proc/self/smaps").unwrap();
        assert!(!unchanged(&smaps).is_empty(), "{smaps}");
        // other tests run at the same time and use pages of their own
        let fewer = || {
            let before = resident("RssFile");
            give_back();
            resident("RssFile") < before
        };
        assert!((0..100).any(|_| fewer()));
    }
}
