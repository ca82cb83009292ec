//! `-t`: everything that can be known to be wrong before power fails.

use std::path::Path;

use config::UpsmonConf;
use daemon::access::{Right, Who};
use daemon::paths::Paths;
use daemon::user::{self, Account};
use daemon::{Exit, access, banner};

use crate::args::Args;
use crate::encryption;
use crate::files;
use crate::helper;
use crate::settings::Settings;

/// Tells every problem: those of the file, and those of what it names.
pub(crate) fn check(args: &Args) -> Exit {
    let loaded = match files::load(&files::path(args, &Paths::from_env())) {
        Ok(loaded) => loaded,
        Err(why) => {
            banner::complain(&format!("upsmon: {why}"));
            return Exit::Failure;
        }
    };
    for problem in &loaded.problems {
        banner::complain(&problem.to_string());
    }
    let (settings, mut errors) = Settings::of(&loaded.value, false);
    errors.extend(around(args, &loaded.value));
    let file = files::path(args, &Paths::from_env());
    let (encryption, remarks) = encryption::look(&file, &loaded.value);
    for remark in &remarks {
        banner::complain(&remark.shown_by("upsmon"));
    }
    errors.extend(encryption.err().map(|why| why.to_string()));
    for error in &errors {
        banner::complain(&format!("upsmon: error: {error}"));
    }
    let wrong = files::errors(&loaded.problems);
    let warned = remarks.iter().filter(|remark| remark.is_warning()).count();
    let all = wrong + errors.len();
    let warnings = loaded.problems.len() - wrong + warned;
    banner::complain(&format!(
        "upsmon: {all} errors, {warnings} warnings; {} UPS monitored",
        settings.setup.supplies.len()
    ));
    Exit::of(all == 0)
}

/// What is wrong with the programs and accounts that the file names.
fn around(args: &Args, conf: &UpsmonConf) -> Vec<String> {
    let mut errors = Vec::new();
    let configured = args.user.as_deref().or(conf.run_as_user.as_deref());
    let account = match user::find(configured) {
        Ok(account) => account,
        Err(why) => {
            errors.push(why.to_string());
            None
        }
    };
    if let Err(why) = helper::find() {
        errors.push(why.to_string());
    }
    let root = user::is_root().then(Account::root);
    errors.extend(
        conf.shutdown_program()
            .and_then(|program| complaint("SHUTDOWNCMD", program, root.as_ref())),
    );
    let notify = conf.notify_argv(Path::exists);
    let notify = notify.first().map(String::as_str);
    errors.extend(notify.and_then(|program| complaint("NOTIFYCMD", program, account.as_ref())));
    errors
}

fn complaint(directive: &str, program: &str, account: Option<&Account>) -> Option<String> {
    let path = access::locate(program, Path::new("/"))?;
    let by = account.map_or_else(String::new, |account| format!(" for {}", account.name));
    let who = account.map(Who::from);
    match access::may(Right::Run, who.as_ref(), &path, Path::new("/")) {
        Ok(()) => None,
        Err(why) => Some(format!(
            "{directive}: {} can not be run{by}: {why}",
            path.display()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_run_is_named_with_its_directive() {
        let told = complaint("NOTIFYCMD", "/no/such/program", None).unwrap();
        assert!(
            told.starts_with("NOTIFYCMD: /no/such/program can not be run: "),
            "{told}"
        );
        assert_eq!(complaint("SHUTDOWNCMD", "/bin/sh", None), None);
        assert_eq!(complaint("SHUTDOWNCMD", "sh", None), None);
    }
}
