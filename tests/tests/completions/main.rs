//! What shells offer when somebody types, with a live upsd.

#![cfg(test)]

mod bench;

use bench::Bench;

/// What is typed, and what has to be offered for the word at its end. `HOST` is the address of the server.
#[rustfmt::skip]
const TYPED: &[(&str, &[&str])] = &[
    ("upsc la",                          &["lab", "large"]),
    ("upsc HOST_LAB battery.ch",         &["battery.charge"]),
    ("upsc -jW 3 lab ups.st",            &["ups.status"]),
    ("upsc -",                           &["-l", "-L", "-c", "-j", "-W", "-A", "-h", "-V"]),
    ("upscmd -u admin lab load.",        &["load.off"]),
    ("upscmd -l lar",                    &["large"]),
    ("upsrw -s ups.i",                   &["ups.id="]),
    ("upsrw -u admin lar",               &["large"]),
    ("upslog -N -s la",                  &["lab", "large"]),
    ("upsmon -c f",                      &["fsd"]),
    ("upsmon --",                        &["--explain"]),
    ("upsd -c ",                         &["reload", "stop"]),
    ("upsdrvctl st",                     &["start", "stop", "status"]),
    ("upsdrvctl -D start la",            &["lab", "large"]),
    ("upsdrvctl -c reload-",             &["reload-or-error", "reload-or-exit"]),
    ("upsdrvsvcctl re",                  &["resync", "reconfigure"]),
    ("upsdrvctl start lab ",             &[]),
    ("upsc nosuch@HOST ",                &[]),
];

#[test]
fn bash_offers_what_is_there() {
    let Some(bench) = Bench::with("bash", "bash_offers_what_is_there") else {
        return;
    };
    for (line, offered) in TYPED {
        assert_eq!(bench.bash(line), sorted(offered), "{line}");
    }
    // it parts words at these: only what follows the last of them is put in
    assert_eq!(bench.bash("upsc HOST_LAB"), [bench.port()]);
}

#[test]
fn bash_offers_no_name_that_it_would_take_for_a_command() {
    let name = "bash_offers_no_name_that_it_would_take_for_a_command";
    let Some(bench) = Bench::with("bash", name) else {
        return;
    };
    let all = bench.bash("upsc lab x.");
    assert_eq!(all, ["x.good"]);
    assert!(!bench.was_tricked());
}

#[test]
fn fish_offers_what_is_there() {
    let Some(bench) = Bench::with("fish", "fish_offers_what_is_there") else {
        return;
    };
    for (line, offered) in TYPED {
        // it adds what has the word anywhere within
        let all = bench.fish(line);
        let missing = offered
            .iter()
            .find(|word| !all.iter().any(|one| one == *word));
        assert_eq!(missing, None, "{line}: {all:?}");
        assert!(!offered.is_empty() || all.is_empty(), "{line}: {all:?}");
    }
    let whole = format!("lab@127.0.0.1:{}", bench.port());
    assert!(bench.fish("upsc @HOST").contains(&whole));
    assert!(!bench.was_tricked());
}

#[test]
fn zsh_puts_in_what_can_be_meant_only() {
    let Some(bench) = Bench::with("zsh", "zsh_puts_in_what_can_be_meant_only") else {
        return;
    };
    let lines = [
        ("upsc lar", "upsc large"),
        ("upsc HOST_LAB battery.ch", "upsc HOST_LAB battery.charge"),
        ("upsc -jW 3 lab ups.st", "upsc -jW 3 lab ups.status"),
        (
            "upscmd -u admin lab load.of",
            "upscmd -u admin lab load.off",
        ),
        ("upsrw -s ups.i", "upsrw -s ups.id="),
        ("upslog -N -s lar", "upslog -N -s large"),
        ("upsmon -c f", "upsmon -c fsd"),
        ("upsmon --ex", "upsmon --explain"),
        ("upsd -c s", "upsd -c stop"),
        ("upsdrvctl sto", "upsdrvctl stop"),
        ("upsdrvctl -D start lar", "upsdrvctl -D start large"),
        ("upsdrvsvcctl resy", "upsdrvsvcctl resync"),
        ("upsdrvctl start lab x", "upsdrvctl start lab x"),
    ];
    let typed: Vec<&str> = lines.iter().map(|(typed, _)| *typed).collect();
    let whole: Vec<String> = lines.iter().map(|(_, whole)| bench.line(whole)).collect();
    assert_eq!(bench.zsh(&typed), whole);
    assert!(!bench.was_tricked());
}

fn sorted(words: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    words.sort();
    words
}
