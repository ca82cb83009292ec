//! The samples in `conf/` have every directive that there is, and are accepted, as they are and with all directives put to use.

#![cfg(test)]

use client::auth::{AuthConf, KEYS};
use std::fs;
use std::io;
use std::path::Path;
use testkit::Program;
use testkit::pki::{Ca, Valid};
use tests::Site;

const SAMPLES: [&str; 3] = ["ups.conf", "upsd.conf", "upsd.users"];

fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../conf/{name}.sample"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Removes the `#` of lines that are no explanations: `#LISTEN`, `#    port`, but not `# Whether`.
fn put_to_use(sample: &str) -> String {
    let lines = sample.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && (!rest.starts_with(' ') || rest.starts_with("    ")) => {
            rest
        }
        _ => line,
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The same, with the certificates that it names beside it, each for the name that CERTIDENT demands.
fn with_certificates(site: &Site, text: &str) -> String {
    let ca = Ca::new("an authority");
    for (file, name) in [("upsd", "upsd.example.org"), ("upsmon", "upsmon")] {
        let issued = ca.issue(name, &[name], Valid::Now);
        site.sandbox.write(&format!("{file}.pem"), &issued.file());
    }
    site.sandbox.write("clients.pem", &ca.pem());
    site.sandbox.write("servers.pem", &ca.pem());
    text.replace("/etc/nut/", &format!("{}/", site.sandbox.etc().display()))
}

#[track_caller]
fn assert_accepted(text_of: impl Fn(&str) -> String) {
    let site = Site::new();
    for name in SAMPLES {
        let text = with_certificates(&site, &text_of(name));
        site.sandbox.write(name, &text);
    }
    site.sandbox.write("upsmon.password", "and this\n");
    let done = Program::locknut("upsd", &site.sandbox)
        .arg("-t")
        .env("ALLOW_NO_DEVICE", "true")
        .run();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let told = done.stderr.contains(": error: ") || done.stderr.contains(": warning: ");
    assert!(!told, "{}", done.stderr);
}

#[test]
fn the_samples_are_accepted_as_they_are() {
    assert_accepted(sample);
}

#[test]
fn the_samples_are_accepted_with_every_directive_put_to_use() {
    assert_accepted(|name| put_to_use(&sample(name)));
}

#[test]
fn the_sample_of_upsmon_is_accepted_with_every_directive_put_to_use() {
    let site = Site::new();
    site.sandbox.write("upsmon.password", "and this\n");
    let text = with_certificates(&site, &put_to_use(&sample("upsmon.conf")));
    site.sandbox.write("upsmon.conf", &text);
    let upsmon = Program::locknut("upsmon", &site.sandbox).args(["-t", "-u", "root"]);
    let done = upsmon.run();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(
        done.stderr
            .ends_with("0 errors, 0 warnings; 1 UPS monitored\n"),
        "{}",
        done.stderr
    );
    // as it is it names no UPS to depend on, and says so
    site.sandbox.write("upsmon.conf", &sample("upsmon.conf"));
    let upsmon = Program::locknut("upsmon", &site.sandbox).args(["-t", "-u", "root"]);
    let done = upsmon.run();
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.contains("the power values add up to 0"),
        "{}",
        done.stderr
    );
}

/// Where the sample has upssched's files.
const TIMERS: &str = "/run/nut/upssched";

#[test]
fn the_directory_of_timers_is_made_when_the_system_starts() {
    for (file, line) in [
        (
            "tmpfiles.d/nut-common-tmpfiles.conf.in",
            "d {} 0770 @user@ @group@ -",
        ),
        (
            "openrc/nut-upsmon.in",
            "--owner @user@:@group@ --mode 0770 {}",
        ),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging");
        let text = fs::read_to_string(path.join(file)).unwrap();
        let text = text.replace("@statepath@", "/run/nut");
        assert!(text.contains(&line.replace("{}", TIMERS)), "{file}: {text}");
    }
}

#[test]
fn the_sample_of_upssched_is_accepted_with_every_directive_put_to_use() {
    let site = Site::new();
    let text = put_to_use(&sample("upssched.conf"));
    assert!(text.contains(&format!("PIPEFN {TIMERS}/")), "{text}");
    let run = site.sandbox.run().display().to_string();
    site.sandbox
        .write("upssched.conf", &text.replace(TIMERS, &run));
    let done = Program::locknut("upssched", &site.sandbox).arg("-t").run();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(
        done.stderr.ends_with("0 errors, 0 warnings; 5 rules\n"),
        "{}",
        done.stderr
    );
}

#[test]
fn the_sample_of_nutauth_is_accepted_with_every_key_put_to_use() {
    let text = put_to_use(&sample("nutauth.conf"));
    let included = |_: &Path| Ok::<_, io::Error>(b"user = more\n".to_vec());
    let conf = AuthConf::parse(Path::new("nutauth.conf"), text.as_bytes(), &included).unwrap();
    assert_eq!(conf.problems(), [""; 0]);
}

#[test]
fn the_sample_of_nut_conf_is_read_by_a_shell_with_every_variable_put_to_use() {
    let site = Site::new();
    site.sandbox
        .write("nut.conf", &put_to_use(&sample("nut.conf")));
    let file = site.sandbox.etc().join("nut.conf");
    let read = r#". "$1"; echo "$MODE $UPSLOG_ARGS $POWEROFF_WAIT""#;
    let shell = Program::at(Path::new("/bin/sh"), &site.sandbox).args(["-euc", read, "sh"]);
    let done = shell.arg(&file).run();
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    assert!(
        done.stdout.starts_with("none -s rack@localhost"),
        "{}",
        done.stdout
    );
}

#[test]
fn settings_of_all_drivers_are_taken_from_their_sample() {
    let site = Site::new();
    let text = put_to_use(&sample("ups.conf.drivers"));
    site.sandbox.write("ups.conf", &text);
    site.sandbox.write("upsd.conf", "");
    site.sandbox.write("upsd.users", "");
    let done = Program::locknut("upsd", &site.sandbox).arg("-t").run();
    let sections = text.lines().filter(|line| line.starts_with('[')).count();
    let sound = format!("0 errors, 0 warnings; {sections} UPS defined\n");
    assert!(done.stderr.ends_with(&sound), "{}", done.stderr);
}

/// Whether a file that is put to use has a line of this directive.
fn has(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let rest = line.trim_start().strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '=']))
    })
}

#[test]
fn every_directive_stands_in_the_sample_of_its_file() {
    let mut missing = Vec::new();
    for file in config::manual::files() {
        let text = put_to_use(&sample(file.name));
        let entries = file.parts.iter().flat_map(|part| &part.entries);
        for entry in entries.filter(|entry| !entry.is_removed) {
            if !has(&text, entry.name) {
                missing.push(format!("conf/{}.sample: {}", file.name, entry.name));
            }
        }
    }
    let text = put_to_use(&sample("nutauth.conf"));
    let keys = KEYS.iter().filter(|key| !has(&text, key.name));
    missing.extend(keys.map(|key| format!("conf/nutauth.conf.sample: {}", key.name)));
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn explanations_stay_explanations() {
    assert_eq!(
        put_to_use("# Whether\n#MAXAGE 15\n#    port = x\n#\n"),
        "# Whether\nMAXAGE 15\n    port = x\n#\n"
    );
}
