//! A server with two UPSes, and a shell with our programs in its PATH and nothing of this account's.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use testkit::{PATIENCE, Program, Running, installed, our_programs, skipped_unless_ci};
use tests::Site;

/// A variable whose name is a command for a shell that takes it for one.
const DATA: &str = "ups.status: OL\nups.id: cellar\nbattery.charge: 91\nx.good: 1\nx.$(>tricked): 1\nx.`>tricked`: 1\n";

/// What a shell is tried with.
pub(crate) struct Bench {
    site: Site,
    shell: PathBuf,
    _running: [Running; 3],
}

impl Bench {
    /// With a shell, unless that is not installed.
    #[track_caller]
    pub(crate) fn with(shell: &str, test: &str) -> Option<Self> {
        let Some(path) = installed(shell) else {
            skipped_unless_ci(test, &format!("{shell}, `apt-get install {shell}`"));
            return None;
        };
        let site = Site::new();
        site.devices(&[("lab", DATA), ("large", DATA)]);
        let running = [site.driver("lab"), site.driver("large"), site.upsd()];
        for ups in ["lab", "large"] {
            site.await_value(ups, "ups.id", "cellar");
        }
        let bench = Self {
            site,
            shell: path,
            _running: running,
        };
        for program in ["upsc", "upscmd", "upsrw"] {
            bench.stand_in(program);
        }
        Some(bench)
    }

    pub(crate) fn port(&self) -> String {
        self.site.port.to_string()
    }

    /// What is typed, with the server's address.
    pub(crate) fn line(&self, typed: &str) -> String {
        let host = format!("127.0.0.1:{}", self.site.port);
        let lab = format!("lab@{host}");
        typed.replace("HOST_LAB", &lab).replace("HOST", &host)
    }

    /// Whether a name was taken for a command.
    pub(crate) fn was_tricked(&self) -> bool {
        self.site.sandbox.run().join("tricked").exists()
    }

    /// What bash offers.
    pub(crate) fn bash(&self, typed: &str) -> Vec<String> {
        let offer = r#". "$1"; COMP_LINE=$2 COMP_POINT=${#2}; _locknut "${2%% *}" && printf '%s\n' "${COMPREPLY[@]}""#;
        let args = ["--norc", "--noprofile", "-c", offer, "bash"];
        let shell = self.start(&args).arg(completions("locknut.bash"));
        lines(&finish(shell.arg(self.line(typed))))
    }

    /// What fish offers.
    pub(crate) fn fish(&self, typed: &str) -> Vec<String> {
        let args = ["--no-config", "-c", "source $argv[1]; complete -C $argv[2]"];
        let shell = self.start(&args).arg(completions("locknut.fish"));
        let offered = lines(&finish(shell.arg(self.line(typed))));
        let words = offered.iter().map(|line| line.split('\t').next().unwrap());
        words.map(ToOwned::to_owned).collect()
    }

    /// What the lines are after a tab has been pressed behind each.
    pub(crate) fn zsh(&self, typed: &[&str]) -> Vec<String> {
        let out = self.site.sandbox.run().join("typed");
        let dir = completions("_locknut");
        let shell = self.start(&["-f", "-c", TYPIST, "zsh"]);
        let shell = shell.arg(dir.parent().unwrap()).arg(&out);
        finish(shell.args(typed.iter().map(|line| self.line(line))));
        let text = fs::read_to_string(out).unwrap();
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }

    fn start(&self, args: &[&str]) -> Program {
        let dirs = [
            self.site.sandbox.etc(),
            our_programs().unwrap(),
            "/usr/bin".into(),
            "/bin".into(),
        ];
        let dirs = dirs.map(|dir| dir.display().to_string());
        let run = self.site.sandbox.run();
        let shell = Program::at(Path::new("/usr/bin/env"), &self.site.sandbox);
        let shell = shell.arg("-C").arg(run).arg(&self.shell).args(args);
        shell.env("PATH", dirs.join(":")).env("TERM", "dumb")
    }

    /// A tool whose server without a name is ours: the default port belongs to this machine.
    fn stand_in(&self, program: &str) {
        let path = our_programs().unwrap().join(program);
        let (path, port) = (path.display(), self.site.port);
        let text = format!(
            "#!/bin/sh\nfor last; do :; done\ncase $last in\n-l) exec '{path}' \"$@\" 127.0.0.1:{port} ;;\n*:*) exec '{path}' \"$@\" ;;\nesac\n\
             n=$#\nfor word; do [ $n -eq 1 ] && word=$word@127.0.0.1:{port}; set -- \"$@\" \"$word\"; shift; n=$((n - 1)); done\n\
             exec '{path}' \"$@\"\n"
        );
        self.site.sandbox.write(program, &text);
        let file = self.site.sandbox.etc().join(program);
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Types into a zsh of its own terminal: each line and a tab, and then the key that writes the line down and empties it.
const TYPIST: &str = r#"
zmodload zsh/zpty zsh/datetime
dir=$1 out=$2
shift 2
zpty typist zsh -f
zpty -w typist "PROMPT= fpath=(${(q)dir} \$fpath) TYPED=${(q)out}; autoload -Uz compinit; compinit -D -u; setopt no_beep"
zpty -w typist "write-down() { print -r -- \$BUFFER >>\$TYPED; BUFFER= }; zle -N write-down; bindkey '^T' write-down; bindkey '^I' complete-word"
integer done=0 until=$((EPOCHSECONDS + 60))
for line; do
    zpty -n -w typist "$line"$'\t\x14'
    (( done += 1 ))
    while (( EPOCHSECONDS < until )) && [[ ! -s $out || ${#${(f)"$(<$out)"}} -lt $done ]]; do
        zpty -r -t typist >/dev/null
        sleep 0.02
    done
done
zpty -d typist
"#;

/// A file of ours.
fn completions(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging/completions");
    dir.join(name)
}

#[track_caller]
fn finish(shell: Program) -> String {
    let done = shell.run_within(PATIENCE * 2);
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    done.stdout
}

/// Sorted, without empty ones.
fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.is_empty());
    let mut lines: Vec<String> = lines.map(ToOwned::to_owned).collect();
    lines.sort();
    lines
}
