//! The tables against those of the reference, which were gathered as facts in CSV files: rows, lookups, functions, usages,
//! ids, models.
//!
//! `LOCKNUT_USB_MAPPINGS` names their directory. Each test prints how much it compared. Every place where ours differs on purpose
//! stands in a list with its reason, and an entry of that list that is no difference any more fails, too.

mod examples;
mod functions;
mod ids;
mod models;
mod rows;
mod usages;

/// The directory of the files.
fn facts(name: &str) -> Option<std::path::PathBuf> {
    let needs = "the reference's tables as CSV";
    testkit::reference(name, "LOCKNUT_USB_MAPPINGS", Some("usb/mappings"), needs)
}
