//! The directives of ups.conf that all drivers, upsd and upsdrvctl share.

use super::{Globals, Section, Shared, Synchronous};
use crate::grammar::{Args, Directive, Fault};
use std::time::Duration;

/// What may stand only before all sections.
pub static GLOBAL: &[Directive<Globals>] = &[
    Directive::new(
        "driverpath",
        "<directory>",
        "Where upsdrvctl finds the driver programs.",
        |globals: &mut Globals, args| args.path(0).map(|path| globals.driverpath = Some(path)),
    ),
    Directive::new(
        "statepath",
        "<directory>",
        "Where drivers put their sockets. NUT_STATEPATH in the environment wins; STATEPATH in upsd.conf yields.",
        |globals: &mut Globals, args| args.path(0).map(|path| globals.statepath = Some(path)),
    )
    .in_any_case(),
    Directive::new(
        "chroot",
        "<directory>",
        "Drivers make this their root directory before they give up root's rights.",
        |globals: &mut Globals, args| args.path(0).map(|path| globals.chroot = Some(path)),
    ),
    Directive::new(
        "nowait",
        "",
        "upsdrvctl starts all drivers without waiting for each to be ready.",
        |globals: &mut Globals, _| {
            globals.nowait = true;
            Ok(())
        },
    ),
];

/// What may stand in a section, or before all sections as the default of every section.
pub static SHARED: &[Directive<Shared>] = &[
    Directive::new(
        "user",
        "<name>",
        "Account the driver runs as when it is started by root.",
        |shared: &mut Shared, args| args.name(0).map(|user| shared.user = Some(user)),
    ),
    Directive::new(
        "group",
        "<name>",
        "Group that owns the driver's socket.",
        |shared, args| args.name(0).map(|group| shared.group = Some(group)),
    ),
    Directive::new(
        "pollinterval",
        "<seconds>",
        "How often the driver asks the device. Default 2.",
        |shared, args| pollinterval(args).map(|period| shared.pollinterval = Some(period)),
    ),
    Directive::new(
        "synchronous",
        "yes|no|auto",
        "Whether the driver waits for upsd to take what it sends: always, never, or from the first time that \
         upsd was too slow. Default auto.",
        |shared, args| synchronous(args).map(|mode| shared.synchronous = Some(mode)),
    ),
    Directive::new(
        "reconnect_max_tries",
        "<count>",
        "How often the driver tries to reach a lost device before it exits; negative is for ever. Default -1.",
        |shared, args| {
            args.strict_integer(0, "attempts")
                .map(|tries| shared.reconnect_max_tries = Some(tries))
        },
    ),
    Directive::new(
        "reconnect_report_freq",
        "<count>",
        "After how many attempts to reach a lost device the driver says so; 0 or less is never. Default -1.",
        |shared, args| {
            args.strict_integer(0, "attempts")
                .map(|attempts| shared.reconnect_report_freq = Some(attempts))
        },
    ),
    Directive::new(
        "maxstartdelay",
        "<seconds>",
        "How long upsdrvctl waits for the driver to be ready. Default 75.",
        |shared, args| delay(args).map(|delay| shared.maxstartdelay = delay),
    ),
    Directive::new(
        "maxretry",
        "<count>",
        "How often upsdrvctl tries to start the driver. Default 1.",
        |shared, args| {
            args.integer(0, "attempts")
                .map(|tries| shared.maxretry = u32::try_from(tries).ok())
        },
    ),
    Directive::new(
        "retrydelay",
        "<seconds>",
        "How long upsdrvctl pauses before it tries again. Default 5.",
        |shared, args| delay(args).map(|delay| shared.retrydelay = delay),
    ),
    Directive::new(
        "debug_min",
        "<level>",
        "Least level of debugging messages, as if -D had been given so many times. In a section it wins over \
         the global one.",
        |shared: &mut Shared, args| args.level(0).map(|level| shared.debug_min = Some(level)),
    )
    .in_any_case(),
    Directive::new(
        "LIBUSB_DEBUG",
        "<level>",
        "Level of the debugging messages of the USB library: 0 none to 4 all.",
        |shared, args| {
            libusb_debug(args);
            shared.libusb_debug = Some(args.level(0).unwrap_or(LIBUSB_DEBUG_ALL));
            Ok(())
        },
    ),
];

/// What may stand only in a section.
pub static SECTION: &[Directive<Section>] = &[
    Directive::new(
        "driver",
        "<program>",
        "The driver for this UPS. Required.",
        |section: &mut Section, args| args.name(0).map(|driver| section.driver = driver),
    ),
    Directive::new(
        "port",
        "<device>",
        "How the driver finds the device: a serial port, an address, auto for USB. Required.",
        |section, args| args.text(0).map(|port| section.port = port),
    ),
    Directive::new(
        "desc",
        "<text>",
        "What this UPS is, for people.",
        |section, args| desc(args).map(|desc| section.desc = Some(desc)),
    ),
    Directive::new(
        "sdorder",
        "<rank>",
        "When upsdrvctl switches all UPSes off, lower ranks come first; -1 is left on. Default 0.",
        |section, args| {
            args.integer(0, "ranks")
                .map(|rank| section.sdorder = Some(rank))
        },
    ),
    Directive::new(
        "sdcommands",
        "<command>[,<command>]",
        "Commands that switch the UPS off; the first that works is enough. Default shutdown.default.",
        |section, args| args.name(0).map(|list| section.sdcommands = commas(&list)),
    ),
    Directive::new(
        "allow_killpower",
        "",
        "Clients may ask the driver to switch the UPS off.",
        |section, _| {
            section.allow_killpower = true;
            Ok(())
        },
    ),
    Directive::new(
        "nolock",
        "",
        "The driver does not lock the serial port against other programs.",
        |section, _| {
            section.nolock = true;
            Ok(())
        },
    ),
    Directive::new(
        "ignorelb",
        "",
        "The driver does not believe the device when it says that the battery is low, but compares \
         battery.charge and battery.runtime with their low limits.",
        |section, _| {
            section.ignorelb = true;
            Ok(())
        },
    ),
    Directive::new("sddelay", "[<word>...]", "Removed long ago.", |_, args| {
        args.warn(args.name, "obsolete and ignored; remove the line");
        Ok(())
    })
    .removed(),
];

const LIBUSB_DEBUG_ALL: u32 = 4;

fn pollinterval(args: &mut Args<'_>) -> Result<Duration, Fault> {
    let period = args.seconds(0)?;
    if period.is_zero() {
        return Err(Fault::error(
            args.word(0)?,
            "0 is too often, the least is 1 second",
        ));
    }
    Ok(period)
}

fn synchronous(args: &mut Args<'_>) -> Result<Synchronous, Fault> {
    let word = args.word(0)?;
    Ok(match word.text {
        "yes" => Synchronous::Yes,
        "no" => Synchronous::No,
        "auto" => Synchronous::Auto,
        other => {
            args.warn(
                word,
                format!("{other:?} is none of yes, no, auto, and is read as no"),
            );
            Synchronous::No
        }
    })
}

/// A negative delay is the default one.
fn delay(args: &mut Args<'_>) -> Result<Option<Duration>, Fault> {
    let seconds = args.integer(0, "seconds")?;
    Ok(u64::try_from(seconds).ok().map(Duration::from_secs))
}

fn libusb_debug(args: &mut Args<'_>) {
    if let (Err(_), Ok(word)) = (args.level(0), args.word(0)) {
        let text = format!(
            "{:?} is not a debug level and is read as {LIBUSB_DEBUG_ALL}",
            word.text
        );
        args.warn(word, text);
    }
}

fn desc(args: &mut Args<'_>) -> Result<String, Fault> {
    let word = args.word(0)?;
    if word.text.contains(['"', '\\']) {
        args.warn(
            word,
            "many clients cannot read a description with \" or \\ in it; use other characters",
        );
    }
    Ok(word.text.to_owned())
}

fn commas(list: &str) -> Vec<String> {
    list.split(',')
        .map(str::trim)
        .filter(|command| !command.is_empty())
        .map(str::to_owned)
        .collect()
}
