//! Going to the background, tested without threads: the parent's exit code tells what became of the child.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test without the harness is not known as one"
)]

use std::process::exit;

use daemon::Exit;
use daemon::background::{Role, detach};

fn main() {
    ready_child_lets_the_parent_succeed();
    dying_child_makes_the_parent_fail();
    the_childs_code_is_passed_on();
    threads_forbid_it();
    println!("background: 4 tests passed");
}

fn ready_child_lets_the_parent_succeed() {
    match detach().unwrap() {
        Role::Parent(exit) => assert_eq!(exit, Exit::Success),
        Role::Child(readiness) => {
            assert!(readiness.is_background());
            readiness.ready().unwrap();
            exit(3);
        }
    }
}

fn dying_child_makes_the_parent_fail() {
    match detach().unwrap() {
        Role::Parent(exit) => assert_eq!(exit, Exit::Failure),
        Role::Child(readiness) => {
            drop(readiness);
            exit(0);
        }
    }
}

fn the_childs_code_is_passed_on() {
    match detach().unwrap() {
        Role::Parent(exit) => assert_eq!(exit, Exit::Code(7)),
        Role::Child(_readiness) => exit(7),
    }
}

fn threads_forbid_it() {
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let thread = std::thread::spawn(move || stopped.recv());
    assert!(detach().unwrap_err().to_string().contains("2 threads"));
    drop(stop);
    let _ = thread.join().unwrap();
}
