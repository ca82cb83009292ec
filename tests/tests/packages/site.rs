//! The packages, unpacked as dpkg would do it, below a directory.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use testkit::{PATIENCE, Program, Sandbox, skipped_unless_ci};

/// Packages have some files where Debian has a link into `/usr`.
const ALIASED: [&str; 3] = ["bin", "sbin", "lib"];

/// All packages together.
pub(crate) struct Unpacked {
    sandbox: Sandbox,
    root: PathBuf,
    packages: Vec<PathBuf>,
}

impl Unpacked {
    /// Those that the test `name` is about; without them it is noted as skipped.
    #[track_caller]
    pub(crate) fn of_packages(name: &str) -> Option<Self> {
        let Some(dir) = env::var_os("LOCKNUT_PACKAGES").map(PathBuf::from) else {
            skipped_unless_ci(
                name,
                "our packages, which `cargo xtask test` makes on Debian and its kin",
            );
            return None;
        };
        let sandbox = Sandbox::new();
        let root = sandbox.run().join("root");
        for name in ALIASED {
            fs::create_dir_all(root.join("usr").join(name)).unwrap();
            std::os::unix::fs::symlink(format!("usr/{name}"), root.join(name)).unwrap();
        }
        let mut packages: Vec<PathBuf> = fs::read_dir(&dir)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        packages.sort();
        let unpacked = Self {
            sandbox,
            root,
            packages,
        };
        for package in &unpacked.packages {
            // through the links, as dpkg goes
            let unpack =
                "dpkg-deb --fsys-tarfile \"$1\" | tar -x --keep-directory-symlink -C \"$2\"";
            let shell =
                Program::at(Path::new("/bin/sh"), &unpacked.sandbox).args(["-ec", unpack, "sh"]);
            let done = shell.arg(package).arg(&unpacked.root).run_within(PATIENCE);
            assert_eq!(done.code, Some(0), "{}", done.stderr);
        }
        Some(unpacked)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    pub(crate) fn packages(&self) -> &[PathBuf] {
        &self.packages
    }

    /// A field of a package's control file.
    #[track_caller]
    pub(crate) fn field(&self, package: &str, field: &str) -> String {
        let ask = self
            .dpkg_deb()
            .arg("--field")
            .arg(self.file(package))
            .arg(field);
        let done = ask.run();
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        done.stdout.trim().to_owned()
    }

    /// A script of a package.
    #[track_caller]
    pub(crate) fn control_file(&self, package: &str, script: &str) -> PathBuf {
        let dir = self.sandbox.run().join(package);
        let done = self
            .dpkg_deb()
            .arg("--control")
            .arg(self.file(package))
            .arg(&dir)
            .run();
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        dir.join(script)
    }

    fn dpkg_deb(&self) -> Program {
        Program::at(Path::new("/usr/bin/env"), &self.sandbox).arg("dpkg-deb")
    }

    #[track_caller]
    fn file(&self, package: &str) -> &Path {
        let begin = format!("{package}_");
        let mut files = self.packages.iter();
        let found = files.find(|file| {
            file.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(&begin)
        });
        found.unwrap_or_else(|| panic!("{package} was not made"))
    }
}
