//! Datagrams on the port where an SNMP agent's traps and informs come in.

use std::sync::LazyLock;

use snmp::wire::notice::Notice;
use snmp::wire::{Kind, Pdu, community};
use snmp::{Auth, AuthProtocol, Call, Ears, Login, PrivProtocol, Privacy, Secret, User};

const COMMUNITY: &str = "public";

/// Ears for a community, and for a user who signs with a password that no seed has.
static EARS: LazyLock<[Ears; 2]> = LazyLock::new(|| {
    let auth = Auth {
        protocol: AuthProtocol::Sha256,
        password: Secret::new("a password that nobody knows"),
        privacy: Some(Privacy {
            protocol: PrivProtocol::Aes,
            password: Secret::new("another that nobody knows"),
        }),
    };
    let user = User {
        name: "bob".to_owned(),
        auth: Some(auth),
    };
    let logins = [Login::V2c(Secret::new(COMMUNITY)), Login::V3(user)];
    logins.map(|login| Ears::new(&login, None).expect("a login"))
});

/// Only who has the community is heard, nobody who would have to sign; an inform is answered with what it says, and nothing else is.
pub fn check_snmp_trap(bytes: &[u8]) {
    let [ears, of_user] = &*EARS;
    assert!(of_user.hear(bytes).is_err());
    let notice = Notice::read(bytes);
    let Ok(Call { answer }) = ears.hear(bytes) else {
        assert!(
            notice.is_err() || notice.is_ok_and(|notice| notice.community != COMMUNITY.as_bytes())
        );
        return;
    };
    let notice = notice.expect("a notice was heard");
    assert_eq!(notice.community, COMMUNITY.as_bytes());
    assert_eq!(notice.answer, answer);
    if let Some(answer) = answer {
        check_answer(bytes, &answer);
    }
}

fn check_answer(inform: &[u8], answer: &[u8]) {
    let inform = community::Message::read(inform).expect("an inform");
    let answer = community::Message::read(answer).expect("an answer");
    assert_eq!(inform.pdu.kind, Kind::Inform);
    assert_eq!(answer.community, inform.community);
    let expected = Pdu {
        kind: Kind::Response,
        status: 0,
        index: 0,
        ..inform.pdu
    };
    assert_eq!(answer.pdu, expected);
}
