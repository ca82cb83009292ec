//! Clients that are neither ours nor C NUT's, with our upsd and, for reference, with C's.
//!
//! Each runs as a process of its own, from a script of `tests/clients`, against a real server with a real driver; what
//! the script prints, what went over the wire, what the server logs and what the device has then are checked. The result is a table, a row for
//! each client and server.

#![cfg(test)]

mod facts;
mod field;
mod scene;
mod tap;

use facts::CHECKS;
use field::{Client, FIELD};
use scene::Scene;
use testkit::{CNut, installed, skipped_unless_ci};
use tests::{Subject, Table};

const TEST: &str = "every_client_of_the_field";

#[test]
fn every_client_of_the_field() {
    let Some(peers) = CNut::find(TEST) else {
        return;
    };
    let (there, missing): (Vec<_>, Vec<_>) = FIELD
        .iter()
        .partition(|client| lacks(client, &peers).is_none());
    if !missing.is_empty() {
        let missing = missing.iter().filter_map(|client| lacks(client, &peers));
        skipped_unless_ci(TEST, &missing.collect::<Vec<_>>().join(", "));
    }
    let servers = [Subject::Locknut, Subject::C(peers.clone())];
    let mut table = Table::new(["client", "upsd"].iter().chain(CHECKS));
    let mut wrong = Vec::new();
    for client in there {
        for server in &servers {
            let scene = Scene::play(client, server, &peers);
            let found = facts::judge(client, &scene);
            let cells = found.iter().map(|(cell, _)| (*cell).to_owned());
            table.row(
                [client.name.to_owned(), server.to_string()]
                    .into_iter()
                    .chain(cells),
            );
            let told = found.iter().filter_map(|(_, told)| told.as_ref());
            wrong.extend(told.map(|told| format!("{} with {server}: {told}", client.name)));
        }
    }
    table.show("clients of the field");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What is missing to run a client.
fn lacks(client: &Client, peers: &CNut) -> Option<String> {
    if installed(client.runs_in).is_none() {
        return Some(format!("{} ({})", client.name, client.runs_in));
    }
    let there = peers.root().join(client.lies_at).exists();
    (!there).then(|| format!("{} (`cargo xtask peers`)", client.name))
}
