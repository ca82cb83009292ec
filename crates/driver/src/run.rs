//! The main thread of a serving driver: one loop over connections, device, signals and the watchdog.

use std::cell::RefCell;
use std::os::unix::net::UnixListener as StdListener;
use std::rc::Rc;
use std::time::Duration;

use daemon::Exit;
use daemon::signals::{Event, Signals};
use text::escape;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio::task::LocalSet;
use tokio::time::{Instant, interval, sleep, sleep_until, timeout};
use tracing::{error, info, warn};

use crate::connection;
use crate::hub::Hub;
use crate::job::News;
use crate::looks::Looks;
use crate::rarely::Rarely;
use crate::socket::{Look, Socket};
use crate::state;

/// Connections served at once; upsd needs one, tools one each for a moment.
const CONNECTIONS_MAX: usize = 64;
/// How long clients may take to read the last answers.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// How long the device thread may take to end the calls it has; upsdrvctl kills after 5 s.
const LAST_CALL: Duration = Duration::from_millis(3500);
/// Period of the watchdog's timer when there is no watchdog.
const NEVER: Duration = Duration::from_secs(24 * 3600);

/// Where signals come from; tests have their own source.
pub(crate) enum Control {
    /// The process's signals.
    Signals(Signals),
    /// A channel; when it closes, that is a wish to stop.
    Channel(mpsc::Receiver<Event>),
}

impl Control {
    async fn next(&mut self) -> Event {
        match self {
            Self::Signals(signals) => signals.next().await,
            Self::Channel(events) => events.recv().await.unwrap_or(Event::Stop("SIGTERM")),
        }
    }
}

/// Serves until something asks for the end, and then ends in order.
///
/// # Errors
/// The listener is of no use to the runtime.
pub(crate) async fn run(
    hub: Hub,
    socket: &mut Socket,
    listener: StdListener,
    mut news: mpsc::Receiver<News>,
    mut control: Control,
) -> std::io::Result<Exit> {
    let mut door = Door {
        listener: UnixListener::from_std(listener)?,
        socket,
        refused: Rarely::default(),
    };
    let hub = Rc::new(RefCell::new(hub));
    let all = LocalSet::new();
    let exit = all.run_until(async {
        let exit = serve(&hub, &mut door, &mut news, &mut control).await;
        leave(&hub, &mut news).await;
        exit
    });
    Ok(exit.await)
}

/// Where clients come in.
struct Door<'a> {
    listener: UnixListener,
    socket: &'a mut Socket,
    refused: Rarely,
}

impl Door<'_> {
    fn refuse(&mut self, why: &str) {
        if let Some(number) = self.refused.count() {
            warn!("{why} (number {number})");
        }
    }
}

async fn serve(
    hub: &Rc<RefCell<Hub>>,
    door: &mut Door<'_>,
    news: &mut mpsc::Receiver<News>,
    control: &mut Control,
) -> Exit {
    let exit_wanted = hub.borrow().exit_wanted();
    let watchdog = hub.borrow().systemd().watchdog_interval();
    let mut watchdog = interval(watchdog.unwrap_or(NEVER));
    let mut looks = Looks::new(Instant::now());
    loop {
        if looks.are_due(Instant::now()) {
            look_after(hub, door);
            looks.looked(Instant::now(), door.socket.is_well());
        }
        tokio::select! {
            accepted = door.listener.accept() => match accepted {
                Ok((stream, _)) => accept(hub, door, stream),
                Err(error) => {
                    door.refuse(&format!("cannot accept a connection: {error}"));
                    sleep(Duration::from_millis(100)).await;
                }
            },
            told = news.recv() => device(hub, told),
            event = control.next() => signal(hub, event),
            () = exit_wanted.notified() => {}
            () = sleep_until(looks.next()) => {}
            _ = watchdog.tick() => hub.borrow().systemd().alive(),
        }
        if let Some(exit) = hub.borrow().wish() {
            return exit;
        }
    }
}

fn accept(hub: &Rc<RefCell<Hub>>, door: &mut Door<'_>, stream: UnixStream) {
    let open = hub.borrow().connections();
    if open >= CONNECTIONS_MAX {
        door.refuse(&format!("a connection is refused, {open} are open already"));
        return;
    }
    tokio::task::spawn_local(connection::serve(stream, Rc::clone(hub)));
}

fn look_after(hub: &Rc<RefCell<Hub>>, door: &mut Door<'_>) {
    match door.socket.look() {
        Look::Fine => {}
        Look::Taken => {
            warn!("another instance of this driver has taken its place; exiting");
            hub.borrow_mut().exit(Exit::Success);
        }
        Look::Renewed(listener) => match UnixListener::from_std(listener) {
            Ok(listener) => {
                warn!("the socket's file was gone and has been made again");
                door.listener = listener;
            }
            Err(error) => warn!("the socket cannot be listened on: {error}"),
        },
        Look::Lost(error) => warn!("{error}; trying again"),
    }
}

fn device(hub: &Rc<RefCell<Hub>>, told: Option<News>) {
    let mut hub = hub.borrow_mut();
    if let Some(news) = told {
        hub.news(news);
    } else {
        error!("the device thread has ended by itself, exiting");
        hub.exit(Exit::Failure);
    }
}

fn signal(hub: &Rc<RefCell<Hub>>, event: Event) {
    let mut hub = hub.borrow_mut();
    match event {
        Event::Stop(name) => {
            info!("exiting on {name}");
            hub.exit(Exit::Success);
        }
        Event::Reload => hub.reload(),
        Event::ReloadOrExit => hub.reload_or_exit(),
        Event::Dump => daemon::banner::say(listing(hub.publisher().tree()).trim_end()),
        Event::ForcedShutdown | Event::LogNow => {}
    }
}

/// All variables as lines `name: value`, as `-d` and SIGURG print them.
pub(crate) fn listing(tree: &model::StateTree) -> String {
    let mut text = String::new();
    for (name, variable) in tree.iter() {
        text.push_str(name);
        text.push_str(": ");
        escape(&variable.value, &mut text);
        text.push('\n');
    }
    text
}

/// Lets the device thread finish what it was given, and sends the last answers.
async fn leave(hub: &Rc<RefCell<Hub>>, news: &mut mpsc::Receiver<News>) {
    hub.borrow().systemd().stopping("exiting");
    hub.borrow_mut().end_jobs();
    let ended = async {
        while let Some(told) = news.recv().await {
            hub.borrow_mut().news(told);
        }
    };
    if timeout(LAST_CALL, ended).await.is_err() {
        let seconds = LAST_CALL.as_secs();
        warn!("the device did not finish in {seconds} s and is left alone");
    }
    hub.borrow_mut().set_state(state::CLEANUP);
    let sent = async {
        while !hub.borrow().all_sent() {
            sleep(Duration::from_millis(10)).await;
        }
    };
    let _ = timeout(LAST_WORDS, sent).await;
}
