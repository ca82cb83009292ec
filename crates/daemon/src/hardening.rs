//! What a daemon gives up because it never needs it, so that who takes it over does not have it either.
//!
//! | | upsd | upsmon | drivers |
//! |---|---|---|---|
//! | core files | none | none, nor of its helper | none |
//! | being looked into by others of its account | no | no | no, after it was root |
//! | rights through set-uid programs | no | yes: NOTIFYCMD may use sudo | no |
//! | capabilities | none | none, after it was root | none, after it was root |

use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};

/// Neither this process nor what it starts leaves core files: they would hold passwords.
pub fn leave_no_cores() {
    // lowering is always allowed
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
}

/// Other processes of the same account cannot read this one's memory or trace it, and it leaves no core anywhere. To be
/// called again after a change of the account.
pub fn be_opaque() {
    let _ = prctl::set_dumpable(false);
}

/// Nothing that this process executes gains rights, as set-uid programs do.
pub fn gain_no_privileges() {
    let _ = prctl::set_no_new_privs();
}

/// Gives up every capability that the service manager may have granted, as for a port below 1024. Not for who stays root.
///
/// # Errors
/// The kernel refuses.
pub fn drop_capabilities() -> Result<(), crate::Error> {
    calls::drop_capabilities().map_err(crate::Error::system("give up capabilities"))
}

#[allow(unsafe_code, reason = "a system call that has no safe wrapper")]
mod calls {
    use nix::errno::Errno;
    use nix::libc;

    /// `_LINUX_CAPABILITY_VERSION_3`: sets of 64 bits.
    const VERSION: u32 = 0x2008_0522;

    #[repr(C)]
    struct Header {
        version: u32,
        pid: libc::c_int,
    }

    #[repr(C)]
    #[derive(Default)]
    struct Sets {
        effective: u32,
        permitted: u32,
        inheritable: u32,
    }

    /// The ambient set shrinks with the permitted one.
    pub(super) fn drop_capabilities() -> Result<(), Errno> {
        let header = Header {
            version: VERSION,
            pid: 0,
        };
        let none = [Sets::default(), Sets::default()];
        // SAFETY: version 3 reads a header and two sets, both of the kernel's layout and alive during the call.
        let result = unsafe { libc::syscall(libc::SYS_capset, &raw const header, none.as_ptr()) };
        Errno::result(result).map(drop)
    }
}
