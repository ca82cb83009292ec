//! `--explain`: the running instance tells what it watches and which rule says what about it.
//!
//! A socket beside the PID file. Who connects gets a text and the end of the stream; nothing is read from him. Root
//! and the account that upsmon runs as may connect, nobody else.
//!
//! The socket is bound with the initial rights, because the directory may be root's. It is made under a name
//! of its own and renamed, so that a socket which an earlier instance left is replaced in one step.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::net::{UnixListener as StdListener, UnixStream as StdStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use daemon::paths::Paths;
use daemon::user::Account;
use nix::sys::stat::{Mode, umask};
use tokio::io::AsyncWriteExt;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{AbortHandle, spawn_local};
use tokio::time::{sleep, timeout};
use tracing::debug;

/// How long somebody may take to read.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many may read at the same time; others wait.
const READERS_MAX: usize = 4;
/// How long the one who asks waits for the answer.
const ANSWER_TIME: Duration = Duration::from_secs(10);
/// Longest text that is taken.
const TEXT_MAX: u64 = 1024 * 1024;

/// Why a running instance could not be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error("no running instance: nobody listens on {}", .0.display())]
    NotRunning(PathBuf),
    #[error("only root and the account that upsmon runs as may ask it; run this with sudo")]
    Forbidden,
    #[error("cannot ask the running instance on {}: {source}", path.display())]
    Failed { path: PathBuf, source: io::Error },
}

/// Where the socket is.
pub(crate) fn path(paths: &Paths) -> PathBuf {
    paths.pid().join("upsmon.explain")
}

/// Asks the running instance.
pub(crate) fn ask(path: &Path) -> Result<String, AskError> {
    exchange(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => {
            AskError::NotRunning(path.to_owned())
        }
        io::ErrorKind::PermissionDenied => AskError::Forbidden,
        _ => AskError::Failed {
            path: path.to_owned(),
            source,
        },
    })
}

fn exchange(path: &Path) -> io::Result<String> {
    let socket = StdStream::connect(path)?;
    socket.set_read_timeout(Some(ANSWER_TIME))?;
    let mut text = String::new();
    socket.take(TEXT_MAX).read_to_string(&mut text)?;
    Ok(text)
}

/// A socket in its place; it goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Bound {
    listener: StdListener,
    place: Place,
}

/// Binds the socket at `path` for `account`; without one it is the caller's own.
///
/// # Errors
/// Another instance listens there, or the directory is not writable.
pub(crate) fn bind(path: &Path, account: Option<&Account>) -> io::Result<Bound> {
    if StdStream::connect(path).is_ok() {
        return Err(io::Error::other("another instance listens there"));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let _ = fs::remove_file(&beside);
    let bound = bind_at(&beside, account).and_then(|listener| {
        let inode = fs::symlink_metadata(&beside)?.ino();
        fs::rename(&beside, path)?;
        let path = path.to_owned();
        let place = Place { path, inode };
        Ok(Bound { listener, place })
    });
    if bound.is_err() {
        let _ = fs::remove_file(&beside);
    }
    bound
}

/// The mode is right from the first moment, and giving the socket away follows no link.
fn bind_at(path: &Path, account: Option<&Account>) -> io::Result<StdListener> {
    let before = umask(Mode::from_bits_truncate(0o177));
    let listener = StdListener::bind(path);
    umask(before);
    let listener = listener?;
    if let Some(account) = account {
        lchown(path, Some(account.uid), Some(account.gid))?;
    }
    listener.set_nonblocking(true)?;
    Ok(listener)
}

impl Bound {
    /// Answers with what `text` tells from now on, on the event loop that is running.
    pub(crate) fn serve(self, text: impl Fn() -> String + 'static) -> io::Result<Served> {
        let listener = UnixListener::from_std(self.listener)?;
        Ok(Served {
            task: spawn_local(accept(listener, text)).abort_handle(),
            _place: self.place,
        })
    }
}

/// A socket that answers. Dropped, it is closed and removed.
#[derive(Debug)]
pub(crate) struct Served {
    task: AbortHandle,
    _place: Place,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The socket's name in the file system; removed with it, unless a newer instance has taken it.
#[derive(Debug)]
struct Place {
    path: PathBuf,
    inode: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        let ours = fs::symlink_metadata(&self.path).is_ok_and(|meta| meta.ino() == self.inode);
        if ours {
            let _ = fs::remove_file(&self.path);
        }
    }
}

async fn accept(listener: UnixListener, text: impl Fn() -> String) {
    let readers = Arc::new(Semaphore::new(READERS_MAX));
    while let Ok(room) = Arc::clone(&readers).acquire_owned().await {
        match listener.accept().await {
            Ok((socket, _)) => {
                spawn_local(answer(socket, text(), room));
            }
            Err(why) => {
                debug!("cannot accept a connection of --explain: {why}");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// One reader, who leaves his room to another when he is done or too slow.
async fn answer(mut socket: UnixStream, text: String, _room: OwnedSemaphorePermit) {
    let _ = timeout(PATIENCE, socket.write_all(text.as_bytes())).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use tokio::task::{LocalSet, spawn_blocking};

    fn place() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::from_lookup(|_| Some(dir.path().into()));
        let path = path(&paths);
        (dir, path)
    }

    async fn asked(path: &Path) -> Result<String, AskError> {
        let path = path.to_owned();
        spawn_blocking(move || ask(&path)).await.unwrap()
    }

    #[tokio::test]
    async fn who_asks_gets_the_text_of_the_moment() {
        let (dir, path) = place();
        let script = async {
            let count = std::cell::Cell::new(0);
            let served = bind(&path, None).unwrap().serve(move || {
                count.set(count.get() + 1);
                format!("answer {}\n", count.get())
            });
            assert_eq!(asked(&path).await.unwrap(), "answer 1\n");
            assert_eq!(asked(&path).await.unwrap(), "answer 2\n");
            let mode = fs::symlink_metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            drop(served);
            assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        };
        LocalSet::new().run_until(script).await;
    }

    #[tokio::test]
    async fn readers_who_do_not_read_are_dropped_and_others_get_their_turn() {
        let (_dir, path) = place();
        let script = async {
            let long = || "x".repeat(1_000_000);
            let _served = bind(&path, None).unwrap().serve(long).unwrap();
            let connect = |_| StdStream::connect(&path).unwrap();
            let _lazy: Vec<_> = (0..READERS_MAX).map(connect).collect();
            assert_eq!(asked(&path).await.unwrap().len(), 1_000_000);
        };
        LocalSet::new().run_until(script).await;
    }

    #[test]
    fn without_an_instance_it_is_told_so() {
        let (_dir, path) = place();
        let told = ask(&path).unwrap_err().to_string();
        assert!(told.starts_with("no running instance: nobody listens on "));
        drop(StdListener::bind(&path).unwrap());
        assert!(matches!(ask(&path), Err(AskError::NotRunning(_))));
    }

    #[test]
    fn a_left_socket_is_replaced_and_a_living_one_is_not() {
        let (_dir, path) = place();
        drop(StdListener::bind(&path).unwrap());
        let first = bind(&path, None).unwrap();
        let told = bind(&path, None).unwrap_err().to_string();
        assert_eq!(told, "another instance listens there");
        let inode = first.place.inode;
        fs::remove_file(&path).unwrap();
        let second = bind(&path, None).unwrap();
        assert_ne!(second.place.inode, inode);
        drop(first);
        assert!(path.exists(), "the socket of a newer instance stays");
        drop(second);
        assert!(!path.exists());
    }

    #[test]
    fn a_planted_link_is_replaced_and_its_target_untouched() {
        let (dir, path) = place();
        let precious = dir.path().join("precious");
        fs::write(&precious, "precious").unwrap();
        std::os::unix::fs::symlink(&precious, &path).unwrap();
        let _bound = bind(&path, None).unwrap();
        assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
        assert!(bind(Path::new("/no/such/dir/x"), None).is_err());
    }
}
