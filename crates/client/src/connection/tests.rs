//! Single answers: good, refused, wrong, late, and none.

use super::*;
use crate::testing::{Server, Then};
use proto::Refusal;

const STATUS: Get<'static> = Get::Var {
    ups: "rack",
    var: "ups.status",
};

fn get_from(server: &Server) -> Result<Vec<String>, Error> {
    server.client(Duration::from_millis(300)).get(STATUS)
}

fn answered(answer: &str) -> Result<Vec<String>, Error> {
    get_from(&Server::raw(answer, Then::Wait))
}

#[test]
fn an_answer_is_what_stands_behind_the_query() {
    let words = answered("var RACK ups.status \"OL CHRG\"\r\n").unwrap();
    assert_eq!(words, ["OL CHRG"]);
}

#[test]
fn requests_go_quoted() {
    let server = Server::answering(&[]);
    let refused = get_from(&server).unwrap_err();
    assert_eq!(refused.refusal(), Some(Refusal::UnknownCommand));
    assert_eq!(server.heard(), ["GET VAR \"rack\" \"ups.status\""]);
}

#[test]
fn refusals_are_told_by_their_word_and_may_have_more() {
    for (answer, text) in [
        ("ERR UNKNOWN-UPS\n", "Unknown UPS"),
        ("ERR DATA-STALE and more\n", "Data stale"),
        ("ERR ALREADY-ATTACHED\n", "Already attached"),
        ("ERR BLUE-MOON\n", "Unknown error"),
        ("ERR\n", "Unknown error"),
    ] {
        assert_eq!(answered(answer).unwrap_err().to_string(), text);
    }
}

#[test]
fn anything_else_is_a_protocol_error() {
    for answer in [
        "\n",
        "OK\n",
        "VAR\n",
        "VAR rack\n",
        "VAR desk ups.status \"OL\"\n",
        "VAR rack ups.load \"OL\"\n",
        "TYPE rack ups.status NUMBER\n",
        "BEGIN LIST VAR rack\n",
        "\x01\x02\x7f\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n",
    ] {
        assert!(
            matches!(answered(answer), Err(Error::Protocol)),
            "{answer:?}"
        );
    }
    let bytes = Server::raw([0xff_u8, 0x00, 0x80, b'\n'], Then::Wait);
    assert!(matches!(get_from(&bytes), Err(Error::Protocol)));
}

#[test]
fn a_line_of_600_bytes_is_read() {
    let line = format!("VAR rack ups.status \"{}\"\n", "x".repeat(600));
    let words = answered(&line).unwrap();
    assert_eq!(words, ["x".repeat(512)], "a word keeps 512 bytes, as in C");
}

#[test]
fn a_line_that_never_ends_is_a_protocol_error() {
    let server = Server::raw("VAR rack ", Then::Repeat("x"));
    assert!(matches!(get_from(&server), Err(Error::Protocol)));
}

#[test]
fn half_a_line_and_an_end_is_a_disconnect() {
    for half in ["", "VAR rack ups.st", "VAR rack ups.status \"OL\""] {
        let server = Server::raw(half, Then::Close);
        assert!(matches!(get_from(&server), Err(Error::Disconnected)));
    }
}

#[test]
fn silence_is_a_time_out_and_so_is_a_trickle() {
    let trickle = Then::Trickle("x", Duration::from_millis(40));
    for then in [Then::Wait, trickle] {
        let error = get_from(&Server::raw("VAR ", then)).unwrap_err();
        assert_eq!(error.to_string(), "Read error: Connection timed out");
    }
}

#[test]
fn after_an_answer_that_was_lost_nothing_more_is_asked() {
    let server = Server::raw("", Then::Wait);
    let mut client = server.client(Duration::from_millis(50));
    assert!(matches!(client.get(STATUS), Err(Error::Read(_))));
    assert!(!client.is_usable());
    assert!(matches!(client.get(STATUS), Err(Error::Disconnected)));
}

#[test]
fn who_gives_up_waiting_gets_no_late_answer() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = Server::raw("", Then::Wait);
    runtime.block_on(async {
        let within = Duration::from_secs(5);
        let mut client = Connection::open(&server.address(), within).await.unwrap();
        let given_up = timeout(Duration::from_millis(30), client.get(STATUS)).await;
        assert!(given_up.is_err() && !client.is_usable());
    });
}

#[test]
fn an_answer_too_many_puts_the_connection_out_of_step() {
    let twice = "VAR rack ups.status \"OL\"\nVAR rack ups.status \"OB\"\n";
    let server = Server::raw(twice, Then::Wait);
    let mut client = server.client(Duration::from_millis(300));
    assert_eq!(client.get(STATUS).unwrap(), ["OL"]);
    assert!(matches!(client.get(STATUS), Err(Error::Disconnected)));
}

#[test]
fn a_refusal_leaves_the_connection_usable() {
    let server = Server::answering(&[
        ("GET VAR rack ups.status", "ERR DATA-STALE\n"),
        ("GET VAR rack ups.status", "VAR rack ups.status \"OL\"\n"),
        ("PROTVER", "1.3\n"),
    ]);
    let mut client = server.client(Duration::from_secs(5));
    assert!(client.get(STATUS).is_err());
    assert_eq!(client.get(STATUS).unwrap(), ["OL"]);
    assert_eq!(client.line(Request::ProtVer).unwrap(), ["1.3"]);
}

#[test]
fn ok_may_carry_an_id() {
    let id = "A7A7A7A7-A7A7-47A7-A7A7-A7A7A7A7A7A7";
    for (answer, tracking) in [
        ("OK\n".to_owned(), None),
        (format!("OK TRACKING {id}\n"), TrackingId::parse(id)),
        ("OK TRACKING 7\n".to_owned(), None),
        (format!("OK TRACKING {id} x\n"), None),
    ] {
        let server = Server::raw(answer, Then::Wait);
        let mut client = server.client(Duration::from_secs(5));
        let reply = client.ok(Request::Fsd { ups: "rack" }).unwrap();
        assert_eq!(reply.tracking(), tracking);
    }
}

#[test]
fn printing_a_connection_shows_no_words() {
    let server = Server::answering(&[("PASSWORD hunter2", "OK\n")]);
    let mut client = server.client(Duration::from_secs(5));
    client.ok(Request::Password("hunter2")).unwrap();
    assert!(!format!("{client:?}").contains("hunter2"));
}
