use super::*;
use crate::login::Login;
use crate::oid::Oid;
use crate::value::Value;
use crate::wire::community::Message;
use crate::wire::{Kind, Pdu};
use secret::Secret;
use std::thread;

/// As long as a slow machine may take.
const LONG: Duration = Duration::from_secs(60);

fn open() -> Traps {
    let ears = Ears::new(&Login::V2c(Secret::new("hush")), None).unwrap();
    Traps::open(0, &"127.0.0.1".parse().unwrap(), ears).unwrap()
}

fn to(traps: &Traps) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, traps.port().unwrap()).into()
}

fn message(community: &str, kind: Kind) -> Vec<u8> {
    let pdu = Pdu {
        kind,
        request_id: 3,
        status: 0,
        index: 0,
        bindings: vec![(Oid::new(&[1, 3, 6]).unwrap(), Value::Integer(4))],
    };
    Message {
        version: 1,
        community: community.as_bytes().to_vec(),
        pdu,
    }
    .bytes()
}

fn agent() -> UdpSocket {
    let agent = UdpSocket::bind("127.0.0.1:0").unwrap();
    agent.set_read_timeout(Some(LONG)).unwrap();
    agent
}

#[test]
fn a_call_ends_the_wait_and_an_inform_is_answered() {
    let mut traps = open();
    let agent = agent();
    agent
        .send_to(&message("hush", Kind::Trap), to(&traps))
        .unwrap();
    assert_eq!(traps.wait(LONG), Ok(Waited::Called));
    let inform = message("hush", Kind::Inform);
    agent.send_to(&inform, to(&traps)).unwrap();
    assert_eq!(traps.wait(LONG), Ok(Waited::Called));
    let mut buffer = [0; 1_000];
    let length = agent.recv(&mut buffer).unwrap();
    assert_eq!(buffer[..length], message("hush", Kind::Response));
    assert_eq!(traps.wait(Duration::ZERO), Ok(Waited::Nothing));
    assert_eq!(traps.complaint(), None);
}

#[test]
fn strangers_and_noise_are_not_heard_and_told_once() {
    let mut traps = open();
    let agent = agent();
    for bytes in [
        &message("guess", Kind::Inform)[..],
        b"",
        b"\x30\xff\xff",
        &[0x30; 9_000],
    ] {
        agent.send_to(bytes, to(&traps)).unwrap();
        assert_eq!(traps.wait(Duration::from_millis(50)), Ok(Waited::Nothing));
    }
    let told = traps.complaint().unwrap();
    assert!(
        told.contains("127.0.0.1") && !told.contains("guess"),
        "{told}"
    );
    assert_eq!(traps.complaint(), None);
    // nobody was answered
    agent.set_nonblocking(true).unwrap();
    assert!(agent.recv(&mut [0; 100]).is_err());
    // the right community from elsewhere
    traps.agent = vec![Ipv4Addr::new(10, 0, 0, 1).into()];
    agent.set_nonblocking(false).unwrap();
    agent
        .send_to(&message("hush", Kind::Trap), to(&traps))
        .unwrap();
    assert_eq!(traps.wait(Duration::from_millis(50)), Ok(Waited::Nothing));
    assert_eq!(traps.complaint(), None);
}

#[test]
fn a_wait_ends_in_time_though_strangers_send_all_the_time() {
    let mut traps = open();
    traps.agent.clear();
    let to = to(&traps);
    let over = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_over = Arc::clone(&over);
    let stranger = thread::spawn(move || {
        let socket = agent();
        while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
            let _ = socket.send_to(&message("hush", Kind::Trap), to);
        }
    });
    let begun = Instant::now();
    let waited = traps.wait(Duration::from_millis(100));
    let took = begun.elapsed();
    over.store(true, std::sync::atomic::Ordering::Relaxed);
    stranger.join().unwrap();
    assert_eq!(waited, Ok(Waited::Nothing));
    assert!(took < LONG / 2, "{took:?}");
}

#[test]
fn a_wait_is_ended_by_the_waker_also_when_it_was_woken_before() {
    let mut traps = open();
    let waker = traps.waker();
    // more often than there is room
    (0..100_000).for_each(|_| waker.wake_by_ref());
    assert_eq!(traps.wait(LONG), Ok(Waited::Woken));
    assert_eq!(traps.wait(Duration::ZERO), Ok(Waited::Nothing));
    let thread = thread::spawn(move || {
        thread::sleep(Duration::from_millis(20));
        waker.wake();
    });
    assert_eq!(traps.wait(LONG), Ok(Waited::Woken));
    thread.join().unwrap();
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let traps = open();
    let ears = Ears::new(&Login::V1(Secret::new("hush")), None).unwrap();
    let port = traps.port().unwrap();
    let error = Traps::open(port, &"127.0.0.1".parse().unwrap(), ears).unwrap_err();
    assert!(error.to_string().contains("a port of its own"), "{error}");
}
