//! The directives of upsmon.conf.

use super::{CertHost, CommLoss, Lasting, ShutdownExit, UpsmonConf, command, monitor, notify};
use crate::grammar::{Args, Directive, Fault};
use crate::upsd::CertIdent;
use std::time::Duration;

/// The directives of upsmon.conf.
pub static DIRECTIVES: &[Directive<UpsmonConf>] = &[
    Directive::new(
        "MONITOR",
        "<ups>[@<host>[:<port>]] <powervalue> <user> <password> primary|secondary",
        "A UPS to watch. The power value says how many of this host's power supplies it feeds, 0 only watches. User \
         and password are those of the server's upsd.users. A primary shuts down last and tells the secondaries \
         to shut down before. May be repeated.",
        |conf: &mut UpsmonConf, args| monitor::take(conf, args),
    ),
    Directive::new(
        "PASSWORDFILE",
        "<ups>[@<host>[:<port>]] <file>",
        "A file whose only line is the password for the MONITOR line of this UPS, in place of the word there. A name without / \
         in front is that of a systemd credential (LoadCredential=), or of a file beside this one. Only Locknut knows this \
         directive.",
        |conf, args| monitor::take_password_file(conf, args),
    ),
    Directive::new(
        "MINSUPPLIES",
        "<count>",
        "How many power supplies this host needs: it shuts down when the power values of its good UPSes add up to \
         less. 0 never shuts down by itself. Default 1.",
        |conf, args| {
            args.whole(0, "power supplies")
                .map(|count| conf.minsupplies = Some(count))
        },
    ),
    Directive::new(
        "SHUTDOWNCMD",
        "<command>...",
        "The command line that shuts this host down, run by root's shell. Taken at start only.",
        |conf, args| command::shell_line(args).map(|line| conf.shutdowncmd = Some(line)),
    ),
    Directive::new(
        "SHUTDOWNEXIT",
        "yes|no|<seconds>",
        "Whether upsmon logs out and ends once SHUTDOWNCMD runs, so that the primary waits no longer for this host; \
         no stays until it is killed. Default yes.",
        |conf, args| shutdownexit(args).map(|exit| conf.shutdownexit = Some(exit)),
    ),
    Directive::new(
        "POWERDOWNFLAG",
        "<file>",
        "The file that tells the last script of a shutdown to have the UPS cut its power. Taken at start only.",
        |conf, args| {
            let path = args.path(0)?;
            if path.is_relative() {
                return Err(Fault::error(args.word(0)?, "the path must begin with /"));
            }
            conf.powerdownflag = Some(path);
            Ok(())
        },
    ),
    Directive::new(
        "NOTIFYCMD",
        "<program>...",
        "The program that is run for notices with the flag EXEC. The message is its last argument; NOTIFYTYPE and \
         UPSNAME are in its environment.",
        |conf, args| command::notify(args).map(|command| conf.notifycmd = Some(command)),
    ),
    Directive::new(
        "NOTIFYMSG",
        "<event> <text>",
        "What is told of an event. The first %s in it is the UPS, the second what the event brings along.",
        notify::message,
    ),
    Directive::new(
        "NOTIFYFLAG",
        "<event> <flag>[+<flag>...]",
        "How an event is told: SYSLOG, WALL, EXEC, or IGNORE for not at all. Default SYSLOG+WALL.",
        notify::flags,
    ),
    Directive::new(
        "POLLFREQ",
        "<seconds>",
        "Time between two polls of a UPS. Default 5.",
        |conf, args| period(args).map(|span| conf.pollfreq = Some(span)),
    ),
    Directive::new(
        "POLLFREQALERT",
        "<seconds>",
        "The same while any UPS is on battery or otherwise in trouble. Default 5.",
        |conf, args| period(args).map(|span| conf.pollfreqalert = Some(span)),
    ),
    Directive::new(
        "POLLFAIL_LOG_THROTTLE_MAX",
        "<count>",
        "How often a poll that keeps failing is logged: each count polls, with 0 only when it begins. Default: when it \
         begins and at each NOCOMMWARNTIME.",
        |conf, args| {
            args.whole(0, "polls")
                .map(|count| conf.pollfail_log_throttle_max = Some(count))
        },
    ),
    Directive::new(
        "DEADTIME",
        "<seconds>",
        "Silence after which a UPS on battery is taken for one with a low battery. Make it a multiple of \
         POLLFREQALERT. Default 15.",
        |conf, args| args.seconds(0).map(|span| conf.deadtime = Some(span)),
    ),
    Directive::new(
        "HOSTSYNC",
        "<seconds>",
        "How long a primary waits for its secondaries to log out, and a secondary for its primary to say FSD. Default 15.",
        |conf, args| args.seconds(0).map(|span| conf.hostsync = Some(span)),
    ),
    Directive::new(
        "FINALDELAY",
        "<seconds>",
        "Time between the notice SHUTDOWN and SHUTDOWNCMD. Default 5.",
        |conf, args| args.seconds(0).map(|span| conf.finaldelay = Some(span)),
    ),
    Directive::new(
        "RBWARNTIME",
        "<seconds>",
        "How often it is repeated that a battery needs to be replaced. Default 43200.",
        |conf, args| args.seconds(0).map(|span| conf.rbwarntime = Some(span)),
    ),
    Directive::new(
        "NOCOMMWARNTIME",
        "<seconds>",
        "How often it is repeated that a UPS can not be reached. Default 300.",
        |conf, args| args.seconds(0).map(|span| conf.nocommwarntime = Some(span)),
    ),
    Directive::new(
        "OFFDURATION",
        "<seconds>",
        "How long a UPS has to be OFF to be critical; 0 is at once, a negative number never. Default 30.",
        |conf, args| lasting(args).map(|span| conf.offduration = Some(span)),
    ),
    Directive::new(
        "OVERDURATION",
        "<seconds>",
        "How long a UPS has to have been overloaded to make its silence critical; 0 is at once, a negative number and \
         the default never.",
        |conf, args| lasting(args).map(|span| conf.overduration = Some(span)),
    ),
    Directive::new(
        "OBLBDURATION",
        "<seconds>",
        "How long a UPS has to be on battery with a low one to be critical. Default 0.",
        |conf, args| {
            let seconds = args.integer(0, "seconds")?;
            let seconds = u64::try_from(seconds).unwrap_or(0);
            conf.oblbduration = Some(Duration::from_secs(seconds));
            Ok(())
        },
    ),
    Directive::new(
        "ALARMCRITICAL",
        "0|1",
        "Whether the silence of a UPS that was in alarm can be critical. Default 1.",
        |conf, args| {
            let number = args.integer(0, "0 or 1")?;
            conf.alarmcritical = Some(number == 1);
            Ok(())
        },
    ),
    Directive::new(
        "COMMLOSSCRITICAL",
        "notonline|deadtime|atonce",
        "When the silence of a UPS is critical that was calibrating, on bypass, off, overloaded or in alarm: after \
         DEADTIME unless its last status said that it is on line (notonline, the default), after DEADTIME \
         (deadtime), or at the first poll that fails, as in C NUT (atonce). Only Locknut knows this directive.",
        |conf, args| commloss(args).map(|when| conf.commlosscritical = Some(when)),
    ),
    Directive::new(
        "RUN_AS_USER",
        "<user>",
        "The account that upsmon runs as. Taken at start only.",
        |conf, args| args.name(0).map(|name| conf.run_as_user = Some(name)),
    ),
    Directive::new(
        "CERTPATH",
        "<path>",
        "Directory or PEM file with the authorities that certificates of servers are checked against.",
        |conf, args| args.path(0).map(|path| conf.certpath = Some(path)),
    ),
    Directive::new(
        "CERTFILE",
        "<file>",
        "PEM file with the certificate of this host and its private key.",
        |conf, args| args.path(0).map(|path| conf.certfile = Some(path)),
    ),
    Directive::new(
        "CERTIDENT",
        "<name> <password>",
        "Name that the certificate in CERTFILE must carry, and the password of its private key.",
        |conf, args| CertIdent::read(args).map(|ident| conf.certident = Some(ident)),
    ),
    Directive::new(
        "CERTVERIFY",
        "0|1",
        "Whether certificates of servers are checked. Default 0.",
        |conf, args| switch(args, 0).map(|verify| conf.certverify = Some(verify)),
    ),
    Directive::new(
        "FORCESSL",
        "0|1",
        "Whether connections must be encrypted. Default 0.",
        |conf, args| switch(args, 0).map(|force| conf.forcessl = Some(force)),
    ),
    Directive::new(
        "CERTHOST",
        "<host>[:<port>] <name> <verify> <force>",
        "The name in the certificate of one server, and its own CERTVERIFY and FORCESSL; -1 is what those say. May be \
         repeated.",
        |conf, args| {
            conf.certhosts.push(CertHost {
                host: server(args)?,
                name: args.text(1)?,
                verify: unless_global(args, 2)?,
                force: unless_global(args, 3)?,
                place: args.place,
            });
            Ok(())
        },
    ),
    Directive::new(
        "DEBUG_MIN",
        "<level>",
        "Least level of debugging messages, as if -D had been given so many times.",
        |conf: &mut UpsmonConf, args| args.level(0).map(|level| conf.debug_min = Some(level)),
    )
    .in_any_case(),
];

/// A period of polls; none at all would be a busy loop.
fn period(args: &mut Args<'_>) -> Result<Duration, Fault> {
    let span = args.seconds(0)?;
    if span.is_zero() {
        let text = "0 would poll without a pause; 1 is the least";
        return Err(Fault::error(args.word(0)?, text));
    }
    Ok(span)
}

fn lasting(args: &mut Args<'_>) -> Result<Lasting, Fault> {
    let seconds = args.integer(0, "seconds")?;
    let span = u64::try_from(seconds).map(Duration::from_secs);
    Ok(span.map_or(Lasting::Never, Lasting::For))
}

fn shutdownexit(args: &mut Args<'_>) -> Result<ShutdownExit, Fault> {
    let word = args.word(0)?;
    match word.text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" => return Ok(ShutdownExit::AtOnce),
        "no" | "off" | "false" => return Ok(ShutdownExit::Never),
        _ => {}
    }
    let seconds = args.strict_integer(0, "seconds, nor yes or no")?;
    Ok(match u64::try_from(seconds) {
        Ok(0) => ShutdownExit::AtOnce,
        Ok(seconds) => ShutdownExit::After(Duration::from_secs(seconds)),
        Err(_) => ShutdownExit::Never,
    })
}

fn commloss(args: &Args<'_>) -> Result<CommLoss, Fault> {
    let word = args.word(0)?;
    match word.text.to_ascii_lowercase().as_str() {
        "notonline" => Ok(CommLoss::NotOnLine),
        "deadtime" => Ok(CommLoss::Deadtime),
        "atonce" => Ok(CommLoss::AtOnce),
        _ => Err(Fault::error(
            word,
            format!("{:?} is none of notonline, deadtime, atonce", word.text),
        )),
    }
}

fn switch(args: &mut Args<'_>, index: usize) -> Result<bool, Fault> {
    args.integer(index, "0 or 1").map(|number| number != 0)
}

fn unless_global(args: &mut Args<'_>, index: usize) -> Result<Option<bool>, Fault> {
    let number = args.integer(index, "0, 1 or -1")?;
    // other numbers are no doubt meant as yes
    Ok((number != -1).then_some(number != 0))
}

/// `host[:port]`. One that cannot be read is told: a rule that holds for no server would leave it unchecked.
fn server(args: &Args<'_>) -> Result<String, Fault> {
    let text = args.name(0)?;
    let (host, port) = host_and_port(&text);
    let wrong = match port {
        _ if host.is_empty() => "names no host",
        Some(port) if port.parse::<u16>().is_ok_and(|port| port != 0) => return Ok(text),
        None => return Ok(text),
        Some(_) => "has a port that is no number of 1 to 65535",
    };
    Err(Fault::error(args.word(0)?, format!("{text:?} {wrong}")))
}

/// The parts of `host:port` or `[host]:port`; an IPv6 address without brackets has no port.
pub(super) fn host_and_port(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((host, port)) if host.starts_with('[') && host.ends_with(']') => {
            (in_brackets(host), Some(port))
        }
        Some((host, port)) if !host.contains(':') => (host, Some(port)),
        _ => (in_brackets(text), None),
    }
}

fn in_brackets(host: &str) -> &str {
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    inner.unwrap_or(host)
}
