use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};

use super::*;
use crate::MAGIC;

/// Takes so many bytes.
struct Disk(usize, Sender<Vec<u8>>);

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or(io::ErrorKind::StorageFull)?;
        let _ = self.1.send(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What `act` records on a disk of that size, without the head.
fn recorded(size: usize, act: impl FnOnce(&Tape, &AtomicU64)) -> (Vec<String>, Option<String>) {
    let (sender, written) = channel();
    let second = Arc::new(AtomicU64::new(0));
    let clock = Arc::clone(&second);
    let now = move || Duration::from_secs(clock.load(Ordering::Relaxed));
    let tape = Tape::onto(Disk(size, sender), &Head::default(), now);
    act(&tape, &second);
    let trouble = tape.trouble();
    drop(tape);
    let text: Vec<u8> = written.iter().flatten().collect();
    let text = String::from_utf8(text).unwrap();
    let lines = text.lines().skip(4).map(str::to_owned);
    (lines.collect(), trouble)
}

fn at(clock: &AtomicU64, second: u64) {
    clock.store(second, Ordering::Relaxed);
}

#[test]
fn what_only_repeats_is_left_out_until_another_device_is_opened() {
    let (lines, trouble) = recorded(9999, |tape, clock| {
        at(clock, 1);
        tape.step(&["poll"]);
        tape.say_news("get 1", "01 64");
        tape.say_news("get 2", "02 07");
        at(clock, 3);
        tape.step(&["poll"]);
        tape.say_news("get 1", "01 64");
        tape.say_news("get 2", "!stalled");
        at(clock, 4);
        tape.step_if_heard(&["listen"]);
        at(clock, 5);
        tape.step(&["set", "ups.id", "my ups"]);
        tape.say("set 3", "2");
        tape.say("set 3", "2");
        at(clock, 6);
        tape.step_if_heard(&["open"]);
        for at in [2, 3] {
            tape.device(&["usb 1".to_owned()], &[format!("at {at}")]);
            tape.say_news("get 1", "01 64");
        }
    });
    assert_eq!(trouble, None);
    let expected = "= 1.000 poll|> get 1|< 01 64|> get 2|< 02 07|= 3.000 poll|> get 2|< !stalled|= 5.000 set ups.id \"my ups\"|\
                    > set 3|< 2|> set 3|< 2|= 6.000 open|@ usb 1|@ at 2|> get 1|< 01 64|@ usb 1|@ at 3";
    assert_eq!(lines.join("|"), expected);
}

#[test]
fn a_device_that_says_the_same_over_and_over_is_written_once() {
    let (lines, _) = recorded(9999, |tape, clock| {
        for second in 1..9 {
            at(clock, second);
            tape.step_if_heard(&["listen"]);
            tape.say_unless_repeated("interrupt", "03 02");
        }
        tape.say_news("get 1", "01 64");
        tape.say_unless_repeated("interrupt", "03 02");
    });
    let expected =
        "= 1.000 listen|> interrupt|< 03 02|= 8.000 listen|> get 1|< 01 64|> interrupt|< 03 02";
    assert_eq!(lines.join("|"), expected);
}

#[test]
fn a_full_disk_ends_the_recording_and_is_told_once() {
    let (lines, trouble) = recorded(120, |tape, clock| {
        for second in 0..20 {
            at(clock, second);
            tape.step(&["poll"]);
        }
    });
    assert!(lines.len() < 10);
    let trouble = trouble.unwrap();
    assert!(trouble.starts_with("recording has ended: "), "{trouble}");
}

#[test]
fn a_recording_does_not_grow_without_bound() {
    let answer = "00 ".repeat(100_000);
    let (lines, trouble) = recorded(usize::MAX, |tape, _| {
        for _ in 0..100 {
            tape.say("get 1", &answer);
        }
        assert!(
            tape.trouble().is_some() && tape.trouble().is_none(),
            "told once"
        );
    });
    assert_eq!(trouble, None);
    let size: usize = lines.iter().map(|line| line.len() + 1).sum();
    assert!(size <= SIZE_MAX && size > SIZE_MAX - 400_000, "{size}");
    assert_eq!(lines.last().unwrap(), "# the end: it has reached 8 MiB");
}

#[test]
fn an_existing_file_is_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.rec");
    Tape::create(&path, &Head::default(), Duration::default)
        .unwrap()
        .say("get 1", "");
    let again = Tape::create(&path, &Head::default(), Duration::default).unwrap_err();
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.starts_with(MAGIC) && text.ends_with("> get 1\n<\n"),
        "{text}"
    );
}
