//! `status`: a table of the drivers, as their PID files and they themselves tell (spec cli.md, section 10.4).

use std::time::Duration;

use config::Section;
use daemon::pidfile::{self, Found};
use daemon::{Exit, banner};
use driver::Instance;

use crate::Error;
use crate::site::Site;

/// How long a driver may take to tell its state.
const ANSWER_TIME: Duration = Duration::from_secs(3);

/// Prints it; also drivers that are down are no failure.
pub(crate) fn print(site: &Site, sections: &[&Section]) -> Result<Exit, Error> {
    banner::say(&row([
        "UPSNAME",
        "UPSDRV",
        "RUNNING",
        "PF_PID",
        "S_RESPONSIVE",
        "S_PID",
        "S_STATUS",
    ]));
    for section in sections {
        banner::say(&look(site, section));
    }
    Ok(Exit::Success)
}

fn look(site: &Site, section: &Section) -> String {
    let found = pidfile::find(&site.pid_file(section), &[&section.driver]);
    let (running, pid) = match found {
        Found::Running(pid) => ("RUNNING", pid.to_string()),
        Found::Dead(pid) | Found::Foreign { pid, .. } => ("N/A", pid.to_string()),
        Found::Absent => ("N/A", "-3".to_owned()),
        Found::Unusable(_) => ("N/A", "-2".to_owned()),
    };
    let tree =
        Instance::connect(&site.socket(section)).and_then(|mut driver| driver.dump(ANSWER_TIME));
    let (responsive, own_pid, status) = match &tree {
        Ok(tree) => {
            let value = |name: &str| tree.get(name).map(|variable| variable.value.clone());
            let status = value("ups.status").map(|status| format!("\"{status}\""));
            (
                "RESPONSIVE",
                value("driver.pid").unwrap_or_else(|| pid.clone()),
                status.unwrap_or_default(),
            )
        }
        Err(_) => ("NOT_RESPONSIVE", "N/A".to_owned(), String::new()),
    };
    row([
        &section.name,
        &section.driver,
        running,
        &pid,
        responsive,
        &own_pid,
        &status,
    ])
}

/// The first two columns are padded; a tab stands between all.
fn row(columns: [&str; 7]) -> String {
    let [name, driver, rest @ ..] = columns;
    format!("{name:<11}\t{driver:>11}\t{}", rest.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_those_of_c_nut() {
        assert_eq!(
            row([
                "rack",
                "usbhid-ups",
                "RUNNING",
                "1834",
                "RESPONSIVE",
                "1834",
                "\"OL CHRG\""
            ]),
            "rack       \t usbhid-ups\tRUNNING\t1834\tRESPONSIVE\t1834\t\"OL CHRG\""
        );
    }
}
