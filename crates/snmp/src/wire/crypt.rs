//! The ciphers of version 3: DES in CBC mode (RFC 3414, 8), AES in CFB mode (RFC 3826).

use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use des::Des;

use super::Garbled;
use crate::login::PrivProtocol;

/// Bytes of a block of DES, and of what each message carries of its initial vector.
const BLOCK: usize = 8;

/// A cipher and its key.
#[derive(Clone)]
pub(super) struct Cipher {
    protocol: PrivProtocol,
    key: Vec<u8>,
}

/// What a message's initial vector is made of beside its salt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) boots: u32,
    pub(super) time: u32,
}

/// Bytes that the key of a cipher has. Half of DES's is for the initial vector.
pub(super) const fn key_length(protocol: PrivProtocol) -> usize {
    match protocol {
        PrivProtocol::Des | PrivProtocol::Aes => 16,
        PrivProtocol::Aes192 => 24,
        PrivProtocol::Aes256 => 32,
    }
}

/// Calls a mode with the AES that a protocol has.
macro_rules! with_aes {
    ($self:expr, $mode:ident :: $direction:ident, $iv:expr, $bytes:expr, $go:ident) => {
        match $self.protocol {
            PrivProtocol::Aes192 => $mode::$direction::<Aes192>::new_from_slices(&$self.key, $iv)
                .ok()
                .map(|it| it.$go($bytes)),
            PrivProtocol::Aes256 => $mode::$direction::<Aes256>::new_from_slices(&$self.key, $iv)
                .ok()
                .map(|it| it.$go($bytes)),
            _ => $mode::$direction::<Aes128>::new_from_slices(&$self.key, $iv)
                .ok()
                .map(|it| it.$go($bytes)),
        }
    };
}

impl Cipher {
    /// Nothing when the key has another length than the cipher needs.
    pub(super) fn new(protocol: PrivProtocol, key: &[u8]) -> Option<Self> {
        let key = key.to_vec();
        (key.len() == key_length(protocol)).then_some(Self { protocol, key })
    }

    /// The salt that a message carries, of a number that no other message has.
    pub(super) fn salt(&self, number: u64, boots: u32) -> [u8; BLOCK] {
        if self.protocol == PrivProtocol::Des {
            let low = number & u64::from(u32::MAX);
            return (u64::from(boots) << 32 | low).to_be_bytes();
        }
        number.to_be_bytes()
    }

    /// Nothing when something does not fit, which does not happen.
    pub(super) fn encipher(
        &self,
        plain: &[u8],
        moment: Moment,
        salt: [u8; BLOCK],
    ) -> Option<Vec<u8>> {
        let mut bytes = plain.to_vec();
        if self.protocol == PrivProtocol::Des {
            let (key, iv) = self.des(salt)?;
            let whole = bytes.len().next_multiple_of(BLOCK);
            bytes.resize(whole, 0);
            let mode = cbc::Encryptor::<Des>::new_from_slices(key, &iv).ok()?;
            mode.encrypt_padded::<NoPadding>(&mut bytes, whole).ok()?;
        } else {
            with_aes!(
                self,
                cfb_mode::Encryptor,
                &vector(moment, salt),
                &mut bytes,
                encrypt
            )?;
        }
        Some(bytes)
    }

    /// What was enciphered; with DES some bytes may follow it.
    pub(super) fn decipher(
        &self,
        bytes: &[u8],
        moment: Moment,
        salt: &[u8],
    ) -> Result<Vec<u8>, Garbled> {
        const ODD: Garbled = Garbled("it cannot be deciphered");
        let salt = salt.try_into().map_err(|_| ODD)?;
        let mut bytes = bytes.to_vec();
        if self.protocol == PrivProtocol::Des {
            let (key, iv) = self.des(salt).ok_or(ODD)?;
            let mode = cbc::Decryptor::<Des>::new_from_slices(key, &iv).map_err(|_| ODD)?;
            mode.decrypt_padded::<NoPadding>(&mut bytes)
                .map_err(|_| ODD)?;
        } else {
            with_aes!(
                self,
                cfb_mode::Decryptor,
                &vector(moment, salt),
                &mut bytes,
                decrypt
            )
            .ok_or(ODD)?;
        }
        Ok(bytes)
    }

    /// Key and initial vector of DES.
    fn des(&self, salt: [u8; BLOCK]) -> Option<(&[u8], [u8; BLOCK])> {
        let (key, before) = self.key.split_at_checked(BLOCK)?;
        let before: [u8; BLOCK] = before.try_into().ok()?;
        let mixed = u64::from_be_bytes(before) ^ u64::from_be_bytes(salt);
        Some((key, mixed.to_be_bytes()))
    }
}

/// The initial vector of AES.
fn vector(moment: Moment, salt: [u8; BLOCK]) -> [u8; 16] {
    let clock = u64::from(moment.boots) << 32 | u64::from(moment.time);
    let whole = u128::from(clock) << 64 | u128::from(u64::from_be_bytes(salt));
    whole.to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Moment = Moment {
        boots: 3,
        time: 1_000,
    };

    #[test]
    fn what_is_enciphered_is_deciphered_with_the_same_key_moment_and_salt_alone() {
        for (name, protocol) in PrivProtocol::NAMES {
            for length in [0, 1, 7, 8, 9, 16, 17, 1_000] {
                let key: Vec<u8> = (0..).take(key_length(protocol)).collect();
                let cipher = Cipher::new(protocol, &key).unwrap();
                let salt = cipher.salt(0x0102_0304_0506_0708, MOMENT.boots);
                let plain = vec![0x42; length];
                let secret = cipher.encipher(&plain, MOMENT, salt).unwrap();
                let again = cipher.decipher(&secret, MOMENT, &salt).unwrap();
                assert_eq!(again[..length], plain, "{name}");
                assert!(again[length..].iter().all(|byte| *byte == 0));
                let mut other = salt;
                other[0] ^= 1;
                let wrong = cipher.decipher(&secret, MOMENT, &other).unwrap();
                assert!(length == 0 || wrong[..length] != plain, "{name}");
            }
        }
    }

    #[test]
    fn the_salt_of_des_holds_the_boots() {
        let cipher = Cipher::new(PrivProtocol::Des, &[1; 16]).unwrap();
        let salt = cipher.salt(0x1122_3344_5566_7788, 3);
        assert_eq!(salt, [0, 0, 0, 3, 0x55, 0x66, 0x77, 0x88]);
    }

    #[test]
    fn what_does_not_fit_is_garbled() {
        assert!(Cipher::new(PrivProtocol::Aes256, &[1; 16]).is_none());
        let cipher = Cipher::new(PrivProtocol::Des, &[1; 16]).unwrap();
        assert!(cipher.decipher(&[0; 9], MOMENT, &[0; 8]).is_err());
        assert!(cipher.decipher(&[0; 8], MOMENT, &[0; 7]).is_err());
    }
}
