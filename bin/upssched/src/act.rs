//! The rules that match an event, one after the other (spec upssched.md, section 2).

use config::UpsschedConf;
use config::upssched::What;
use daemon::Exit;
use schedule::Sender;
use tracing::{error, info};

use crate::Error;
use crate::place::Place;
use crate::reach;
use crate::scripts;
use crate::wire::line;

/// Carries the rules out. One that fails does not keep the next from being tried.
pub(crate) fn act(conf: &UpsschedConf, place: &Place, sender: &Sender) -> Result<Exit, Error> {
    let mut result = Ok(Exit::Success);
    for rule in conf.matching(&sender.notice, &sender.ups) {
        if let Err(why) = perform(&rule.what, place, sender) {
            error!("upssched.conf:{}: {why}", rule.place.line);
            result = Ok(Exit::Failure);
        }
    }
    result
}

fn perform(what: &What, place: &Place, sender: &Sender) -> Result<(), Error> {
    match what {
        What::Execute(argument) if argument.is_empty() => {
            error!("Empty EXECUTE command argument");
            Ok(())
        }
        What::Execute(argument) => {
            info!("Executing command: {argument}");
            scripts::run_now(&place.script, argument);
            Ok(())
        }
        What::Start {
            name,
            seconds,
            shared,
        } => {
            let verb = if *shared { "START-SHARED" } else { "START" };
            reach::send(place, &line(verb, name, seconds, sender))
        }
        What::Cancel {
            name,
            command,
            matched,
        } => {
            let verb = if *matched { "CANCEL-MATCHED" } else { "CANCEL" };
            let line = line(verb, name, command, sender);
            if command.is_empty() {
                reach::send_if_running(place, &line)
            } else {
                reach::send(place, &line)
            }
        }
    }
}
