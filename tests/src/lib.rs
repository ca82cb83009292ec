//! What the end-to-end tests share: a server with its drivers in a sandbox, and the tools that ask it.
//!
//! The tests start the programs that `cargo build --workspace` made; `cargo xtask test` sees to that.

mod site;
mod subject;
mod table;
mod tools;

pub use site::Site;
pub use subject::Subject;
pub use table::Table;
