//! What is brought into the machine, as an archive: our packages, unpacked or as they are, and the machine's own configuration.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use testkit::{Program, Sandbox};

use crate::machine::SOON;

/// How the machine begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begin {
    /// With our programs.
    Installed,
    /// With our programs, as one that another machine tells of its UPS.
    Secondary,
    /// With C NUT, and our packages at hand.
    WithRival,
}

/// Where packages have what is in `/usr` of the machine.
const ALIASED: [&str; 3] = ["bin", "sbin", "lib"];

/// The packages that `cargo xtask test` has made.
pub(crate) fn packages() -> Option<PathBuf> {
    env::var_os("LOCKNUT_PACKAGES").map(PathBuf::from)
}

/// Makes the archive of the packages in `packages`.
#[track_caller]
pub(crate) fn pack(sandbox: &Sandbox, packages: &Path, begin: Begin) -> PathBuf {
    let root = sandbox.run().join("payload");
    make_dir(&root);
    match begin {
        Begin::Installed | Begin::Secondary => unpack(sandbox, packages, &root),
        Begin::WithRival => copy_tree(packages, &root.join("root/packages")),
    }
    let vm = Path::new(env!("CARGO_MANIFEST_DIR")).join("vm");
    copy_tree(&vm.join("guest"), &root);
    if begin == Begin::Secondary {
        copy_tree(&vm.join("secondary"), &root);
        for file in ["ups.conf", "upsd.conf", "upsd.users"] {
            fs::remove_file(root.join("etc/nut").join(file)).unwrap();
        }
    }
    if begin == Begin::WithRival {
        // C NUT's packages would ask about files that are there already; an administrator writes them after installing
        let etc = root.join("etc/nut");
        fs::rename(&etc, root.join("root/nut")).unwrap();
        let lib = root.join("usr/lib/locknut-vm");
        fs::rename(lib.join("install-rival"), lib.join("install")).unwrap();
    }
    let archive = sandbox.run().join("payload.tar");
    let mut tar = tool(sandbox, "tar")
        .args(["--owner=root:0", "--group=root:0", "--sort=name", "-cf"])
        .arg(&archive)
        .arg("-C")
        .arg(&root);
    // by name: the directory itself would change the mode of the machine's root
    for entry in fs::read_dir(&root).unwrap() {
        tar = tar.arg(entry.unwrap().file_name());
    }
    run(tar);
    archive
}

/// What dpkg would unpack.
fn unpack(sandbox: &Sandbox, packages: &Path, root: &Path) {
    for entry in fs::read_dir(packages).unwrap() {
        let package = entry.unwrap().path();
        run(tool(sandbox, "dpkg-deb").arg("-x").arg(package).arg(root));
    }
    for name in ALIASED {
        let from = root.join(name);
        if from.exists() {
            let to = root.join("usr").join(name);
            make_dir(&to);
            run(tool(sandbox, "cp").arg("-a").arg(from.join(".")).arg(to));
            fs::remove_dir_all(from).unwrap();
        }
    }
}

fn tool(sandbox: &Sandbox, name: &str) -> Program {
    Program::at(Path::new("/usr/bin/env"), sandbox).arg(name)
}

#[track_caller]
fn run(program: Program) {
    let done = program.run_within(SOON);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
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
