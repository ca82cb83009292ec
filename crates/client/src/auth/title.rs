//! Section titles of nutauth.conf: `[user@host:port]` and its shorter forms.

use proto::{HostPort, PORT};

/// Whom a section is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) user: Option<String>,
    host: String,
    port: u16,
}

/// What a title line opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opens {
    /// `[]`, `[_global_defaults]`: what holds for every server.
    Global,
    /// What holds for one server, or one user there.
    Section(Title),
}

impl Title {
    /// Whether the section is for `server`, whoever asks.
    pub(crate) fn is_for(&self, server: &HostPort) -> bool {
        self.port == server.port && self.host.eq_ignore_ascii_case(&server.host)
    }
}

/// Reads the first word of a line; `None` if it is no title.
pub(super) fn read(word: &str, services: &str) -> Option<Result<Opens, ()>> {
    let inner = word.strip_prefix('[')?.strip_suffix(']')?;
    if inner.is_empty() || inner == "_global_defaults" {
        return Some(Ok(Opens::Global));
    }
    let (user, server) = inner.rsplit_once('@').unwrap_or(("", inner));
    let user = (!user.is_empty()).then(|| user.to_owned());
    Some(server_of(server, services).map(|(host, port)| Opens::Section(Title { user, host, port })))
}

/// Host and port; an empty host is localhost, an empty port NUT's, a service name its number.
fn server_of(text: &str, services: &str) -> Result<(String, u16), ()> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => rest
            .split_once(']')
            .map(|(host, port)| (host, port.strip_prefix(':').unwrap_or(port)))
            .ok_or(())?,
        None if text.matches(':').count() > 1 => (text, ""),
        None => text.split_once(':').unwrap_or((text, "")),
    };
    let host = if host.is_empty() { "localhost" } else { host };
    Ok((
        host.to_ascii_lowercase(),
        port_of(port, services).ok_or(())?,
    ))
}

fn port_of(text: &str, services: &str) -> Option<u16> {
    if text.is_empty() || text.eq_ignore_ascii_case("nut") {
        return Some(PORT);
    }
    match text.parse() {
        Ok(number) => Some(number).filter(|&number| number != 0),
        Err(_) => service(text, services),
    }
}

/// Looks a TCP service up in the text of /etc/services.
fn service(name: &str, services: &str) -> Option<u16> {
    services.lines().find_map(|line| {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let (first, at) = (words.next()?, words.next()?);
        let number = at.strip_suffix("/tcp")?;
        let named = first == name || words.any(|alias| alias == name);
        number.parse().ok().filter(|_| named)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICES: &str = "# comment\nssh 22/tcp\nups 401/udp\nups 401/tcp power # x\n";

    #[test]
    fn every_form_of_title_is_read() {
        for (word, user, host, port) in [
            ("[bob@srv:99]", Some("bob"), "srv", 99),
            ("[bob@srv]", Some("bob"), "srv", 3493),
            ("[bob@]", Some("bob"), "localhost", 3493),
            ("[b@c@srv]", Some("b@c"), "srv", 3493),
            ("[@SRV:99]", None, "srv", 99),
            ("[srv]", None, "srv", 3493),
            ("[srv:]", None, "srv", 3493),
            ("[srv:nut]", None, "srv", 3493),
            ("[srv:power]", None, "srv", 401),
            ("[:99]", None, "localhost", 99),
            ("[@[::1]:99]", None, "::1", 99),
            ("[::1]", None, "::1", 3493),
        ] {
            let Some(Ok(Opens::Section(title))) = read(word, SERVICES) else {
                panic!("{word}");
            };
            let got = (title.user.as_deref(), title.host.as_str(), title.port);
            assert_eq!(got, (user, host, port), "{word}");
        }
    }

    #[test]
    fn global_titles_open_no_section() {
        for word in ["[]", "[_global_defaults]"] {
            assert_eq!(read(word, ""), Some(Ok(Opens::Global)));
        }
    }

    #[test]
    fn what_is_no_title_is_told_from_a_bad_one() {
        for word in ["user", "[a", "a]", ""] {
            assert_eq!(read(word, SERVICES), None);
        }
        for word in ["[a:0]", "[a:70000]", "[a:nosuch]", "[a@[::1]"] {
            assert_eq!(read(word, SERVICES), Some(Err(())), "{word}");
        }
    }
}
