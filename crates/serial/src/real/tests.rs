//! On pseudo terminals: the other end is ours.

use std::fs::File;

use nix::pty::openpty;

use super::*;
use crate::line::End;

/// A port and its other end; the port's end is kept open, as by a device that is always there.
struct Bench {
    master: File,
    _slave: File,
    path: PathBuf,
}

fn bench() -> Bench {
    let pty = openpty(None, None).unwrap();
    let slave = File::from(pty.slave);
    let path = nix::unistd::ttyname(&slave).unwrap();
    Bench {
        master: File::from(pty.master),
        _slave: slave,
        path,
    }
}

fn open(bench: &Bench) -> Port {
    Port::open(&bench.path, Mode::new(2400)).unwrap()
}

const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_reply_in_pieces_is_one_reply_and_bytes_are_raw() {
    let mut bench = bench();
    let mut port = open(&bench);
    port.write(b"Q1\r", Duration::ZERO, SOON).unwrap();
    let mut request = [0; 3];
    bench.master.read_exact(&mut request).unwrap();
    assert_eq!(&request, b"Q1\r");
    for piece in [&b"(22"[..], b"6.0\x03\x11\n", b"\r#rest"] {
        bench.master.write_all(piece).unwrap();
    }
    let reply = port.read(Until::any_of(b"\r"), SOON).unwrap();
    assert_eq!(reply.bytes, b"(226.0\x03\x11\n\r");
    assert_eq!(port.read(Until::length(5), SOON).unwrap().bytes, b"#rest");
}

#[test]
fn silence_ends_a_reply_without_an_end() {
    let mut bench = bench();
    let mut port = open(&bench);
    let nothing = port.read(Until::any_of(b"\r"), Duration::ZERO).unwrap();
    assert_eq!((nothing.bytes.len(), nothing.end), (0, End::Quiet));
    bench.master.write_all(b"!").unwrap();
    let until = Until::any_of(b"\n").or_quiet(Duration::from_millis(20));
    let alert = port.read(until, SOON).unwrap();
    assert_eq!((alert.bytes.as_slice(), alert.end), (&b"!"[..], End::Quiet));
}

#[test]
fn what_is_discarded_is_not_read() {
    let mut bench = bench();
    let mut port = open(&bench);
    bench.master.write_all(b"late\rlater\r").unwrap();
    port.read(Until::any_of(b"\r"), SOON).unwrap();
    port.discard().unwrap();
    let left = port.read(Until::length(1), Duration::ZERO).unwrap();
    assert!(left.bytes.is_empty(), "{left:?}");
}

#[test]
fn a_slow_device_gets_its_bytes_one_by_one() {
    let mut bench = bench();
    let mut port = open(&bench);
    port.write(b"abc", Duration::from_millis(1), SOON).unwrap();
    let mut got = [0; 3];
    bench.master.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"abc");
}

#[test]
fn a_line_that_takes_nothing_is_a_timeout() {
    let bench = bench();
    let mut port = open(&bench);
    let flood = vec![b'x'; 1 << 20];
    let full = port.write(&flood, Duration::ZERO, Duration::from_millis(100));
    assert!(matches!(full, Err(Error::Timeout(_))), "{full:?}");
}

#[test]
fn a_port_has_one_owner() {
    let bench = bench();
    let port = open(&bench);
    let second = Port::open(&bench.path, Mode::new(2400)).unwrap_err();
    assert!(matches!(second, Error::Busy { .. }), "{second:?}");
    drop(port);
    open(&bench);
}

#[test]
fn a_port_whose_other_end_closes_is_gone() {
    let Bench {
        master,
        _slave,
        path,
    } = bench();
    let mut port = Port::open(&path, Mode::new(2400)).unwrap();
    drop(master);
    let lost = port.read(Until::length(1), SOON).unwrap_err();
    assert!(matches!(lost, Error::Gone(_)), "{lost:?}");
    assert!(port.write(b"x", Duration::ZERO, SOON).is_err());
}

#[test]
fn a_missing_port_and_a_file_are_told_apart() {
    let missing = Port::open(Path::new("/dev/nonexistent0"), Mode::new(2400)).unwrap_err();
    assert!(matches!(missing, Error::Missing { .. }), "{missing:?}");
    let file = tempfile::NamedTempFile::new().unwrap();
    let file = Port::open(file.path(), Mode::new(2400)).unwrap_err();
    assert!(matches!(file, Error::Config(_)), "{file:?}");
}

#[test]
fn a_pseudo_terminal_has_no_outputs() {
    let bench = bench();
    let mut port = open(&bench);
    for signal in [Signal::Dtr, Signal::Rts] {
        let refused = port.set(signal, true);
        assert!(matches!(refused, Err(Error::Unsupported(_))), "{refused:?}");
    }
}
