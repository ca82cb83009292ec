//! The checks of a mix: what each tool does and prints, and how it exits.

use crate::chain::{Chain, Mix};
use std::time::Duration;
use testkit::{Finished, PATIENCE, eventually};

/// A check by its name, and the reason why it comes out otherwise in some mixes.
pub(crate) struct Check {
    pub(crate) name: &'static str,
    pub(crate) perform: fn(&mut Chain) -> Result<(), String>,
    pub(crate) expected: fn(&Mix) -> Option<&'static str>,
}

/// Longer than our server waits before it asks a driver for everything once more.
const CURE: Duration = Duration::from_secs(3);

/// In this order: the last one kills the driver.
#[rustfmt::skip]
pub(crate) const CHECKS: &[Check] = &[
    Check { name: "upsc -l -L",  perform: names,    expected: nothing },
    Check { name: "list",        perform: listing,  expected: nothing },
    Check { name: "read",        perform: read,     expected: nothing },
    Check { name: "upsrw",       perform: writable, expected: nothing },
    Check { name: "upsrw -w -s", perform: set,      expected: nothing },
    Check { name: "set quotes",  perform: quoted,   expected: not_escaped },
    Check { name: "set refused", perform: refused,  expected: nothing },
    Check { name: "upscmd -l",   perform: commands, expected: nothing },
    Check { name: "upscmd",      perform: command,  expected: nothing },
    Check { name: "upscmd -w",   perform: reload,   expected: no_reload },
    Check { name: "cmd failed",  perform: failed,   expected: exit_zero },
    Check { name: "exit codes",  perform: codes,    expected: nothing },
    Check { name: "file changed", perform: changed, expected: nothing },
    Check { name: "driver killed", perform: killed, expected: nothing },
];

fn nothing(_: &Mix) -> Option<&'static str> {
    None
}

/// C NUT got the command in 2.8.1.
fn no_reload(mix: &Mix) -> Option<&'static str> {
    mix.driver.is_nut().then_some("2.8.0 has no driver.reload")
}

/// docs/differences.md: broadcasts of C's drivers are not escaped, and only our server asks again.
fn not_escaped(mix: &Mix) -> Option<&'static str> {
    (mix.driver.is_nut() && mix.server.is_nut()).then_some("C does not escape")
}

/// docs/differences.md, the tools: a script must see that a command failed.
fn exit_zero(mix: &Mix) -> Option<&'static str> {
    mix.tools.is_nut().then_some("C exits 0")
}

fn names(chain: &mut Chain) -> Result<(), String> {
    let host = format!("localhost:{}", chain.site.port);
    prints(&chain.upsc(&["-l", &host]), "lab\n")?;
    prints(&chain.upsc(&["-L", &host]), "lab: UPS lab\n")
}

fn listing(chain: &mut Chain) -> Result<(), String> {
    let done = chain.upsc(&[&chain.lab()]);
    let lines: Vec<&str> = done.stdout.lines().collect();
    for line in [
        "battery.charge: 91",
        "driver.name: dummy-ups",
        "driver.parameter.mode: dummy-once",
        "lab.note: back\\slash",
        "ups.id: the \"attic\" #1",
        "ups.status: OL CHRG",
    ] {
        ensure(lines.contains(&line), line, &done)?;
    }
    let name = |line: &&str| line.split(':').next().map(str::to_owned);
    ensure(lines.is_sorted_by_key(name), "order of names", &done)?;
    ensure(done.code == Some(0), "exit 0", &done)
}

fn read(chain: &mut Chain) -> Result<(), String> {
    let lab = chain.lab();
    prints(&chain.upsc(&[&lab, "ups.status"]), "OL CHRG\n")?;
    prints(&chain.upsc(&[&lab, "ups.id"]), "the \"attic\" #1\n")?;
    prints(&chain.upsc(&[&lab, "lab.note"]), "back\\slash\n")
}

/// Without the descriptions: ours are built in, C's are in a file that is not installed here.
fn writable(chain: &mut Chain) -> Result<(), String> {
    let done = chain.tool("upsrw").arg(chain.lab()).run();
    for entry in [
        [
            "[ups.id]",
            "Type: STRING",
            "Maximum length: 16",
            "Value: the \"attic\" #1",
        ]
        .as_slice(),
        &["[battery.charge]", "Type: NUMBER", "Value: 91"],
    ] {
        let found = done.stdout.split("\n\n").any(|each| {
            let mut lines = each.lines();
            let name = lines.next();
            let rest: Vec<&str> = name.into_iter().chain(lines.skip(1)).collect();
            rest == entry
        });
        ensure(found, &entry.join(", "), &done)?;
    }
    ensure(done.code == Some(0), "exit 0", &done)
}

fn set(chain: &mut Chain) -> Result<(), String> {
    let done = chain.admin("upsrw", &["-w", "-s", "ups.id=in the cellar", &chain.lab()]);
    succeeds(&done, "SUCCESS")?;
    chain.await_value("ups.id", "in the cellar")?;
    let done = chain.admin("upsrw", &["-s", "battery.charge=42", &chain.lab()]);
    succeeds(&done, "OK")?;
    chain.await_value("battery.charge", "42")
}

fn quoted(chain: &mut Chain) -> Result<(), String> {
    let done = chain.admin("upsrw", &["-w", "-s", "ups.id=a \"b\" #2", &chain.lab()]);
    succeeds(&done, "SUCCESS")?;
    chain.settled("ups.id", "in the cellar")?;
    // what it has become may still be cut off, until our server has asked again
    let whole = || prints(&chain.upsc(&[&chain.lab(), "ups.id"]), "a \"b\" #2\n");
    eventually(CURE, || whole().ok()).map_or_else(whole, Ok)
}

fn refused(chain: &mut Chain) -> Result<(), String> {
    for (setting, error) in [
        ("device.type=pdu", "READONLY"),
        ("no.such=1", "VAR-NOT-SUPPORTED"),
        ("ups.id=longer than 16 bytes", "TOO-LONG"),
    ] {
        let done = chain.admin("upsrw", &["-w", "-s", setting, &chain.lab()]);
        fails(&done, error)?;
    }
    let denied = chain
        .tool("upsrw")
        .args(["-u", "admin", "-p", "bad", "-s", "ups.id=x"]);
    fails(&denied.arg(chain.lab()).run(), "ACCESS-DENIED")
}

fn commands(chain: &mut Chain) -> Result<(), String> {
    let done = chain.tool("upscmd").args(["-l", &chain.lab()]).run();
    let head = "Instant commands supported on UPS [lab]:\n\n";
    ensure(done.stdout.starts_with(head), head, &done)?;
    succeeds(&done, "\nload.off - ")
}

fn command(chain: &mut Chain) -> Result<(), String> {
    let done = chain.admin("upscmd", &[&chain.lab(), "load.off"]);
    succeeds(&done, "OK")?;
    fails(
        &chain.admin("upscmd", &[&chain.lab(), "no.such"]),
        "CMD-NOT-SUPPORTED",
    )
}

fn reload(chain: &mut Chain) -> Result<(), String> {
    succeeds(
        &chain.admin("upscmd", &["-w", &chain.lab(), "driver.reload"]),
        "SUCCESS",
    )
}

/// Neither driver performs it, and its answer has to come all the way back.
fn failed(chain: &mut Chain) -> Result<(), String> {
    let done = chain.admin("upscmd", &["-w", &chain.lab(), "load.off"]);
    fails(&done, "ERR UNKNOWN")
}

fn codes(chain: &mut Chain) -> Result<(), String> {
    let lab = chain.lab();
    fails(
        &chain.upsc(&[&lab, "no.such"]),
        "Error: Variable not supported by UPS",
    )?;
    let nobody = chain.site.address("nobody");
    fails(&chain.upsc(&[&nobody]), "Error: Unknown UPS")?;
    fails(
        &chain.upsc(&["lab@localhost:1"]),
        "Error: Connection failure: Connection refused",
    )
}

/// An hour later than now, because C NUT compares whole seconds.
fn changed(chain: &mut Chain) -> Result<(), String> {
    chain.site.sandbox.write("lab.dev", "ups.status: OB LB\n");
    let later = std::time::SystemTime::now() + Duration::from_secs(3600);
    let file = std::fs::File::open(chain.site.sandbox.etc().join("lab.dev"));
    file.and_then(|file| file.set_modified(later))
        .map_err(|error| error.to_string())?;
    chain.await_value("ups.status", "OB LB")
}

fn killed(chain: &mut Chain) -> Result<(), String> {
    chain
        .driver
        .take()
        .into_iter()
        .for_each(testkit::Running::kill);
    let lab = chain.lab();
    let gone = || fails(&chain.upsc(&[&lab]), "Error: Driver not connected").ok();
    eventually(PATIENCE, gone).ok_or_else(|| format!("{:?}", chain.upsc(&[&lab])))?;
    chain.driver = Some(chain.site.driver_of(&chain.mix.driver, "lab"));
    chain.await_value("ups.status", "OB LB")
}

fn prints(done: &Finished, text: &str) -> Result<(), String> {
    ensure(done.code == Some(0) && done.stdout == text, text, done)
}

fn succeeds(done: &Finished, text: &str) -> Result<(), String> {
    ensure(
        done.code == Some(0) && said(done).contains(text),
        text,
        done,
    )
}

fn fails(done: &Finished, text: &str) -> Result<(), String> {
    ensure(
        done.code == Some(1) && said(done).contains(text),
        text,
        done,
    )
}

fn said(done: &Finished) -> String {
    format!("{}{}", done.stdout, done.stderr)
}

fn ensure(holds: bool, wanted: &str, done: &Finished) -> Result<(), String> {
    if holds {
        return Ok(());
    }
    Err(format!("no `{wanted}` in {done:?}"))
}
