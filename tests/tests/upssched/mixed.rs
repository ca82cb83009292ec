//! C NUT's upssched with our daemon, and ours with its.

use crate::site::Site;
use testkit::{CNut, PATIENCE};

const RULES: &str = "AT ONBATT * START-TIMER low 2\nAT ONLINE * CANCEL-TIMER low\nAT COMMBAD * START-TIMER lost 1\n";

#[test]
fn c_nut_s_upssched_uses_our_daemon() {
    let Some(peers) = CNut::find("c_nut_s_upssched_uses_our_daemon") else {
        return;
    };
    let site = Site::with_script(RULES, "echo \"$1\" >> \"$DIR/notes\"\n");
    site.tell("ONBATT", "a");
    for (notice, rows) in [("ONBATT", 2), ("ONLINE", 0), ("COMMBAD", 1)] {
        let done = site.theirs(&peers, notice, "b").run();
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert_eq!(site.list().stdout.lines().count(), rows, "{notice}");
    }
    assert_eq!(site.wait_for_notes(1, PATIENCE), ["lost"]);
}

#[test]
fn our_upssched_uses_c_nut_s_daemon() {
    let Some(peers) = CNut::find("our_upssched_uses_c_nut_s_daemon") else {
        return;
    };
    let site = Site::with_script(RULES, "echo \"$1\" >> \"$DIR/notes\"\n");
    let done = site.theirs(&peers, "ONBATT", "a").run();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(site.daemon().is_none() || site.file("pipe").exists());
    site.tell("ONLINE", "a");
    site.tell("COMMBAD", "a");
    assert_eq!(site.wait_for_notes(1, PATIENCE), ["lost"]);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert_eq!(site.notes(), ["lost"], "ONBATT was cancelled");
}
