//! NUT servers that announce themselves, as Avahi does for upsd: `_nut._tcp` in multicast DNS.
//!
//! One question goes out of each interface. Who answers says where a server is, which is then asked for its UPSes like any other.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use mdns::{Name, Record, Service};

use crate::nut;
use crate::tell::Tell;

/// Where everybody listens who announces something.
pub(crate) const EVERYBODY: SocketAddr =
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(224, 0, 0, 251)), 5353);
/// What NUT servers announce.
const KIND: &str = "_nut._tcp.local";
/// Answers that are read from one interface.
const ANSWERS_MAX: usize = 512;
/// Room for an answer: the largest datagram that multicast DNS has.
const DATAGRAM: usize = 9000;
/// How often it is asked: datagrams get lost.
const QUESTIONS: u32 = 2;

/// Where servers are that announce themselves, asked from each of these addresses of ours.
pub(crate) fn servers(
    ours: &[IpAddr],
    everybody: SocketAddr,
    within: Duration,
    tell: Tell,
) -> Vec<SocketAddr> {
    let Ok(kind) = Name::new(KIND) else {
        return Vec::new();
    };
    let mut found: Vec<SocketAddr> = Vec::new();
    let share = within / u32::try_from(ours.len().max(1)).unwrap_or(u32::MAX);
    for address in ours {
        match ask(*address, everybody, &kind, share) {
            Ok(heard) => {
                for server in heard {
                    if !found.contains(&server) {
                        found.push(server);
                    }
                }
            }
            Err(error) => tell.problem(&format!("Avahi: asking from {address}: {error}")),
        }
    }
    found
}

/// Asks from one interface. On Linux the source address says which one a multicast goes out of.
fn ask(
    from: IpAddr,
    everybody: SocketAddr,
    kind: &Name,
    within: Duration,
) -> std::io::Result<Vec<SocketAddr>> {
    let socket = UdpSocket::bind((from, 0))?;
    let mut found = Vec::new();
    let mut buffer = vec![0; DATAGRAM];
    for question in 0..QUESTIONS {
        let id = u16::try_from(question).unwrap_or_default();
        socket.send_to(&mdns::query(id, kind), everybody)?;
        let until = Instant::now() + within / QUESTIONS;
        for _ in 0..ANSWERS_MAX {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            socket.set_read_timeout(Some(left))?;
            // nothing more came, or a datagram that is none
            let Ok((length, source)) = socket.recv_from(&mut buffer) else {
                continue;
            };
            let datagram = buffer.get(..length).unwrap_or_default();
            let records = mdns::records(datagram).unwrap_or_default();
            found.extend(announced(&records, kind, source.ip()));
        }
    }
    Ok(found)
}

/// Where the services of an answer are. One that does not tell its address is where the answer came from.
fn announced(records: &[Record], kind: &Name, source: IpAddr) -> Vec<SocketAddr> {
    let place = |service: Service| {
        // addresses of a link are of no use without the name of the interface
        let is_whole = |address: &&IpAddr| match address {
            IpAddr::V4(_) => true,
            IpAddr::V6(address) => !address.is_unicast_link_local(),
        };
        let address = service.addresses.iter().find(is_whole).copied();
        SocketAddr::new(address.unwrap_or(source), service.port.unwrap_or(nut::PORT))
    };
    mdns::services(records, kind)
        .into_iter()
        .map(place)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    /// An answer: the kind, its instance, and where that is, if it is told.
    fn answer(port: Option<u16>) -> Vec<u8> {
        let record = |name: &[u8], kind: u8, data: &[u8]| {
            let length = u8::try_from(data.len()).unwrap();
            [name, &[0, kind, 0, 1, 0, 0, 0, 60, 0, length], data].concat()
        };
        let kind = b"\x04_nut\x04_tcp\x05local\x00";
        // the name of the kind begins at byte 12, that of the instance behind it and the record's numbers
        let mut records = vec![record(kind, 12, b"\x03lab\xc0\x0c")];
        if let Some(port) = port {
            let place = [&[0, 0, 0, 0][..], &port.to_be_bytes(), b"\x04host\x00"].concat();
            records.push(record(b"\xc0\x27", 33, &place));
            records.push(record(b"\x04host\x00", 1, &[127, 0, 0, 9]));
        }
        let count = u8::try_from(records.len()).unwrap();
        let header = [0, 0, 0x84, 0, 0, 0, 0, count, 0, 0, 0, 0];
        [&header[..], &records.concat()].concat()
    }

    /// Somebody who answers each question with these, one behind the other.
    fn responder(answers: Vec<Vec<u8>>) -> SocketAddr {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        thread::spawn(move || {
            let mut buffer = [0; 512];
            while let Ok((_, asker)) = socket.recv_from(&mut buffer) {
                for answer in &answers {
                    socket.send_to(answer, asker).unwrap();
                }
            }
        });
        address
    }

    fn found(answers: Vec<Vec<u8>>) -> Vec<String> {
        let everybody = responder(answers);
        let within = Duration::from_millis(600);
        let found = servers(&[HERE], everybody, within, Tell { quiet: true });
        found.iter().map(SocketAddr::to_string).collect()
    }

    #[test]
    fn who_announces_a_server_is_believed_where_it_is() {
        assert_eq!(found(vec![answer(Some(3494))]), ["127.0.0.9:3494"]);
        // without more, it is where the answer came from
        assert_eq!(found(vec![answer(None)]), ["127.0.0.1:3493"]);
    }

    #[test]
    fn garbage_before_an_answer_does_not_hide_it() {
        let garbage = [&b"garbage"[..], b"", &[0xff; 600]];
        let mut answers: Vec<Vec<u8>> = garbage.iter().map(|bytes| bytes.to_vec()).collect();
        answers.push(answer(Some(3494)));
        assert_eq!(found(answers), ["127.0.0.9:3494"]);
    }

    #[test]
    fn where_nobody_announces_anything_nothing_is_found_in_time() {
        assert_eq!(found(Vec::new()), [""; 0]);
    }
}
