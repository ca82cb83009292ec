//! What is installed in the machine, as an archive: the programs that were built, what packages ship with them, and the
//! machine's own configuration.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use testkit::{PATIENCE, Program, Sandbox, our_programs};

/// Programs and where they go.
#[rustfmt::skip]
const PROGRAMS: &[(&str, &str)] = &[
    ("upsc",          "usr/bin"),
    ("upsd",          "usr/sbin"),
    ("upsdrvctl",     "usr/sbin"),
    ("upsmon",        "usr/sbin"),
    ("upsmon-helper", "usr/libexec/locknut"),
    ("usbhid-ups",    "usr/lib/nut"),
];

/// Files of `packaging/`, or all in a directory of it, and where they go.
#[rustfmt::skip]
const PACKAGING: &[(&str, &str)] = &[
    ("systemd/nut.target",                       "usr/lib/systemd/system"),
    ("systemd/nut-driver.target",                "usr/lib/systemd/system"),
    ("systemd/nut-driver@.service",              "usr/lib/systemd/system"),
    ("systemd/nut-monitor.service",              "usr/lib/systemd/system"),
    ("systemd/nut-server.service",               "usr/lib/systemd/system"),
    ("systemd/nutshutdown",                      "usr/lib/systemd/system-shutdown"),
    ("sysusers.d/nut.conf",                      "usr/lib/sysusers.d"),
    ("tmpfiles.d/nut-common-tmpfiles.conf",      "usr/lib/tmpfiles.d"),
    ("udev/62-nut-usbups.rules",                 "usr/lib/udev/rules.d"),
];

/// Makes the archive.
#[track_caller]
pub(crate) fn pack(sandbox: &Sandbox) -> PathBuf {
    let root = sandbox.run().join("payload");
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (program, place) in PROGRAMS {
        let to = place_for(&root, place, program);
        strip(&our_programs().unwrap().join(program), &to, sandbox);
    }
    for (file, place) in PACKAGING {
        let from = project.join("../packaging").join(file);
        let name = file.rsplit('/').next().unwrap_or(file);
        copy(&from, &place_for(&root, place, name));
    }
    copy_tree(&project.join("vm/guest"), &root);
    let archive = sandbox.run().join("payload.tar");
    let mut tar = Program::at(Path::new("/usr/bin/env"), sandbox)
        .args([
            "tar",
            "--owner=root:0",
            "--group=root:0",
            "--sort=name",
            "-cf",
        ])
        .arg(&archive)
        .arg("-C")
        .arg(&root);
    // by name: the directory itself would change the mode of the machine's root
    for entry in fs::read_dir(&root).unwrap() {
        tar = tar.arg(entry.unwrap().file_name());
    }
    let done = tar.run_within(PATIENCE);
    assert_eq!(done.code, Some(0), "tar: {}", done.stderr);
    archive
}

fn place_for(root: &Path, place: &str, name: &str) -> PathBuf {
    let dir = root.join(place);
    make_dir(&dir);
    dir.join(name)
}

/// Debug builds are ten times as large as what they need to run.
fn strip(from: &Path, to: &Path, sandbox: &Sandbox) {
    let strip = Program::at(Path::new("/usr/bin/env"), sandbox).args(["strip", "-o"]);
    let done = strip.arg(to).arg(from).run_within(PATIENCE);
    assert_eq!(done.code, Some(0), "strip: {}", done.stderr);
}

fn copy_tree(from: &Path, to: &Path) {
    make_dir(to);
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &to);
        } else {
            copy(&entry.path(), &to);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap_or_else(|why| panic!("{}: {why}", from.display()));
    let executable = fs::metadata(from).unwrap().permissions().mode() & 0o100;
    set_mode(to, if executable == 0 { 0o644 } else { 0o755 });
}

fn make_dir(dir: &Path) {
    if !dir.exists() {
        make_dir(dir.parent().unwrap());
        fs::create_dir(dir).unwrap();
        set_mode(dir, 0o755);
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
