//! The timer daemon (spec upssched.md, section 5).

use std::cell::RefCell;
use std::fs;
use std::os::unix::net::UnixListener as StdListener;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use daemon::Exit;
use daemon::background::Readiness;
use daemon::paths::Paths;
use daemon::pidfile::PidFile;
use daemon::signals::{Event, Signals};
use model::Tick;
use nix::sys::stat::{Mode, umask};
use schedule::{Request, Run, Schedule, request::Bad};
use text::{Fed, Lexer, WORDS_MAX};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Notify;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{Instant, sleep, timeout};
use tracing::{debug, info, warn};

use crate::place::Place;
use crate::scripts::{self, Scripts};
use crate::{Error, wire};

/// How long a client may be silent.
const CLIENT_TIME: Duration = Duration::from_secs(30);
/// Clients at a time; others wait to be accepted.
const CLIENTS_MAX: usize = 256;
/// The daemon looks at its clients and timers at least so often.
const HEARTBEAT: Duration = Duration::from_secs(60);

/// What the tasks share. Borrowed for a call and never across an await.
#[derive(Debug)]
struct Desk {
    schedule: RefCell<Schedule>,
    scripts: RefCell<Scripts>,
    script: Vec<String>,
    begun: Instant,
    clients: RefCell<usize>,
    /// The time to wake has changed.
    changed: Notify,
}

/// Serves until there has been nothing to do for long enough. Who calls holds the lock.
pub(crate) fn serve(place: &Place, readiness: Readiness) -> Result<Exit, Error> {
    let listener = bind(&place.socket)?;
    listener
        .set_nonblocking(true)
        .map_err(Error::file("listen on", &place.socket))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::file("start the event loop for", &place.socket))?;
    let pid_path = Paths::from_env().alt_pid(None).join("upssched.pid");
    let pid_file = PidFile::create(&pid_path)
        .inspect_err(|why| warn!("{why}"))
        .ok();
    let exit = LocalSet::new().block_on(&runtime, run(place, listener, readiness));
    drop(pid_file);
    exit
}

/// The lock is ours, so what is there was left behind.
fn bind(path: &Path) -> Result<StdListener, Error> {
    let _ = fs::remove_file(path);
    let before = umask(Mode::from_bits_truncate(0o117));
    let listener = StdListener::bind(path);
    umask(before);
    listener.map_err(Error::file("listen on", path))
}

async fn run(place: &Place, listener: StdListener, readiness: Readiness) -> Result<Exit, Error> {
    let failed = Error::file;
    let listener = UnixListener::from_std(listener).map_err(failed("listen on", &place.socket))?;
    let mut signals = Signals::daemon().map_err(failed("listen to signals at", &place.socket))?;
    let desk = Rc::new(Desk {
        schedule: RefCell::new(Schedule::new(Tick::default())),
        scripts: RefCell::default(),
        script: place.script.clone(),
        begun: Instant::now(),
        clients: RefCell::default(),
        changed: Notify::new(),
    });
    readiness.ready()?;
    info!("Timer daemon started");
    loop {
        let room = *desk.clients.borrow() < CLIENTS_MAX;
        tokio::select! {
            accepted = listener.accept(), if room => match accepted {
                Ok((stream, _)) => attend(&desk, stream),
                // out of descriptors, most likely: a pause lets some come back
                Err(why) => {
                    warn!("accept: {why}");
                    sleep(Duration::from_millis(200)).await;
                }
            },
            () = desk.pause() => {}
            () = desk.changed.notified() => {}
            event = signals.next() => if let Event::Stop(name) = event {
                info!("{name}: exiting");
                break;
            },
        }
        desk.run_due();
        if desk.is_over() && is_quiet(&listener).await {
            info!("Timer queue empty, exiting");
            break;
        }
    }
    let _ = fs::remove_file(&place.socket);
    Ok(Exit::Success)
}

/// Whether nobody waits to be accepted. Who comes after this finds nobody, and starts the next daemon.
async fn is_quiet(listener: &UnixListener) -> bool {
    let wait = timeout(
        Duration::ZERO,
        std::future::poll_fn(|context| listener.poll_accept(context)),
    );
    wait.await.is_err()
}

fn attend(desk: &Rc<Desk>, stream: UnixStream) {
    *desk.clients.borrow_mut() += 1;
    let desk = Rc::clone(desk);
    spawn_local(async move {
        if let Err(why) = converse(&desk, stream).await {
            debug!("a client is gone: {why}");
        }
        *desk.clients.borrow_mut() -= 1;
        let now = desk.now();
        desk.schedule.borrow_mut().stir(now);
        desk.changed.notify_one();
    });
}

async fn converse(desk: &Rc<Desk>, mut stream: UnixStream) -> std::io::Result<()> {
    let mut lexer = Lexer::new();
    let mut buffer = [0; 4096];
    loop {
        let Ok(read) = timeout(CLIENT_TIME, stream.read(&mut buffer)).await else {
            return Ok(());
        };
        let count = read?;
        if count == 0 {
            return Ok(());
        }
        let mut input = buffer.get(..count).unwrap_or_default();
        let mut answers = String::new();
        loop {
            match lexer.feed(input) {
                Fed::More => break,
                Fed::Line(used) => {
                    let mut slots = [""; WORDS_MAX];
                    answers.push_str(&desk.answer(lexer.words().slots(&mut slots)));
                    input = input.get(used..).unwrap_or_default();
                }
                Fed::Broken(used) => {
                    info!(target: daemon::log::NOTICE, "a line that is no request is ignored");
                    input = input.get(used..).unwrap_or_default();
                }
            }
        }
        let written = timeout(CLIENT_TIME, stream.write_all(answers.as_bytes())).await;
        written.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))?;
    }
}

impl Desk {
    fn now(&self) -> Tick {
        Tick(self.begun.elapsed())
    }

    /// Until the next timer is due.
    async fn pause(&self) {
        let left = self.schedule.borrow().wake_at().since(self.now());
        sleep(left.min(HEARTBEAT)).await;
    }

    fn is_over(&self) -> bool {
        let idle = *self.clients.borrow() == 0 && self.scripts.borrow().is_idle();
        idle && self.schedule.borrow().is_over(self.now())
    }

    fn answer(self: &Rc<Self>, words: &[&str]) -> String {
        if words.is_empty() {
            return String::new();
        }
        let now = self.now();
        let request = match Request::parse(words) {
            Ok(Request::List) => {
                let wall = SystemTime::now().duration_since(UNIX_EPOCH);
                return wire::list(&self.schedule.borrow(), now, wall.unwrap_or_default());
            }
            Ok(request) => request,
            Err(Bad::Negative) => {
                warn!("a timer with a negative time is ignored: {words:?}");
                return "OK\n".to_owned();
            }
            Err(Bad::Unknown) => {
                warn!("unknown request {words:?}");
                return "ERR UNKNOWN\n".to_owned();
            }
        };
        let full = matches!(request, Request::Start { .. }) && self.schedule.borrow().is_full();
        if full {
            return "ERR FULL\n".to_owned();
        }
        debug!("{request:?}");
        let runs = self.schedule.borrow_mut().take(request, now);
        runs.into_iter().for_each(|run| self.launch(run));
        self.changed.notify_one();
        "OK\n".to_owned()
    }

    fn run_due(self: &Rc<Self>) {
        let due = self.schedule.borrow_mut().due(self.now());
        for run in due {
            info!("Event: {}", run.argument);
            self.launch(run);
        }
    }

    /// Runs a script, or keeps it until those before it have ended.
    fn launch(self: &Rc<Self>, run: Run) {
        let mut next = self.scripts.borrow_mut().admit(run);
        if next.is_none() {
            return;
        }
        let desk = Rc::clone(self);
        spawn_local(async move {
            while let Some(run) = next {
                scripts::run(&desk.script, &run).await;
                next = desk.scripts.borrow_mut().ended(&run.argument);
            }
            let now = desk.now();
            desk.schedule.borrow_mut().stir(now);
            desk.changed.notify_one();
        });
    }
}
