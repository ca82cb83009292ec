//! `wall`: a line on every terminal.

use std::cell::Cell;
use std::io;
use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use tracing::{debug, warn};

/// The program, found through `PATH`.
#[derive(Debug)]
pub(super) struct Wall {
    program: String,
    /// Whether it has been told that the program does not work.
    told: Cell<bool>,
}

impl Wall {
    pub(super) fn new(program: &str) -> Self {
        Self {
            program: program.to_owned(),
            told: Cell::new(false),
        }
    }

    /// Shows `text`. Dropping the future ends the program.
    pub(super) async fn say(&self, text: &str) {
        if let Err(why) = self.pipe(text).await {
            self.complain(&why.to_string());
        }
    }

    /// Logs why people cannot be told; at length only once.
    pub(super) fn complain(&self, why: &str) {
        let program = &self.program;
        if self.told.replace(true) {
            debug!("cannot tell people with {program}: {why}");
        } else {
            warn!("cannot tell people with {program}: {why}; this is said once only");
        }
    }

    async fn pipe(&self, text: &str) -> io::Result<()> {
        let mut child = Command::new(&self.program)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        write(&mut child, text).await?;
        let status = child.wait().await?;
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other(status.to_string()))
        }
    }
}

async fn write(child: &mut Child, text: &str) -> io::Result<()> {
    let Some(mut stdin) = child.stdin.take() else {
        return Ok(());
    };
    stdin.write_all(format!("{text}\n").as_bytes()).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notifier::tests::Lab;

    #[tokio::test]
    async fn the_text_is_piped_with_a_line_end() {
        let lab = Lab::new();
        let wall = Wall::new(&lab.program("wall", "cat >\"$0.said\""));
        wall.say("UPS rack on battery").await;
        assert_eq!(lab.read("wall.said"), "UPS rack on battery\n");
        assert!(!wall.told.get());
    }

    #[tokio::test]
    async fn no_program_and_a_failing_one_are_told_once() {
        let lab = Lab::new();
        for program in ["/no/such/wall", &lab.program("wall", "exit 1")] {
            let wall = Wall::new(program);
            wall.say("x").await;
            assert!(wall.told.get(), "{program}");
        }
    }
}
