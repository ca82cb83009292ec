//! The set-up that the specification's examples speak of: `lab1` with a driver, `ghost` without.

use testkit::{FakeDriver, PATIENCE, Program, Running, Sandbox, Wire, free_port};

use crate::script::{Script, Step, matches};

const DUMP: &[&str] = &[
    r#"SETINFO lab.limit "15""#,
    "ADDRANGE lab.limit 10 20",
    "ADDRANGE lab.limit 30 40",
    "SETFLAGS lab.limit RW NUMBER",
    r#"SETINFO lab.mode "on""#,
    r#"ADDENUM lab.mode "on""#,
    r#"ADDENUM lab.mode "off""#,
    r#"ADDENUM lab.mode "a b""#,
    "SETAUX lab.mode 10",
    "SETFLAGS lab.mode RW STRING",
    r#"SETINFO lab.name "abc""#,
    "SETAUX lab.name 5",
    "SETFLAGS lab.name RW STRING",
    r#"SETINFO lab.note "note""#,
    "SETAUX lab.note 32",
    "SETFLAGS lab.note STRING",
    r#"SETINFO ups.model "M\"q\" \#1 \\x""#,
    r#"SETINFO ups.status "OL CHRG""#,
    "ADDCMD beeper.toggle",
    "ADDCMD Load.Off",
    "DATAOK",
    "DUMPDONE",
];

const UPS_CONF: &str = r##"
[lab1]
  driver = fake-ups
  port = none
  desc = "Rack \"A\" \#2"
[ghost]
  driver = fake-ups
  port = none
[plain]
  driver = fake-ups
  port = none
  desc = "A plain one"
"##;

const USERS: &str = r#"
[admin]
  password = adm
  actions = SET
  actions = FSD
  instcmds = ALL
[prim]
  password = "p w"
  upsmon primary
[sec]
  password = s3
  upsmon secondary
[cmdr]
  password = c
  instcmds = beeper.toggle
"#;

const PASSWORDS: &[(&str, &str)] = &[
    ("admin", "adm"),
    ("prim", "\"p w\""),
    ("sec", "s3"),
    ("cmdr", "c"),
];

pub(crate) struct Lab {
    port: u16,
    driver: FakeDriver,
    _bare: FakeDriver,
    _upsd: Running,
    _sandbox: Sandbox,
}

impl Lab {
    pub(crate) fn start() -> Self {
        let sandbox = Sandbox::new();
        let port = free_port().unwrap();
        sandbox
            .write("ups.conf", UPS_CONF)
            .write(
                "upsd.conf",
                &format!("LISTEN 127.0.0.1 {port}\nMAXAGE 60\n"),
            )
            .write("upsd.users", USERS);
        let driver = FakeDriver::start(&sandbox, "fake-ups", "lab1", DUMP);
        let bare = FakeDriver::start(&sandbox, "fake-ups", "plain", &["DATAOK", "DUMPDONE"]);
        let upsd = Program::locknut("upsd", &sandbox)
            .arg("-F")
            .as_myself()
            .start();
        upsd.wait_for_line("Connected to UPS [lab1]", PATIENCE);
        upsd.wait_for_line("Connected to UPS [plain]", PATIENCE);
        let lab = Self {
            port,
            driver,
            _bare: bare,
            _upsd: upsd,
            _sandbox: sandbox,
        };
        lab.wait_for_dump();
        lab
    }

    /// Waits until the last line of the dump has arrived.
    fn wait_for_dump(&self) {
        let mut wire = Wire::connect(self.port);
        let done = testkit::eventually(PATIENCE, || {
            (wire.ask("GET CMDDESC lab1 x") != "ERR DATA-STALE").then_some(())
        });
        let listed = testkit::eventually(PATIENCE, || {
            (wire.list("CMD lab1").len() == 2).then_some(())
        });
        assert!(
            done.is_some() && listed.is_some(),
            "the dump did not arrive"
        );
    }

    pub(crate) fn play(&self, script: &Script) {
        let mut talk: Option<Talk> = None;
        for (number, step) in &script.steps {
            if let Step::Begin { title, user } = step {
                if let Some(talk) = talk.take() {
                    talk.end();
                }
                talk = Some(Talk::begin(self.port, title, user.as_deref()));
                continue;
            }
            let talk = talk
                .as_mut()
                .unwrap_or_else(|| panic!("line {number} stands before the first title"));
            talk.step(*number, step, &self.driver);
        }
        if let Some(talk) = talk {
            talk.end();
        }
    }
}

/// One conversation.
struct Talk {
    title: String,
    wire: Wire,
    closed: bool,
    id: Option<String>,
    marks: usize,
    heard: usize,
}

impl Talk {
    fn begin(port: u16, title: &str, user: Option<&str>) -> Self {
        let mut wire = Wire::connect(port);
        if let Some(user) = user {
            let (_, password) = PASSWORDS.iter().find(|(name, _)| *name == user).unwrap();
            assert_eq!(wire.ask(&format!("USERNAME {user}")), "OK");
            assert_eq!(wire.ask(&format!("PASSWORD {password}")), "OK");
        }
        Self {
            title: title.to_owned(),
            wire,
            closed: false,
            id: None,
            marks: 0,
            heard: 0,
        }
    }

    fn step(&mut self, number: usize, step: &Step, driver: &FakeDriver) {
        match step {
            Step::Begin { .. } => {}
            Step::Client(line) => {
                self.heard = driver.received().len();
                self.wire.send(&self.with_id(line));
            }
            Step::Server(expected) => {
                let got = self.wire.read_line();
                let same = matches(expected, &got, &mut self.id);
                assert!(
                    same,
                    "line {number}, {}:\n  expected {expected}\n  got      {got}",
                    self.title
                );
            }
            Step::DriverGets(expected) => self.driver_gets(number, &self.with_id(expected), driver),
            Step::DriverSays(line) => {
                driver.broadcast(&self.with_id(line));
                self.settle(line, driver);
            }
            Step::Silent(silent) => driver.set_silent(*silent),
            Step::Closed => {
                self.wire.expect_closed();
                self.closed = true;
            }
        }
    }

    fn with_id(&self, line: &str) -> String {
        line.replace("{id}", self.id.as_deref().unwrap_or("{id}"))
    }

    fn driver_gets(&self, number: usize, expected: &str, driver: &FakeDriver) {
        let new = || {
            driver
                .received()
                .into_iter()
                .skip(self.heard)
                .collect::<Vec<_>>()
        };
        let came = testkit::eventually(PATIENCE, || {
            new().iter().any(|line| line == expected).then_some(())
        });
        assert!(
            came.is_some(),
            "line {number}, {}: the driver got {:?}, not {expected}",
            self.title,
            new()
        );
    }

    /// Waits until upsd has read what the driver said: a mark behind it shows.
    fn settle(&mut self, line: &str, driver: &FakeDriver) {
        if line == "DATASTALE" {
            let stale = || (self.wire.ask("GET VAR lab1 mark") == "ERR DATA-STALE").then_some(());
            assert!(
                testkit::eventually(PATIENCE, stale).is_some(),
                "{}: not stale",
                self.title
            );
            return;
        }
        self.marks += 1;
        let name = format!("{}.{}", std::process::id(), self.marks);
        driver.broadcast(&format!("SETINFO mark \"{name}\""));
        let expected = format!("VAR lab1 mark \"{name}\"");
        let seen = testkit::eventually(PATIENCE, || {
            (self.wire.ask("GET VAR lab1 mark") == expected).then_some(())
        });
        assert!(
            seen.is_some(),
            "{}: what the driver said did not arrive",
            self.title
        );
        driver.broadcast("DELINFO mark");
        let gone = "ERR VAR-NOT-SUPPORTED";
        let cleared = testkit::eventually(PATIENCE, || {
            (self.wire.ask("GET VAR lab1 mark") == gone).then_some(())
        });
        assert!(cleared.is_some(), "{}: the mark stayed", self.title);
    }

    /// Nothing may have come that was not asked for.
    fn end(mut self) {
        if !self.closed {
            assert_eq!(
                self.wire.ask("PROTVER"),
                "1.3",
                "{}: more came than was expected",
                self.title
            );
        }
    }
}
