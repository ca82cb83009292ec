//! The set-up that the specification's examples speak of: `lab1` with a driver, `ghost` without.

use crate::script::Script;
use crate::talk::Talk;
use testkit::{FakeDriver, PATIENCE, Running, Sandbox, Wire, free_port};
use tests::Subject;

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
    subject: Subject,
    port: u16,
    driver: FakeDriver,
    _bare: FakeDriver,
    _upsd: Running,
    _sandbox: Sandbox,
}

impl Lab {
    pub(crate) fn start(subject: &Subject) -> Self {
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
        let upsd = subject
            .program("upsd", &sandbox)
            .arg("-F")
            .as_myself()
            .start();
        let lab = Self {
            subject: subject.clone(),
            port,
            driver,
            _bare: bare,
            _upsd: upsd,
            _sandbox: sandbox,
        };
        lab.wait_for_dumps();
        lab
    }

    /// Waits until the last line of each dump has arrived.
    fn wait_for_dumps(&self) {
        let mut wire = Wire::connect(self.port);
        let fresh =
            |wire: &mut Wire, ups| !wire.ask(&format!("GET DESC {ups} x")).starts_with("ERR");
        let there = testkit::eventually(PATIENCE, || {
            let fresh = fresh(&mut wire, "lab1") && fresh(&mut wire, "plain");
            (fresh && wire.list("CMD lab1").len() == 2).then_some(())
        });
        assert!(there.is_some(), "the dumps did not arrive");
    }

    /// Plays all conversations; gives what went wrong.
    pub(crate) fn play(&self, script: &Script) -> Vec<String> {
        let play = |scene| {
            let mut talk = Talk::begin(self.port, &self.driver);
            talk.play(scene, &self.subject).err()
        };
        script.scenes.iter().filter_map(play).collect()
    }
}

/// The password of a user, as it is sent.
pub(crate) fn password(user: &str) -> &'static str {
    let found = PASSWORDS.iter().find(|(name, _)| *name == user);
    found.unwrap_or_else(|| panic!("{user} is no user")).1
}
