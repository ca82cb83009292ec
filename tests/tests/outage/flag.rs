//! POWERDOWNFLAG, and `-K` which tells it to the last script of a shutdown.

use std::fs;

use testkit::Finished;

use crate::host::Host;
use crate::room::Room;
use crate::subjects::{each, upsmons};
use crate::traces::MAGIC;

/// `-K`, and whether it said this.
#[track_caller]
fn expect_k(host: &Host, code: i32, says: &str) {
    let done: Finished = host.ask(&["-K"]);
    let said = format!("{}{}", done.stdout, done.stderr);
    assert_eq!(done.code, Some(code), "{said}");
    assert!(said.contains(says), "`{says}` is not in:\n{said}");
}

#[test]
fn k_tells_by_its_exit_code_whether_the_flag_is_set() {
    each(
        upsmons("k_tells_by_its_exit_code_whether_the_flag_is_set"),
        |who| {
            let room = Room::new(&["lab"]);
            let mut host = Host::new(&who).primary(&room, "lab").with_flag().started();
            room.await_logins("lab", 1);
            expect_k(&host, 1, "Power down flag is not set");
            room.says("lab", "OB LB");
            host.expect_one_shutdown();
            assert_eq!(host.flag().as_deref(), Some(MAGIC));
            expect_k(&host, 0, "Power down flag is set");
            assert_eq!(host.flag().as_deref(), Some(MAGIC), "-K changes nothing");
            fs::write(host.flag_path(), "something else").unwrap();
            expect_k(&host, 1, "does not contain the upsmon magic string");
            fs::remove_file(host.sandbox.etc().join("upsmon.conf")).unwrap();
            assert_eq!(host.ask(&["-K"]).code, Some(1));
        },
    );
}

#[test]
fn the_next_start_removes_the_flag() {
    each(upsmons("the_next_start_removes_the_flag"), |who| {
        let room = Room::new(&["lab"]);
        let host = Host::new(&who).primary(&room, "lab").with_flag();
        fs::write(host.flag_path(), MAGIC).unwrap();
        let host = host.started();
        room.await_logins("lab", 1);
        assert_eq!(host.flag(), None);
    });
}

#[test]
fn a_foreign_file_in_the_place_of_the_flag_is_never_touched() {
    each(
        upsmons("a_foreign_file_in_the_place_of_the_flag_is_never_touched"),
        |who| {
            let room = Room::new(&["lab"]);
            let host = Host::new(&who).primary(&room, "lab").with_flag();
            fs::write(host.flag_path(), "mine").unwrap();
            let mut host = host.started();
            room.await_logins("lab", 1);
            room.says("lab", "OB LB");
            host.expect_one_shutdown();
            assert_eq!(host.flag().as_deref(), Some(b"mine".as_slice()));
        },
    );
}
