//! Connections of clients, as they come.

use std::io;
use std::rc::Rc;
use std::time::Duration;

use nix::libc;
use nix::sys::socket::{setsockopt, sockopt};
use tokio::net::TcpListener;
use tokio::time::sleep;
use tracing::{debug, error, info};

use crate::shell::Shell;

/// Pause while the system has no descriptor to give; the connections wait in the queue.
const SHORTAGE_PAUSE: Duration = Duration::from_millis(200);

/// Takes clients in from one listener. Ends only by being aborted.
pub(crate) async fn serve(shell: Rc<Shell>, listener: TcpListener) {
    hasten(&listener);
    let mut short = false;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if std::mem::take(&mut short) {
                    info!("accepting connections again");
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

/// A client waits for each answer before it asks on, so no answer may wait for company. What is accepted
/// inherits this, which saves a system call for each client.
fn hasten(listener: &TcpListener) {
    if let Err(why) = setsockopt(listener, sockopt::TcpNoDelay, &true) {
        debug!("cannot switch off delayed sending: {why}");
    }
}

/// Whether the system has nothing to give; the connection waits in its queue.
fn is_shortage(error: &io::Error) -> bool {
    matches!(
        error.raw_os_error(),
        Some(libc::EMFILE | libc::ENFILE | libc::ENOBUFS | libc::ENOMEM)
    )
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn what_is_accepted_sends_without_delay() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        hasten(&listener);
        let _client = TcpStream::connect(listener.local_addr().unwrap()).await;
        let (accepted, _) = listener.accept().await.unwrap();
        assert!(accepted.nodelay().unwrap());
    }
}
