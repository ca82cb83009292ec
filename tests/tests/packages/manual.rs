//! The manual pages in the packages.

use crate::site::Unpacked;
use std::fs;
use std::path::{Path, PathBuf};
use testkit::{Program, installed, skipped_unless_ci};

/// All entries of directories that are there.
fn names(root: &Path, dirs: &[&str]) -> Vec<PathBuf> {
    let entries = dirs
        .iter()
        .filter_map(|dir| fs::read_dir(root.join(dir)).ok());
    let mut paths: Vec<PathBuf> = entries.flatten().map(|one| one.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_program_and_every_file_has_a_manual_page() {
    let name = "every_program_and_every_file_has_a_manual_page";
    let Some(unpacked) = Unpacked::of_packages(name) else {
        return;
    };
    let man = unpacked.root().join("usr/share/man");
    let dirs = ["usr/bin", "usr/sbin", "usr/lib/nut", "usr/libexec/locknut"];
    let programs = names(unpacked.root(), &dirs);
    assert!(programs.len() > 15, "{programs:?}");
    for program in programs {
        let page = format!("{}.8.gz", program.file_name().unwrap().display());
        assert!(man.join("man8").join(&page).is_file(), "{page}");
    }
    for sample in names(unpacked.root(), &["usr/share/nut"]) {
        let sample = sample.file_name().unwrap().display().to_string();
        let Some(file) = sample.strip_suffix(".sample") else {
            continue;
        };
        // a part of ups.conf
        let file = file.strip_suffix(".drivers").unwrap_or(file);
        let page = man.join(format!("man5/{file}.5.gz"));
        assert!(page.is_file(), "{}", page.display());
    }
}

#[test]
fn man_has_nothing_to_say_against_the_pages() {
    let name = "man_has_nothing_to_say_against_the_pages";
    let Some(unpacked) = Unpacked::of_packages(name) else {
        return;
    };
    let Some(man) = installed("man") else {
        skipped_unless_ci(name, "man, `apt-get install man-db`");
        return;
    };
    let dirs = ["man5", "man7", "man8"].map(|dir| format!("usr/share/man/{dir}"));
    let pages = names(unpacked.root(), &dirs.each_ref().map(String::as_str));
    assert!(pages.len() > 25, "{pages:?}");
    for page in pages.iter().filter(|page| !page.is_symlink()) {
        let show = Program::at(&man, unpacked.sandbox()).args(["--warnings", "-E", "UTF-8", "-l"]);
        let done = show
            .arg(page)
            .env("MANWIDTH", "80")
            .env("PATH", "/usr/bin:/bin")
            .run();
        let told = (done.code, done.stderr.as_str());
        assert_eq!(told, (Some(0), ""), "{}", page.display());
        let has_parts = done.stdout.contains("NAME\n") && done.stdout.contains("SEE ALSO\n");
        assert!(has_parts, "{}: {}", page.display(), done.stdout);
    }
}
