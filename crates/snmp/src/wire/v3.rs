//! Messages of version 3, with the user-based security model (RFC 3412, 6; RFC 3414, 2.4).

use super::ber::{self, Reader};
use super::crypt::Moment;
use super::keys::Keys;
use super::{Garbled, Pdu};

/// Bytes that we take in one message.
const SIZE_MAX: i64 = 65_507;
/// The user-based security model.
const USER_BASED: i64 = 3;
/// Bytes of an engine id that are taken; the standard has up to 32.
const ENGINE_MAX: usize = 64;

const SIGNED: u8 = 1;
const ENCIPHERED: u8 = 2;
const REPORTABLE: u8 = 4;

/// Who an agent's engine is, and its clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Engine {
    /// Its identity; nobody's when empty.
    pub id: Vec<u8>,
    /// How often it was started.
    pub boots: u32,
    /// Seconds since then.
    pub time: u32,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// An answer has its request's.
    pub id: i32,
    /// The agent's.
    pub engine: Engine,
    /// Who asks.
    pub user: Vec<u8>,
    /// What.
    pub pdu: Pdu,
}

/// A message that was read, and how well it was protected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The message.
    pub message: Message,
    /// Its signature is that of the user.
    pub is_signed: bool,
    /// Nobody else could read it.
    pub is_enciphered: bool,
}

impl Message {
    /// Its bytes: signed and enciphered, as far as there are keys. `salt` is a number that no other message has. Nothing when
    /// something does not fit, which does not happen.
    #[must_use]
    pub fn bytes(&self, keys: Option<&Keys>, salt: u64) -> Option<Vec<u8>> {
        let (data, salt) = self.data(keys, salt)?;
        let zeros = vec![0; keys.map_or(0, Keys::signature_length)];
        let unsigned = self.around(keys, &data, &zeros, &salt);
        let Some(keys) = keys else {
            return Some(unsigned);
        };
        let signature = keys.sign(&unsigned);
        Some(self.around(Some(keys), &data, &signature, &salt))
    }

    /// What is asked, enciphered if there is a key for it, and the salt of that.
    fn data(&self, keys: Option<&Keys>, salt: u64) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut scoped = Vec::new();
        ber::nest(&mut scoped, ber::SEQUENCE, |out| {
            ber::put(out, ber::OCTETS, &self.engine.id);
            ber::put(out, ber::OCTETS, &[]);
            self.pdu.put(out);
        });
        let Some(cipher) = keys.and_then(Keys::cipher) else {
            return Some((scoped, Vec::new()));
        };
        let salt = cipher.salt(salt, self.engine.boots);
        let secret = cipher.encipher(&scoped, self.moment(), salt)?;
        let mut data = Vec::new();
        ber::put(&mut data, ber::OCTETS, &secret);
        Some((data, salt.to_vec()))
    }

    fn around(&self, keys: Option<&Keys>, data: &[u8], signature: &[u8], salt: &[u8]) -> Vec<u8> {
        let level = match keys {
            None => 0,
            Some(keys) if keys.cipher().is_none() => SIGNED,
            Some(_) => SIGNED | ENCIPHERED,
        };
        let mut out = Vec::new();
        ber::nest(&mut out, ber::SEQUENCE, |out| {
            ber::put_integer(out, 3);
            ber::nest(out, ber::SEQUENCE, |out| {
                ber::put_integer(out, self.id.into());
                ber::put_integer(out, SIZE_MAX);
                ber::put(out, ber::OCTETS, &[level | REPORTABLE]);
                ber::put_integer(out, USER_BASED);
            });
            ber::nest(out, ber::OCTETS, |out| {
                ber::nest(out, ber::SEQUENCE, |out| {
                    ber::put(out, ber::OCTETS, &self.engine.id);
                    ber::put_integer(out, self.engine.boots.into());
                    ber::put_integer(out, self.engine.time.into());
                    ber::put(out, ber::OCTETS, &self.user);
                    ber::put(out, ber::OCTETS, signature);
                    ber::put(out, ber::OCTETS, salt);
                });
            });
            out.extend_from_slice(data);
        });
        out
    }

    fn moment(&self) -> Moment {
        Moment {
            boots: self.engine.boots,
            time: self.engine.time,
        }
    }

    /// The message that these bytes are. A signature is verified and a cipher undone with `keys`; of a message that needs them
    /// there is nothing to be had without. Nothing was checked of one that has no signature.
    ///
    /// # Errors
    /// It is none, not signed by whom it says, or not for these keys.
    pub fn read(bytes: &[u8], keys: Option<&Keys>) -> Result<Received, Garbled> {
        let mut start = Reader::new(bytes);
        let mut message = start.expect(ber::SEQUENCE)?;
        // what follows the message is not signed
        let whole = bytes.get(..start.position()).unwrap_or(bytes);
        if message.integer()? != 3 {
            return Err(Garbled("another version than was asked in"));
        }
        let head = Head::read(&mut message)?;
        let security = Security::read(&mut message)?;
        let is_signed = head.flags & SIGNED != 0;
        let is_enciphered = head.flags & ENCIPHERED != 0;
        if is_signed {
            let keys = keys.ok_or(Garbled("signed, though nothing was to be"))?;
            keys.verify(whole, security.signature_at, security.signature)?;
        }
        let pdu = if is_enciphered {
            let cipher = keys.and_then(Keys::cipher).filter(|_| is_signed);
            let cipher = cipher.ok_or(Garbled("enciphered, though nothing was to be"))?;
            let secret = message.expect(ber::OCTETS)?;
            let plain = cipher.decipher(secret.bytes(), security.moment(), security.salt)?;
            scoped(&mut Reader::new(&plain))?
        } else {
            scoped(&mut message)?
        };
        let message = Self {
            id: head.id,
            engine: security.engine,
            user: security.user.to_vec(),
            pdu,
        };
        Ok(Received {
            message,
            is_signed,
            is_enciphered,
        })
    }
}

/// The engine that a message says it is about. Nothing was checked of it.
///
/// # Errors
/// It is no message of version 3.
pub fn engine_of(bytes: &[u8]) -> Result<Vec<u8>, Garbled> {
    let mut message = Reader::new(bytes).expect(ber::SEQUENCE)?;
    message.integer()?;
    Head::read(&mut message)?;
    Ok(Security::read(&mut message)?.engine.id)
}

/// What stands in front.
struct Head {
    id: i32,
    flags: u8,
}

impl Head {
    fn read(message: &mut Reader<'_>) -> Result<Self, Garbled> {
        let mut head = message.expect(ber::SEQUENCE)?;
        let id = i32::try_from(head.integer()?);
        let id = id.map_err(|_| Garbled("a message id out of range"))?;
        let _size = head.integer()?;
        let flags = head.expect(ber::OCTETS)?.tag();
        if head.integer()? != USER_BASED {
            return Err(Garbled("another security model than the user-based one"));
        }
        let flags = flags.ok_or(Garbled("a message without flags"))?;
        Ok(Self { id, flags })
    }
}

/// The security parameters.
struct Security<'a> {
    engine: Engine,
    user: &'a [u8],
    signature: &'a [u8],
    signature_at: usize,
    salt: &'a [u8],
}

impl<'a> Security<'a> {
    fn read(message: &mut Reader<'a>) -> Result<Self, Garbled> {
        let mut security = message.expect(ber::OCTETS)?.expect(ber::SEQUENCE)?;
        let id = security.expect(ber::OCTETS)?.bytes();
        if id.len() > ENGINE_MAX {
            return Err(Garbled("an engine id that is too long"));
        }
        let boots = security.natural()?;
        let time = security.natural()?;
        let user = security.expect(ber::OCTETS)?.bytes();
        let signature = security.expect(ber::OCTETS)?;
        let salt = security.expect(ber::OCTETS)?.bytes();
        let id = id.to_vec();
        Ok(Self {
            engine: Engine { id, boots, time },
            user,
            signature: signature.bytes(),
            signature_at: signature.position(),
            salt,
        })
    }

    const fn moment(&self) -> Moment {
        Moment {
            boots: self.engine.boots,
            time: self.engine.time,
        }
    }
}

fn scoped(reader: &mut Reader<'_>) -> Result<Pdu, Garbled> {
    let mut scoped = reader.expect(ber::SEQUENCE)?;
    let _context_engine = scoped.expect(ber::OCTETS)?;
    let _context_name = scoped.expect(ber::OCTETS)?;
    Pdu::read(&mut scoped)
}
