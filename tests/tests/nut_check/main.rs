//! nut-check: set-ups that are broken in one way each give the finding that is meant, no other, and the fix that mends it; a sound
//! one gives none.
//!
//! The set-ups are trees below a sandbox (`--root`), with a upsd and a dummy-ups that really run.

#![cfg(test)]

mod cases;
mod host;
mod running;

use cases::{CASES, Case, Mend};
use host::Host;

#[test]
fn a_sound_host_has_no_findings() {
    let host = Host::new();
    let _running = host.start();
    let told = host.check();
    assert_eq!(told.rules(), [""; 0], "{told:#?}");
    assert_eq!(told.code, Some(0));
    // services of this machine are not those of the tree
    assert_eq!(told.not_checked().len(), 1, "{told:#?}");
}

#[test]
fn sound_hosts_of_other_shapes_have_no_findings() {
    let host = Host::new();
    type Shape = (&'static str, fn(&Host));
    let shapes: &[Shape] = &[
        ("a timer of upssched", cases::with_timer),
        ("a second UPS that feeds others", |host| {
            let line = format!(
                "MONITOR rack@127.0.0.1:{} 0 upsmon s3cret-m secondary",
                host.site.port
            );
            host.add("upsmon.conf", &line);
        }),
        ("secondary of two servers", |host| {
            for name in ["ups.conf", "upsd.conf", "upsd.users"] {
                host.remove(&format!("etc/{name}"));
            }
            host.write("nut.conf", "MODE=netclient\n");
            host.write(
                "upsmon.conf",
                "MONITOR a@192.0.2.1 1 u s3cret-m secondary\nMONITOR b@192.0.2.2:3494 1 u s3cret-m secondary\n\
                 MINSUPPLIES 1\nSHUTDOWNCMD \"/sbin/shutdown -h +0\"\n",
            );
        }),
    ];
    for (shape, make) in shapes {
        host.make_sound();
        make(&host);
        let told = host.told_with(&["--offline"]);
        assert!(told.contains("0 errors, 0 warnings"), "{shape}: {told}");
    }
}

#[test]
fn each_broken_set_up_gives_its_finding_and_the_fix_mends_it() {
    let host = Host::new();
    let _running = host.start();
    let wrong = CASES.iter().filter_map(|case| play(&host, case).err());
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(CASES.len() >= 15);
}

/// Breaks the host, looks, mends it, looks again.
fn play(host: &Host, case: &Case) -> Result<(), String> {
    host.make_sound();
    (case.breaks)(host);
    let told = host.check();
    let rule = case.rule;
    let is_error = told
        .findings()
        .first()
        .is_some_and(|finding| finding["severity"] == "error");
    if told.rules() != [rule] || told.code != Some(i32::from(is_error)) {
        return Err(format!("{rule}: {told:#?}"));
    }
    let text = host.told();
    if !text.contains(case.fix) || text.contains("s3cret") {
        return Err(format!(
            "{rule}: {:?} is to be in, and no password\n{text}",
            case.fix
        ));
    }
    match case.mend {
        Mend::AsTold => host.apply(&told.findings()[0]["fix"]),
        Mend::By(mend) => mend(host),
    }
    let mended = host.check();
    if !mended.rules().is_empty() || mended.code != Some(0) {
        return Err(format!("{rule} is not mended: {mended:#?}"));
    }
    Ok(())
}

#[test]
fn findings_in_files_are_told_with_the_line_and_a_caret() {
    let host = Host::new();
    host.write("nut.conf", "# mine\nMODE=none\n");
    let conf = host.conf("nut.conf");
    let text = host.told_with(&["--offline"]);
    let expected = format!(
        "{conf}:2:1: error: MODE=none: NUT is switched off on this host [mode-none]\nMODE=none\n^\n  why: with MODE=none nothing is \
         started, and no UPS is told to cut its power\n  fix: in {conf}, line 2, write: MODE=standalone\n",
        conf = conf.display()
    );
    assert!(text.starts_with(&expected), "{text}");
    assert!(
        text.contains("\nnot checked: what upsd says: it was not asked, by --offline\n"),
        "{text}"
    );
}

#[test]
fn wrong_usage_is_not_taken_for_a_finding() {
    let host = Host::new();
    let done = host.nut_check(&["--no-such-option"]);
    assert_eq!(done.code, Some(2), "{done:#?}");
}
