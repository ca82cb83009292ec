//! Attacks on the running programs, with clients on loopback: service goes on for the upsmon that is logged in, nothing
//! leaks, and the log says what happened once and not ten thousand times.
//!
//! | file | attack |
//! |---|---|
//! | `floods.rs` | more connections than there may be, silent ones and talkative ones; lines without end |
//! | `handshakes.rs` | peers that say STARTTLS and then trickle, fall silent, send garbage or more than was asked for; renegotiation |
//! | `guesses.rs` | passwords guessed from a hundred addresses |
//! | `files.rs` | links in the state directory, files that everybody may read |
//! | `rights.rs` | what a daemon that was taken over could still do |
//! | `secrets.rs` | passwords in logs, arguments, environments and memory |
//! | `secrets_of_devices.rs` | the same for drivers: communities and passwords of SNMP, also in recordings |
//! | `secrets_of_keys.rs` | the same for certificates: passwords of keys, and keys; upslog and upssched |
//!
//! `victim.rs` is what they attack, `shown.rs` what they search.

#![cfg(test)]

mod files;
mod floods;
mod guesses;
mod handshakes;
mod rights;
mod secrets;
mod secrets_of_devices;
mod secrets_of_keys;
mod shown;
mod victim;
