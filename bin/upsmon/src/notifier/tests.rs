//! Scripts that write down what they were told, in the order in which it happened.

use std::fs;
use std::time::Instant as StdInstant;

use tempfile::TempDir;
use tokio::task::LocalSet;
use tokio::time::sleep;

use super::*;

/// A directory with programs and what they left.
pub(super) struct Lab {
    dir: TempDir,
}

impl Lab {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { dir }
    }

    /// A shell script; its path. It is written by a process of its own, so that no test which forks at this moment
    /// holds it open for writing.
    pub(super) fn program(&self, name: &str, script: &str) -> String {
        let path = self.dir.path().join(name);
        let path = path.to_str().unwrap().to_owned();
        let copy = "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$2\" && chmod 755 \"$2\"";
        let status = std::process::Command::new("sh")
            .args(["-c", copy, "sh", script, &path])
            .status();
        assert!(status.unwrap().success());
        path
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.dir.path().join(name)).unwrap_or_default()
    }

    fn notifier(&self, script: &str, script_time: Duration) -> Notifier {
        let argv = vec![self.program("notify", script), "-a".into(), "b c".into()];
        Notifier::start_with(NotifyCommand { argv }, script_time, self.wall())
    }

    fn wall(&self) -> Wall {
        Wall::new(&self.program("wall", "cat >>\"${0%/*}/log\""))
    }

    async fn wait_for(&self, name: &str, text: &str) {
        for _ in 0..2000 {
            if self.read(name) == text {
                return;
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("{name} is {:?}, not {text:?}", self.read(name));
    }
}

/// One for NOTIFYCMD.
fn script(notice: Notice, message: &str) -> Delivery {
    Delivery {
        notice,
        ups: Some("rack@srv".to_owned()),
        message: message.to_owned(),
        syslog: true,
        wall: false,
        exec: true,
    }
}

async fn in_time(future: impl Future<Output = ()>) {
    let run = LocalSet::new();
    timeout(Duration::from_secs(60), run.run_until(future))
        .await
        .unwrap();
}

const LONG: Duration = Duration::from_secs(50);

#[tokio::test]
async fn a_script_gets_words_message_and_environment_without_a_shell() {
    let lab = Lab::new();
    in_time(async {
        let notifier = lab.notifier(
            "printf '%s|' \"$@\" \"$UPSNAME\" \"$NOTIFYTYPE\" \"$HOME\" >\"${0%/*}/log\"",
            LONG,
        );
        notifier.tell(script(Notice::OnBatt, "$(halt) \"x\" `y` on battery"));
        assert!(notifier.drain(LONG).await);
        let home = std::env::var("HOME").unwrap_or_default();
        let told = format!("-a|b c|$(halt) \"x\" `y` on battery|rack@srv|ONBATT|{home}|");
        assert_eq!(lab.read("log"), told);
        let mut delivery = script(Notice::Shutdown, "bye");
        delivery.ups = None;
        notifier.tell(delivery);
        assert!(notifier.drain(LONG).await);
        assert_eq!(lab.read("log"), format!("-a|b c|bye||SHUTDOWN|{home}|"));
    })
    .await;
}

#[tokio::test]
async fn deliveries_of_all_kinds_keep_their_order() {
    let lab = Lab::new();
    in_time(async {
        let slow_first = "test \"$3\" = 1 && sleep 0.3; echo \"$3\" >>\"${0%/*}/log\"";
        let notifier = lab.notifier(slow_first, LONG);
        for number in 0..40 {
            let mut delivery = script(Notice::OnBatt, &number.to_string());
            delivery.wall = number % 3 == 0;
            delivery.exec = !delivery.wall;
            notifier.tell(delivery);
        }
        notifier.desk.idle().await;
        let told: String = (0..40).map(|number| format!("{number}\n")).collect();
        assert_eq!(lab.read("log"), told);
    })
    .await;
}

#[tokio::test]
async fn a_script_that_hangs_delays_the_next_only_so_long_and_is_not_killed() {
    let lab = Lab::new();
    in_time(async {
        let notifier = lab.notifier(
            "test \"$3\" = hang && sleep 2; echo \"$3\" >>\"${0%/*}/log\"",
            Duration::from_millis(300),
        );
        notifier.tell(script(Notice::OnBatt, "hang"));
        notifier.tell(script(Notice::Online, "next"));
        lab.wait_for("log", "next\n").await;
        notifier.desk.idle().await;
        lab.wait_for("log", "next\nhang\n").await;
    })
    .await;
}

#[tokio::test]
async fn a_wall_that_blocks_is_given_up() {
    let lab = Lab::new();
    in_time(async {
        let wall = Wall::new(&lab.program("wall", "echo $$ >\"${0%/*}/pid\"; exec sleep 60"));
        let command = NotifyCommand::default();
        let notifier = Notifier::start_with(command, Duration::from_secs(1), wall);
        let mut delivery = script(Notice::OnBatt, &"x".repeat(200_000));
        delivery.wall = true;
        notifier.tell(delivery);
        notifier.desk.idle().await;
        let pid = lab.read("pid");
        for _ in 0..500 {
            if !fs::exists(format!("/proc/{}", pid.trim())).unwrap() {
                return;
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("{pid} is still there");
    })
    .await;
}

#[tokio::test]
async fn before_a_shutdown_every_script_is_started_however_many_hang() {
    let lab = Lab::new();
    in_time(async {
        let notifier = lab.notifier("echo \"$3\" >>\"${0%/*}/log\"; exec sleep 20", LONG);
        for number in 0..5 {
            notifier.tell(script(Notice::Shutdown, &number.to_string()));
        }
        lab.wait_for("log", "0\n").await;
        let begin = StdInstant::now();
        notifier.drain(Duration::from_secs(3)).await;
        assert!(begin.elapsed() < Duration::from_secs(10));
        lab.wait_for("log", "0\n1\n2\n3\n4\n").await;
    })
    .await;
}

#[tokio::test]
async fn failing_and_missing_commands_do_not_stop_the_queue() {
    let lab = Lab::new();
    in_time(async {
        let notifier = lab.notifier("echo oh >&2; exit 3", LONG);
        notifier.tell(script(Notice::OnBatt, "1"));
        assert!(notifier.drain(LONG).await);
        for argv in [vec![], vec!["/no/such/command".to_owned()]] {
            notifier.set_command(NotifyCommand { argv });
            notifier.tell(script(Notice::OnBatt, "2"));
            assert!(notifier.drain(LONG).await);
        }
        let argv = vec![lab.program("other", "echo \"$1\" >>\"${0%/*}/log\"")];
        notifier.set_command(NotifyCommand { argv });
        notifier.tell(script(Notice::OnBatt, "3"));
        assert!(notifier.drain(LONG).await);
        assert_eq!(lab.read("log"), "3\n");
    })
    .await;
}

#[tokio::test]
async fn a_daemon_that_a_script_leaves_behind_delays_nothing_and_may_still_complain() {
    let lab = Lab::new();
    in_time(async {
        let notifier = lab.notifier(
            "(sleep 1; echo late >&2; echo alive >>\"${0%/*}/log\") & exit 0",
            LONG,
        );
        let begin = StdInstant::now();
        notifier.tell(script(Notice::OnBatt, "x"));
        assert!(notifier.drain(LONG).await);
        assert!(begin.elapsed() < Duration::from_millis(900) && lab.read("log").is_empty());
        lab.wait_for("log", "alive\n").await;
    })
    .await;
}

#[tokio::test]
async fn all_children_are_reaped() {
    let lab = Lab::new();
    in_time(async {
        let notifier = lab.notifier("echo $$ >>\"${0%/*}/log\"", Duration::ZERO);
        for _ in 0..20 {
            notifier.tell(script(Notice::OnBatt, "x"));
        }
        notifier.desk.idle().await;
        for _ in 0..500 {
            if lab.read("log").lines().count() == 20 {
                break;
            }
            sleep(Duration::from_millis(10)).await;
        }
        sleep(Duration::from_millis(300)).await;
        let pids: Vec<_> = lab.read("log").lines().map(str::to_owned).collect();
        assert_eq!(pids.len(), 20);
        for pid in pids {
            assert!(!fs::exists(format!("/proc/{pid}")).unwrap(), "{pid}");
        }
    })
    .await;
}

#[tokio::test]
async fn scripts_that_never_end_are_bounded() {
    let lab = Lab::new();
    in_time(async {
        let notifier = lab.notifier(
            "echo x >>\"${0%/*}/log\"; exec sleep 5",
            Duration::from_millis(1),
        );
        for _ in 0..40 {
            notifier.tell(script(Notice::OnBatt, "x"));
        }
        notifier.desk.idle().await;
        lab.wait_for("log", &"x\n".repeat(32)).await;
    })
    .await;
}

#[tokio::test]
async fn too_long_a_queue_loses_its_oldest() {
    let desk = Desk::new(NotifyCommand::default(), SCRIPT_TIME);
    for number in 0..QUEUE_MAX + 3 {
        desk.put(script(Notice::OnBatt, &number.to_string()));
    }
    assert_eq!(desk.dropped.get(), 3);
    assert_eq!(desk.take().await.message, "3");
    for _ in 1..QUEUE_MAX {
        desk.take().await;
    }
    assert!(!desk.is_idle());
    let none = timeout(Duration::from_millis(10), desk.take()).await;
    assert!(none.is_err() && desk.is_idle());
    assert_eq!(desk.dropped.get(), 0);
}

#[tokio::test]
async fn what_is_only_for_the_log_is_not_queued() {
    in_time(async {
        let notifier = Notifier::start(NotifyCommand::default());
        let mut delivery = script(Notice::OnBatt, "x");
        delivery.exec = false;
        notifier.tell(delivery);
        assert!(notifier.desk.is_idle() && notifier.drain(Duration::ZERO).await);
    })
    .await;
}
