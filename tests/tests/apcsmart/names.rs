//! The same program by the name of the older driver.

use crate::bench::Unit;

#[test]
fn the_older_name_serves_its_own_socket_and_says_who_it_is() {
    let test = "the_older_name_serves_its_own_socket_and_says_who_it_is";
    let Some(unit) = Unit::new(test, "smartups-3g") else {
        return;
    };
    let mut bench = unit.by_old_name().serve();
    bench.has("driver.name", Some("apcsmart-old"));
    bench.has("ups.firmware.old", Some("GWI"));
    assert!(bench.driver.printed().contains("this is apcsmart"));
}
