//! What no tree can show: services that run or do not, servers of other hosts, the table itself.

use std::path::Path;

use config::{UpsConf, UpsmonConf};
use proto::{Address, Refusal};

use super::{RULES, judge};
use crate::facts::{Facts, Link, Refused, Unit, Watched};
use crate::nut_conf::NutConf;

fn unit(name: &str, state: &str) -> Unit {
    Unit {
        name: name.to_owned(),
        is_installed: true,
        is_masked: false,
        is_enabled: true,
        state: Some(state.to_owned()),
    }
}

/// A host with systemd and one UPS, served by `server`.
fn facts(server: &str, role: &str) -> Facts {
    let mut facts = Facts::default();
    facts.nut.value = NutConf::parse(Path::new("nut.conf"), b"MODE=standalone\n").value;
    facts.ups.value = UpsConf::parse(
        Path::new("ups.conf"),
        b"[rack]\ndriver=usbhid-ups\nport=auto\n",
    )
    .value;
    let text = format!(
        "MONITOR rack@{server} 1 u p {role}\nSHUTDOWNCMD x\nPOWERDOWNFLAG /etc/killpower\n"
    );
    facts.upsmon.value = UpsmonConf::parse(Path::new("upsmon.conf"), text.as_bytes()).value;
    for (is_there, is_read) in [
        (&mut facts.nut.is_there, &mut facts.nut.is_read),
        (&mut facts.ups.is_there, &mut facts.ups.is_read),
        (&mut facts.upsd.is_there, &mut facts.upsd.is_read),
        (&mut facts.upsmon.is_there, &mut facts.upsmon.is_read),
    ] {
        (*is_there, *is_read) = (true, true);
    }
    facts.users.is_there = true;
    let line = facts.upsmon.value.monitors[0].clone();
    facts.watched = vec![Watched {
        address: Address::parse(&line.system).ok(),
        is_local: server == "localhost",
        password_fits: None,
        link: Link::Untried,
        line,
    }];
    let names = ["nut.target", "nut-server.service", "nut-monitor.service"];
    facts.units = Some(names.iter().map(|name| unit(name, "active")).collect());
    facts.has_hook = Some(true);
    facts.upsmon_runs = Some(true);
    facts
}

fn told(facts: &Facts) -> Vec<String> {
    let findings = judge(RULES, facts).into_iter();
    findings
        .map(|finding| {
            format!(
                "{}: {}; {}",
                finding.rule.name, finding.spot.what, finding.spot.fix
            )
        })
        .collect()
}

fn refused(refusal: Refusal) -> Refused {
    Refused {
        refusal: Some(refusal),
        text: refusal.text().to_owned(),
    }
}

#[test]
fn rules_have_names_of_their_own_and_say_why() {
    for (number, rule) in RULES.iter().enumerate() {
        let plain = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.name.chars().all(plain), "{}", rule.name);
        assert!(
            !rule.why.ends_with('.') && !rule.why.is_empty(),
            "{}",
            rule.name
        );
        assert!(
            RULES
                .iter()
                .skip(number + 1)
                .all(|other| other.name != rule.name),
            "{}",
            rule.name
        );
    }
}

#[test]
fn a_host_where_all_runs_is_sound() {
    assert_eq!(told(&facts("localhost", "primary")), [""; 0]);
}

#[test]
fn a_service_that_has_failed_is_told_once() {
    let mut facts = facts("localhost", "primary");
    facts.upsmon_runs = Some(false);
    facts.units.as_mut().unwrap()[2].state = Some("failed".to_owned());
    assert_eq!(
        told(&facts),
        [
            "service-down: it is failed; run: systemctl start nut-monitor.service || journalctl -u nut-monitor.service"
        ]
    );
}

#[test]
fn without_systemd_upsmon_itself_is_looked_for() {
    let mut facts = facts("localhost", "primary");
    (facts.units, facts.has_hook, facts.upsmon_runs) = (None, None, Some(false));
    assert_eq!(told(&facts), ["upsmon-down: it does not run; run: upsmon"]);
}

#[test]
fn what_another_host_refuses_is_to_be_mended_there() {
    let mut facts = facts("far", "secondary");
    facts.nut.value = NutConf::parse(Path::new("nut.conf"), b"MODE=netclient\n").value;
    let link = |login, status| Link::Answered { login, status };
    facts.watched[0].link = link(Err(refused(Refusal::AccessDenied)), Ok("OL".to_owned()));
    let login = told(&facts);
    assert!(
        login.len() == 1 && login[0].contains("on far: see that its upsd.users has [u]"),
        "{login:?}"
    );
    let unknown = refused(Refusal::UnknownUps);
    facts.watched[0].link = link(Err(unknown.clone()), Err(unknown));
    let ups = told(&facts);
    assert!(
        ups.len() == 1 && ups[0].starts_with("ups-unknown: MONITOR: upsd on far knows no UPS"),
        "{ups:?}"
    );
    let stale = refused(Refusal::DataStale);
    facts.watched[0].link = link(Ok(()), Err(stale));
    assert_eq!(
        told(&facts),
        ["data-stale: its driver has no fresh data; on far: restart the driver of rack"]
    );
}

#[test]
fn each_sign_of_a_status_is_told() {
    let mut facts = facts("localhost", "primary");
    let status = Ok("ALARM OL LB RB".to_owned());
    facts.watched[0].link = Link::Answered {
        login: Ok(()),
        status,
    };
    let signs = told(&facts);
    assert_eq!(signs.len(), 3, "{signs:?}");
    assert!(
        signs
            .iter()
            .any(|sign| sign.ends_with("see its ups.alarm: upsc rack@localhost ups.alarm")),
        "{signs:?}"
    );
}

#[test]
fn a_client_with_the_mode_of_a_server_is_told_its_mode_and_no_missing_files() {
    let mut facts = facts("far", "secondary");
    facts.ups = crate::facts::File::default();
    facts.upsd.is_there = false;
    facts.users.is_there = false;
    assert_eq!(
        told(&facts),
        [
            "mode-unfit: MODE=standalone: upsd is started, but there is no UPS in ups.conf; in , line 1, write: MODE=netclient"
        ]
    );
}

#[test]
fn a_client_is_no_primary() {
    let mut facts = facts("far", "primary");
    facts.nut.value = NutConf::parse(Path::new("nut.conf"), b"MODE=netclient\n").value;
    facts.upsmon.value.powerdownflag = None;
    let told = told(&facts);
    assert!(
        told.len() == 1
            && told[0].starts_with("monitor-primary: MONITOR: MODE=netclient, and rack@far is"),
        "{told:?}"
    );
}

#[test]
fn a_server_that_does_not_encrypt_is_not_to_be_started_again() {
    let mut facts = facts("localhost", "primary");
    facts.watched[0].link = Link::Unencrypted("SSL is not available".to_owned());
    let told = told(&facts);
    assert!(
        told.len() == 1
            && told[0].starts_with("upsd-unencrypted: ")
            && told[0].contains("CERTFILE"),
        "{told:?}"
    );
}

#[test]
fn drivers_do_not_know_the_state_path_of_upsd() {
    let mut facts = facts("localhost", "primary");
    let upsd = config::UpsdConf::parse(
        Path::new("upsd.conf"),
        b"MAXAGE 9\nSTATEPATH /var/lib/nut\n",
    );
    facts.upsd.value = upsd.value;
    facts.drivers_state = Some("/run/nut".into());
    let told = told(&facts);
    assert!(
        told.len() == 1 && told[0].ends_with("in , line 2, write: STATEPATH /run/nut"),
        "{told:?}"
    );
}

#[test]
fn what_is_wrong_with_a_certificate_is_told_with_its_line() {
    let mut facts = facts("localhost", "primary");
    facts.certificates.push(crate::facts::CertRemark {
        path: "/etc/nut/upsd.conf".into(),
        text: "/etc/nut/upsd.conf:3: CERTFILE: cannot read /x: it is not there".to_owned(),
        is_error: true,
    });
    let findings = judge(RULES, &facts);
    let spot = &findings[0].spot;
    assert_eq!(spot.what, "CERTFILE: cannot read /x: it is not there");
    let place = config::Place { line: 3, col: 1 };
    assert_eq!(
        spot.at,
        crate::finding::At::File("/etc/nut/upsd.conf".into(), Some(place))
    );
}

#[test]
fn a_directory_below_run_is_made_at_each_start() {
    let mut facts = facts("localhost", "primary");
    let text = b"CMDSCRIPT x\nPIPEFN /run/x/p\nLOCKFN /run/x/l\nAT ONBATT * EXECUTE y\n";
    facts.upssched.value = config::UpsschedConf::parse(Path::new("upssched.conf"), text).value;
    let dir = crate::facts::Directory {
        path: "/run/x".into(),
        fault: Some(crate::facts::Fault::Missing),
    };
    facts.sched = vec![("PIPEFN", dir.clone()), ("LOCKFN", dir)];
    (facts.account, facts.group) = ("nut".to_owned(), "nut".to_owned());
    assert_eq!(
        told(&facts),
        [
            "sched-place: PIPEFN: there is no directory /run/x; run: echo 'd /run/x 0770 nut nut' >> \
             /etc/tmpfiles.d/upssched.conf && systemd-tmpfiles --create /etc/tmpfiles.d/upssched.conf"
        ]
    );
}
