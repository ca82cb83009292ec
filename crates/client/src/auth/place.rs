//! Where nutauth.conf is looked for.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

const NAME: &str = "nutauth.conf";
/// Where configuration is when NUT_CONFPATH does not say otherwise; packagers choose it when they build.
const CONFPATH: &str = match option_env!("LOCKNUT_SYSCONFDIR") {
    Some(path) => path,
    None => "/etc/nut",
};

/// The places in this process's environment.
pub(super) fn usual() -> Vec<PathBuf> {
    places(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
}

/// The files to try, in order.
fn places(env: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    if let Some(file) = env("NUT_AUTHCONF_FILE") {
        return vec![file.into()];
    }
    if let Some(folder) = env("NUT_AUTHCONF_PATH") {
        return vec![Path::new(&folder).join(NAME)];
    }
    let mut places = Vec::new();
    if let Some(home) = env("HOME") {
        let home = Path::new(&home);
        places.push(home.join(".config/nut").join(NAME));
        places.push(home.join(".nutauth.conf"));
    }
    let site = env("NUT_CONFPATH").unwrap_or_else(|| CONFPATH.into());
    places.push(Path::new(&site).join(NAME));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)]) -> Vec<String> {
        let env = |name: &str| {
            let row = set.iter().find(|row| row.0 == name);
            row.map(|row| OsString::from(row.1))
        };
        let places = places(env);
        places
            .iter()
            .map(|path| path.display().to_string())
            .collect()
    }

    #[test]
    fn the_environment_decides() {
        assert_eq!(with(&[]), [format!("{CONFPATH}/nutauth.conf")]);
        assert_eq!(
            with(&[("HOME", "/h"), ("NUT_CONFPATH", "/c")]),
            [
                "/h/.config/nut/nutauth.conf",
                "/h/.nutauth.conf",
                "/c/nutauth.conf"
            ]
        );
        assert_eq!(
            with(&[("HOME", "/h"), ("NUT_AUTHCONF_PATH", "/p")]),
            ["/p/nutauth.conf"]
        );
        assert_eq!(
            with(&[("NUT_AUTHCONF_FILE", "/f"), ("NUT_AUTHCONF_PATH", "/p")]),
            ["/f"]
        );
    }
}
