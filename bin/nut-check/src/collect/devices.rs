//! Drivers' programs and the files of their devices.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use config::{Section, nearest};
use daemon::access::{Right, Who};
use daemon::paths::DRIVER_DIR;

use super::Place;
use super::accounts::Accounts;
use crate::facts::{Device, Facts, Fault, Node, Program};

/// One for each section of ups.conf.
pub(super) fn look(
    facts: &Facts,
    place: &Place<'_>,
    conf_dir: &Path,
    accounts: &Accounts,
) -> Vec<Device> {
    let conf = &facts.ups.value;
    let dir = conf
        .globals
        .driverpath
        .as_deref()
        .unwrap_or(Path::new(DRIVER_DIR));
    let dir = place.below(dir);
    let names: Vec<String> = fs::read_dir(&dir)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let sections = conf.sections.iter();
    sections
        .map(|section| {
            let user = conf.user(section).unwrap_or(&facts.account);
            let who = accounts.who(user);
            let program = place.program(dir.join(&section.driver), who.as_ref());
            let named = conf.user(section).filter(|_| who.is_none());
            Device {
                stranger: named.map(ToOwned::to_owned),
                meant: meant(section, &program, &names),
                port: port(section, place, conf_dir).map(|path| node(place, path, who.as_ref())),
                program,
            }
        })
        .collect()
}

/// The driver whose name is nearly the one of the section.
fn meant(section: &Section, program: &Program, names: &[String]) -> Option<String> {
    let is_missing = program.fault == Some(Fault::Missing);
    let meant = nearest(&section.driver, names.iter().map(String::as_str));
    meant.filter(|_| is_missing).map(ToOwned::to_owned)
}

/// The file that a port is, if it is one.
fn port(section: &Section, place: &Place<'_>, conf_dir: &Path) -> Option<PathBuf> {
    let port = Path::new(&section.port);
    if port.starts_with("/dev") {
        return Some(place.below(port));
    }
    let is_file = section.driver == "dummy-ups" && !section.port.contains('@');
    is_file.then(|| {
        if port.is_absolute() {
            place.below(port)
        } else {
            conf_dir.join(port)
        }
    })
}

/// A device must be read and written; data of a simulated one are only read.
fn node(place: &Place<'_>, path: PathBuf, who: Option<&Who>) -> Node {
    let is_device = path.starts_with(place.below(Path::new("/dev")));
    let write = || place.may(Right::Write, who, &path);
    let fault = place
        .may(Right::Read, who, &path)
        .or_else(|| is_device.then(write).flatten());
    let shared = fs::metadata(&path).is_ok_and(|meta| meta.mode() & 0o060 == 0o060);
    let group = node::group(&path).filter(|group| shared && group != "root");
    Node { path, fault, group }
}
