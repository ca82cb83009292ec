//! Who the user of a tool is: options, then nutauth.conf, then a question.

use client::Password;
use client::auth::{AuthConf, Choice};
use proto::HostPort;

use crate::common::encryption;
use crate::failure::say;
use crate::prompt::{ask_line, ask_password};
use crate::{Changing, Common, Failure};

/// User and password for `server`, and how to connect to it.
///
/// # Errors
/// nutauth.conf must be there and is not, or a question has no answer.
pub(crate) fn sign_in(
    common: &Common,
    given: &Changing,
    server: &HostPort,
) -> Result<(String, Password, tls::Client), Failure> {
    let conf = AuthConf::read(&Choice::parse(common.file.as_deref()))?;
    for problem in conf.problems() {
        say(problem);
    }
    let user = match conf.credentials(server, given.user.as_deref()).user {
        Some(user) => user,
        None => ask_user()?,
    };
    let encryption = encryption(&conf, server, Some(&user))?;
    let known = given.password.clone();
    let found = conf.credentials(server, Some(&user));
    let password = match known.or(found.password) {
        Some(password) => password,
        None => ask_password("Password: ")?,
    };
    Ok((user, password, encryption))
}

/// An empty answer means the login name.
fn ask_user() -> Result<String, Failure> {
    const WHAT: &str = "the user name";
    let login = ["LOGNAME", "USER"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()));
    let Some(login) = login else {
        return ask_line("Username: ", WHAT);
    };
    let typed = ask_line(&format!("Username ({login}): "), WHAT)?;
    Ok(if typed.is_empty() { login } else { typed })
}
