//! The same program by the name of the older driver.

use crate::bench::Unit;

#[test]
fn the_older_name_serves_its_own_socket_and_says_who_it_is() {
    let test = "the_older_name_serves_its_own_socket_and_says_who_it_is";
    let Some(unit) = Unit::new(test, "smartups-3g") else {
        return;
    };
    let mut bench = unit.by_old_name().serve();
    let mut value = |var: &str| bench.socket.value(var);
    assert_eq!(value("driver.name").as_deref(), Some("apcsmart-old"));
    assert_eq!(value("ups.firmware.old").as_deref(), Some("GWI"));
    assert!(bench.driver.printed().contains("this is apcsmart"));
}
