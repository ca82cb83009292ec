//! What was made, and what to write into which file.

use std::path::Path;

use daemon::user;

/// Behind the certificate of a server.
pub(crate) fn server(dir: &Path, names: &str, until: &str) -> String {
    let at = dir.display();
    format!(
        "\
made {at}/upsd.pem, for {names}; valid until {until}
{at}/ca.pem is what clients believe; {at}/ca.key makes further certificates: keep it here, and a copy where nobody gets at it

in upsd.conf of this host:
CERTFILE {at}/upsd.pem
CERTPATH {at}/ca.pem
CERTREQUEST REQUIRE

(without the last line clients need no certificate of their own)

{}
then: upsd -c reload; upsmon -c reload
for each other host with an upsmon: upsd-tls client <its name>",
        clients(dir, "upsd.pem", "this host"),
    )
}

/// Behind the certificate of a client.
pub(crate) fn client(dir: &Path, name: &str, until: &str) -> String {
    let at = dir.display();
    let group = user::DEFAULT_GROUP;
    format!(
        "\
made {at}/{name}.pem; valid until {until}
bring it and {at}/ca.pem to the same place on {name}, {name}.pem as root:{group} 0640; not ca.key

{}
then: upsmon -c reload",
        clients(dir, &format!("{name}.pem"), name),
    )
}

fn clients(dir: &Path, own: &str, host: &str) -> String {
    let at = dir.display();
    let group = user::DEFAULT_GROUP;
    format!(
        "\
in upsmon.conf of {host}:
CERTPATH {at}/ca.pem
CERTFILE {at}/{own}
CERTVERIFY 1
FORCESSL 1

in nutauth.conf of {host}, for upsc, upscmd, upsrw and upslog:
CERTPATH = {at}/ca.pem
CERTFILE = {at}/{own}
CERTVERIFY = 1
FORCESSL = 1

(accounts that run these must be in group {group} to read {own}; with CERTREQUEST REQUIRE nobody else gets in)
"
    )
}

/// Where files could not be given to the daemons.
pub(crate) fn unreadable(dir: &Path) -> String {
    let at = dir.display();
    let group = user::DEFAULT_GROUP;
    format!("upsd and upsmon cannot read them yet; run as root: chgrp {group} {at}/*.pem")
}
