//! All that was asked for, one bus beside the other.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use daemon::paths::Paths;

use crate::args::Args;
use crate::found::{Device, Kind};
use crate::range::{Range, addresses};
use crate::snmp::{Way, with_community};
use crate::sweep::{Swept, sweep};
use crate::tell::Tell;
use crate::{avahi, interfaces, nut, serial, simulation, snmp, usb};

/// After this time no address is asked any more, whatever the options say.
const WHOLE: Duration = Duration::from_secs(600);

/// Files that asking one address takes: a connection, and what waits for it.
const FILES_EACH: u64 = 6;
/// Buses that ask many at the same time.
const SWEEPS: u64 = 3;
/// Files for everything else.
const FILES_BESIDE: u64 = 100;

/// What the buses have in common.
struct Scan<'a> {
    args: &'a Args,
    addresses: Vec<IpAddr>,
    threads: usize,
    ways: Vec<Way>,
    ports: Vec<PathBuf>,
    until: Instant,
    tell: Tell,
}

/// Everything that the options ask for, found.
///
/// # Errors
/// A range is too large, or options do not go together.
pub(crate) fn everything(args: &Args, ranges: &[Range], tell: Tell) -> Result<Vec<Device>, String> {
    let scan = Scan {
        args,
        addresses: addresses(ranges).map_err(|error| error.to_string())?,
        threads: threads(args.threads),
        ways: ways(args)?,
        ports: args.ports()?,
        until: Instant::now() + WHOLE,
        tell,
    };
    let all = args.is_complete();
    for (is_asked, what) in [
        (
            args.xml,
            "XML/HTTP: there is no driver netxml-ups, so it is not looked for",
        ),
        (
            args.ipmi,
            "IPMI: there is no driver nut-ipmipsu, so it is not looked for",
        ),
        (
            args.upower,
            "UPower: there is no driver upower, so it is not asked",
        ),
    ] {
        if is_asked {
            tell.problem(what);
        }
    }
    let mut devices = thread::scope(|scope| {
        let buses = [
            (all || args.usb > 0).then(|| scope.spawn(|| scan.usb())),
            (all || args.snmp).then(|| scope.spawn(|| scan.snmp())),
            (all || args.nut).then(|| scope.spawn(|| scan.nut())),
            (all || args.simulation).then(|| scope.spawn(|| scan.simulation())),
            (all || args.avahi).then(|| scope.spawn(|| scan.avahi())),
            (!scan.ports.is_empty()).then(|| scope.spawn(|| scan.serial())),
        ];
        let found = buses.into_iter().flatten();
        // a thread that panicked has found nothing
        let found: Vec<_> = found
            .filter_map(|bus: ScopedJoinHandle<'_, _>| bus.join().ok())
            .collect();
        found.concat()
    });
    devices.sort_by_key(|device: &Device| device.kind);
    Ok(devices)
}

/// How many are asked at the same time: as many as are wished for, if there may be as many open files.
fn threads(wished: u32) -> usize {
    let each = FILES_EACH * SWEEPS;
    let limit = daemon::limits::open_files(u64::from(wished) * each + FILES_BESIDE);
    let room = limit.map_or(1, |limit| limit.saturating_sub(FILES_BESIDE) / each);
    usize::try_from(u64::from(wished).min(room).max(1)).unwrap_or(1)
}

fn ways(args: &Args) -> Result<Vec<Way>, String> {
    let v3 = args.version3();
    if v3.is_meant() {
        return Ok(vec![v3.way()?]);
    }
    let version = args.snmp_version.as_deref();
    let is_meant = |name: &str| version.is_none_or(|version| version == name);
    Ok(with_community(
        &args.community,
        is_meant("v1"),
        is_meant("v2c"),
    ))
}

impl Scan<'_> {
    fn usb(&self) -> Vec<Device> {
        self.tell.progress("Scanning USB bus.");
        usb::scan(self.args.usb, self.tell)
    }

    fn simulation(&self) -> Vec<Device> {
        self.tell.progress("Scanning NUT simulation devices.");
        simulation::scan(Paths::from_env().conf(), self.tell)
    }

    fn serial(&self) -> Vec<Device> {
        self.tell.progress("Scanning serial ports.");
        serial::scan(&self.ports, self.until, self.tell)
    }

    fn snmp(&self) -> Vec<Device> {
        let (port, within) = (self.args.snmp_port, self.within());
        let answers = self.sweep("SNMP", |address| {
            snmp::ask(*address, port, &self.ways, within)
        });
        let device = |answer| match answer {
            snmp::Answer::Found(device) => Some(device),
            snmp::Answer::Odd(why) => self.problem("SNMP", &why),
            snmp::Answer::Absent(why) => self.absent("SNMP", &why),
        };
        answers.into_iter().filter_map(device).collect()
    }

    fn nut(&self) -> Vec<Device> {
        let (port, within) = (self.args.port, self.within());
        let answers = self.sweep("NUT bus (old libupsclient connect method)", |address| {
            nut::ask(*address, port, within, Kind::Nut)
        });
        let devices = |answer| match answer {
            nut::Answer::Found(devices) => devices,
            nut::Answer::Odd(why) => self.problem("NUT", &why).unwrap_or_default(),
            nut::Answer::Absent(why) => self.absent("NUT", &why).unwrap_or_default(),
        };
        answers.into_iter().flat_map(devices).collect()
    }

    fn avahi(&self) -> Vec<Device> {
        self.tell.progress("Scanning NUT bus (avahi method).");
        let ours = match interfaces::own_addresses() {
            Ok(ours) => ours,
            Err(why) => return self.problem("Avahi", &why).unwrap_or_default(),
        };
        let servers = avahi::servers(&ours, avahi::EVERYBODY, self.within(), self.tell);
        let ask =
            |server: &SocketAddr| nut::ask(server.ip(), server.port(), self.within(), Kind::Avahi);
        let swept = sweep(&servers, self.threads, self.until, ask);
        let devices = swept
            .answers
            .into_iter()
            .zip(&servers)
            .flat_map(|(answer, server)| {
                let desc = if server.is_ipv4() { "IPv4" } else { "IPv6" };
                let devices = match answer {
                    nut::Answer::Found(devices) => devices,
                    nut::Answer::Odd(why) | nut::Answer::Absent(why) => {
                        self.problem("Avahi", &why).unwrap_or_default()
                    }
                };
                devices
                    .into_iter()
                    .map(move |device| device.with("desc", desc))
            });
        devices.collect()
    }

    fn within(&self) -> Duration {
        Duration::from_secs(u64::from(self.args.timeout))
    }

    /// Asks all addresses.
    fn sweep<R: Send>(&self, bus: &str, ask: impl Fn(&IpAddr) -> R + Sync) -> Vec<R> {
        if self.addresses.is_empty() {
            self.tell
                .problem(&format!("No IP range(s) requested, skipping {bus}"));
            return Vec::new();
        }
        self.tell.progress(&format!("Scanning {bus}."));
        let Swept { answers, left } = sweep(&self.addresses, self.threads, self.until, ask);
        if left > 0 {
            let time = WHOLE.as_secs();
            self.tell.problem(&format!(
                "{bus}: {left} addresses were not asked within {time} s; scan smaller ranges, with more threads or a shorter timeout"
            ));
        }
        answers
    }

    fn problem<T>(&self, bus: &str, why: &str) -> Option<T> {
        self.tell.problem(&format!("{bus}: {why}"));
        None
    }

    /// Who was meant in person and is not there is told; in a range, most are not.
    fn absent<T>(&self, bus: &str, why: &str) -> Option<T> {
        if self.addresses.len() == 1 {
            self.tell.problem(&format!("{bus}: {why}"));
        }
        None
    }
}
