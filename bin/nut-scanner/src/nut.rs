//! NUT servers: each UPS of theirs can be repeated here.

use std::net::IpAddr;
use std::time::Duration;

use client::{Blocking, Error};
use proto::{HostPort, List};

use crate::found::{Device, Kind};

/// Where servers listen, unless they are told otherwise.
pub(crate) const PORT: u16 = 3493;

/// What became of asking one address.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A server with these.
    Found(Vec<Device>),
    /// No server, and why.
    Absent(String),
    /// A server that does not tell, or something that is none.
    Odd(String),
}

/// Asks for the UPSes of the server at that address.
pub(crate) fn ask(address: IpAddr, port: u16, within: Duration, kind: Kind) -> Answer {
    let server = HostPort {
        host: address.to_string(),
        port,
    };
    let place = place(address, port);
    let mut connection = match Blocking::open_with(&server, within, &tls::Client::default()) {
        Ok(connection) => connection,
        Err(error @ (Error::NoSuchHost(_) | Error::Connect(_))) => {
            return Answer::Absent(format!("{place}: {error}"));
        }
        Err(error) => return Answer::Odd(format!("{place}: no NUT server: {error}")),
    };
    let listed = connection.list(List::Ups);
    connection.logout();
    match listed {
        Ok(upses) => {
            let names = upses.iter().filter_map(|words| words.first());
            let devices = names.filter_map(|name| device(name, &place, kind));
            Answer::Found(devices.collect())
        }
        Err(error) => Answer::Odd(format!("{place}: its UPSes are not known: {error}")),
    }
}

/// The address as `port` of dummy-ups has it.
fn place(address: IpAddr, port: u16) -> String {
    match (address, port) {
        (IpAddr::V6(address), PORT) => format!("[{address}]"),
        (IpAddr::V6(address), port) => format!("[{address}]:{port}"),
        (IpAddr::V4(address), PORT) => address.to_string(),
        (IpAddr::V4(address), port) => format!("{address}:{port}"),
    }
}

/// A UPS of the server; nothing for a name that no section can have.
fn device(name: &str, place: &str, kind: Kind) -> Option<Device> {
    let is_odd = |letter: char| letter.is_control() || letter.is_whitespace() || letter == '@';
    let is_name = !name.is_empty() && !name.contains(is_odd);
    is_name.then(|| Device::new(kind, "dummy-ups", format!("{name}@{place}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use client::testing::{Server, Then, unused_port};
    use std::net::Ipv4Addr;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const PATIENT: Duration = Duration::from_secs(30);

    #[test]
    fn each_ups_of_a_server_can_be_repeated() {
        let upses =
            "BEGIN LIST UPS\nUPS lab \"The lab\"\nUPS rack \"\"\nUPS \"a b\" \"\"\nEND LIST UPS\n";
        let server = Server::answering(&[("LIST UPS", upses)]);
        let port = server.port();
        let Answer::Found(devices) = ask(HERE, port, PATIENT, Kind::Nut) else {
            panic!("not found")
        };
        let ports: Vec<&str> = devices.iter().map(|device| device.port.as_str()).collect();
        assert_eq!(
            ports,
            [
                format!("lab@127.0.0.1:{port}"),
                format!("rack@127.0.0.1:{port}")
            ]
        );
    }

    #[test]
    fn who_is_no_server_is_told_apart_from_nobody() {
        let server = Server::wholly_raw("HTTP/1.1 400 Bad Request\n", Then::Close);
        let answer = ask(HERE, server.port(), PATIENT, Kind::Nut);
        assert!(matches!(answer, Answer::Odd(_)), "{answer:?}");
        let answer = ask(HERE, unused_port(), PATIENT, Kind::Nut);
        assert!(matches!(answer, Answer::Absent(_)), "{answer:?}");
    }

    #[test]
    fn the_usual_port_is_left_out() {
        assert_eq!(place(HERE, PORT), "127.0.0.1");
        let six = "::1".parse().unwrap();
        assert_eq!(
            (place(six, PORT), place(six, 4)),
            ("[::1]".into(), "[::1]:4".into())
        );
    }
}
