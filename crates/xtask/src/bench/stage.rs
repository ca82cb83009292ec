//! A server that runs, with its drivers.

use super::fake_driver::{DRIVER, FakeDrivers, ups};
use super::ingest::await_value;
use super::subject::Subject;
use crate::failure::Result;
use std::net::{Ipv4Addr, SocketAddr};
use testkit::{PATIENCE, Running, Sandbox, free_port};

/// More connections than any case opens.
pub(crate) const MAXCONN: usize = 12_000;
/// What the fake driver says of the variable that is asked.
const CHARGE: &str = "100";

/// The server, its drivers and their files. They end in this order.
pub(crate) struct Stage {
    upsd: Running,
    pub(crate) drivers: FakeDrivers,
    pub(crate) address: SocketAddr,
    _sandbox: Sandbox,
}

impl Stage {
    /// Starts everything and waits until the server has the data of all UPSes.
    pub(crate) fn set(subject: &Subject, upses: usize, maxconn: usize) -> Result<Self> {
        Self::set_with(subject, upses, maxconn, |_| Ok(String::new()))
    }

    /// The same with more lines in upsd.conf.
    pub(crate) fn set_with(
        subject: &Subject,
        upses: usize,
        maxconn: usize,
        more: impl FnOnce(&Sandbox) -> Result<String>,
    ) -> Result<Self> {
        let sandbox = Sandbox::try_new()?;
        let port = free_port()?;
        let listen = format!("LISTEN 127.0.0.1 {port}\nMAXCONN {maxconn}\n");
        sandbox.try_write("upsd.conf", &(listen + &more(&sandbox)?))?;
        sandbox.try_write("upsd.users", "")?;
        sandbox.try_write("ups.conf", &sections(upses))?;
        let drivers = FakeDrivers::start(&sandbox, upses)?;
        let upsd = subject.upsd(&sandbox).arg("-F").as_myself().try_start()?;
        let address = (Ipv4Addr::LOCALHOST, port).into();
        await_value(address, upses, CHARGE, PATIENCE)?;
        Ok(Self {
            upsd,
            drivers,
            address,
            _sandbox: sandbox,
        })
    }

    /// The server's process id.
    pub(crate) fn pid(&self) -> u32 {
        self.upsd.pid()
    }
}

fn sections(upses: usize) -> String {
    let section = |index| format!("[{}]\n  driver = {DRIVER}\n  port = auto\n", ups(index));
    (0..upses).map(section).collect()
}
