//! A server with a driver, a upsmon that is logged in, and a client that polls as upsmon does and takes the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use testkit::pki::{Ca, Valid};
use testkit::{PATIENCE, Program, Running, Wire};
use tests::Site;

/// Within what a poll has to be answered while an attack lasts. It takes a fraction of a millisecond; machines that test are
/// busy with much else. upsmon takes a server for lost after 5 s.
const PROMPT: Duration = Duration::from_secs(3);
/// Polls without which nothing was seen.
const POLLS_MIN: u32 = 20;
/// Kilobytes that the server may hold.
pub(crate) const MEMORY_MAX: u64 = 96 * 1024;

/// `pw of guest`, as `upsd --hash-password` makes it.
const USERS: &str = "
[pri]
  password = \"pw of pri\"
  upsmon primary
[guest]
  password = \"$argon2id$v=19$m=9216,t=4,p=1$HASH\"
  upsmon secondary
[admin]
  password = \"pw of admin\"
  actions = SET FSD
  instcmds = ALL
";

/// What is attacked.
pub(crate) struct Victim {
    pub(crate) site: Site,
    pub(crate) upsd: Running,
    pub(crate) upsmon: Running,
    _driver: Running,
    watch: Watch,
}

impl Victim {
    /// `conf` is added to upsd.conf.
    #[track_caller]
    pub(crate) fn new(conf: &str) -> Self {
        Self::at(Site::new(), conf)
    }

    /// The same with a certificate, so that there is STARTTLS.
    #[track_caller]
    pub(crate) fn with_certificate(conf: &str) -> Self {
        let site = Site::new();
        let issued = Ca::new("ca").issue("server", &["localhost"], Valid::Now);
        site.sandbox.write("server.pem", &issued.file());
        let path = site.sandbox.etc().join("server.pem");
        Self::at(site, &format!("CERTFILE {}\n{conf}", path.display()))
    }

    #[track_caller]
    fn at(site: Site, conf: &str) -> Self {
        site.devices(&[("calm", "ups.status: OL\n")]);
        site.sandbox.write(
            "upsd.conf",
            &format!("LISTEN 127.0.0.1 {}\n{conf}", site.port),
        );
        site.sandbox.write("upsd.users", &users(&site));
        let driver = site.driver("calm");
        let upsd = site.upsd();
        site.await_value("calm", "ups.status", "OL");
        let upsmon = upsmon(&site);
        upsd.wait_for_line("User pri@127.0.0.1 logged into UPS [calm]", PATIENCE);
        let watch = Watch::begin(site.port);
        Self {
            site,
            upsd,
            upsmon,
            _driver: driver,
            watch,
        }
    }

    /// Ends it and expects that nobody was kept waiting.
    #[track_caller]
    pub(crate) fn finish(self, attack: &str) {
        let memory = memory_of(self.upsd.pid());
        assert!(memory < MEMORY_MAX, "upsd grew to {memory} kB");
        let log = self.upsmon.printed();
        assert!(
            !log.contains("Poll UPS") && !log.contains("unavailable"),
            "{log}"
        );
        let (polls, slowest) = self.watch.end();
        println!(
            "{attack}: {polls} polls of a client that is logged in, the slowest took {slowest:?}"
        );
        assert!(slowest < PROMPT, "{attack}: a poll took {slowest:?}");
        assert_eq!(self.upsmon.stop(), Some(0));
        assert_eq!(self.upsd.stop(), Some(0));
    }

    /// How many lines of the server's log hold `text`.
    pub(crate) fn logged(&self, text: &str) -> usize {
        let log = self.upsd.printed();
        log.lines().filter(|line| line.contains(text)).count()
    }
}

fn users(site: &Site) -> String {
    let made = Program::locknut("upsd", &site.sandbox).arg("--hash-password");
    let made = made.input("pw of guest\n").run();
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    USERS.replace(
        "password = \"$argon2id$v=19$m=9216,t=4,p=1$HASH\"",
        made.stdout.trim(),
    )
}

/// Starts a primary.
#[track_caller]
pub(crate) fn upsmon(site: &Site) -> Running {
    site.sandbox.write(
        "upsmon.conf",
        &format!(
            "MONITOR calm@127.0.0.1:{} 1 pri \"pw of pri\" primary\nMINSUPPLIES 1\nSHUTDOWNCMD \"true\"\nPOLLFREQ 1\n\
             NOTIFYFLAG COMMBAD SYSLOG\nNOTIFYFLAG COMMOK SYSLOG\nNOTIFYFLAG NOCOMM SYSLOG\n",
            site.port
        ),
    );
    let upsmon = Program::locknut("upsmon", &site.sandbox);
    upsmon.arg("-F").as_myself().start()
}

/// Kilobytes of memory that process `pid` holds.
pub(crate) fn memory_of(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// Logs in and gives the answer to LOGIN.
#[track_caller]
pub(crate) fn log_in(client: &mut Wire, user: &str, password: &str) -> String {
    assert_eq!(client.ask(&format!("USERNAME {user}")), "OK");
    assert_eq!(client.ask(&format!("PASSWORD \"{password}\"")), "OK");
    client.ask("LOGIN calm")
}

/// A client that is logged in and polls.
struct Watch {
    ended: Arc<AtomicBool>,
    thread: JoinHandle<(u32, Duration)>,
}

impl Watch {
    #[track_caller]
    fn begin(port: u16) -> Self {
        let mut client = Wire::connect(port);
        assert_eq!(log_in(&mut client, "guest", "pw of guest"), "OK");
        let ended = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&ended);
        let thread = thread::spawn(move || {
            let (mut polls, mut slowest) = (0, Duration::ZERO);
            while polls < POLLS_MIN || !until.load(Ordering::SeqCst) {
                let asked = Instant::now();
                let answer = client.ask("GET VAR calm ups.status");
                assert_eq!(answer, "VAR calm ups.status \"OL\"");
                slowest = slowest.max(asked.elapsed());
                polls += 1;
                thread::sleep(Duration::from_millis(5));
            }
            (polls, slowest)
        });
        Self { ended, thread }
    }

    #[track_caller]
    fn end(self) -> (u32, Duration) {
        self.ended.store(true, Ordering::SeqCst);
        self.thread
            .join()
            .expect("the client that polls was not served")
    }
}
