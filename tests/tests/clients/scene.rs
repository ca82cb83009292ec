//! One client's visit: a server with a driver, the client's script, and what both left.

use crate::field::Client;
use crate::tap::Tap;
use std::env;
use std::path::{Path, PathBuf};
use testkit::{CNut, Finished, PATIENCE, Program, Wire, eventually, installed};
use tests::{Site, Subject};

/// No value with a quote: most clients of the field take it for the end.
const LAB: &str = "ups.status: OL CHRG\nups.id: attic\nbattery.charge: 91\n";

const USERS: &str =
    "[admin]\n  password = secret\n  actions = SET FSD\n  instcmds = ALL\n  upsmon primary\n";

/// What was left when the client had gone.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) client: Finished,
    pub(crate) log: String,
    pub(crate) id: String,
    /// Whether nobody was logged in any more.
    pub(crate) empty: bool,
    /// What was said.
    pub(crate) tap: Tap,
}

impl Scene {
    pub(crate) fn play(client: &Client, server: &Subject, peers: &CNut) -> Self {
        let site = Site::new();
        site.sandbox.write("upsd.users", USERS);
        site.devices(&[("lab", LAB)]);
        let _driver = site.driver("lab");
        let upsd = site.upsd_of(server);
        site.await_value("lab", "battery.charge", "91");
        let tap = Tap::on(site.port);
        let client = program(client, tap.port, &site, peers).run();
        let mut wire = Wire::connect(site.port);
        let empty = eventually(PATIENCE, || {
            wire.list("CLIENT lab").is_empty().then_some(())
        });
        let id = eventually(PATIENCE, || settled(&mut wire, &client));
        Self {
            log: upsd.printed(),
            id: id.unwrap_or_else(|| wire.ask("GET VAR lab ups.id")),
            empty: empty.is_some(),
            client,
            tap,
        }
    }
}

/// The driver tells a new value a moment after the client was told that all is well.
fn settled(wire: &mut Wire, client: &Finished) -> Option<String> {
    let id = wire.ask("GET VAR lab ups.id");
    let waits = client.stdout.contains("set OK") && id.contains("attic");
    (!waits).then_some(id)
}

fn program(client: &Client, port: u16, site: &Site, peers: &CNut) -> Program {
    let [script, args @ ..] = client.script else {
        panic!("{} has no script", client.name)
    };
    let tool = installed(client.runs_in).unwrap_or_default();
    let python = [
        peers.root().join("python"),
        peers.root().join("usr/lib/python3/dist-packages"),
    ];
    Program::at(&tool, &site.sandbox)
        .arg(scripts().join(script))
        .args(args)
        .env("NUT_PORT", port.to_string())
        .env("PEERS", peers.root())
        .env("PEER_LIBRARIES", peers.libraries())
        .env("PYTHONPATH", env::join_paths(python).unwrap_or_default())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("NODE_PATH", peers.root().join("node/node_modules"))
        .env("PERL5LIB", peers.root().join("usr/share/perl5"))
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clients")
}
