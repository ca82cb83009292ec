use super::*;
use proptest::prelude::*;
use text::Lexer;

fn parse<'a>(words: &[&'a str]) -> Result<Request<'a>, Refusal> {
    let (verb, args) = words.split_first().ok_or(Refusal::UnknownCommand)?;
    Request::parse(Verb::find(verb)?, args)
}

fn line(text: &str) -> Result<Request<'_>, Refusal> {
    parse(&text.split_whitespace().collect::<Vec<_>>())
}

fn reread(request: Request<'_>) {
    let mut out = String::new();
    request.write(&mut out);
    let mut lexer = Lexer::new();
    lexer.feed(out.as_bytes());
    let words: Vec<&str> = lexer.words().iter().collect();
    assert_eq!(parse(&words), Ok(request), "{out}");
}

#[test]
fn every_request_is_read_as_it_was_written() {
    let (ups, var, cmd) = ("lab1", "ups.status", "load.off");
    for request in [
        Request::Ver,
        Request::ProtVer,
        Request::Help,
        Request::StartTls,
        Request::Logout,
        Request::Username("g h"),
        Request::Password("p \"w\" #\\"),
        Request::Login {
            ups,
            word: Attach::Login,
        },
        Request::Login {
            ups,
            word: Attach::Attach,
        },
        Request::Primary { ups, master: false },
        Request::Primary { ups, master: true },
        Request::Fsd { ups },
        Request::SetVar {
            ups,
            var,
            value: "a = b",
        },
        Request::SetTracking(true),
        Request::SetTracking(false),
        Request::InstCmd {
            ups,
            cmd,
            param: None,
        },
        Request::InstCmd {
            ups,
            cmd,
            param: Some(""),
        },
        Request::Get(Get::NumLogins {
            ups,
            word: Attach::Login,
        }),
        Request::Get(Get::NumLogins {
            ups,
            word: Attach::Attach,
        }),
        Request::Get(Get::UpsDesc { ups }),
        Request::Get(Get::Var { ups, var }),
        Request::Get(Get::Type { ups, var }),
        Request::Get(Get::Desc { ups, var }),
        Request::Get(Get::CmdDesc { ups, cmd }),
        Request::Get(Get::Tracking { id: None }),
        Request::Get(Get::Tracking { id: Some("5F0C") }),
        Request::List(List::Ups),
        Request::List(List::Var { ups }),
        Request::List(List::Rw { ups }),
        Request::List(List::Cmd { ups }),
        Request::List(List::Client { ups }),
        Request::List(List::Enum { ups, var }),
        Request::List(List::Range { ups, var }),
    ] {
        reread(request);
    }
}

#[test]
fn commands_without_arguments_refuse_them() {
    for text in [
        "VER x",
        "NETVER x",
        "PROTVER x",
        "HELP x",
        "LOGOUT x",
        "DETACH x",
    ] {
        assert_eq!(line(text), Err(Refusal::InvalidArgument), "{text}");
    }
}

#[test]
fn commands_with_one_argument_take_exactly_one() {
    for verb in [
        "USERNAME", "PASSWORD", "LOGIN", "ATTACH", "PRIMARY", "MASTER", "FSD",
    ] {
        assert_eq!(line(verb), Err(Refusal::InvalidArgument), "{verb}");
        assert!(line(&format!("{verb} a")).is_ok(), "{verb}");
        assert_eq!(
            line(&format!("{verb} a b")),
            Err(Refusal::InvalidArgument),
            "{verb}"
        );
    }
}

#[test]
fn get_and_list_ignore_surplus_arguments_and_case() {
    let status = Request::Get(Get::Var {
        ups: "LAB1",
        var: "Ups.Status",
    });
    assert_eq!(line("get var LAB1 Ups.Status junk"), Ok(status));
    assert_eq!(line("List Ups x y"), Ok(Request::List(List::Ups)));
    assert_eq!(line("STARTTLS now"), Ok(Request::StartTls));
}

#[test]
fn malformed_requests_all_give_the_same_error() {
    for text in [
        "GET",
        "GET VAR",
        "GET VAR u",
        "GET FOO a b",
        "GET NUMLOGINS",
        "GET DESC u",
        "LIST",
        "LIST VAR",
    ]
    .into_iter()
    .chain([
        "LIST CLIENTS u",
        "LIST ENUM u",
        "SET",
        "SET VAR u v",
        "SET TRACKING",
        "SET TRACKING maybe",
    ])
    .chain(["SET FOO a b c", "INSTCMD", "INSTCMD u"])
    {
        assert_eq!(line(text), Err(Refusal::InvalidArgument), "{text}");
    }
    assert_eq!(line("REQ x"), Err(Refusal::UnknownCommand));
}

#[test]
fn a_parameter_is_taken_only_when_it_is_the_last_word() {
    let param = |param| {
        Ok(Request::InstCmd {
            ups: "u",
            cmd: "load.off",
            param,
        })
    };
    assert_eq!(line("INSTCMD u load.off 5"), param(Some("5")));
    assert_eq!(line("INSTCMD u load.off 5 6"), param(None));
}

proptest! {
    #[test]
    fn any_words_are_survived(words in prop::collection::vec("(GET|LIST|VAR|SET|[ -~]{0,9})", 0..6)) {
        let _ = parse(&words.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
