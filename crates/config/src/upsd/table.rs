//! The directives of upsd.conf.

use super::{CertIdent, CertRequest, Listen, ListenPort, PORT, UpsdConf};
use crate::grammar::{Args, Directive, Fault};
use std::net::IpAddr;

/// The directives of upsd.conf.
pub static DIRECTIVES: &[Directive<UpsdConf>] = &[
    Directive::new(
        "LISTEN",
        "<address> [<port>]",
        "Address or host name on which clients are served, and the port, which is 3493 unless given. May be \
         repeated. `*` stands for every address of this machine. Without any LISTEN only clients on this \
         machine are served. Takes effect at start only.",
        |conf: &mut UpsdConf, args| listen(args).map(|listen| conf.listen.push(listen)),
    ),
    Directive::new(
        "MAXAGE",
        "<seconds>",
        "How long a driver may be silent before its data count as stale. Default 15.",
        |conf, args| args.seconds(0).map(|age| conf.maxage = Some(age)),
    ),
    Directive::new(
        "TRACKINGDELAY",
        "<seconds>",
        "How long clients can ask for the result of a command or setting they have sent. Default 3600.",
        |conf, args| {
            args.seconds(0)
                .map(|delay| conf.trackingdelay = Some(delay))
        },
    ),
    Directive::new(
        "IDLETIMEOUT",
        "<seconds>",
        "How long a client may be silent before it is disconnected; 0 is for ever. Default 300. Only Locknut \
         knows this directive.",
        |conf, args| args.seconds(0).map(|limit| conf.idletimeout = Some(limit)),
    ),
    Directive::new(
        "MAXCONN",
        "<count>",
        "Most connections at a time: clients, drivers and listening addresses together. 0 and the default are \
         what the system allows.",
        |conf, args| {
            args.whole(0, "connections")
                .map(|most| conf.maxconn = Some(most))
        },
    ),
    Directive::new(
        "MAXCONN_PER_PEER",
        "<count>",
        "Most connections of one address at a time, which may stand for many hosts behind a router. 0 and the default are \
         all that MAXCONN leaves. Only Locknut knows this directive.",
        |conf, args| {
            args.whole(0, "connections")
                .map(|most| conf.maxconn_per_peer = Some(most))
        },
    ),
    Directive::new(
        "FIRSTTIMEOUT",
        "<seconds>",
        "How long a client may take until its first command; 0 is as long as IDLETIMEOUT. Default 60. Only Locknut knows \
         this directive.",
        |conf, args| args.seconds(0).map(|limit| conf.firsttimeout = Some(limit)),
    ),
    Directive::new(
        "ALLOW_ANONYMOUS_READ",
        "yes|no",
        "Whether clients without user name and password may read. With no, GET and LIST need a user of upsd.users, whatever \
         its rights. Default yes. Only Locknut knows this directive.",
        |conf, args| {
            args.switch(0)
                .map(|allow| conf.allow_anonymous_read = Some(allow))
        },
    ),
    Directive::new(
        "ALLOW_NO_DEVICE",
        "yes|no",
        "Whether to start although ups.conf has no usable section. Default no. The environment variable of \
         this name wins.",
        |conf, args| {
            args.switch(0)
                .map(|allow| conf.allow_no_device = Some(allow))
        },
    ),
    Directive::new(
        "ALLOW_NOT_ALL_LISTENERS",
        "yes|no",
        "Whether to start although some LISTEN address could not be had. Default no. The environment variable \
         of this name wins.",
        |conf, args| {
            args.switch(0)
                .map(|allow| conf.allow_not_all_listeners = Some(allow))
        },
    ),
    Directive::new(
        "STATEPATH",
        "<directory>",
        "Where the sockets of the drivers are. NUT_STATEPATH in the environment and statepath in ups.conf win.",
        |conf, args| args.path(0).map(|path| conf.statepath = Some(path)),
    ),
    Directive::new(
        "DATAPATH",
        "<directory>",
        "Where the file cmdvartab is, which describes variables and commands.",
        |conf, args| args.path(0).map(|path| conf.datapath = Some(path)),
    ),
    Directive::new(
        "CERTFILE",
        "<file>",
        "PEM file with the certificate of this server, those above it, and its private key. Clients can use \
         encryption only if this is given.",
        |conf, args| args.path(0).map(|path| conf.certfile = Some(path)),
    ),
    Directive::new(
        "CERTPATH",
        "<path>",
        "Directory or PEM file with the authorities that certificates of clients are checked against.",
        |conf, args| args.path(0).map(|path| conf.certpath = Some(path)),
    ),
    Directive::new(
        "CERTIDENT",
        "<name> <password>",
        "Name that the certificate in CERTFILE must carry, \"\" for any, and the password of its private key.",
        |conf, args| CertIdent::read(args).map(|ident| conf.certident = Some(ident)),
    ),
    Directive::new(
        "CERTREQUEST",
        "NO|REQUEST|REQUIRE",
        "Whether clients that use encryption are asked for a certificate, or must have one. 0, 1 and 2 mean the \
         same. Default NO.",
        |conf, args| certrequest(args).map(|request| conf.certrequest = Some(request)),
    ),
    Directive::new(
        "DISABLE_WEAK_SSL",
        "yes|no",
        "Whether to refuse encryption older than TLS 1.2. Locknut always refuses it.",
        |conf, args| {
            args.truth(0)
                .map(|refuse| conf.disable_weak_ssl = Some(refuse))
        },
    ),
    Directive::new(
        "DEBUG_MIN",
        "<level>",
        "Least level of debugging messages, as if -D had been given so many times.",
        |conf: &mut UpsdConf, args| args.level(0).map(|level| conf.debug_min = Some(level)),
    )
    .in_any_case(),
    Directive::new("ACCEPT", "[<word>...]", OBSOLETE, obsolete).removed(),
    Directive::new("REJECT", "[<word>...]", OBSOLETE, obsolete).removed(),
    Directive::new("ACL", "[<word>...]", OBSOLETE, obsolete).removed(),
];

const OBSOLETE: &str = "Removed long ago; use LISTEN and a firewall.";

fn obsolete(_: &mut UpsdConf, args: &mut Args<'_>) -> Result<(), Fault> {
    args.warn(
        args.name,
        "obsolete and ignored; use LISTEN and a firewall to choose who may connect",
    );
    Ok(())
}

fn listen(args: &Args<'_>) -> Result<Listen, Fault> {
    let host = args.name(0)?;
    if !may_be_host(&host) {
        let text = format!("{host:?} is neither an address nor the name of a host");
        return Err(Fault::error(args.word(0)?, text));
    }
    Ok(Listen {
        host,
        port: match args.words.get(1) {
            Some(_) => listen_port(args)?,
            None => ListenPort::Number(PORT),
        },
        place: Some(args.place),
    })
}

/// Whether it may be an address, the name of a host, or `*`. Networks and `address:port` are what people write instead.
fn may_be_host(host: &str) -> bool {
    let address = host.split('%').next().unwrap_or(host);
    let is_odd = |c: char| c == ',' || c == ';' || c == '/' || c == ' ' || c == ':';
    let is_bracketed = host.starts_with('[') && host.ends_with(']');
    is_bracketed || address.parse::<IpAddr>().is_ok() || !host.contains(is_odd)
}

fn listen_port(args: &Args<'_>) -> Result<ListenPort, Fault> {
    let service = args.name(1)?;
    if !service.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(ListenPort::Service(service));
    }
    service.parse().map(ListenPort::Number).or_else(|_| {
        let text = format!("{service:?} is no port, the highest is 65535");
        Err(Fault::error(args.word(1)?, text))
    })
}

fn certrequest(args: &Args<'_>) -> Result<CertRequest, Fault> {
    let word = args.word(0)?;
    match word.text {
        "0" | "NO" => Ok(CertRequest::No),
        "1" | "REQUEST" => Ok(CertRequest::Request),
        "2" | "REQUIRE" => Ok(CertRequest::Require),
        other => Err(Fault::error(
            word,
            format!("{other:?} is none of NO, REQUEST, REQUIRE"),
        )),
    }
}
