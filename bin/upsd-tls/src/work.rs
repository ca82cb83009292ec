//! One command, from the files that are there to those that are made.

use std::fs;
use std::time::SystemTime;

use daemon::local_time;
use tls::Facts;

use crate::args::{Deed, Wanted};
use crate::authority::{Authority, Holder, Made};
use crate::keep::{For, Keep};
use crate::{Error, lines, names};

const CA: &str = "ca.pem";
const CA_KEY: &str = "ca.key";
const SERVER: &str = "upsd.pem";

/// Does it; what to tell, without a final line end.
pub(crate) fn perform(wanted: &Wanted) -> Result<String, Error> {
    let keep = Keep::open(&wanted.dir, wanted.force)?;
    let told = match &wanted.deed {
        Deed::Init(given) => {
            keep.check_free(&[CA, CA_KEY, SERVER])?;
            let authority = begin(&keep)?;
            serve(&keep, &authority, given, wanted.days)?
        }
        Deed::Server(given) => {
            let authority = open(&keep)?;
            serve(&keep, &authority, given, wanted.days)?
        }
        Deed::Client(name) => admit(&keep, &open(&keep)?, name, wanted.days)?,
    };
    Ok(if keep.reaches_daemons() {
        told
    } else {
        format!("{told}\n\n{}", lines::unreadable(keep.dir()))
    })
}

/// A new authority.
fn begin(keep: &Keep) -> Result<Authority, Error> {
    let (authority, made) = Authority::make(&local_time::host(), SystemTime::now())?;
    keep.put(CA, For::Everybody, &made.certificate)?;
    keep.put(CA_KEY, For::Owner, made.key.expose())?;
    Ok(authority)
}

fn open(keep: &Keep) -> Result<Authority, Error> {
    let certificate = keep.read(CA)?;
    let key = keep.read(CA_KEY)?;
    let unfit = |what| Error::Unfit(keep.path(CA), what);
    let authority = Authority::open(certificate.expose().as_bytes(), &key).map_err(unfit)?;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.map_or(0, |now| i64::try_from(now.as_secs()).unwrap_or(i64::MAX));
    if authority.until() <= now {
        return Err(Error::Expired(tls::date(authority.until())));
    }
    Ok(authority)
}

/// The certificate of this host's upsd.
fn serve(keep: &Keep, authority: &Authority, given: &[String], days: u32) -> Result<String, Error> {
    keep.check_free(&[SERVER])?;
    let etc_hosts = fs::read_to_string("/etc/hosts").unwrap_or_default();
    let names = names::of_server(&local_time::host(), &etc_hosts, given);
    let made = authority.issue(Holder::Server(&names), days, SystemTime::now())?;
    keep.put(SERVER, For::Daemons, made.together().expose())?;
    Ok(lines::server(keep.dir(), &names.join(", "), &until(&made)))
}

/// The certificate of a client.
fn admit(keep: &Keep, authority: &Authority, name: &str, days: u32) -> Result<String, Error> {
    let file = format!("{name}.pem");
    keep.check_free(&[&file])?;
    let made = authority.issue(Holder::Client(name), days, SystemTime::now())?;
    keep.put(&file, For::Daemons, made.together().expose())?;
    Ok(lines::client(keep.dir(), name, &until(&made)))
}

fn until(made: &Made) -> String {
    let blocks = tls::pem::blocks(made.certificate.as_bytes()).unwrap_or_default();
    let facts = blocks.first().and_then(|block| Facts::read(&block.der));
    tls::date(facts.map_or(0, |facts| facts.not_after))
}
