//! Around the monitor: events go in, actions are carried out.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use model::{Notice, Tick};
use monitor::{Action, Event, Level, Monitor, UpsId};
use tokio::sync::Notify;
use tokio::time::sleep;
use tracing::{error, info, warn};

use crate::clock::AwakeClock;
use crate::encryption;
use crate::notifier::{Delivery, Notifier};
use crate::session::{Dialling, Target};
use crate::settings::Settings;
use crate::watch::{Order, Watch};

/// The heartbeat: how long nothing is looked at, at most.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// How long logging out may take in all.
const LOGOUT_TIME: Duration = Duration::from_secs(2);

/// How long the system is kept from sleeping, at most; logind waits for 5 s unless it is told otherwise.
const SLEEP_DELAY: Duration = Duration::from_secs(3);

/// What only the main loop can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Write POWERDOWNFLAG and run SHUTDOWNCMD.
    ShutDown,
    /// End the program.
    Exit { failed: bool },
}

/// All that the tasks share. Borrowed for a call and never across an await.
#[derive(Debug)]
pub(crate) struct Shell {
    monitor: RefCell<Monitor>,
    clock: RefCell<AwakeClock>,
    settings: RefCell<Settings>,
    notifier: Notifier,
    dialling: Dialling,
    encryption: RefCell<tls::Client>,
    expiry: RefCell<tls::Expiry>,
    watches: RefCell<BTreeMap<UpsId, Watch>>,
    events: RefCell<VecDeque<Event>>,
    deeds: RefCell<VecDeque<Deed>>,
    /// Whether the system has said that it is going to sleep.
    asleep: Cell<bool>,
    /// Something happened: the main loop looks when to wake next.
    changed: Notify,
    /// Polls are due sooner or later than before.
    period_changed: Notify,
}

impl Shell {
    pub(crate) fn new(
        settings: Settings,
        notifier: Notifier,
        dialling: Dialling,
        encryption: tls::Client,
    ) -> Rc<Self> {
        let shell = Rc::new(Self {
            monitor: RefCell::new(Monitor::new(&settings.setup)),
            clock: RefCell::new(AwakeClock::new()),
            settings: RefCell::new(settings),
            notifier,
            dialling,
            expiry: RefCell::new(encryption.expiry()),
            encryption: RefCell::new(encryption),
            watches: RefCell::default(),
            events: RefCell::default(),
            deeds: RefCell::default(),
            asleep: Cell::default(),
            changed: Notify::new(),
            period_changed: Notify::new(),
        });
        shell.start_watches();
        shell
    }

    /// Tells the monitor, and does what it says.
    pub(crate) fn event(&self, event: Event) {
        let period = self.poll_period();
        self.events.borrow_mut().push_back(event);
        loop {
            let next = self.events.borrow_mut().pop_front();
            let Some(event) = next else { break };
            let now = self.now();
            let actions = self.monitor.borrow_mut().step(event, now);
            for action in actions {
                self.perform(action);
            }
        }
        if self.poll_period() != period {
            self.period_changed.notify_waiters();
        }
        self.changed.notify_one();
    }

    fn perform(&self, action: Action) {
        match action {
            Action::Notify {
                notice,
                ups,
                detail,
            } => self.notify(notice, ups, &detail),
            Action::Broadcast(text) => self.notifier.tell(Delivery {
                notice: Notice::Shutdown,
                ups: None,
                message: text.to_owned(),
                syslog: false,
                wall: true,
                exec: false,
            }),
            Action::Log(level, text) => log(level, &text),
            Action::Decided(decision) => log(Level::Critical, &decision.to_string()),
            Action::SetFsd(id) => {
                if !self.order(id, Order::SetFsd) {
                    let why = "no connection".to_owned();
                    self.later(Event::FsdAnswered(id, Err(why)));
                }
            }
            Action::CountLogins(id) => {
                if !self.order(id, Order::CountLogins) {
                    self.later(Event::Logins(id, None));
                }
            }
            Action::LogOut => self.order_all(Order::LogOut),
            Action::Reconnect => self.order_all(Order::Reconnect),
            Action::ShutDown => self.deeds.borrow_mut().push_back(Deed::ShutDown),
            Action::Exit { failed } => self.deeds.borrow_mut().push_back(Deed::Exit { failed }),
        }
    }

    fn notify(&self, notice: Notice, ups: Option<UpsId>, detail: &str) {
        let name = ups.map(|id| self.monitor.borrow().name(id).to_owned());
        let told = self.settings.borrow().delivery(notice, name, detail);
        if let Some(delivery) = told {
            self.notifier.tell(delivery);
        }
    }

    /// An answer that is known already: it follows the event that is being dealt with.
    fn later(&self, event: Event) {
        self.events.borrow_mut().push_back(event);
    }

    fn order(&self, id: UpsId, order: Order) -> bool {
        let watches = self.watches.borrow();
        watches.get(&id).is_some_and(|watch| watch.order(order))
    }

    fn order_all(&self, order: Order) {
        for watch in self.watches.borrow().values() {
            // one that does not take it is waiting for its server and ends with the program
            watch.order(order);
        }
    }

    /// A new configuration, which has been read without a mistake. Connections of UPSes that stay as they were are kept.
    pub(crate) fn reload(self: &Rc<Self>, settings: Settings, encryption: tls::Client) {
        let refused = self.monitor.borrow().refuses(&settings.setup);
        if let Some((level, text)) = refused {
            log(level, &text);
            return;
        }
        let event = Event::Reload(settings.setup.clone());
        self.notifier.set_command(settings.notify_command.clone());
        self.settings.replace(settings);
        self.expiry.replace(encryption.expiry());
        self.encryption.replace(encryption);
        self.event(event);
        self.start_watches();
    }

    /// Starts a task for each UPS that has none, or another target than its task; ends those of UPSes that are gone.
    fn start_watches(self: &Rc<Self>) {
        let mut wanted: BTreeMap<UpsId, Target> = BTreeMap::new();
        for (name, target) in &self.settings.borrow().targets {
            if let Some(id) = self.monitor.borrow().find(name) {
                wanted.insert(id, target.clone());
            }
        }
        let mut watches = self.watches.borrow_mut();
        watches.retain(|id, watch| wanted.get(id) == Some(&watch.target));
        for (id, target) in wanted {
            watches
                .entry(id)
                .or_insert_with(|| Watch::start(Rc::clone(self), id, target, self.dialling));
        }
    }

    /// How connections are encrypted that are opened from now on.
    pub(crate) fn encryption(&self) -> tls::Client {
        self.encryption.borrow().clone()
    }

    pub(crate) fn poll_period(&self) -> Duration {
        self.monitor.borrow().poll_period()
    }

    pub(crate) async fn period_changed(&self) {
        self.period_changed.notified().await;
    }

    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// How long the main loop may sleep.
    pub(crate) fn pause(&self) -> Duration {
        let now = self.now();
        let wake = self.monitor.borrow().wake_at(now);
        wake.map_or(HEARTBEAT, |wake| wake.since(now).min(HEARTBEAT))
    }

    /// Time has passed.
    pub(crate) fn tick(&self) {
        let slept = self.clock.borrow_mut().slept();
        if let Some(slept) = slept {
            info!("the system slept for {:?}", slept.0);
            // one that was announced ends when logind says so
            if !self.asleep.get() {
                self.event(Event::Resumed { announced: false });
            }
        }
        let due = self.expiry.borrow_mut().due(SystemTime::now());
        due.iter().for_each(encryption::log);
        self.event(Event::Tick);
    }

    /// The system is about to sleep, as soon as this ends.
    pub(crate) async fn fall_asleep(&self) {
        self.asleep.set(true);
        self.event(Event::Suspending);
        self.notifier.drain(SLEEP_DELAY).await;
    }

    /// The system has slept, and said so before.
    pub(crate) fn wake_up(&self) {
        let announced = self.asleep.replace(false);
        // the clocks tell of this sleep, too
        let _ = self.clock.borrow_mut().slept();
        self.event(Event::Resumed { announced });
    }

    pub(crate) fn next_deed(&self) -> Option<Deed> {
        self.deeds.borrow_mut().pop_front()
    }

    pub(crate) fn is_shutting_down(&self) -> bool {
        *self.monitor.borrow().phase() != monitor::sequence::Phase::Watching
    }

    pub(crate) fn explain(&self) -> String {
        let now = self.now();
        self.monitor.borrow().explain(now)
    }

    /// Logs out everywhere and delivers what is still to be told.
    pub(crate) async fn wind_up(&self, within: Duration) {
        self.order_all(Order::LogOut);
        let logged_out = async {
            while !self.watches.borrow().values().all(Watch::has_ended) {
                sleep(Duration::from_millis(10)).await;
            }
        };
        let _ = tokio::time::timeout(LOGOUT_TIME, logged_out).await;
        self.notifier.drain(within).await;
    }

    fn now(&self) -> Tick {
        self.clock.borrow_mut().now()
    }
}

fn log(level: Level, text: &str) {
    match level {
        Level::Info => info!("{text}"),
        Level::Notice => info!(target: daemon::log::NOTICE, "{text}"),
        Level::Warning => warn!("{text}"),
        Level::Error => error!("{text}"),
        Level::Critical => error!(target: daemon::log::CRIT, "{text}"),
    }
}
