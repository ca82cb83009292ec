//! A request and its answer, over the network: ids that fit, repetitions, a deadline.

use std::time::{Duration, Instant};

use crate::error::Error;
use crate::patience::{Patience, Usual};
use crate::peer::Peer;
use crate::session::Settings;
use crate::speech::{Heard, Speech};
use crate::udp::{Arrival, Udp};
use crate::usm::random;
use crate::wire::Pdu;

/// How often one request is made anew because of what the agent says: who it is, its clock, its clock again.
const ANEW_MAX: u32 = 4;
/// How often it is told that nobody listens before that is believed: the agent may just be starting.
const CLOSED_MAX: u32 = 2;

/// Whoever can be asked.
pub(crate) trait Exchange {
    /// Sends a request, and waits for its answer.
    fn exchange(&mut self, pdu: Pdu, patience: Patience) -> Result<Pdu, Error>;

    /// Who is asked, for messages.
    fn peer(&self) -> String;

    /// How patient a request is.
    fn patience(&self) -> Patience;

    /// Whether the first version is spoken, which cannot ask for many at once.
    fn is_first_version(&self) -> bool;
}

/// An agent on the network.
#[derive(Debug)]
pub(crate) struct Link {
    peer: Peer,
    speech: Speech,
    patience: Patience,
    socket: Option<Udp>,
    /// How often the way was lost; another of the name's addresses is tried then.
    lost: usize,
    usual: Usual,
    requests: u64,
    /// The last request was sent once and answered once, so nothing else can be on its way.
    is_clean: bool,
}

/// What is known of a request that is on its way.
struct Pending {
    pdu: Pdu,
    /// The ids that it was sent with.
    ids: Vec<i32>,
    begun: Instant,
    /// When it was sent the last time. How long an answer takes is counted from there: of one that got lost it says nothing, and
    /// a slow agent is understood after a few.
    sent: Instant,
    ends: Instant,
    anew: u32,
    closed: u32,
    garbled: Option<String>,
}

/// What came of waiting.
enum Waited {
    Answer(Pdu),
    /// It is to be sent again at once.
    Again,
    /// Nothing came.
    Nothing,
}

impl Link {
    pub(crate) fn new(settings: &Settings) -> Result<Self, Error> {
        Ok(Self {
            peer: settings.peer.clone(),
            speech: Speech::new(&settings.login, &settings.peer.to_string())?,
            patience: Patience::new(settings.timeout, settings.retries),
            socket: None,
            lost: 0,
            usual: Usual::default(),
            requests: 0,
            is_clean: true,
        })
    }

    pub(crate) const fn requests(&self) -> u64 {
        self.requests
    }

    /// Makes the way, with the name looked up anew if it was lost.
    pub(crate) fn connect(&mut self) -> Result<(), Error> {
        if self.socket.is_none() {
            self.socket = Some(Udp::open(&self.peer, self.lost)?);
            self.is_clean = true;
        }
        Ok(())
    }

    fn ask(&mut self, pdu: Pdu, patience: Patience) -> Result<Pdu, Error> {
        let begun = Instant::now();
        let mut pending = Pending {
            pdu,
            ids: Vec::new(),
            begun,
            sent: begun,
            ends: begun + patience.whole(),
            anew: 0,
            closed: 0,
            garbled: None,
        };
        for pause in patience.pauses(self.usual.time()) {
            if let Some(answer) = self.try_once(&mut pending, pause)? {
                self.is_clean = pending.ids.len() == 1;
                self.usual.learn(pending.sent.elapsed());
                return Ok(answer);
            }
            if Instant::now() >= pending.ends {
                break;
            }
        }
        Err(self.silence(pending))
    }

    /// Sends it and waits; again at once when the agent wants it otherwise.
    fn try_once(&mut self, pending: &mut Pending, pause: Duration) -> Result<Option<Pdu>, Error> {
        loop {
            let id = fresh_id()?;
            pending.ids.push(id);
            let now = Instant::now();
            pending.sent = now;
            let bytes = self.speech.request(&pending.pdu, id, now)?;
            let until = pending.ends.min(now + pause);
            let is_clean = self.is_clean || pending.ids.len() > 1;
            self.connect()?;
            if let Some(socket) = &mut self.socket {
                socket.send(&self.peer, &bytes, is_clean)?;
            }
            match self.wait(pending, until)? {
                Waited::Answer(answer) => return Ok(Some(answer)),
                Waited::Nothing => return Ok(None),
                Waited::Again if pending.anew == ANEW_MAX => {
                    let peer = self.peer.to_string();
                    return Err(Error::Clock { peer });
                }
                Waited::Again => pending.anew += 1,
            }
        }
    }

    fn wait(&mut self, pending: &mut Pending, until: Instant) -> Result<Waited, Error> {
        loop {
            let Some(socket) = &mut self.socket else {
                return Ok(Waited::Nothing);
            };
            let bytes = match socket.receive(&self.peer, until)? {
                Arrival::Nothing => return Ok(Waited::Nothing),
                Arrival::Closed => {
                    pending.closed += 1;
                    if pending.closed < CLOSED_MAX {
                        continue;
                    }
                    return Err(Error::Io(format!(
                        "{}: nobody listens on that port; check that SNMP is switched on in the device, and the port",
                        self.peer
                    )));
                }
                Arrival::Datagram(bytes) => bytes,
            };
            let request = pending.pdu.request_id;
            match self
                .speech
                .hear(bytes, request, &pending.ids, Instant::now())
            {
                Heard::Answer(answer) => return Ok(Waited::Answer(answer)),
                Heard::Again => return Ok(Waited::Again),
                Heard::Failed(error) => return Err(error),
                Heard::Garbled(what) => pending.garbled = Some(what),
                Heard::Other => {}
            }
        }
    }

    /// Why there is no answer.
    fn silence(&mut self, pending: Pending) -> Error {
        let peer = self.peer.to_string();
        let reason = self.speech.lost();
        match pending.garbled {
            Some(what) => Error::Malformed {
                peer,
                what: format!("its answer cannot be understood: {what}"),
            },
            None => reason.unwrap_or(Error::Silent {
                peer,
                after: pending.begun.elapsed(),
            }),
        }
    }
}

impl Exchange for Link {
    fn exchange(&mut self, mut pdu: Pdu, patience: Patience) -> Result<Pdu, Error> {
        self.requests += 1;
        pdu.request_id = fresh_id()?;
        let result = self.ask(pdu, patience);
        if result.is_err() {
            self.socket = None;
            self.lost = self.lost.wrapping_add(1);
        }
        result
    }

    fn peer(&self) -> String {
        self.peer.to_string()
    }

    fn patience(&self) -> Patience {
        self.patience
    }

    fn is_first_version(&self) -> bool {
        self.speech.is_first()
    }
}

/// An id that no answer on its way has: positive, and random.
fn fresh_id() -> Result<i32, Error> {
    let id = i32::try_from(random()? & 0x7fff_ffff).unwrap_or(1);
    Ok(id.max(1))
}
