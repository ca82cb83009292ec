//! Several drivers in the foreground: this process stays with them, and they end together.

use std::time::Duration;

use config::Section;
use daemon::Exit;
use daemon::pidfile::Signal;
use daemon::process;
use daemon::signals::{Event, Signals};
use tokio::process::{Child, Command};
use tokio::task::{JoinSet, LocalSet};
use tokio::time::timeout;
use tracing::{error, info};

use crate::Error;
use crate::site::Site;

/// How long the drivers may take to end.
const END_TIME: Duration = Duration::from_secs(5);

/// Starts all and stays until one ends, which is a failure, or until told to stop.
pub(crate) fn run(site: &Site, sections: &[&Section]) -> Result<Exit, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|source| Error::System {
        action: "start the event loop".to_owned(),
        source,
    })?;
    LocalSet::new().block_on(&runtime, stay(site, sections))
}

async fn stay(site: &Site, sections: &[&Section]) -> Result<Exit, Error> {
    let mut signals = Signals::daemon().map_err(|source| Error::System {
        action: "listen to signals".to_owned(),
        source,
    })?;
    let mut drivers = JoinSet::new();
    let mut pids = Vec::new();
    for section in sections {
        match launch(site, section) {
            Ok(mut child) => {
                pids.extend(child.id().and_then(|pid| i32::try_from(pid).ok()));
                let name = section.name.clone();
                drivers.spawn_local(async move { (name, child.wait().await) });
            }
            Err(why) => {
                error!("{why}");
                end(&pids, &mut drivers).await;
                return Ok(Exit::Failure);
            }
        }
    }
    let exit = loop {
        tokio::select! {
            ended = drivers.join_next() => {
                if let Some(Ok((name, status))) = ended {
                    let status = status.map_or_else(|why| why.to_string(), |status| status.to_string());
                    error!("the driver of UPS {name} has ended ({status}); the others are ended, too");
                }
                break Exit::Failure;
            }
            event = signals.next() => if let Event::Stop(name) = event {
                info!("{name}: exiting");
                break Exit::Success;
            },
        }
    };
    end(&pids, &mut drivers).await;
    Ok(exit)
}

fn launch(site: &Site, section: &Section) -> Result<Child, String> {
    let (program, line) = site.start_line(section);
    let mut command = Command::new(&program);
    command.args(line).kill_on_drop(true);
    command
        .spawn()
        .map_err(|why| format!("Can't start {}: {why}", program.display()))
}

type Ended = (String, std::io::Result<std::process::ExitStatus>);

/// Asks all to end; who does not is killed as its handle is dropped.
async fn end(pids: &[i32], drivers: &mut JoinSet<Ended>) {
    for pid in pids {
        let _ = process::signal(*pid, Signal::SIGTERM);
    }
    let all = async { while drivers.join_next().await.is_some() {} };
    if timeout(END_TIME, all).await.is_err() {
        error!("some drivers do not end; they are killed");
        drivers.shutdown().await;
    }
}
