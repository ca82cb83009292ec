//! A program run to its end, in an environment without surprises.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a program left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// All it wrote to stdout.
    pub stdout: String,
    /// All it wrote to stderr.
    pub stderr: String,
    /// Its exit code.
    pub code: Option<i32>,
}

impl Ended {
    /// How a program should end.
    #[must_use]
    pub fn with(code: i32, stdout: &str, stderr: &str) -> Self {
        Self {
            stdout: stdout.to_owned(),
            stderr: stderr.to_owned(),
            code: Some(code),
        }
    }
}

/// Runs `program` with `stdin` in a pipe; of the environment it has `env` and the login name `tester`.
#[must_use]
pub fn run(program: &str, args: &[&str], env: &[(&str, &str)], stdin: &str) -> Ended {
    let mut child = Command::new(Path::new(program))
        .args(args)
        .env_clear()
        .env("LOGNAME", "tester")
        .env("NUT_CONFPATH", "/nonexistent")
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // a program that asks nothing may be gone already
    let _ = pipe.write_all(stdin.as_bytes());
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    Ended {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}
