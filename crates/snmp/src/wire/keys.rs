//! What version 3 makes of passwords: keys for one agent, that sign messages and encipher them (RFC 3414, 2.6 and 6; RFC 7860).

use std::fmt;

use hmac::digest::Digest;
use hmac::digest::block_api::BlockSizeUser;
use hmac::{KeyInit, Mac, SimpleHmac};

use super::Garbled;
use super::crypt::{self, Cipher};
use crate::login::{Auth, AuthProtocol, PrivProtocol};

/// Bytes that the repeated password has before it is hashed.
const STRETCHED: usize = 1 << 20;

/// Does something with the hash `$digest` that a protocol has.
macro_rules! with_digest {
    ($protocol:expr, $digest:ident => $what:expr) => {
        match $protocol {
            AuthProtocol::Md5 => {
                type $digest = md5::Md5;
                $what
            }
            AuthProtocol::Sha => {
                type $digest = sha1::Sha1;
                $what
            }
            AuthProtocol::Sha224 => {
                type $digest = sha2::Sha224;
                $what
            }
            AuthProtocol::Sha256 => {
                type $digest = sha2::Sha256;
                $what
            }
            AuthProtocol::Sha384 => {
                type $digest = sha2::Sha384;
                $what
            }
            AuthProtocol::Sha512 => {
                type $digest = sha2::Sha512;
                $what
            }
        }
    };
}

/// A user's keys, good for every agent: what costs the time. It shows nothing.
#[derive(Clone)]
pub struct Master {
    protocol: AuthProtocol,
    auth: Vec<u8>,
    privacy: Option<(PrivProtocol, Vec<u8>)>,
}

/// A user's keys for one agent. They show nothing.
#[derive(Clone)]
pub struct Keys {
    protocol: AuthProtocol,
    auth: Vec<u8>,
    privacy: Option<Cipher>,
}

impl Master {
    /// Of a user's passwords. Nothing when one is empty.
    #[must_use]
    pub fn new(auth: &Auth) -> Option<Self> {
        let protocol = auth.protocol;
        let privacy = match &auth.privacy {
            None => None,
            Some(privacy) => {
                let key = stretch(protocol, privacy.password.expose().as_bytes())?;
                Some((privacy.protocol, key))
            }
        };
        Some(Self {
            protocol,
            auth: stretch(protocol, auth.password.expose().as_bytes())?,
            privacy,
        })
    }

    /// The keys for the agent with this engine id. Nothing when they do not fit their cipher, which does not happen.
    #[must_use]
    pub fn localized(&self, engine: &[u8]) -> Option<Keys> {
        let local = |key: &[u8]| hash(self.protocol, &[key, engine, key]);
        let privacy = match &self.privacy {
            None => None,
            Some((cipher, key)) => {
                let key = extended(self.protocol, local(key), crypt::key_length(*cipher));
                Some(Cipher::new(*cipher, &key)?)
            }
        };
        Some(Keys {
            protocol: self.protocol,
            auth: local(&self.auth),
            privacy,
        })
    }
}

impl Keys {
    /// What enciphers, if anything does.
    pub(super) const fn cipher(&self) -> Option<&Cipher> {
        self.privacy.as_ref()
    }

    /// Bytes that a signature has.
    pub(super) const fn signature_length(&self) -> usize {
        match self.protocol {
            AuthProtocol::Md5 | AuthProtocol::Sha => 12,
            AuthProtocol::Sha224 => 16,
            AuthProtocol::Sha256 => 24,
            AuthProtocol::Sha384 => 32,
            AuthProtocol::Sha512 => 48,
        }
    }

    /// The signature of a message.
    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = with_digest!(self.protocol, D => {
            mac::<D>(&self.auth, &[message]).map_or_else(Vec::new, |mac| mac.finalize().into_bytes().to_vec())
        });
        signature.truncate(self.signature_length());
        signature
    }

    /// Whether `signature`, which stands at `at` in the message, is that of the message with zeros there.
    pub(super) fn verify(
        &self,
        message: &[u8],
        at: usize,
        signature: &[u8],
    ) -> Result<(), Garbled> {
        const WRONG: Garbled = Garbled("its signature is wrong");
        let length = self.signature_length();
        let (before, rest) = message.split_at_checked(at).ok_or(WRONG)?;
        let (_, behind) = rest.split_at_checked(length).ok_or(WRONG)?;
        if signature.len() != length {
            return Err(WRONG);
        }
        let zeros = vec![0; length];
        with_digest!(self.protocol, D => {
            let mac = mac::<D>(&self.auth, &[before, &zeros, behind]).ok_or(WRONG)?;
            mac.verify_truncated_left(signature).map_err(|_| WRONG)
        })
    }
}

fn mac<D: Digest + BlockSizeUser>(key: &[u8], parts: &[&[u8]]) -> Option<SimpleHmac<D>> {
    let mut mac = <SimpleHmac<D> as KeyInit>::new_from_slice(key).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac)
}

/// The password, repeated to a megabyte and hashed.
fn stretch(protocol: AuthProtocol, password: &[u8]) -> Option<Vec<u8>> {
    if password.is_empty() {
        return None;
    }
    // whole repetitions, so that each piece but the last begins where the password does
    let piece = password.repeat(1 + 4_096 / password.len());
    Some(with_digest!(protocol, D => {
        let mut digest = D::new();
        let mut left = STRETCHED;
        while left > 0 {
            let now = piece.get(..left.min(piece.len())).unwrap_or_default();
            digest.update(now);
            left -= now.len();
        }
        digest.finalize().to_vec()
    }))
}

fn hash(protocol: AuthProtocol, parts: &[&[u8]]) -> Vec<u8> {
    with_digest!(protocol, D => {
        let mut digest = D::new();
        for part in parts {
            digest.update(part);
        }
        digest.finalize().to_vec()
    })
}

/// A key that is too short gets its hash appended, and again, as Net-SNMP does (Blumenthal's draft on AES for SNMP, 3.1.2.1).
fn extended(protocol: AuthProtocol, mut key: Vec<u8>, length: usize) -> Vec<u8> {
    while key.len() < length {
        let more = hash(protocol, &[&key]);
        key.extend_from_slice(&more);
    }
    key.truncate(length);
    key
}

impl fmt::Debug for Master {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Master").finish_non_exhaustive()
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;
    use crate::login::Privacy;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// RFC 3414, A.3: the password and the engine of its examples.
    fn example(protocol: AuthProtocol) -> (Vec<u8>, Vec<u8>) {
        let engine = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
        let auth = Auth {
            protocol,
            password: Secret::new("maplesyrup"),
            privacy: None,
        };
        let master = Master::new(&auth).unwrap();
        let keys = master.localized(&engine).unwrap();
        (master.auth, keys.auth)
    }

    #[test]
    fn keys_are_those_of_the_standard() {
        let (master, local) = example(AuthProtocol::Md5);
        assert_eq!(hex(&master), "9faf3283884e92834ebc9847d8edd963");
        assert_eq!(hex(&local), "526f5eed9fcce26f8964c2930787d82b");
        let (master, local) = example(AuthProtocol::Sha);
        assert_eq!(hex(&master), "9fb5cc0381497b3793528939ff788d5d79145211");
        assert_eq!(hex(&local), "6695febc9288e36282235fc7151f128497b38f3f");
    }

    #[test]
    fn a_short_key_is_extended_by_its_hash() {
        let key = extended(AuthProtocol::Md5, vec![7; 16], 32);
        assert_eq!(key[16..], hash(AuthProtocol::Md5, &[&[7; 16]]));
        assert_eq!(extended(AuthProtocol::Sha512, vec![7; 64], 16), [7; 16]);
    }

    #[test]
    fn a_signature_is_good_for_its_message_alone() {
        for (_, protocol) in AuthProtocol::NAMES {
            let keys = Keys {
                protocol,
                auth: vec![1; 20],
                privacy: None,
            };
            let mut message = vec![0; 100];
            let signature = keys.sign(&message);
            let length = keys.signature_length();
            message[10..10 + length].copy_from_slice(&signature);
            assert_eq!(keys.verify(&message, 10, &signature), Ok(()));
            assert!(keys.verify(&message, 11, &signature).is_err());
            assert!(keys.verify(&message, 10, &signature[1..]).is_err());
            assert!(keys.verify(&message, 10, &[]).is_err());
            assert!(keys.verify(&message, 100, &signature).is_err());
            message[99] ^= 1;
            assert!(keys.verify(&message, 10, &signature).is_err());
        }
    }

    #[test]
    fn no_key_is_made_of_nothing_and_none_is_shown() {
        let mut auth = Auth {
            protocol: AuthProtocol::Md5,
            password: Secret::new("longenough"),
            privacy: Some(Privacy {
                protocol: PrivProtocol::Des,
                password: Secret::new(""),
            }),
        };
        assert!(Master::new(&auth).is_none());
        auth.privacy = None;
        let master = Master::new(&auth).unwrap();
        let keys = master.localized(b"engine").unwrap();
        assert_eq!(format!("{master:?} {keys:?}"), "Master { .. } Keys { .. }");
    }
}
