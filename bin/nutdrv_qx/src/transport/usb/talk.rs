//! Doing what a framing says, with a device. Nothing is decided here but when the time is over.

use std::thread;
use std::time::{Duration, Instant};

use usb::{Error, Setup, UsbDevice};

use super::framing::{Answer, CR, Framing, Plan, Read, SHORT, Site, Step, Take, Talk};

/// How long a device may take for all packets of an answer.
const ANSWER: Duration = Duration::from_secs(5);
/// Most packets of an answer.
const PACKETS: u32 = 64;
/// How long the endpoint is listened to when what it says is not wanted.
const LATE: Duration = Duration::from_millis(100);

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The device did not take a request.
    Asking(Error),
    /// The endpoint that answers come from failed.
    Listening(Error),
    /// What came makes no sense.
    Spoiled,
}

/// One exchange: the answer with its CR, or as much of it as came; empty when nothing did.
pub(super) fn exchange(
    device: &mut dyn UsbDevice,
    framing: &Framing,
    site: &mut Site,
    request: &[u8],
) -> Result<Vec<u8>, Trouble> {
    let talk = match (framing.plan)(site, request) {
        Plan::Echo => return Ok(request.to_vec()),
        Plan::Talk(talk) => talk,
    };
    let Talk {
        steps,
        read,
        repeats,
    } = talk;
    if let Read::Packets(size) = read
        && std::mem::take(&mut site.late)
    {
        drain(device, size).map_err(Trouble::Listening)?;
    }
    for _ in 0..=repeats {
        for step in &steps {
            perform(device, step).map_err(Trouble::Asking)?;
        }
        let mut answer = Answer {
            request,
            bytes: Vec::new(),
        };
        let take = |answer: &mut Answer<'_>, packet: &[u8]| (framing.take)(site, answer, packet);
        let verdict = match read {
            Read::Nothing => Take::Nothing,
            Read::Control(setup, size) => control(device, setup, size, &mut answer, take)?,
            Read::Packets(size) => packets(device, size, &mut answer, take)?,
        };
        match verdict {
            Take::Again => {}
            Take::Nothing => return Ok(Vec::new()),
            Take::Spoiled => return Err(Trouble::Spoiled),
            Take::More if framing.silence_ends && !answer.bytes.is_empty() => {
                answer.bytes.push(CR);
                return Ok(answer.bytes);
            }
            Take::Done | Take::More | Take::Later(_) => return Ok(answer.bytes),
        }
    }
    Ok(Vec::new())
}

/// Takes away what the device says although nobody waits for it: a late answer, or the rest of one.
fn drain(device: &mut dyn UsbDevice, size: usize) -> Result<(), Error> {
    let step = Step::Drain {
        size,
        most: PACKETS,
        within: LATE,
    };
    perform(device, &step)
}

fn perform(device: &mut dyn UsbDevice, step: &Step) -> Result<(), Error> {
    let begin = Instant::now();
    match step {
        Step::Drain { size, most, within } => {
            let mut buffer = vec![0; *size];
            for _ in 0..*most {
                match device.interrupt(&mut buffer, *within) {
                    Ok(_) if begin.elapsed() < ANSWER => {}
                    Err(error @ Error::Gone(_)) => return Err(error),
                    _ => break,
                }
            }
            Ok(())
        }
        Step::Write(setup, data, within) => {
            let taken = device.control_out(*setup, data, *within)?;
            whole(taken, data, || setup.to_string())
        }
        Step::Offer(setup, data, within) => unless_gone(device.control_out(*setup, data, *within)),
        Step::Send(data, within) => {
            let taken = device.interrupt_out(data, *within)?;
            whole(taken, data, || "interrupt endpoint".to_owned())
        }
        Step::Touch(setup, size) => {
            let mut buffer = vec![0; *size];
            unless_gone(device.control_in(*setup, &mut buffer, SHORT))
        }
        Step::Rest(time) => {
            thread::sleep(*time);
            Ok(())
        }
    }
}

fn whole(taken: usize, data: &[u8], what: impl Fn() -> String) -> Result<(), Error> {
    if taken < data.len() {
        let (what, length) = (what(), data.len());
        return Err(Error::Io(format!(
            "{what}: {taken} of {length} bytes written"
        )));
    }
    Ok(())
}

fn unless_gone(result: Result<usize, Error>) -> Result<(), Error> {
    match result {
        Err(error @ Error::Gone(_)) => Err(error),
        _ => Ok(()),
    }
}

fn control(
    device: &mut dyn UsbDevice,
    setup: Setup,
    size: usize,
    answer: &mut Answer<'_>,
    take: impl Fn(&mut Answer<'_>, &[u8]) -> Take,
) -> Result<Take, Trouble> {
    let mut buffer = vec![0; size];
    match device.control_in(setup, &mut buffer, SHORT) {
        Ok(length) => Ok(take(answer, buffer.get(..length).unwrap_or_default())),
        Err(Error::Timeout(_)) => Ok(Take::Nothing),
        Err(error) => Err(Trouble::Asking(error)),
    }
}

fn packets(
    device: &mut dyn UsbDevice,
    size: usize,
    answer: &mut Answer<'_>,
    take: impl Fn(&mut Answer<'_>, &[u8]) -> Take,
) -> Result<Take, Trouble> {
    let begin = Instant::now();
    let mut buffer = vec![0; size];
    for _ in 0..PACKETS {
        let left = ANSWER.saturating_sub(begin.elapsed());
        if left.is_zero() {
            break;
        }
        let length = match device.interrupt(&mut buffer, SHORT.min(left)) {
            Ok(length) => length,
            Err(Error::Timeout(_)) => break,
            Err(error) => return Err(Trouble::Listening(error)),
        };
        match take(answer, buffer.get(..length).unwrap_or_default()) {
            Take::More => {}
            Take::Later(time) => thread::sleep(time),
            verdict => return Ok(verdict),
        }
    }
    Ok(Take::More)
}

#[cfg(test)]
mod tests {
    use super::super::{armac, cypress, fuji, krauler, phoenix, sgs};
    use super::*;
    use std::collections::VecDeque;
    use usb::traffic::Call;
    use usb::{Identity, Interface};

    /// A device that expects certain calls, one after another.
    #[derive(Default)]
    struct Script {
        lines: VecDeque<(String, String)>,
        identity: Identity,
        interface: Interface,
    }

    impl Script {
        fn new(text: &str) -> Self {
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            let pair = |pair: &[&str]| (pair[0][2..].to_owned(), pair[1][2..].to_owned());
            Self {
                lines: lines.chunks(2).map(pair).collect(),
                ..Self::default()
            }
        }

        fn next(&mut self, call: &Call) -> Result<String, Error> {
            let (expected, answer) = self.lines.pop_front().expect("the end was expected");
            assert_eq!(call.to_string(), expected);
            match answer.strip_prefix('!') {
                Some(word) => Err(Error::from_word(word, "x").unwrap()),
                None => Ok(answer),
            }
        }

        fn read(&mut self, call: &Call, buffer: &mut [u8]) -> Result<usize, Error> {
            let answer = self.next(call)?;
            let bytes = answer.split(' ');
            let bytes = bytes.map(|byte| u8::from_str_radix(byte, 16).unwrap());
            let copied = buffer.iter_mut().zip(bytes).map(|(to, from)| *to = from);
            Ok(copied.count())
        }
    }

    impl UsbDevice for Script {
        fn identity(&self) -> &Identity {
            &self.identity
        }
        fn interface(&self) -> &Interface {
            &self.interface
        }
        fn control_in(&mut self, at: Setup, to: &mut [u8], _: Duration) -> Result<usize, Error> {
            self.read(&Call::Get(at, to.len()), to)
        }
        fn control_out(&mut self, at: Setup, data: &[u8], _: Duration) -> Result<usize, Error> {
            Ok(self.next(&Call::Set(at, data.to_vec()))?.parse().unwrap())
        }
        fn interrupt(&mut self, to: &mut [u8], _: Duration) -> Result<usize, Error> {
            self.read(&Call::Interrupt(to.len()), to)
        }
        fn interrupt_out(&mut self, data: &[u8], _: Duration) -> Result<usize, Error> {
            Ok(self.next(&Call::Send(data.to_vec()))?.parse().unwrap())
        }
        fn string(&mut self, index: u8, _: Duration) -> Result<String, Error> {
            self.next(&Call::String(index))
        }
        fn reset(&mut self) -> Result<(), Error> {
            self.next(&Call::Reset).map(|_| ())
        }
        fn close(&mut self) {}
    }

    /// An exchange with a device that says and hears just this.
    fn played(
        framing: &Framing,
        site: &mut Site,
        request: &str,
        said: &str,
    ) -> Result<String, Trouble> {
        let mut device = Script::new(said);
        let request = format!("{request}\r");
        let answer = exchange(&mut device, framing, site, request.as_bytes());
        assert_eq!(device.lines, []);
        answer.map(|answer| String::from_utf8(answer).unwrap())
    }

    fn play(framing: &Framing, request: &str, said: &str) -> Result<String, Trouble> {
        played(framing, &mut Site::default(), request, said)
    }

    #[test]
    fn a_request_goes_out_and_packets_come_in_until_the_end() {
        let said = "> set 21 09 0200 0000 51 31 0d 00 00 00 00 00\n< 8\n\
                    > interrupt 8\n< 28 32 32 36 2e 30 20 31\n> interrupt 8\n< 0d 00 00 00 00 00 00 00\n";
        assert_eq!(play(&cypress::FRAMING, "Q1", said).unwrap(), "(226.0 1\r");
    }

    #[test]
    fn silence_is_an_empty_answer_and_one_that_stops_is_what_came() {
        let asked = "> set 21 09 0200 0000 51 31 0d 00 00 00 00 00\n< 8\n> interrupt 8\n< ";
        let said = format!("{asked}!timeout\n");
        assert_eq!(play(&cypress::FRAMING, "Q1", &said).unwrap(), "");
        let said = format!("{asked}28 32\n> interrupt 8\n< !timeout\n");
        assert_eq!(play(&cypress::FRAMING, "Q1", &said).unwrap(), "(2");
    }

    #[test]
    fn a_request_that_the_device_does_not_take_is_no_silence() {
        let refused = "> set 21 09 0200 0000 51 31 0d 00 00 00 00 00\n< !timeout\n";
        let trouble = play(&cypress::FRAMING, "Q1", refused);
        assert!(matches!(trouble, Err(Trouble::Asking(Error::Timeout(_)))));
        let half = "> set 21 09 0200 0000 51 31 0d 00 00 00 00 00\n< 4\n";
        let trouble = play(&cypress::FRAMING, "Q1", half);
        assert!(matches!(trouble, Err(Trouble::Asking(Error::Io(_)))));
    }

    #[test]
    fn phoenix_reads_what_is_old_before_it_asks() {
        let said = "> interrupt 8\n< 6f 6c 64\n> interrupt 8\n< !timeout\n\
                    > set 21 09 0200 0000 46 0d 00 00 00 00 00 00\n< 8\n> interrupt 8\n< 23 32 0d\n";
        assert_eq!(play(&phoenix::FRAMING, "F", said).unwrap(), "#2\r");
    }

    #[test]
    fn krauler_asks_again_until_there_is_an_answer() {
        let no_ack = "> get 80 06 030c 0409 255\n< 16 03 55 00 50 00 53 00 20 00 4e 00 6f 00 20 00 41 00 63 00 6b 00\n";
        let said = format!("{no_ack}{no_ack}> get 80 06 030c 0409 255\n< 06 03 78 00 41 00\n");
        let mut site = Site {
            language: 0x0409,
            ..Site::default()
        };
        let answer = played(&krauler::FRAMING, &mut site, "I", &said);
        assert_eq!(answer.unwrap(), "#A\r");
        let answer = played(&krauler::FRAMING, &mut site, "I", &no_ack.repeat(10));
        assert_eq!(answer.unwrap(), "", "ten times are enough");
        assert_eq!(play(&krauler::FRAMING, "QS", "").unwrap(), "QS\r");
    }

    #[test]
    fn sgs_ends_with_silence() {
        let said = "> set 21 09 0200 0000 02 46 0d 00 00 00 00 00\n< 8\n\
                    > interrupt 8\n< 02 23 32 00 00 00 00 00\n> interrupt 8\n< !timeout\n";
        assert_eq!(play(&sgs::FRAMING, "F", said).unwrap(), "#2\r");
    }

    #[test]
    fn fuji_and_the_newer_armac_send_packets() {
        let said =
            "> send 80 06 02 03 46 00 00 16\n< 8\n> interrupt 8\n< 23 32 0d 00 00 00 00 00\n";
        assert_eq!(play(&fuji::FRAMING, "F", said).unwrap(), "#2\r");
        let mut newer = Site {
            endpoint_in: 0x82,
            endpoint_out: 2,
            packet_in: 64,
            ..Site::default()
        };
        let said = "> send a2 46 0d\n< 3\n> interrupt 64\n< c3 23 32 0d\n";
        let answer = played(&armac::FRAMING, &mut newer, "F", said);
        assert_eq!(answer.unwrap(), "#2\r");
    }

    #[test]
    fn a_device_that_never_ends_is_cut_off() {
        let endless = "> interrupt 8\n< 30 30 30 30 30 30 30 30\n".repeat(64);
        let said = format!("> set 21 09 0200 0000 46 0d 00 00 00 00 00 00\n< 8\n{endless}");
        assert_eq!(play(&cypress::FRAMING, "F", &said).unwrap().len(), 512);
    }
}
