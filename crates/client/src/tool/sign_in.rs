//! Who the user of a tool is: options, then nutauth.conf, then a question.

use proto::HostPort;

use super::prompt::ask_password;
use super::{Failure, ask_line, say};
use crate::Password;
use crate::auth::{AuthConf, Choice};

/// What the command line says.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// `-u`
    pub user: Option<String>,
    /// `-p`
    pub password: Option<Password>,
    /// `-A`
    pub file: Option<String>,
}

/// For reading, which is anonymous: the file named by `-A` only has to be there.
///
/// # Errors
/// It is not.
pub fn must_exist(file: Option<&str>) -> Result<(), Failure> {
    if file.is_some() {
        AuthConf::read(&Choice::parse(file))?;
    }
    Ok(())
}

/// User and password for `server`.
///
/// # Errors
/// nutauth.conf must be there and is not, or a question has no answer.
pub(super) fn sign_in(given: &Given, server: &HostPort) -> Result<(String, Password), Failure> {
    let conf = AuthConf::read(&Choice::parse(given.file.as_deref()))?;
    for problem in conf.problems() {
        say(problem);
    }
    let user = match conf.credentials(server, given.user.as_deref()).user {
        Some(user) => user,
        None => ask_user()?,
    };
    let known = given.password.clone();
    let password = match known.or_else(|| conf.credentials(server, Some(&user)).password) {
        Some(password) => password,
        None => ask_password("Password: ")?,
    };
    Ok((user, password))
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
