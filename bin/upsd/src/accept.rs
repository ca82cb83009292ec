//! Connections of clients, as they come.

use std::io;
use std::rc::Rc;
use std::time::Duration;

use nix::libc;
use tokio::net::TcpListener;
use tokio::time::sleep;
use tracing::{debug, error, info};

use crate::shell::Shell;

/// Pause while the system has no descriptor to give; the connections wait in the queue.
const SHORTAGE_PAUSE: Duration = Duration::from_millis(200);

/// Takes clients in from one listener. Ends only by being aborted.
pub(crate) async fn serve(shell: Rc<Shell>, listener: TcpListener) {
    let mut short = false;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if std::mem::take(&mut short) {
                    info!("accepting connections again");
                }
                // a client waits for each answer before it asks on: no answer may wait for company
                if let Err(why) = stream.set_nodelay(true) {
                    debug!("{}: cannot switch off delayed sending: {why}", peer.ip());
                }
                shell.admit(stream, peer);
            }
            Err(why) if is_shortage(&why) => {
                if !std::mem::replace(&mut short, true) {
                    error!(
                        "cannot accept connections for now: {why}; raise the limit of open files or MAXCONN"
                    );
                }
                sleep(SHORTAGE_PAUSE).await;
            }
            // the client was gone before it was taken in
            Err(why) => debug!("accept: {why}"),
        }
    }
}

fn is_shortage(error: &io::Error) -> bool {
    matches!(
        error.raw_os_error(),
        Some(libc::EMFILE | libc::ENFILE | libc::ENOBUFS | libc::ENOMEM)
    )
}
