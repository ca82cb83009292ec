//! Datagrams that say they are from an SNMP agent.

use std::sync::LazyLock;

use snmp::wire::keys::{Keys, Master};
use snmp::wire::v3::{Engine, Message};
use snmp::wire::{BINDINGS_MAX, Kind, Pdu, community};
use snmp::{Auth, AuthProtocol, Oid, PrivProtocol, Privacy, Secret, Value};

/// The keys of a user, with a cipher and without.
static KEYS: LazyLock<[Keys; 2]> = LazyLock::new(|| [keys(true), keys(false)]);

fn keys(has_privacy: bool) -> Keys {
    let privacy = Privacy {
        protocol: PrivProtocol::Aes,
        password: Secret::new("privpass123"),
    };
    let auth = Auth {
        protocol: AuthProtocol::Sha,
        password: Secret::new("authpass123"),
        privacy: has_privacy.then_some(privacy),
    };
    let master = Master::new(&auth).expect("a password");
    master.localized(b"engine").expect("keys")
}

/// What is understood is written and understood as the same, by us and by others; a signed message is not taken when a byte of it
/// is another.
pub fn check_snmp_message(bytes: &[u8]) {
    if let Ok(message) = community::Message::read(bytes) {
        check_pdu(&message.pdu);
        let again = community::Message::read(&message.bytes());
        assert_eq!(again.as_ref(), Ok(&message));
        check_second_opinion(bytes, &message);
    }
    if let Ok(received) = Message::read(bytes, None) {
        assert!(!received.is_signed && !received.is_enciphered);
        check_pdu(&received.message.pdu);
        let written = received.message.bytes(None, 0).expect("a message");
        assert_eq!(Message::read(&written, None), Ok(received));
    }
    for keys in &*KEYS {
        if let Ok(received) = Message::read(bytes, Some(keys)) {
            check_pdu(&received.message.pdu);
        }
        check_signed(bytes, keys);
    }
}

fn check_pdu(pdu: &Pdu) {
    assert!(pdu.bindings.len() <= BINDINGS_MAX);
    for (oid, _) in &pdu.bindings {
        assert_eq!(oid.to_string().parse::<Oid>().as_ref(), Ok(oid));
    }
}

/// The crate snmp2 understands more than we or less, but nothing else.
fn check_second_opinion(bytes: &[u8], ours: &community::Message) {
    let Ok(theirs) = snmp2::Pdu::from_bytes(bytes) else {
        return;
    };
    if theirs.message_type == snmp2::MessageType::TrapV1 {
        return;
    }
    assert_eq!(theirs.req_id, ours.pdu.request_id);
    assert_eq!(theirs.error_status, ours.pdu.status);
    assert_eq!(theirs.error_index, ours.pdu.index);
    // it stops at the first value that it does not know
    for ((_, theirs), (_, ours)) in theirs.varbinds.zip(&ours.pdu.bindings) {
        match (theirs, ours) {
            (snmp2::Value::Integer(theirs), Value::Integer(ours)) => assert_eq!(theirs, *ours),
            (snmp2::Value::OctetString(theirs), Value::Text(ours)) => assert_eq!(theirs, ours),
            (snmp2::Value::IpAddress(theirs), Value::IpAddress(ours)) => assert_eq!(theirs, *ours),
            _ => {}
        }
    }
}

/// Some of the bytes say what is done to a message that was signed.
fn check_signed(bytes: &[u8], keys: &Keys) {
    let [high, low, change, ..] = *bytes else {
        return;
    };
    let message = Message {
        id: 1,
        engine: Engine {
            id: b"engine".to_vec(),
            boots: 1,
            time: 2,
        },
        user: b"bob".to_vec(),
        pdu: Pdu {
            kind: Kind::Response,
            request_id: 3,
            status: 0,
            index: 0,
            bindings: vec![(Oid::new(&[1, 3, 6]).expect("an oid"), Value::Integer(4))],
        },
    };
    let mut signed = message.bytes(Some(keys), 9).expect("a message");
    let place = usize::from(u16::from_be_bytes([high, low])) % signed.len();
    if let Some(byte) = signed.get_mut(place) {
        *byte ^= change;
    }
    match Message::read(&signed, Some(keys)) {
        Ok(received) if received.is_signed => assert_eq!(received.message, message),
        _ => {}
    }
}
