//! Visits: connect, one GET, LOGOUT, and the next visit.

use super::question::{Question, connect};
use crate::failure::{Failure, Result};
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

/// Visits of one client after which it ends before its time: ports for outgoing connections are not endless.
const VISITS_MAX: usize = 20_000;

/// Visits a second of `clients` at the same time.
pub(crate) fn rate(
    address: SocketAddr,
    question: &Question,
    clients: usize,
    time: Duration,
) -> Result<f64> {
    let begin = Instant::now();
    let most = VISITS_MAX / clients.max(1);
    let visits = thread::scope(|scope| {
        let visitors: Vec<_> = (0..clients)
            .map(|_| scope.spawn(|| repeat(address, question, most, begin + time)))
            .collect();
        visitors
            .into_iter()
            .map(|visitor| visitor.join().unwrap_or(Ok(0)))
            .sum::<io::Result<usize>>()
    });
    let visits = visits.map_err(Failure::io("a visit"))?;
    Ok(visits as f64 / begin.elapsed().as_secs_f64())
}

fn repeat(
    address: SocketAddr,
    question: &Question,
    most: usize,
    end: Instant,
) -> io::Result<usize> {
    let mut visits = 0;
    while visits < most && Instant::now() < end {
        visit(address, question)?;
        visits += 1;
    }
    Ok(visits)
}

fn visit(address: SocketAddr, question: &Question) -> io::Result<()> {
    let mut server = connect(address)?;
    question.put(&mut server)?;
    server.write_all(b"LOGOUT\n")?;
    let mut goodbye = String::new();
    server.read_to_string(&mut goodbye)?;
    if goodbye == "OK Goodbye\n" {
        Ok(())
    } else {
        Err(super::question::wrong(goodbye.as_bytes()))
    }
}
