//! What may come behind STARTTLS: bytes that trickle, silence, garbage, commands, handshakes that begin anew.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use testkit::{PATIENCE, Program, Wire, connect_from, installed, may_open, skipped_unless_ci};

use crate::victim::{MEMORY_MAX, Victim, memory_of};

const ATTACKER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 66);
const SLOW: usize = 1000;
const RUDE: usize = 2000;
/// Lines of the log that an attack may cause, of which ten come in a minute.
const TOLD_MAX: usize = 25;
const FAILED: &str = "TLS handshake with 127.0.0.66 failed: ";

/// A first message of TLS 1.3 as a client sends it, with a key that is any number.
fn client_hello() -> Vec<u8> {
    const EXTENSIONS: &[u8] = &[
        0x00, 0x0a, 0x00, 0x04, 0x00, 0x02, 0x00, 0x1d, // groups: X25519
        0x00, 0x0d, 0x00, 0x04, 0x00, 0x02, 0x04,
        0x03, // signatures: ECDSA of P-256 with SHA-256
        0x00, 0x2b, 0x00, 0x03, 0x02, 0x03, 0x04, // versions: 1.3
        0x00, 0x33, 0x00, 0x26, 0x00, 0x24, 0x00, 0x1d, 0x00, 0x20, // a key of X25519
    ];
    let mut body = vec![0x03, 0x03];
    body.extend([0x5a; 32]); // what should be random
    body.extend([0x00, 0x00, 0x02, 0x13, 0x01, 0x01, 0x00]); // no session, AES-128-GCM, no compression
    let extensions = [EXTENSIONS, &[0x09; 32]].concat();
    body.extend(length(extensions.len()));
    body.extend(extensions);
    let mut message = vec![0x01, 0x00];
    message.extend(length(body.len()));
    message.extend(body);
    record(&message)
}

/// A record of a handshake.
fn record(content: &[u8]) -> Vec<u8> {
    let mut record = vec![0x16, 0x03, 0x01];
    record.extend(length(content.len()));
    record.extend(content);
    record
}

fn length(bytes: usize) -> [u8; 2] {
    u16::try_from(bytes).unwrap().to_be_bytes()
}

/// A connection whose STARTTLS was answered.
fn before_the_handshake(port: u16) -> TcpStream {
    let mut stream = connect_from(ATTACKER, port).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(b"STARTTLS\n").unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"OK STARTTLS\n");
    stream
}

/// Whether the server has closed a connection; what it has sent is thrown away.
fn is_closed(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let mut sink = [0; 4096];
    loop {
        match stream.read(&mut sink) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(why) => return why.kind() != ErrorKind::WouldBlock,
        }
    }
}

/// One sends nothing, one a byte now and then, one the first message and nothing after it.
#[test]
fn a_thousand_slow_handshakes_keep_nobody_waiting() {
    const NAME: &str = "a_thousand_slow_handshakes_keep_nobody_waiting";
    if !may_open(SLOW as u64 + 1000) {
        return skipped_unless_ci(NAME, "a limit of 2,000 open files");
    }
    let victim = Victim::with_certificate("");
    let hello = client_hello();
    let mut slow: Vec<TcpStream> = (0..SLOW)
        .map(|_| before_the_handshake(victim.site.port))
        .collect();
    for stream in slow.iter_mut().skip(2).step_by(3) {
        stream.write_all(&hello).unwrap();
    }
    let begun = Instant::now();
    // whoever comes now is served, in the clear and encrypted
    assert!(
        Wire::connect(victim.site.port)
            .ask("VER")
            .starts_with("Network")
    );
    let address = format!("calm@127.0.0.1:{}", victim.site.port);
    victim.site.sandbox.write("nutauth.conf", "FORCESSL = 1\n");
    let upsc = Program::locknut("upsc", &victim.site.sandbox).args(["-A", "default"]);
    assert_eq!(upsc.args([&address, "ups.status"]).run().stdout, "OL\n");
    println!("service during slow handshakes took {:?}", begun.elapsed());
    let mut left = slow.len();
    for byte in hello.iter().cycle() {
        for stream in slow.iter_mut().skip(1).step_by(3) {
            // it may be closed already
            let _ = stream.write(&[*byte]);
        }
        slow.retain_mut(|stream| !is_closed(stream));
        left = left.min(slow.len());
        if slow.is_empty() {
            break;
        }
        assert!(begun.elapsed() < 2 * PATIENCE, "{left} are still there");
        thread::sleep(Duration::from_millis(200));
    }
    let told = victim.logged("it was not done after 10 s");
    assert!((1..=TOLD_MAX).contains(&told), "{told} lines");
    victim.finish("1,000 slow handshakes");
}

/// Sends the same again and again, each time to its end.
fn rude(words: &[&[u8]], attack: &str) {
    let victim = Victim::with_certificate("");
    for turn in 0..RUDE {
        let mut stream = before_the_handshake(victim.site.port);
        // it may be closed in the middle
        let _ = stream.write_all(words[turn % words.len()]);
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        // an alert of TLS, or nothing
        let text = String::from_utf8_lossy(&answer);
        assert!(
            !text.contains("OK") && !text.contains("ERR") && answer.len() < 32,
            "{text}"
        );
    }
    let told = victim.logged(FAILED);
    assert!((1..=TOLD_MAX).contains(&told), "{told} lines");
    victim.finish(attack);
}

#[test]
fn garbage_in_place_of_a_handshake_is_dropped() {
    let noise: Vec<u8> = (0..4096_u32)
        .map(|at| ((at * at) >> 3).to_le_bytes()[0])
        .collect();
    let torn = client_hello();
    let without_end = [[0x16, 0x03, 0x01, 0xff, 0xff].as_slice(), &[0; 4000]].concat();
    rude(
        &[
            &noise,
            b"GET / HTTP/1.0\r\n\r\n",
            b"USERNAME admin\nPASSWORD \"pw of admin\"\nFSD calm\n",
            b"\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10", // SSL 2.0
            b"\x15\x03\x03\x00\x02\x02\x28",                 // an alert
            b"\x17\x03\x03\x00\x05hello",                    // what would be data
            &torn[..40],
            &without_end,
            b"",
        ],
        "2,000 times garbage behind STARTTLS",
    );
}

#[test]
fn commands_behind_starttls_are_never_served_however_often() {
    let victim = Victim::with_certificate("");
    let words = b"STARTTLS\nUSERNAME admin\nPASSWORD \"pw of admin\"\nFSD calm\n";
    for _ in 0..RUDE {
        let mut stream = connect_from(ATTACKER, victim.site.port).unwrap();
        let _ = stream.write_all(words);
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        assert!(!answer.contains("OK FSD"), "{answer}");
    }
    let status = Wire::connect(victim.site.port).ask("GET VAR calm ups.status");
    assert_eq!(status, "VAR calm ups.status \"OL\"");
    let told = victim.logged(FAILED);
    assert!((1..=TOLD_MAX).contains(&told), "{told} lines");
    victim.finish("2,000 times commands behind STARTTLS");
}

/// A first message that says it has 16 MiB, and comes in records that are all in order.
#[test]
fn a_handshake_without_end_is_not_heard_out() {
    const MUCH: usize = 64 << 20;
    let victim = Victim::with_certificate("");
    let mut stream = before_the_handshake(victim.site.port);
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    let first = record(&[[0x01, 0xff, 0xff, 0xff].as_slice(), &[0x03; 1000]].concat());
    let more = record(&[0x03; 16_000]);
    let mut sent = first.len();
    stream.write_all(&first).unwrap();
    while stream.write_all(&more).is_ok() {
        sent += more.len();
        assert!(sent < MUCH, "{sent} bytes were heard");
    }
    println!("closed after {sent} bytes, most of them in the buffers of the kernel");
    assert!(memory_of(victim.upsd.pid()) < MEMORY_MAX);
    victim.upsd.wait_for_line(FAILED, PATIENCE);
    victim.finish("a handshake of 16 MiB");
}

/// How long the server may say nothing before the relay takes the session for over.
const SILENCE: Duration = Duration::from_secs(4);

/// `openssl s_client` does not know NUT's STARTTLS: says that for it, and passes on the rest. The port, and in the end all
/// that the server has sent.
fn relay(server: u16) -> io::Result<(u16, JoinHandle<io::Result<Vec<u8>>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    let relaying = thread::spawn(move || {
        let (mut client, _) = listener.accept()?;
        let mut upsd = before_the_handshake(server);
        upsd.set_read_timeout(Some(SILENCE))?;
        let (mut from, mut to) = (client.try_clone()?, upsd.try_clone()?);
        let upward = thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
        let (mut sent, mut part) = (Vec::new(), [0; 4096]);
        while let Ok(bytes @ 1..) = upsd.read(&mut part) {
            sent.extend(&part[..bytes]);
            client.write_all(&part[..bytes])?;
        }
        let _ = client.shutdown(Shutdown::Both);
        let _ = upward.join();
        Ok(sent)
    });
    Ok((port, relaying))
}

/// Runs `openssl s_client` with these words, one a second: what it says, and the kinds of the records that it got.
fn s_client(victim: &Victim, version: &str, words: &[&str]) -> (String, Vec<u8>) {
    let (port, relaying) = relay(victim.site.port).unwrap();
    let say: Vec<String> = words
        .iter()
        .map(|word| format!("sleep 1; echo '{word}'"))
        .collect();
    let script = format!(
        "({}; sleep 1) | openssl s_client -connect 127.0.0.1:{port} {version} 2>&1",
        say.join("; ")
    );
    let shell = Program::at("/bin/sh".as_ref(), &victim.site.sandbox).args(["-c", &script]);
    let told = shell.run().stdout;
    let sent = relaying.join().unwrap().unwrap();
    (told, kinds(&sent))
}

/// The first byte of each record: 22 is a handshake, 23 data, 21 an alert.
fn kinds(mut records: &[u8]) -> Vec<u8> {
    let mut kinds = Vec::new();
    while let [kind, _, _, high, low, rest @ ..] = records {
        kinds.push(*kind);
        records = rest
            .get(usize::from(u16::from_be_bytes([*high, *low]))..)
            .unwrap_or_default();
    }
    kinds
}

#[test]
fn a_handshake_is_not_done_anew_on_demand() {
    const NAME: &str = "a_handshake_is_not_done_anew_on_demand";
    if installed("openssl").is_none() {
        return skipped_unless_ci(NAME, "the program openssl");
    }
    let victim = Victim::with_certificate("");
    // R: the client begins a handshake within the session, and waits for an answer in vain
    let (told, kinds) = s_client(&victim, "-tls1_2", &["VER", "R", "NETVER"]);
    assert!(told.contains("Network UPS Tools"), "{told}");
    assert!(told.contains("RENEGOTIATING"), "{told}");
    assert!(!told.contains("\n1.3\n"), "{told}");
    let data = kinds.iter().position(|kind| *kind == 23);
    let behind = &kinds[data.expect("an answer")..];
    assert!(!behind.contains(&22), "{kinds:?}");
    // of TLS 1.3 only new keys are left, which cost little: the session goes on
    let (told, _) = s_client(&victim, "-tls1_3", &["VER", "K", "NETVER"]);
    assert!(
        told.contains("KEYUPDATE") && told.contains("\n1.3\n"),
        "{told}"
    );
    victim.finish("renegotiation");
}
