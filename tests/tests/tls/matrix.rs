//! Server × client × version × what is checked.

use crate::clients::{Client, Outcome};
use crate::scenario::{Papers, Scenario};
use crate::servers::Server;
use std::thread;
use testkit::{CNut, NssTools, PATIENCE};
use tests::{Subject, Table};

/// A row: a server, a client, and the version they speak.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// Whether the server is C NUT's; if so, whether it is held down to TLS 1.2.
    server: (bool, bool),
    client: Client,
    version: &'static str,
}

const OURS: (bool, bool) = (false, false);
const THEIRS: (bool, bool) = (true, false);
const THEIRS_12: (bool, bool) = (true, true);
const UPSMON_12: Client = Client::TheirUpsmon { only_tls12: true };
const UPSMON_13: Client = Client::TheirUpsmon { only_tls12: false };

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { server: OURS,      client: Client::OurUpsmon,         version: "1.3" },
    Row { server: OURS,      client: Client::OurUpsc,           version: "1.3" },
    Row { server: OURS,      client: UPSMON_12,                 version: "1.2" },
    Row { server: OURS,      client: UPSMON_13,                 version: "1.3" },
    Row { server: OURS,      client: Client::TheirUpsc,         version: "1.3" },
    Row { server: OURS,      client: Client::PyNut,             version: "1.3" },
    Row { server: OURS,      client: Client::Python("TLSv1_2"), version: "1.2" },
    Row { server: OURS,      client: Client::Python("TLSv1_3"), version: "1.3" },
    Row { server: THEIRS_12, client: Client::OurUpsmon,         version: "1.2" },
    Row { server: THEIRS_12, client: Client::OurUpsc,           version: "1.2" },
    Row { server: THEIRS_12, client: UPSMON_13,                 version: "1.2" },
    Row { server: THEIRS_12, client: Client::PyNut,             version: "1.2" },
    Row { server: THEIRS,    client: Client::OurUpsmon,         version: "1.3" },
    Row { server: THEIRS,    client: Client::OurUpsc,           version: "1.3" },
    Row { server: THEIRS,    client: UPSMON_13,                 version: "1.3" },
    Row { server: THEIRS,    client: Client::TheirUpsc,         version: "1.3" },
    Row { server: THEIRS,    client: Client::PyNut,             version: "1.3" },
    Row { server: THEIRS,    client: Client::Python("TLSv1_2"), version: "1.2" },
    Row { server: THEIRS,    client: Client::Python("TLSv1_3"), version: "1.3" },
];

/// What a cell shows, and what is wrong with it.
type Cell = Result<String, String>;

#[test]
fn everybody_is_let_in_or_refused_as_it_should_be() {
    const NAME: &str = "everybody_is_let_in_or_refused_as_it_should_be";
    let Some(peers) = CNut::find(NAME) else {
        return;
    };
    let Some(nss) = NssTools::find(NAME, &peers) else {
        return;
    };
    let columns: Vec<Vec<Cell>> = thread::scope(|scope| {
        let (nss, peers) = (&nss, &peers);
        let running: Vec<_> = Scenario::ALL
            .into_iter()
            .map(|scenario| scope.spawn(move || column(scenario, nss, peers)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().expect("a column panicked, see above"))
            .collect()
    });
    show(&columns);
    let wrong: Vec<&String> = columns
        .iter()
        .flatten()
        .filter_map(|cell| cell.as_ref().err())
        .collect();
    assert!(
        wrong.is_empty(),
        "{} cells are wrong: {wrong:#?}",
        wrong.len()
    );
}

fn show(columns: &[Vec<Cell>]) {
    let mut head = vec!["upsd", "client", "TLS"];
    head.extend(Scenario::ALL.iter().map(|scenario| scenario.name()));
    let mut table = Table::new(head);
    for (at, row) in ROWS.iter().enumerate() {
        let server = if row.server.0 { "C NUT" } else { "Locknut" };
        let cells = columns.iter().map(|column| match column.get(at) {
            Some(Ok(text)) => text.clone(),
            _ => "WRONG".to_owned(),
        });
        let names = [server, row.client.name(), row.version].map(str::to_owned);
        table.row(names.into_iter().chain(cells));
    }
    table.show("encryption: who is let in");
    let mut notes = Table::new(["not in the table", "because"]);
    notes.row([
        "Locknut with Locknut over TLS 1.2",
        "neither can be told to; the tests of crates/tls do it",
    ]);
    notes.row([
        "C NUT's upsd without client certificate",
        "Debian's build does not know CERTREQUEST: it asks nobody",
    ]);
    notes.row([
        "C NUT's upsc with any check",
        "it reads no settings about encryption",
    ]);
    notes.row(["C NUT built with OpenSSL", "Debian builds it with NSS"]);
    notes.show("");
}

fn column(scenario: Scenario, nss: &NssTools, peers: &CNut) -> Vec<Cell> {
    let papers = Papers::of(scenario);
    let mut cells: Vec<Cell> = ROWS.iter().map(|_| Ok(String::new())).collect();
    for kind in [OURS, THEIRS_12, THEIRS] {
        let subject = if kind.0 {
            Subject::C(peers.clone())
        } else {
            Subject::Locknut
        };
        let server = Server::start(&subject, nss, &papers, kind.1);
        for (row, cell) in ROWS.iter().zip(&mut cells) {
            if row.server == kind {
                *cell = meeting(row.client, &server, nss, peers, &papers);
            }
        }
    }
    cells
}

fn meeting(client: Client, server: &Server, nss: &NssTools, peers: &CNut, papers: &Papers) -> Cell {
    let scenario = papers.scenario;
    if client == Client::TheirUpsc && scenario.verifies() {
        return Ok("- reads no settings".to_owned());
    }
    let outcome = client.meets(server, nss, peers, papers);
    let place = format!(
        "{} server, {}, {}",
        server.subject,
        client.name(),
        scenario.name()
    );
    match (outcome, scenario.is_let_in()) {
        (Outcome::LetIn, true) => Ok("let in".to_owned()),
        // so that a build that can do it is noticed
        (Outcome::LetIn, false) if scenario.requires() && server.subject.is_nut() => {
            Ok("- let in: not asked".to_owned())
        }
        (Outcome::LetIn, false) => Err(format!("{place}: was let in")),
        (Outcome::Refused(told), true) => Err(format!(
            "{place}: was refused: {told}\n{}",
            server.upsd.printed()
        )),
        (Outcome::Refused(told), false) => {
            let reason = match client {
                Client::OurUpsmon | Client::OurUpsc => scenario.our_reason(),
                Client::PyNut | Client::Python(_) => scenario.reason_of_python(),
                Client::TheirUpsmon { .. } | Client::TheirUpsc => "",
            };
            if !told.contains(reason) {
                return Err(format!(
                    "{place}: refused, but the reason is missing: {told}"
                ));
            }
            if !server.subject.is_nut() {
                server
                    .upsd
                    .wait_for_line("TLS handshake with 127.0.0.1 failed: ", PATIENCE);
            }
            Ok("refused".to_owned())
        }
    }
}
