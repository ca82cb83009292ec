//! Whose turn it is, as functions of ups.conf.

use config::{Section, UpsConf};

use crate::Error;

/// The UPS named, or all in the order of the file.
pub(crate) fn choose<'c>(conf: &'c UpsConf, ups: Option<&str>) -> Result<Vec<&'c Section>, Error> {
    match ups {
        Some(name) => {
            let section = conf.section(name);
            let section = section.ok_or_else(|| Error::NoSuchUps(name.to_owned()))?;
            Ok(vec![section])
        }
        None if conf.sections.is_empty() => Err(Error::NoUps),
        None => Ok(conf.sections.iter().collect()),
    }
}

/// The UPSes by their `sdorder`, the lowest first, within a rank in the order of the file. Negative ranks are left out: these
/// UPSes are shut down only when named. The one that feeds this host belongs last.
pub(crate) fn by_rank<'c>(sections: &[&'c Section]) -> Vec<&'c Section> {
    let rank = |section: &&Section| section.sdorder.unwrap_or(0);
    let mut ranked: Vec<_> = sections
        .iter()
        .copied()
        .filter(|section| rank(section) >= 0)
        .collect();
    // stable: the order of the file stays within a rank
    ranked.sort_by_key(rank);
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn conf(text: &str) -> UpsConf {
        UpsConf::parse(Path::new("ups.conf"), text.as_bytes()).value
    }

    fn section(name: &str, more: &str) -> String {
        format!("[{name}]\n driver = dummy-ups\n port = x\n{more}")
    }

    #[test]
    fn all_ranks_are_served_in_order_and_negative_ones_are_not() {
        let text = [
            section("own", "sdorder = 3\n"),
            section("never", "sdorder = -1\n"),
            section("a", ""),
            section("b", "sdorder = 1\n"),
            section("c", "sdorder = 0\n"),
        ];
        let conf = conf(&text.concat());
        let all = choose(&conf, None).unwrap();
        let names: Vec<_> = by_rank(&all)
            .iter()
            .map(|section| section.name.as_str())
            .collect();
        assert_eq!(names, ["a", "c", "b", "own"]);
        assert_eq!(choose(&conf, Some("never")).unwrap().len(), 1);
    }

    #[test]
    fn names_count_letter_by_letter() {
        let conf = conf(&section("rack", ""));
        let told = choose(&conf, Some("Rack")).unwrap_err().to_string();
        assert_eq!(told, "UPS Rack not found in ups.conf");
        assert!(matches!(
            choose(&UpsConf::default(), None),
            Err(Error::NoUps)
        ));
    }
}
