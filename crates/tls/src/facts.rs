//! What a certificate says of itself, for messages, for names and for its time. Who signed it is judged by rustls.

use std::net::IpAddr;

use crate::date;
use crate::der::{Element, Reader, tag};

/// A certificate's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The parts of its subject in their order, as type and text: `("CN", "ups.example")`.
    pub subject: Vec<(String, String)>,
    /// The same of who issued it.
    pub issuer: Vec<(String, String)>,
    /// Host names it is for.
    pub hosts: Vec<String>,
    /// Addresses it is for.
    pub addresses: Vec<IpAddr>,
    /// From when it is valid, in seconds since 1970.
    pub not_before: i64,
    /// Until when.
    pub not_after: i64,
    /// Whether it may sign others, by its own words.
    pub(crate) may_sign: bool,
    /// The public key, with its algorithm, as it stands there.
    pub(crate) public_key: Vec<u8>,
}

const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ALTERNATIVE_NAMES: &[u8] = &[0x55, 0x1d, 17];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];

/// Types of names that have a short word.
#[rustfmt::skip]
static TYPES: &[(&[u8], &str)] = &[
    (COMMON_NAME,       "CN"),
    (&[0x55, 4, 5],     "serialNumber"),
    (&[0x55, 4, 6],     "C"),
    (&[0x55, 4, 7],     "L"),
    (&[0x55, 4, 8],     "ST"),
    (&[0x55, 4, 10],    "O"),
    (&[0x55, 4, 11],    "OU"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1], "emailAddress"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
];

impl Facts {
    /// Reads them; `None` if this is no certificate.
    #[must_use]
    pub fn read(der: &[u8]) -> Option<Self> {
        let mut signed = Reader(der).next_if(tag::SEQUENCE)?.inner();
        let mut body = signed.next_if(tag::SEQUENCE)?.inner();
        body.next_if(0xa0); // version; without it this is version 1
        let _serial = body.next()?;
        let _algorithm = body.next_if(tag::SEQUENCE)?;
        let issuer = body.next_if(tag::SEQUENCE)?;
        let mut validity = body.next_if(tag::SEQUENCE)?.inner();
        let subject = body.next_if(tag::SEQUENCE)?;
        let public_key = body.next_if(tag::SEQUENCE)?;
        let mut facts = Self {
            subject: name(subject),
            issuer: name(issuer),
            not_before: date::seconds(validity.next()?)?,
            not_after: date::seconds(validity.next()?)?,
            public_key: public_key.whole.to_vec(),
            ..Self::default()
        };
        match body.find(|element| element.tag == 0xa3) {
            Some(extensions) => facts.read_extensions(extensions),
            // certificates of the first version cannot say it
            None => facts.may_sign = facts.subject == facts.issuer,
        }
        Some(facts)
    }

    fn read_extensions(&mut self, wrapped: Element<'_>) {
        let list = wrapped.inner().next_if(tag::SEQUENCE);
        for extension in list.into_iter().flat_map(Element::inner) {
            let mut parts = extension.inner();
            let id = parts.next_if(tag::OID);
            parts.next_if(tag::BOOLEAN); // whether it is critical
            let value = parts.next_if(tag::OCTETS);
            match (id.map(|id| id.content), value) {
                (Some(ALTERNATIVE_NAMES), Some(value)) => self.read_names(value),
                (Some(BASIC_CONSTRAINTS), Some(value)) => {
                    let mut parts = value
                        .inner()
                        .next_if(tag::SEQUENCE)
                        .into_iter()
                        .flat_map(Element::inner);
                    self.may_sign =
                        parts.any(|part| part.tag == tag::BOOLEAN && part.content == [0xff]);
                }
                _ => {}
            }
        }
    }

    fn read_names(&mut self, value: Element<'_>) {
        let list = value.inner().next_if(tag::SEQUENCE);
        for name in list.into_iter().flat_map(Element::inner) {
            match name.tag {
                0x82 => self.hosts.push(printable(name.content)),
                0x87 => self.addresses.extend(address(name.content)),
                _ => {}
            }
        }
    }

    /// The public key with its algorithm, as it stands there.
    #[must_use]
    pub fn public_key(&self) -> &[u8] {
        &self.public_key
    }

    /// The common name, the last one if there are several.
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        let mut names = self.subject.iter().rev();
        names
            .find(|(kind, _)| kind == "CN")
            .map(|(_, text)| text.as_str())
    }

    /// Whether the certificate names hosts or addresses beside its common name, which then counts for nothing.
    #[must_use]
    pub fn has_alternative_names(&self) -> bool {
        !self.hosts.is_empty() || !self.addresses.is_empty()
    }

    /// Whether it is for this host or address: its alternative names, and only without those its common name.
    #[must_use]
    pub fn is_for(&self, host: &str) -> bool {
        if let Ok(address) = host.parse::<IpAddr>() {
            let address = address.to_canonical();
            return self
                .addresses
                .iter()
                .any(|own| own.to_canonical() == address)
                || !self.has_alternative_names() && self.common_name() == Some(host);
        }
        if self.has_alternative_names() {
            return self.hosts.iter().any(|pattern| covers(pattern, host));
        }
        self.common_name().is_some_and(|name| covers(name, host))
    }

    /// Whether `wanted` is one of its names in any way that NUT's directives write one: host, address, common
    /// name, or the whole subject.
    #[must_use]
    pub fn carries(&self, wanted: &str) -> bool {
        self.is_for(wanted)
            || self
                .common_name()
                .is_some_and(|name| name.eq_ignore_ascii_case(wanted))
            || self
                .subjects()
                .iter()
                .any(|subject| squeeze(subject) == squeeze(wanted))
    }

    /// The subject as OpenSSL's two ways and NSS write it.
    fn subjects(&self) -> [String; 3] {
        let parts = || {
            self.subject
                .iter()
                .map(|(kind, text)| format!("{kind}={text}"))
        };
        let slashes = parts().map(|part| format!("/{part}")).collect();
        let forward = parts().collect::<Vec<_>>().join(",");
        let backward = parts().rev().collect::<Vec<_>>().join(",");
        [slashes, forward, backward]
    }

    /// Who it is, for messages: its subject.
    #[must_use]
    pub fn title(&self) -> String {
        written(&self.subject)
    }

    /// Who issued it, for messages.
    #[must_use]
    pub fn issuer_title(&self) -> String {
        written(&self.issuer)
    }

    /// All hosts and addresses it is for, for messages.
    #[must_use]
    pub fn names(&self) -> String {
        let addresses = self.addresses.iter().map(IpAddr::to_string);
        let all: Vec<String> = self.hosts.iter().cloned().chain(addresses).collect();
        if all.is_empty() {
            return self.common_name().unwrap_or("no name").to_owned();
        }
        all.join(", ")
    }
}

fn written(name: &[(String, String)]) -> String {
    if name.is_empty() {
        return "(no subject)".to_owned();
    }
    let parts: Vec<String> = name
        .iter()
        .map(|(kind, text)| format!("{kind}={text}"))
        .collect();
    parts.join(", ")
}

/// Blanks around the commas are a matter of taste.
fn squeeze(subject: &str) -> String {
    let parts: Vec<&str> = subject.split(',').map(str::trim).collect();
    parts.join(",").to_lowercase()
}

/// Whether a name of a certificate, perhaps with `*` for its first part, stands for `host`.
fn covers(pattern: &str, host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    match pattern.strip_prefix("*.") {
        Some(domain) => host.split_once('.').is_some_and(|(first, rest)| {
            !first.is_empty() && domain.contains('.') && rest.eq_ignore_ascii_case(domain)
        }),
        None => pattern.eq_ignore_ascii_case(host),
    }
}

/// The parts of a name, whose texts end in messages: nothing that could fool a terminal is left in them.
fn name(element: Element<'_>) -> Vec<(String, String)> {
    let sets = element.inner().filter(|set| set.tag == tag::SET);
    sets.flat_map(Element::inner)
        .filter_map(|pair| {
            let mut parts = pair.inner();
            let id = parts.next_if(tag::OID)?;
            Some((kind(id.content), string(parts.next()?)))
        })
        .collect()
}

fn kind(id: &[u8]) -> String {
    let known = TYPES.iter().find(|row| row.0 == id);
    known.map_or_else(
        || id.iter().map(|byte| format!("{byte:02x}")).collect(),
        |row| row.1.to_owned(),
    )
}

fn string(element: Element<'_>) -> String {
    match element.tag {
        tag::UTF8 | tag::PRINTABLE | tag::IA5 => printable(element.content),
        tag::TELETEX => harmless(element.content.iter().map(|&byte| char::from(byte))),
        tag::BMP => {
            let units = element.content.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0xfffd,
            });
            harmless(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')))
        }
        _ => "?".to_owned(),
    }
}

fn printable(bytes: &[u8]) -> String {
    harmless(String::from_utf8_lossy(bytes).chars())
}

fn harmless(chars: impl Iterator<Item = char>) -> String {
    let odd = |c: char| c.is_control() || ('\u{200b}'..='\u{202e}').contains(&c);
    chars.map(|c| if odd(c) { '?' } else { c }).collect()
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return Some(four.into());
    }
    <[u8; 16]>::try_from(bytes).ok().map(Into::into)
}

#[cfg(test)]
mod tests;
