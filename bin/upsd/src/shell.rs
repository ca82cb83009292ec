//! What all tasks share: the hub, and the means to carry out what it decides.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, Instant};

use model::Tick;
use server::{Check, ConnId, DeviceId, Effect, Hub, Room, Severity};
use text::Lexer;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::{AbortHandle, spawn_blocking, spawn_local};
use tokio::time::sleep;
use tracing::{debug, error, info, warn};

/// Time without a check of a password after which its memory goes back to the system.
const REST_AFTER_CHECKS: Duration = Duration::from_secs(3);
use crate::encryption::Encryption;

/// Buffers that all clients take turns in, so that an idle one holds none.
#[derive(Debug)]
pub(crate) struct Scratch {
    pub(crate) input: Box<[u8]>,
    pub(crate) out: String,
    pub(crate) lexer: Lexer,
}

/// How the tasks begin that need the shell themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tasks {
    /// Serves a client.
    pub(crate) client: fn(Rc<Shell>, TcpStream, ConnId) -> AbortHandle,
    /// Keeps the connection to the driver behind a socket.
    pub(crate) driver: fn(Rc<Shell>, DeviceId, String, Rc<Notify>) -> AbortHandle,
}

/// The running server.
#[derive(Debug)]
pub(crate) struct Shell {
    pub(crate) hub: RefCell<Hub>,
    pub(crate) scratch: RefCell<Scratch>,
    tasks: Tasks,
    started: Instant,
    clients: RefCell<HashMap<ConnId, AbortHandle>>,
    drivers: RefCell<HashMap<DeviceId, Link>>,
    /// Clients that wait for the answer to a line that was held.
    held: RefCell<HashMap<ConnId, Rc<Notify>>>,
    /// Passwords that were held against hashes.
    checks: Cell<u64>,
    /// Where that is done.
    room: RefCell<Room>,
    pub(crate) encryption: Encryption,
    /// Listeners that are open.
    pub(crate) listeners: Cell<usize>,
    /// Connections of all kinds that may be open at once.
    pub(crate) capacity: Cell<usize>,
    /// Connections that one address may have.
    pub(crate) capacity_of_peer: Cell<usize>,
    /// When the log last said that there are too many.
    overflow_logged: Cell<Option<Instant>>,
}

#[derive(Debug)]
struct Link {
    task: AbortHandle,
    wake: Rc<Notify>,
}

impl Shell {
    pub(crate) fn new(hub: Hub, tasks: Tasks, capacity: usize) -> Rc<Self> {
        let scratch = Scratch {
            input: vec![0; 16 * 1024].into_boxed_slice(),
            out: String::new(),
            lexer: Lexer::new(),
        };
        Rc::new(Self {
            hub: RefCell::new(hub),
            scratch: RefCell::new(scratch),
            tasks,
            started: Instant::now(),
            clients: RefCell::default(),
            drivers: RefCell::default(),
            held: RefCell::default(),
            checks: Cell::new(0),
            room: RefCell::default(),
            encryption: Encryption::default(),
            listeners: Cell::new(0),
            capacity: Cell::new(capacity),
            capacity_of_peer: Cell::new(usize::MAX),
            overflow_logged: Cell::new(None),
        })
    }

    /// Time since the start, on a clock that nobody sets.
    pub(crate) fn now(&self) -> Tick {
        Tick(self.started.elapsed())
    }

    /// Takes a client in, or closes its connection when there are too many.
    pub(crate) fn admit(self: &Rc<Self>, stream: TcpStream, peer: SocketAddr) {
        let open = self.clients.borrow().len() + self.drivers.borrow().len() + self.listeners.get();
        if self.is_greedy(peer.ip()) {
            return;
        }
        if open >= self.capacity.get() {
            self.log_overflow(peer, open);
            if !self.make_room(peer.ip()) {
                return;
            }
        }
        let conn = self.hub.borrow_mut().open(peer.ip(), self.now());
        let task = (self.tasks.client)(Rc::clone(self), stream, conn);
        self.clients.borrow_mut().insert(conn, task);
    }

    /// Waits until the line of a client that was held is to be served again.
    pub(crate) async fn resumption(&self, conn: ConnId) {
        let wake = Rc::clone(self.held.borrow_mut().entry(conn).or_default());
        wake.notified().await;
        self.held.borrow_mut().remove(&conn);
    }

    /// Forgets a client whose connection has ended.
    pub(crate) fn dismiss(&self, conn: ConnId) {
        self.held.borrow_mut().remove(&conn);
        self.clients.borrow_mut().remove(&conn);
        self.hub.borrow_mut().closed(conn);
    }

    /// Whether an address has all the connections that MAXCONN_PER_PEER leaves it.
    fn is_greedy(self: &Rc<Self>, peer: IpAddr) -> bool {
        let mut hub = self.hub.borrow_mut();
        let is_greedy = hub.connections_of(peer) >= self.capacity_of_peer.get();
        if is_greedy {
            hub.expelled(peer, "MAXCONN_PER_PEER is reached", self.now());
            drop(hub);
            self.act();
        }
        is_greedy
    }

    /// Closes a connection that matters less than a new one from `peer`; false when there is none.
    fn make_room(self: &Rc<Self>, peer: IpAddr) -> bool {
        let Some(conn) = self.hub.borrow().dispensable(peer, self.now()) else {
            return false;
        };
        self.perform(Effect::Close(conn));
        self.dismiss(conn);
        true
    }

    /// Takes note of a connection that its task closes.
    pub(crate) fn expel(self: &Rc<Self>, conn: ConnId, why: &str) {
        let mut hub = self.hub.borrow_mut();
        if let Some(peer) = hub.peer(conn) {
            hub.expelled(peer, why, self.now());
        }
        drop(hub);
        self.act();
    }

    /// Tells, if not too often, that a client wanted encryption and does not get it.
    pub(crate) fn not_encrypted(self: &Rc<Self>, conn: ConnId, why: &str) {
        self.hub.borrow_mut().not_encrypted(conn, why, self.now());
        self.act();
    }

    /// New certificates, or none.
    pub(crate) fn set_certificates(&self, server: Option<tls::Server>) {
        self.hub.borrow_mut().offer_encryption(server.is_some());
        self.encryption.renew(server);
    }

    fn log_overflow(&self, peer: SocketAddr, open: usize) {
        let recently = |last: Instant| last.elapsed() < Duration::from_secs(10);
        if !self.overflow_logged.get().is_some_and(recently) {
            error!(
                "maxconn exceeded: {open} connections are open; strangers are turned away, now that {} comes",
                peer.ip()
            );
            self.overflow_logged.set(Some(Instant::now()));
        }
    }

    /// Carries out what the hub has decided, until nothing is left.
    pub(crate) fn act(self: &Rc<Self>) {
        loop {
            let effects = self.hub.borrow_mut().take_effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                self.perform(effect);
            }
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Log(severity, line) => log(severity, &line),
            Effect::Flush(id) => {
                if let Some(link) = self.drivers.borrow().get(&id) {
                    link.wake.notify_one();
                }
            }
            Effect::Connect(id) => self.connect(id),
            Effect::Disconnect(id) => {
                self.disconnect(id);
                self.hub.borrow_mut().driver_gone(id, "it does not read");
                self.connect(id);
            }
            Effect::Forget(id) => self.disconnect(id),
            Effect::Verify(check) => self.verify(*check),
            Effect::Resume(conn) => self.held.borrow_mut().entry(conn).or_default().notify_one(),
            Effect::Close(conn) => {
                let client = self.clients.borrow_mut().remove(&conn);
                if let Some(client) = client {
                    client.abort();
                }
            }
        }
    }

    /// Holds a password against its hash in a thread of its own; there is one at a time.
    fn verify(self: &Rc<Self>, check: Check) {
        let shell = Rc::clone(self);
        spawn_local(async move {
            let mut room = shell.room.take();
            let work = spawn_blocking(move || (check.perform(&mut room), room));
            let right = work.await.is_ok_and(|(right, room)| {
                shell.room.replace(room);
                right
            });
            let now = shell.now();
            shell.hub.borrow_mut().verified(right, now);
            shell.act();
            shell.rest_after_check().await;
        });
    }

    /// Gives the memory of checks back when no other comes.
    async fn rest_after_check(&self) {
        let checks = self.checks.get() + 1;
        self.checks.set(checks);
        sleep(REST_AFTER_CHECKS).await;
        if self.checks.get() == checks {
            self.room.take();
            daemon::memory::trim();
        }
    }

    fn connect(self: &Rc<Self>, id: DeviceId) {
        let Some(socket) = self
            .hub
            .borrow()
            .spec(id)
            .map(|spec| format!("{}-{}", spec.driver, spec.name))
        else {
            return;
        };
        let wake = Rc::new(Notify::new());
        let task = (self.tasks.driver)(Rc::clone(self), id, socket, Rc::clone(&wake));
        self.drivers.borrow_mut().insert(id, Link { task, wake });
    }

    fn disconnect(&self, id: DeviceId) {
        if let Some(link) = self.drivers.borrow_mut().remove(&id) {
            link.task.abort();
        }
    }
}

fn log(severity: Severity, line: &str) {
    match severity {
        Severity::Error => error!("{line}"),
        Severity::Warning => warn!("{line}"),
        Severity::Notice => info!(target: daemon::log::NOTICE, "{line}"),
        Severity::Info => info!("{line}"),
        Severity::Debug => debug!("{line}"),
    }
}
