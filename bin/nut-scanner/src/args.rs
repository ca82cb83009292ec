//! What nut-scanner was started for: C's options, and two of our own, `--snmp_port` and `--snmp_version`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, CommandFactory, FromArgMatches, Parser};

use crate::interfaces::{self, Family};
use crate::range::{Range, address};
use crate::snmp::Version3;
use crate::{nut, serial, snmp};

/// Finds power devices and NUT servers, and prints sections of ups.conf for them
#[derive(Debug, Parser)]
#[command(
    name = "nut-scanner",
    disable_help_flag = true,
    disable_version_flag = true,
    infer_long_args = true,
    args_override_self = true,
    // an option and what it does on one line, also where names are long: as the manual's check reads it
    term_width = 0
)]
pub(crate) struct Args {
    /// Scan everything but serial ports (default)
    #[arg(short = 'C', long = "complete_scan")]
    pub(crate) complete: bool,
    /// Scan USB; more of them write more about where a device is plugged in
    #[arg(short = 'U', long = "usb_scan", action = ArgAction::Count)]
    pub(crate) usb: u8,
    /// Scan for SNMP agents, in a range of addresses
    #[arg(short = 'S', long = "snmp_scan")]
    pub(crate) snmp: bool,
    /// Scan for XML over HTTP; there is no driver for it
    #[arg(short = 'M', long = "xml_scan")]
    pub(crate) xml: bool,
    /// Scan for NUT servers, in a range of addresses
    #[arg(short = 'O', long = "oldnut_scan")]
    pub(crate) nut: bool,
    /// List the files of simulated devices in the configuration directory
    #[arg(short = 'n', long = "nut_simulation_scan")]
    pub(crate) simulation: bool,
    /// Scan for NUT servers that announce themselves (mDNS)
    #[arg(short = 'A', long = "avahi_scan")]
    pub(crate) avahi: bool,
    /// Scan for IPMI; there is no driver for it
    #[arg(short = 'I', long = "ipmi_scan")]
    pub(crate) ipmi: bool,
    /// Scan what UPower knows; there is no driver for it
    #[arg(short = 'J', long = "upower_scan")]
    pub(crate) upower: bool,
    /// Scan these serial ports: auto, one, a range such as 0-3, or names with commas between
    #[arg(short = 'E', long = "eaton_serial", value_name = "ports")]
    serial: Option<String>,

    /// First address; one alone is a range of one
    #[arg(short = 's', long = "start_ip", value_name = "address", action = ArgAction::Append)]
    start: Vec<String>,
    /// Last address
    #[arg(short = 'e', long = "end_ip", value_name = "address", action = ArgAction::Append)]
    end: Vec<String>,
    /// A network as ADDRESS/BITS, or those of this machine: auto, auto4, auto6
    #[arg(short = 'm', long = "mask_cidr", value_name = "network", action = ArgAction::Append)]
    mask: Vec<String>,
    /// Seconds that an address has to answer
    #[arg(short = 't', long = "timeout", value_name = "seconds", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub(crate) timeout: u32,
    /// So many are asked at the same time
    #[arg(short = 'T', long = "thread", value_name = "number", default_value_t = 512, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub(crate) threads: u32,
    /// Port of NUT servers
    #[arg(short = 'p', long = "port", value_name = "port", default_value_t = nut::PORT, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: u16,

    /// SNMP: the community
    #[arg(
        short = 'c',
        long = "community",
        value_name = "community",
        default_value = "public"
    )]
    pub(crate) community: String,
    /// SNMP: port of the agents
    #[arg(long = "snmp_port", value_name = "port", default_value_t = snmp::PORT, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) snmp_port: u16,
    /// SNMP: v1 or v2c alone; otherwise v1, then v2c
    #[arg(long = "snmp_version", value_name = "version", value_parser = ["v1", "v2c"])]
    pub(crate) snmp_version: Option<String>,
    /// SNMP version 3: noAuthNoPriv, authNoPriv or authPriv
    #[arg(short = 'l', long = "secLevel", value_name = "level")]
    level: Option<String>,
    /// SNMP version 3: the user
    #[arg(short = 'u', long = "secName", value_name = "user")]
    user: Option<String>,
    /// SNMP version 3: MD5, SHA, SHA224, SHA256, SHA384 or SHA512 (MD5)
    #[arg(short = 'w', long = "authProtocol", value_name = "protocol")]
    auth_protocol: Option<String>,
    /// SNMP version 3: the password that requests are signed with
    #[arg(short = 'W', long = "authPassword", value_name = "password")]
    auth_password: Option<String>,
    /// SNMP version 3: DES, AES, AES192 or AES256 (DES)
    #[arg(short = 'x', long = "privProtocol", value_name = "protocol")]
    priv_protocol: Option<String>,
    /// SNMP version 3: the password that requests are enciphered with
    #[arg(short = 'X', long = "privPassword", value_name = "password")]
    priv_password: Option<String>,

    /// IPMI: taken and not used
    #[arg(short = 'b', long = "username", value_name = "user", hide = true)]
    _ipmi_user: Option<String>,
    #[arg(short = 'B', long = "password", value_name = "password", hide = true)]
    _ipmi_password: Option<String>,
    #[arg(short = 'd', long = "authType", value_name = "type", hide = true)]
    _ipmi_auth: Option<String>,
    #[arg(
        short = 'L',
        long = "cipher_suite_id",
        value_name = "number",
        hide = true
    )]
    _ipmi_cipher: Option<String>,

    /// Print sections of ups.conf, with warnings as comments (default)
    #[arg(short = 'Q', long = "disp_nut_conf_with_sanity_check")]
    checked: bool,
    /// Print sections of ups.conf
    #[arg(short = 'N', long = "disp_nut_conf")]
    pub(crate) conf: bool,
    /// Print one line for each device
    #[arg(short = 'P', long = "disp_parsable")]
    pub(crate) parsable: bool,
    /// Print results, and what cannot be opened, but not how it goes
    #[arg(short = 'q', long = "quiet")]
    pub(crate) quiet: bool,
    /// Print what can be scanned
    #[arg(short = 'a', long = "available")]
    pub(crate) available: bool,
    /// Tell more of what the drivers see; several tell still more
    #[arg(short = 'D', long = "nut_debug_level", action = ArgAction::Count)]
    pub(crate) debug: u8,
    /// Print this help
    #[arg(short = 'h', long = "help", action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', long = "version")]
    pub(crate) version: bool,
}

impl Args {
    /// What is said about SNMP version 3.
    pub(crate) fn version3(&self) -> Version3 {
        Version3 {
            level: self.level.clone(),
            user: self.user.clone(),
            auth_protocol: self.auth_protocol.clone(),
            auth_password: self.auth_password.clone(),
            priv_protocol: self.priv_protocol.clone(),
            priv_password: self.priv_password.clone(),
        }
    }

    /// Whether no bus is named, or all are.
    pub(crate) const fn is_complete(&self) -> bool {
        let named = self.usb > 0
            || self.snmp
            || self.xml
            || self.nut
            || self.simulation
            || self.avahi
            || self.ipmi
            || self.upower
            || self.serial.is_some();
        self.complete || !named
    }

    /// The serial ports to scan.
    pub(crate) fn ports(&self) -> Result<Vec<PathBuf>, String> {
        self.serial.as_deref().map_or(Ok(Vec::new()), serial::ports)
    }
}

/// Options, the ranges that they name, and what is to be told about those.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) args: Args,
    pub(crate) ranges: Vec<Range>,
    pub(crate) remarks: Vec<String>,
}

/// Why there is nothing to do.
#[derive(Debug)]
pub(crate) enum Stop {
    /// What clap says: help, or what is wrong with an option.
    Clap(clap::Error),
    /// What is wrong with a value.
    Wrong(String),
}

/// Reads the command line.
pub(crate) fn read(words: impl IntoIterator<Item = OsString>) -> Result<Read, Stop> {
    let matches = Args::command()
        .try_get_matches_from(words)
        .map_err(Stop::Clap)?;
    let args = Args::from_arg_matches(&matches).map_err(Stop::Clap)?;
    let mut remarks = Vec::new();
    let ranges = ranges(&args, &matches, &mut remarks).map_err(Stop::Wrong)?;
    Ok(Read {
        args,
        ranges,
        remarks,
    })
}

/// One end of a range, where it stands on the command line.
struct End<'a> {
    at: usize,
    is_first: bool,
    text: &'a str,
}

/// Ranges of `-s`, `-e` and `-m`. A first address with a last one behind it is a range of both, one alone is one address.
fn ranges(
    args: &Args,
    matches: &ArgMatches,
    remarks: &mut Vec<String>,
) -> Result<Vec<Range>, String> {
    let mut ends: Vec<End<'_>> = Vec::new();
    for (id, texts, is_first) in [("start", &args.start, true), ("end", &args.end, false)] {
        let places = matches.indices_of(id).into_iter().flatten();
        let texts = texts.iter().map(String::as_str);
        ends.extend(
            places
                .zip(texts)
                .map(|(at, text)| End { at, is_first, text }),
        );
    }
    ends.sort_by_key(|end| end.at);
    let told = |error: crate::range::BadRange| error.to_string();
    let mut ranges = Vec::new();
    let mut ends = ends.iter().peekable();
    while let Some(end) = ends.next() {
        // C takes them in either order
        let other = ends
            .next_if(|other| other.is_first != end.is_first)
            .unwrap_or(end);
        let (one, other) = (address(end.text), address(other.text));
        ranges.push(Range::between(one.map_err(told)?, other.map_err(told)?).map_err(told)?);
    }
    let mut is_auto_done = false;
    for mask in &args.mask {
        let family = match mask.as_str() {
            "auto" => Family::Any,
            "auto4" => Family::V4,
            "auto6" => Family::V6,
            network => {
                ranges.push(Range::of_cidr(network).map_err(told)?);
                continue;
            }
        };
        if std::mem::replace(&mut is_auto_done, true) {
            remarks.push(format!("-m {mask}: only the first auto counts"));
            continue;
        }
        let (networks, more) = interfaces::networks(family);
        ranges.extend(networks);
        remarks.extend(more);
    }
    Ok(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Read {
        let words = ["nut-scanner"].into_iter().chain(line.split_whitespace());
        read(words.map(OsString::from)).unwrap()
    }

    fn wrong(line: &str) -> String {
        let words = ["nut-scanner"].into_iter().chain(line.split_whitespace());
        match read(words.map(OsString::from)).unwrap_err() {
            Stop::Clap(error) => error.to_string(),
            Stop::Wrong(text) => text,
        }
    }

    #[test]
    fn the_options_are_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn short_options_and_long_ones_mean_the_same() {
        let (short, long) = (
            of("-UU -S -O -q -P -t 7 -T3 -c secret -u bob -E ttyS9"),
            of(
                "--usb_scan --usb_scan --snmp_scan --oldnut_scan --quiet --disp_parsable --timeout=7 --thread 3 --community secret --secName bob \
                 --eaton_serial ttyS9",
            ),
        );
        assert_eq!(format!("{:?}", short.args), format!("{:?}", long.args));
        assert!(!short.args.is_complete());
        // as getopt has it
        assert!(of("--disp_pars --usb").args.parsable);
    }

    #[test]
    fn no_bus_means_all_but_serial_ports() {
        assert!(of("").args.is_complete());
        assert!(of("-q -N").args.is_complete());
        assert!(of("-C -U").args.is_complete());
        assert_eq!(of("-C").args.ports(), Ok(Vec::new()));
        assert!(!of("-E 0").args.is_complete());
    }

    #[test]
    fn addresses_pair_up_as_they_stand() {
        let range = |one: &str, other: &str| {
            Range::between(one.parse().unwrap(), other.parse().unwrap()).unwrap()
        };
        let line = "-s 10.0.0.1 -e 10.0.0.5 -s 10.0.1.1 -s 10.0.2.9 -e 10.0.2.1 -e 10.0.3.1 -m 10.9.0.0/24";
        assert_eq!(
            of(line).ranges,
            [
                range("10.0.0.1", "10.0.0.5"),
                range("10.0.1.1", "10.0.1.1"),
                range("10.0.2.1", "10.0.2.9"),
                range("10.0.3.1", "10.0.3.1"),
                range("10.9.0.0", "10.9.0.255"),
            ]
        );
    }

    #[test]
    fn only_the_first_auto_counts() {
        let read = of("-m auto -m auto4");
        assert!(
            read.remarks
                .iter()
                .any(|text| text.contains("-m auto4: only the first"))
        );
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (line, told) in [
            ("-Z", "unexpected argument '-Z'"),
            ("stray", "unexpected argument 'stray'"),
            ("-t 0", "invalid value '0' for '--timeout"),
            ("-s nowhere.invalid", "\"nowhere.invalid\" is no IP address"),
            ("-s 10.0.0.1 -e ::1", "are not of one kind"),
            ("-m 10.0.0.0", "is no network"),
            ("--snmp_version v3", "invalid value 'v3'"),
        ] {
            let said = wrong(line);
            assert!(said.contains(told), "{line}: {said}");
        }
    }
}
