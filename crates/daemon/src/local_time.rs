//! The time as people at this host write it, in their time zone; and the host's name.

use std::ffi::CString;
use std::mem::MaybeUninit;

use nix::libc;

/// Longest text that a format may make.
const LENGTH_MAX: usize = 1024;

/// `seconds` since 1970 in local time by a format of strftime; empty when the format makes no text, or more than fits.
#[must_use]
pub fn format(format: &str, seconds: u64) -> String {
    let (Ok(format), Ok(seconds)) = (CString::new(format), libc::time_t::try_from(seconds)) else {
        return String::new();
    };
    let mut text = vec![0_u8; LENGTH_MAX];
    let length = write(&mut text, &format, seconds);
    text.truncate(length);
    String::from_utf8_lossy(&text).into_owned()
}

/// How many bytes were written.
#[allow(
    unsafe_code,
    reason = "the system's time zones are to be had from the C library only"
)]
fn write(text: &mut [u8], format: &CString, seconds: libc::time_t) -> usize {
    let mut time = MaybeUninit::<libc::tm>::uninit();
    // SAFETY: both pointers are valid for the call, and the result is looked at.
    let known = unsafe { libc::localtime_r(&raw const seconds, time.as_mut_ptr()) };
    if known.is_null() {
        return 0;
    }
    // SAFETY: localtime_r has filled `time`; no more than `text.len()` bytes are written; the format ends with a null byte.
    unsafe {
        libc::strftime(
            text.as_mut_ptr().cast(),
            text.len(),
            format.as_ptr(),
            time.as_ptr(),
        )
    }
}

/// The name of this host.
#[must_use]
pub fn host() -> String {
    let name = nix::sys::utsname::uname();
    name.map_or_else(
        |_| "localhost".to_owned(),
        |name| name.nodename().to_string_lossy().into_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_its_format_says() {
        // no day is this far from another in any zone
        let text = format("%Y %%", 1_767_960_000);
        assert_eq!(text, "2026 %");
        assert_eq!(format("%s", 1_767_960_000), "1767960000");
        assert_eq!(format("", 0), "");
        assert_eq!(format(&"x".repeat(LENGTH_MAX), 0), "");
        assert!(!host().is_empty());
    }
}
