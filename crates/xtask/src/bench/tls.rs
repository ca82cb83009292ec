//! `bench tls`: encrypted clients of our upsd, as packages ship it, and of C NUT's, with the same certificate (ECDSA P-256).
//!
//! | figure | is |
//! |---|---|
//! | handshakes | connect, STARTTLS, handshake, goodbye, by [`AT_ONCE`] clients, in all a second |
//! | handshakes for a second of processor | the same by the time that the server had a processor |
//! | RSS for a client | of [`IDLE`] that are connected, have asked once and rest |

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use testkit::pki::{Ca, Issued, Valid};
use testkit::{CNut, NSS_PASSWORD, NssContents, NssTools, Sandbox};
use tls::{Client, ClientStream};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use super::drivers::Counted;
use super::figures::{Figures, Side, Unit};
use super::memory::resident;
use super::stage::Stage;
use super::subject::{Subject, peers};
use super::table;
use crate::cargo::{cargo, perform};
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;

const ROUNDS: usize = 3;
const HANDSHAKES: usize = 2_000;
const AT_ONCE: usize = 4;
const IDLE: usize = 500;
/// How long a handshake may take; C NUT's server does one after the other.
const DEADLINE: Duration = Duration::from_secs(30);

const RATE: &str = "handshakes";
const RATE_OF_PROCESSOR: &str = "handshakes for a second of processor";
const MEMORY: &str = "RSS for a client at rest";

/// Measures, prints the table, and fails when ours is slower or larger.
pub(crate) fn run() -> Result<()> {
    let workspace = Workspace::load()?;
    println!("building upsd, profile dist…");
    perform(cargo().args(["build", "--profile", "dist", "-p", "upsd"]))?;
    let ours = Subject::Dist(workspace.target.join("dist/upsd"));
    let peers = CNut::at(&peers(&workspace))
        .ok_or(Failure::told("C NUT is not here; run `cargo xtask peers`"))?;
    let nss = NssTools::find("bench tls", &peers).ok_or(Failure::Reported)?;
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::io("start the event loop"))?;
    let own = Ca::new("bench").issue("localhost", &["localhost"], Valid::Now);
    let mut figures = Figures::default();
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}…");
        measure(&runtime, &ours, Side::Ours, &mut figures, |sandbox| {
            pem(sandbox, &own)
        })?;
        let c = Subject::C(peers.clone());
        measure(&runtime, &c, Side::C, &mut figures, |sandbox| {
            Ok(database(&nss, sandbox, &own))
        })?;
    }
    println!("\n{}", table::of(&figures));
    judge(&figures)
}

fn pem(sandbox: &Sandbox, own: &Issued) -> Result<String> {
    sandbox.try_write("server.pem", &own.file())?;
    Ok(format!(
        "CERTFILE {}\n",
        sandbox.etc().join("server.pem").display()
    ))
}

fn database(nss: &NssTools, sandbox: &Sandbox, own: &Issued) -> String {
    let contents = NssContents {
        own: Some(own),
        ..NssContents::default()
    };
    let dir: PathBuf = nss.database(sandbox, "server.db", &contents);
    format!(
        "CERTPATH {}\nCERTIDENT own {NSS_PASSWORD}\nDISABLE_WEAK_SSL true\n",
        dir.display()
    )
}

fn measure(
    runtime: &Runtime,
    subject: &Subject,
    side: Side,
    figures: &mut Figures,
    directives: impl Fn(&Sandbox) -> Result<String>,
) -> Result<()> {
    let stage = Stage::set_with(subject, 1, 2 * IDLE, directives)?;
    // the first ones are slower: pages are touched, tables are made
    runtime.block_on(shake(stage.address, 20))?;
    let (begun, before) = (Instant::now(), Counted::of(stage.pid())?);
    runtime.block_on(shake(stage.address, HANDSHAKES))?;
    let elapsed = begun.elapsed().as_secs_f64();
    let processor = Counted::of(stage.pid())?
        .since(before)
        .processor
        .as_secs_f64();
    let count = f64::from(u32::try_from(HANDSHAKES).unwrap_or(u32::MAX));
    figures.add(side, RATE, Unit::PerSecond, count / elapsed);
    figures.add(side, RATE_OF_PROCESSOR, Unit::PerSecond, count / processor);
    let empty = resident(stage.pid())?;
    let clients = runtime.block_on(rest(stage.address))?;
    let full = resident(stage.pid())?;
    drop(clients);
    let count = f64::from(u32::try_from(IDLE).unwrap_or(u32::MAX));
    figures.add(side, MEMORY, Unit::Kilobytes, (full - empty) / count);
    Ok(())
}

/// Many handshakes, some at a time.
async fn shake(address: SocketAddr, count: usize) -> Result<()> {
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        workers.spawn(async move {
            for _ in 0..count / AT_ONCE {
                let mut stream = connect(address).await?;
                stream.shutdown().await.map_err(Failure::io("goodbye"))?;
            }
            Ok::<(), Failure>(())
        });
    }
    while let Some(ended) = workers.join_next().await {
        ended.map_err(|why| Failure::told(why.to_string()))??;
    }
    Ok(())
}

async fn rest(address: SocketAddr) -> Result<Vec<ClientStream>> {
    let mut clients = Vec::with_capacity(IDLE);
    while clients.len() < IDLE {
        let mut stream = connect(address).await?;
        stream
            .write_all(b"NETVER\n")
            .await
            .map_err(Failure::io("ask"))?;
        let mut answer = [0; 100];
        let read = stream.read(&mut answer).await;
        read.map_err(Failure::io("answer"))?;
        clients.push(stream);
    }
    Ok(clients)
}

async fn connect(address: SocketAddr) -> Result<ClientStream> {
    let connecting = async {
        let mut stream = TcpStream::connect(address)
            .await
            .map_err(Failure::io("connect"))?;
        stream
            .write_all(b"STARTTLS\n")
            .await
            .map_err(Failure::io("STARTTLS"))?;
        let mut answer = [0; 12];
        stream
            .read_exact(&mut answer)
            .await
            .map_err(Failure::io("STARTTLS"))?;
        let shaken = Client::default()
            .connect("localhost", address.port(), stream)
            .await;
        shaken.map_err(|why| Failure::told(why.to_string()))
    };
    let done = tokio::time::timeout(DEADLINE, connecting).await;
    done.map_err(|_| Failure::told("a handshake took too long"))?
}

/// Not slower, not larger.
fn judge(figures: &Figures) -> Result<()> {
    let mut all_met = true;
    for (name, more_is_better) in [(RATE, true), (RATE_OF_PROCESSOR, true), (MEMORY, false)] {
        let (ours, c) = (
            figures.median(Side::Ours, name),
            figures.median(Side::C, name),
        );
        let (Some(ours), Some(c)) = (ours, c) else {
            continue;
        };
        let met = if more_is_better { ours >= c } else { ours <= c };
        println!("{}: {name}", if met { "kept" } else { "NOT KEPT" });
        all_met &= met;
    }
    if all_met {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}
