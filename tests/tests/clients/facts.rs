//! What a visit has to leave, check by check.

use crate::field::Client;
use crate::scene::Scene;

/// The columns: the words with which the lines of a script begin; but `logout` is what went over the wire, because few
/// clients wait for its answer, and `prints` is all of the lines together.
pub(crate) const CHECKS: &[&str] = &[
    "read", "set", "command", "refused", "login", "logout", "prints",
];

/// What the server logs of it.
const LOGGED: &[(&str, &str)] = &[
    (
        "set",
        "Set variable: admin@127.0.0.1 set ups.id on lab to cellar",
    ),
    (
        "command",
        "Instant command: admin@127.0.0.1 did load.off on lab",
    ),
    ("login", "User admin@127.0.0.1 logged into UPS [lab]"),
];

/// A cell for each check, and what is wrong with it. What the client cannot do is `-`.
pub(crate) fn judge(client: &Client, scene: &Scene) -> Vec<(&'static str, Option<String>)> {
    CHECKS
        .iter()
        .map(|check| match found(check, client, scene) {
            Some(Ok(())) => ("ok", None),
            Some(Err(wrong)) => ("WRONG", Some(format!("{check}: {wrong}"))),
            None => ("-", None),
        })
        .collect()
}

fn found(check: &str, client: &Client, scene: &Scene) -> Option<Result<(), String>> {
    match check {
        "prints" => return Some(prints(client, scene)),
        "logout" => return client.logs_out.then(|| logout(client, scene)),
        _ => {}
    }
    let wanted = line_about(client, check)?;
    let printed = scene.client.stdout.lines().find(|line| about(line, check));
    Some(match printed {
        Some(printed) if matches(wanted, printed) => effect(check, scene),
        other => Err(format!(
            "{other:?} instead of {wanted}: {}",
            scene.client.stderr
        )),
    })
}

fn line_about(client: &Client, check: &str) -> Option<&'static str> {
    client
        .prints
        .iter()
        .copied()
        .find(|line| about(line, check))
}

fn prints(client: &Client, scene: &Scene) -> Result<(), String> {
    let printed: Vec<&str> = scene.client.stdout.lines().collect();
    let same = printed.len() == client.prints.len()
        && client
            .prints
            .iter()
            .zip(&printed)
            .all(|(wanted, printed)| matches(wanted, printed));
    if same && scene.client.code == Some(0) {
        return Ok(());
    }
    Err(format!("{:#?}", scene.client))
}

/// What is seen from the server's side.
fn effect(check: &str, scene: &Scene) -> Result<(), String> {
    let logged = LOGGED.iter().find(|(of, _)| *of == check);
    match logged {
        Some((_, line)) if !scene.log.contains(line) => {
            Err(format!("not logged: {line}\n{}", scene.log))
        }
        _ if check == "set" && scene.id != "VAR lab ups.id \"cellar\"" => Err(scene.id.clone()),
        _ => Ok(()),
    }
}

/// Said, answered, and nobody is left.
fn logout(client: &Client, scene: &Scene) -> Result<(), String> {
    let logged = "User admin@127.0.0.1 logged out from UPS [lab]";
    let logs_in = line_about(client, "login").is_some();
    for (holds, what) in [
        (scene.tap.asked("LOGOUT"), "LOGOUT was not sent"),
        (scene.tap.answered("OK Goodbye"), "LOGOUT was not answered"),
        (scene.empty, "still logged in"),
        (!logs_in || scene.log.contains(logged), "not logged"),
    ] {
        if !holds {
            return Err(what.to_owned());
        }
    }
    Ok(())
}

fn about(line: &str, check: &str) -> bool {
    line.split(' ').next() == Some(check)
}

fn matches(wanted: &str, printed: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(beginning) => printed.starts_with(beginning),
        None => wanted == printed,
    }
}
