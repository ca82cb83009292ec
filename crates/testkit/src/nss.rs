//! Databases of NSS, in which C NUT as Debian builds it has its certificates.

use crate::failure::{fail, must};
use crate::peers::library_dirs;
use crate::pki::Issued;
use crate::program::{Program, installed};
use crate::skip::skipped_unless_ci;
use crate::{CNut, Sandbox};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

/// The tools that make them.
#[derive(Clone, Debug)]
pub struct NssTools {
    dir: PathBuf,
    libraries: OsString,
    openssl: PathBuf,
}

/// What a database is to hold.
#[derive(Clone, Debug, Default)]
pub struct NssContents<'c> {
    /// A certificate with its key; its name in the database is `own`.
    pub own: Option<&'c Issued>,
    /// Authorities that are believed, as PEM.
    pub authorities: &'c [String],
    /// Whether programs that use it speak TLS 1.2 at most.
    pub only_tls12: bool,
}

/// The password of every database made here.
pub const NSS_PASSWORD: &str = "swordfish";

impl NssTools {
    /// The tools beside C NUT for the test `name`; without them it is noted as skipped, or fails with `CI=true`.
    #[track_caller]
    #[must_use]
    pub fn find(name: &str, peers: &CNut) -> Option<Self> {
        let root = peers.root().join("nss");
        let dir = root.join("usr/bin");
        let openssl = installed("openssl");
        let (true, Some(openssl)) = (dir.join("certutil").is_file(), openssl) else {
            let needs = "certutil and pk12util (`cargo xtask peers` fetches them) and openssl";
            skipped_unless_ci(name, needs);
            return None;
        };
        let mut dirs: Vec<PathBuf> = env::split_paths(&peers.libraries()).collect();
        dirs.extend(library_dirs(&root));
        Some(Self {
            dir,
            libraries: env::join_paths(dirs).unwrap_or_default(),
            openssl,
        })
    }

    /// Makes the database `name` in the `etc/` of a sandbox.
    #[track_caller]
    #[must_use]
    pub fn database(&self, sandbox: &Sandbox, name: &str, contents: &NssContents<'_>) -> PathBuf {
        let dir = sandbox.etc().join(name);
        must(fs::create_dir(&dir));
        let db = format!("sql:{}", dir.display());
        sandbox.write("nss.password", NSS_PASSWORD);
        let password = sandbox.etc().join("nss.password").display().to_string();
        self.run(sandbox, "certutil", &["-N", "-d", &db, "-f", &password]);
        if let Some(own) = contents.own {
            let bundle = self.bundle(sandbox, own);
            self.run(
                sandbox,
                "pk12util",
                &[
                    "-i",
                    &bundle,
                    "-d",
                    &db,
                    "-k",
                    &password,
                    "-W",
                    NSS_PASSWORD,
                ],
            );
        }
        for (at, pem) in contents.authorities.iter().enumerate() {
            sandbox.write("nss.authority", pem);
            let file = sandbox.etc().join("nss.authority").display().to_string();
            let name = format!("authority {at}");
            let add = [
                "-A", "-d", &db, "-f", &password, "-n", &name, "-t", "CT,C,C", "-i", &file,
            ];
            self.run(sandbox, "certutil", &add);
        }
        if contents.only_tls12 {
            let modules = dir.join("pkcs11.txt");
            let text = must(fs::read_to_string(&modules));
            let policy = "library=\nname=Policy\nNSS=flags=policyOnly,moduleDB\nconfig=\"allow=tls-version-max=tls1.2\"\n\n";
            must(fs::write(&modules, format!("{text}\n{policy}")));
        }
        dir
    }

    /// A PKCS#12 file, in the way of encryption that every version of NSS reads.
    #[track_caller]
    fn bundle(&self, sandbox: &Sandbox, own: &Issued) -> String {
        sandbox.write("nss.pem", &own.file());
        let (pem, bundle) = (sandbox.etc().join("nss.pem"), sandbox.etc().join("nss.p12"));
        let done = Program::at(&self.openssl, sandbox)
            .args(["pkcs12", "-export", "-name", "own", "-macalg", "sha1"])
            .args(["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES"])
            .arg("-passout")
            .arg(format!("pass:{NSS_PASSWORD}"))
            .arg("-in")
            .arg(pem)
            .arg("-out")
            .arg(&bundle)
            .run();
        if done.code != Some(0) {
            fail(format!("openssl: {}", done.stderr));
        }
        bundle.display().to_string()
    }

    #[track_caller]
    fn run(&self, sandbox: &Sandbox, tool: &str, args: &[&str]) {
        let program = Program::at(&self.dir.join(tool), sandbox).args(args);
        let done = program.env("LD_LIBRARY_PATH", &self.libraries).run();
        if done.code != Some(0) {
            fail(format!("{tool} {args:?}: {}{}", done.stdout, done.stderr));
        }
    }
}
