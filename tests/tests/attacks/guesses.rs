//! Passwords guessed from a hundred addresses.

use std::net::Ipv4Addr;
use std::thread;
use std::time::{Duration, Instant};

use testkit::{PATIENCE, Wire, connect_from};

use crate::victim::{Victim, log_in};

const ADDRESSES: u8 = 100;
const GUESSES: usize = 20;

/// Where the attack comes from.
fn address(number: u8) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 1, number + 1)
}

/// One guess; whoever attacks does not wait for more than a moment. How many answers were OK.
fn guess(from: Ipv4Addr, port: u16, user: &str, password: &str) -> usize {
    let Ok(stream) = connect_from(from, port) else {
        return 0;
    };
    let mut client = Wire::from(stream).with_patience(Duration::from_millis(20));
    let lines = format!("USERNAME {user}\nPASSWORD {password}\nLOGIN calm");
    if client.try_send(&lines).is_err() {
        return 0;
    }
    let answers = (0..3).filter_map(|_| client.try_read_line().ok());
    answers.filter(|answer| answer == "OK").count()
}

fn attack(port: u16, users: &[&str]) {
    thread::scope(|scope| {
        for part in 0..4_u8 {
            scope.spawn(move || {
                for turn in 0..GUESSES {
                    for number in (part..ADDRESSES).step_by(4) {
                        let user = users[turn % users.len()];
                        let password = format!("g{turn}-{number}");
                        assert!(guess(address(number), port, user, &password) <= 2);
                    }
                }
            });
        }
    });
}

#[test]
fn guesses_from_a_hundred_addresses_keep_nobody_waiting() {
    let victim = Victim::new("");
    let port = victim.site.port;
    attack(port, &["pri", "guest", "admin", "nobody"]);
    // who has not guessed is not kept
    let mut client = Wire::connect(port);
    let begun = Instant::now();
    assert_eq!(log_in(&mut client, "guest", "pw of guest"), "OK");
    println!("a login during the attack took {:?}", begun.elapsed());
    // ten each minute, and the number of the others
    let told = victim.logged("Access denied: ");
    assert!((1..=25).contains(&told), "{told} lines");
    victim.finish("2,000 guesses from 100 addresses");
}

#[test]
fn nobody_can_keep_a_hashed_user_out_by_guessing() {
    let mut victim = Victim::new("");
    let port = victim.site.port;
    let users = victim.site.sandbox.etc().join("upsd.users");
    // a user whom nobody is logged in for, so that each guess takes a check
    let hashed = std::fs::read_to_string(&users).unwrap();
    victim.site.sandbox.write(
        "upsd.users",
        &hashed.replace("[admin]", "[other]").replace(
            "password = \"pw of admin\"",
            hashed
                .lines()
                .find(|line| line.contains("argon2id"))
                .unwrap(),
        ),
    );
    victim.upsd.signal(testkit::Signal::SIGHUP);
    victim
        .upsd
        .wait_for_line("configuration reloaded", PATIENCE);
    attack(port, &["other"]);
    let mut client = Wire::connect(port);
    assert_eq!(client.ask("USERNAME other"), "OK");
    assert_eq!(client.ask("PASSWORD \"pw of guest\""), "OK");
    let begun = Instant::now();
    assert_eq!(client.ask("FSD nowhere"), "ERR UNKNOWN-UPS");
    println!("a check behind the attack took {:?}", begun.elapsed());
    victim.finish("2,000 guesses at a hash");
}

#[test]
fn who_guesses_waits_for_each_further_try_and_not_for_ever() {
    let victim = Victim::new("");
    let port = victim.site.port;
    for number in 0..5 {
        let mut client = Wire::from(connect_from(address(0), port).unwrap());
        assert_eq!(
            log_in(&mut client, "admin", &number.to_string()),
            "ERR ACCESS-DENIED"
        );
    }
    let begun = Instant::now();
    let mut client = Wire::from(connect_from(address(0), port).unwrap());
    assert_eq!(log_in(&mut client, "pri", "pw of pri"), "OK");
    let took = begun.elapsed();
    assert!(
        took > Duration::from_millis(500) && took < Duration::from_secs(10),
        "{took:?}"
    );
    victim.finish("a guesser who knows it in the end");
}
