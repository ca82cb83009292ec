//! The text of nutauth.conf to a table, with the files it includes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use text::{Fed, Lexer, Words};

use super::keys::{self, Kind};
use super::title::{self, Opens};
use super::{AuthConf, Error, Title};
use crate::Password;

/// Files that may include each other in a row.
pub(super) const DEPTH_MAX: u32 = 8;
/// Bytes read of a file.
const SIZE_MAX: u64 = 1 << 20;
const SERVICES: &str = "/etc/services";

/// What reads an included file.
pub type Include<'i> = &'i dyn Fn(&Path) -> io::Result<Vec<u8>>;

/// Where the lines of a file go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Scope {
    Global,
    Section(Title),
    /// A title that was not understood, or a section that does not count here.
    Nowhere,
}

/// Reads a file. The inner error is that of the file itself, which callers may tolerate.
pub(super) fn load(path: &Path) -> Result<io::Result<AuthConf>, Error> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Ok(Err(error)),
    };
    let services = std::fs::read_to_string(SERVICES).unwrap_or_default();
    parse(path, &bytes, services, &read).map(Ok)
}

/// Reads a text; `services` is the text of /etc/services.
pub(super) fn parse(
    path: &Path,
    bytes: &[u8],
    services: String,
    include: Include<'_>,
) -> Result<AuthConf, Error> {
    let mut reader = Reader {
        conf: AuthConf::default(),
        services,
        include,
    };
    reader.file(path, bytes, &Scope::Global, 0)?;
    Ok(reader.conf)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(SIZE_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Counts lines up to places that only move forward.
#[derive(Default)]
struct Lines {
    before: u32,
    at: usize,
}

impl Lines {
    fn number(&mut self, bytes: &[u8], at: u64) -> u32 {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
        let between = bytes.get(self.at..at).unwrap_or_default();
        let ends = between.iter().filter(|&&byte| byte == b'\n').count();
        self.before = self
            .before
            .saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.at = self.at.max(at);
        self.before.saturating_add(1)
    }
}

struct Reader<'i> {
    conf: AuthConf,
    services: String,
    include: Include<'i>,
}

/// A place in the files, for messages and for what an INCLUDE there means.
struct At<'a> {
    path: &'a Path,
    line: u32,
    depth: u32,
}

impl Reader<'_> {
    /// Reads one file's lines into `outer`, the scope of the line that includes it.
    fn file(&mut self, path: &Path, bytes: &[u8], outer: &Scope, depth: u32) -> Result<(), Error> {
        let mut lexer = Lexer::new();
        let mut lines = Lines::default();
        let mut scope = outer.clone();
        let mut rest = bytes;
        loop {
            let fed = match lexer.feed(rest) {
                Fed::More => lexer.finish(),
                fed => Some(fed),
            };
            let Some(fed) = fed else { return Ok(()) };
            let first = lexer.words().word(0).map_or(0, |word| word.at);
            let line = lines.number(bytes, first);
            let at = At { path, line, depth };
            match fed {
                Fed::Broken(_) => {
                    let line = lines.number(bytes, lexer.fault());
                    self.problem(&At { line, ..at }, "unescaped # in quotes");
                }
                _ => self.line(lexer.words(), &at, &mut scope, outer)?,
            }
            let used = match fed {
                Fed::Line(used) | Fed::Broken(used) => used,
                Fed::More => 0,
            };
            rest = rest.get(used..).filter(|_| used > 0).unwrap_or_default();
        }
    }

    fn line(
        &mut self,
        words: &Words,
        at: &At<'_>,
        scope: &mut Scope,
        outer: &Scope,
    ) -> Result<(), Error> {
        let mut slots = [""; 4];
        let words = words.slots(&mut slots);
        if let [first, ..] = words
            && let Some(opens) = title::read(first, &self.services)
        {
            *scope = self.opened(opens, at, outer);
            return Ok(());
        }
        match *words {
            [] => {}
            [word, file] => match keys::find(word).map(|key| key.kind) {
                Some(Kind::Include { required }) => self.include(file, required, at, scope)?,
                _ => self.problem(at, "not understood"),
            },
            [key, "=", value, ref surplus @ ..] => {
                if !surplus.is_empty() {
                    let text = "only the first word behind \"=\" is taken; quote the value";
                    self.problem(at, text);
                }
                self.set(key, value, at, scope);
            }
            _ => self.problem(at, "not understood"),
        }
        Ok(())
    }

    /// The scope behind a title: in a file that a section includes, only that section counts.
    fn opened(&mut self, opens: Result<Opens, ()>, at: &At<'_>, outer: &Scope) -> Scope {
        match (opens, outer) {
            (Err(()), _) => {
                self.problem(at, "no such host and port");
                Scope::Nowhere
            }
            (Ok(Opens::Global), _) => outer.clone(),
            (Ok(Opens::Section(title)), Scope::Global) => Scope::Section(title),
            (Ok(Opens::Section(title)), Scope::Section(own)) if title == *own => outer.clone(),
            (Ok(Opens::Section(_)), _) => Scope::Nowhere,
        }
    }

    fn set(&mut self, word: &str, value: &str, at: &At<'_>, scope: &Scope) {
        let title = match scope {
            Scope::Global => None,
            Scope::Section(title) => Some(title),
            Scope::Nowhere => return,
        };
        let Some(key) = keys::find(word).filter(|key| key.has_equals()) else {
            self.problem(at, "unknown key");
            return;
        };
        // a title that names the user has said it
        if key.kind == Kind::User && title.is_some_and(|title| title.user.is_some()) {
            return;
        }
        let entry = self.conf.entry(title);
        match key.kind {
            Kind::User => entry.user = Some(value.to_owned()),
            Kind::Password => entry.password = Some(Password::new(value)),
            Kind::Encryption => {
                entry.encryption.set(key.name, value, at.path, at.line);
            }
            Kind::Include { .. } => {}
        }
    }

    fn include(
        &mut self,
        file: &str,
        required: bool,
        at: &At<'_>,
        scope: &Scope,
    ) -> Result<(), Error> {
        let path = at.path.to_owned();
        let wanted = at.path.parent().unwrap_or(Path::new("")).join(file);
        if at.depth >= DEPTH_MAX {
            let line = at.line;
            return Err(Error::TooDeep { path, line });
        }
        match (self.include)(&wanted) {
            Ok(bytes) => self.file(&wanted, &bytes, scope, at.depth + 1),
            Err(source) if required => Err(Error::Required {
                path,
                line: at.line,
                wanted,
                source,
            }),
            Err(_) => Ok(()),
        }
    }

    fn problem(&mut self, at: &At<'_>, what: &str) {
        let problem = format!("{}:{}: warning: {what}", at.path.display(), at.line);
        self.conf.problems.push(problem);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;
    use proto::HostPort;
    use std::fs;

    /// A table from a text.
    pub(in crate::auth) fn conf(text: &str) -> AuthConf {
        let path = Path::new("nutauth.conf");
        parse(path, text.as_bytes(), String::new(), &read).unwrap()
    }

    fn on(conf: &AuthConf, server: &str) -> (String, String) {
        let found = conf.credentials(&HostPort::parse(server).unwrap(), None);
        let password = found.password.as_ref().map_or("", Password::expose);
        (found.user.unwrap_or_default(), password.to_owned())
    }

    fn pair(user: &str, password: &str) -> (String, String) {
        (user.to_owned(), password.to_owned())
    }

    #[test]
    fn keys_come_in_two_words_and_any_case() {
        for text in [
            "user = a\npass = \"p w\"",
            "USERNAME=a\nPassWord=\"p w\"",
            "user = b\nuser = a # later wins\n\n  pass = \"p w\" surplus",
        ] {
            assert_eq!(on(&conf(text), "x"), pair("a", "p w"), "{text}");
        }
    }

    #[test]
    fn a_title_that_names_the_user_has_said_it() {
        let conf = conf("[bob@x]\nuser = mallory\npass = b\n");
        assert_eq!(on(&conf, "x"), pair("bob", "b"));
    }

    #[test]
    fn keys_of_tls_are_known() {
        let conf = conf("CERTPATH = /x\n[@x]\nCERTVERIFY = 1\nCERTHOST = y\n");
        assert_eq!(conf.problems(), [""; 0]);
    }

    #[test]
    fn a_value_that_is_cut_is_told() {
        let conf = conf("CERTHOST=CN=rack\npass = hunter2 x\npass = \"a = b\" # all\n");
        let cut = "warning: only the first word behind \"=\" is taken; quote the value";
        let told = [1, 2].map(|line| format!("nutauth.conf:{line}: {cut}"));
        assert_eq!(conf.problems(), told);
    }

    #[test]
    fn problems_have_a_place_and_no_text() {
        let conf =
            conf("pass hunter2\n\nhunter3 = x\npass = \"a#hunter4\"\n[x:nosuch]\npass = hunter5\n");
        assert_eq!(
            conf.problems(),
            [
                "nutauth.conf:1: warning: not understood",
                "nutauth.conf:3: warning: unknown key",
                "nutauth.conf:4: warning: unescaped # in quotes",
                "nutauth.conf:5: warning: no such host and port",
            ]
        );
        assert_eq!(on(&conf, "x"), pair("", ""));
        assert!(!format!("{conf:?}").contains("hunter"));
    }

    #[test]
    fn an_included_file_speaks_for_the_scope_that_includes_it() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
        write(
            "main",
            "INCLUDE more\nINCLUDE gone\n[@x]\nINCLUDE_REQUIRED more\n[@z]\nuser = z\n",
        );
        write(
            "more",
            "user = more\npass = m\n[@x]\npass = mx\n[@y]\nuser = y\npass = my\n",
        );
        let conf = load(&dir.path().join("main")).unwrap().unwrap();
        assert_eq!(on(&conf, "elsewhere"), pair("more", "m"));
        assert_eq!(on(&conf, "x"), pair("more", "mx"));
        assert_eq!(on(&conf, "y"), pair("y", "my"));
        assert_eq!(on(&conf, "z"), pair("z", ""));
    }

    #[test]
    fn a_required_file_must_be_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("main");
        fs::write(&path, "user = a\nINCLUDE_REQUIRED gone\n").unwrap();
        let error = load(&path).unwrap_err().to_string();
        assert!(
            error.contains("main:2: can't open the required file"),
            "{error}"
        );
    }

    #[test]
    fn files_that_include_each_other_end() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("main");
        fs::write(&path, "INCLUDE main\n").unwrap();
        assert!(matches!(load(&path), Err(Error::TooDeep { .. })));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[\\[\\]@:=\"#\\\\a-z0-9 \n]{0,200}") {
            conf(&text);
        }
    }
}
