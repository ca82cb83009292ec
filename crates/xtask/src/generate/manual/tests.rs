//! Pages and their tables.

use super::super::facts::samples;
use super::super::help;
use super::*;
use config::manual::Part;

#[test]
fn a_new_page_has_the_table_and_stays_as_it_is() {
    for facts in samples() {
        let new = driver(&facts, None).unwrap();
        assert!(new.starts_with(&format!("# {}(8)\n", facts.name)));
        assert_eq!(driver(&facts, Some(&new)).unwrap(), new);
    }
    let options = help::options("  -x <this>  Does it\n");
    let new = program("lab", &options, None).unwrap();
    assert!(
        new.contains("| `-x` *this* | Does it |\n<!-- end -->"),
        "{new}"
    );
    assert_eq!(program("lab", &options, Some(&new)).unwrap(), new);
}

#[test]
fn only_the_table_is_replaced() {
    let facts = &samples()[0];
    let begin = begin(SETTINGS);
    let old = format!("before\n{begin}old\n{END}after\n");
    let new = driver(facts, Some(&old)).unwrap();
    assert_eq!(
        new,
        format!(
            "before\n{begin}| setting | what it does |\n|---|---|\n\
             | `serial =` *value* | expression \\| for the number |\n| `quick` | no pauses |\n{END}after\n"
        )
    );
    let told = driver(facts, Some("no table")).unwrap_err().to_string();
    assert!(told.contains("lab-usb.8.md"), "{told}");
}

#[test]
fn a_page_without_a_table_has_to_name_every_option() {
    let options = help::options("  -x <this>  Does it\n  --daemon[=SECONDS]  Stays\n");
    let good = "With `-x` *this* it does, `lab --daemon=5` stays.\n";
    assert_eq!(program("lab", &options, Some(good)).unwrap(), good);
    let bad = "With -x it does, `--daemons` stay.\n";
    let told = program("lab", &options, Some(bad)).unwrap_err().to_string();
    assert!(told.contains("the options -x, --daemon are not"), "{told}");
}

#[test]
fn options_and_directives_are_told_as_they_are_written() {
    let options = help::options(
        "  -q, --quiet  Less <x>, `<y>`\n  --get NAME KEY  One\n  --every[=N]  Often\n",
    );
    assert_eq!(
        option_table(&options),
        "| option | what it does |\n|---|---|\n| `-q`, `--quiet` | Less \\<x>, `<y>` |\n| `--get` *name* *key* | One |\n\
         | `--every`[`=`*n*] | Often |\n"
    );
    let entry = |name, between, args| Entry {
        name,
        between,
        args,
        doc: "It is.",
        is_removed: false,
    };
    let lab = File {
        name: "lab.conf",
        parts: vec![
            Part {
                place: "",
                entries: vec![entry("A", " ", "<x>|<y>"), entry("flag", " ", "")],
            },
            Part {
                place: "below",
                entries: vec![entry("b", " = ", "<x>")],
            },
        ],
    };
    let (one, two) = (
        begin("the directives of lab.conf"),
        begin("the directives of lab.conf, below"),
    );
    let text = file(&lab, &format!("{one}{END}then\n{two}{END}")).unwrap();
    let head = "| directive | what it is for |\n|---|---|\n";
    assert_eq!(
        text,
        format!(
            "{one}{head}| `A <x>\\|<y>` | It is. |\n| `flag` | It is. |\n{END}then\n{two}{head}| `b = <x>` | It is. |\n{END}"
        )
    );
}

#[test]
fn what_a_program_looks_for_is_a_row_each() {
    let begin = begin(RULES);
    let old = format!("before\n{begin}{END}after\n");
    let new = rules("lab.8", &old, "mode\terror\tnothing is started\n").unwrap();
    let table = "| name | severity | why it matters |\n|---|---|---|\n| mode | error | nothing is started |\n";
    assert_eq!(new, format!("before\n{begin}{table}{END}after\n"));
}
