//! What must hold of any bytes, as plain functions that panic when it does not.
//!
//! A *check* takes bytes that a stranger chose, gives them to a parser or to the whole hub, and asserts what is
//! promised of the outcome. Each is called from two places: a fuzz target in `tests/fuzz`, which searches for hours
//! with coverage, and the *seeded twin* in `tests/seeded`, an ordinary test that takes seconds and finds the same inputs
//! every time. [`CHECKS`] lists them; target, corpus directory and twin all go by [`Check::name`].

#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "panicking is how a check says that something does not hold"
)]

mod answers;
mod apc;
mod client_answers;
mod cmdvartab;
mod conf_edit;
mod config;
mod dummy_file;
mod hid_descriptor;
mod hid_report;
mod hub;
mod ipc_line;
mod lines;
mod mdns_answer;
mod nutauth;
mod password_hash;
mod pem;
mod private_key;
mod qx_answers;
mod request;
mod snmp_message;
mod snmp_trap;
mod timer_request;
mod ups_status;
mod words;

pub use apc::{check_apc_answers, check_apc_capability};
pub use client_answers::check_client_answers;
pub use cmdvartab::check_cmdvartab;
pub use conf_edit::check_conf_edit;
pub use config::{
    check_ups_conf, check_upsd_conf, check_upsd_users, check_upsmon_conf, check_upssched_conf,
};
pub use dummy_file::check_dummy_file;
pub use hid_descriptor::check_hid_descriptor;
pub use hid_report::check_hid_report;
pub use hub::check_hub_conversation;
pub use ipc_line::check_ipc_line;
pub use mdns_answer::check_mdns_answer;
pub use nutauth::check_nutauth;
pub use password_hash::check_password_hash;
pub use pem::check_pem;
pub use private_key::check_private_key;
pub use qx_answers::check_qx_answers;
pub use request::check_request;
pub use snmp_message::check_snmp_message;
pub use snmp_trap::check_snmp_trap;
pub use timer_request::check_timer_request;
pub use ups_status::check_ups_status;
pub use words::check_words;

/// One check and its name.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Name of the fuzz target and of its corpus directory.
    pub name: &'static str,
    /// Panics when something does not hold.
    pub run: fn(&[u8]),
}

/// All checks.
#[rustfmt::skip]
pub static CHECKS: &[Check] = &[
    Check { name: "apc_answers",      run: check_apc_answers },
    Check { name: "apc_capability",   run: check_apc_capability },
    Check { name: "client_answers",   run: check_client_answers },
    Check { name: "cmdvartab",        run: check_cmdvartab },
    Check { name: "conf_edit",        run: check_conf_edit },
    Check { name: "dummy_file",       run: check_dummy_file },
    Check { name: "hid_descriptor",   run: check_hid_descriptor },
    Check { name: "hid_report",       run: check_hid_report },
    Check { name: "hub_conversation", run: check_hub_conversation },
    Check { name: "ipc_line",         run: check_ipc_line },
    Check { name: "mdns_answer",      run: check_mdns_answer },
    Check { name: "nutauth",          run: check_nutauth },
    Check { name: "password_hash",    run: check_password_hash },
    Check { name: "pem",              run: check_pem },
    Check { name: "private_key",      run: check_private_key },
    Check { name: "qx_answers",       run: check_qx_answers },
    Check { name: "request",          run: check_request },
    Check { name: "timer_request",    run: check_timer_request },
    Check { name: "snmp_message",     run: check_snmp_message },
    Check { name: "snmp_trap",        run: check_snmp_trap },
    Check { name: "ups_conf",         run: check_ups_conf },
    Check { name: "ups_status",       run: check_ups_status },
    Check { name: "upsd_conf",        run: check_upsd_conf },
    Check { name: "upsd_users",       run: check_upsd_users },
    Check { name: "upsmon_conf",      run: check_upsmon_conf },
    Check { name: "upssched_conf",    run: check_upssched_conf },
    Check { name: "words",            run: check_words },
];
