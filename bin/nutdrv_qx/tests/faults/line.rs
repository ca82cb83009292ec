//! What a line may do to answers.

use std::time::Duration;

use serial::Piece;

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// None comes.
    Silence,
    /// Something else does.
    Garbage(&'static [u8]),
    /// The device does not know the request any more.
    Refusal(&'static [u8]),
    /// Its first bytes, and its end.
    Cut(usize),
    /// Its first bytes alone.
    Torn(usize),
    /// The request itself.
    Echo,
    /// Something stands before it.
    Before(&'static [u8]),
    /// Something stands in its middle.
    Within(&'static [u8]),
    /// A byte got lost.
    Without(usize),
    /// As many of these as it has bytes.
    All(u8),
    /// It comes twice.
    Doubled,
    /// So many milliseconds pass before each byte.
    Slow(u64),
    /// It comes so many milliseconds late.
    Late(u64),
}

/// Faults that make an answer none.
pub(crate) const SPOILING: &[Fault] = &[
    Fault::Silence,
    Fault::Garbage(b"\x80\xffXYZ@~|\x07(((11111111111111111111111111111111111111111111111\r"),
    Fault::Garbage(
        b"#0000000000000000000000000000000000000000000000000000000000000000000000000000000\r",
    ),
    Fault::Garbage(b"\r"),
    Fault::Refusal(b"NAK\r"),
    Fault::Refusal(b"(NAK\r"),
    Fault::Refusal(b"(NAKss\r"),
    Fault::Cut(1),
    Fault::Cut(3),
    Fault::Cut(20),
    Fault::Torn(1),
    Fault::Torn(3),
    Fault::Torn(20),
    Fault::Echo,
    Fault::Before(b"\xff\x7f"),
    Fault::Before(b"(("),
    Fault::Before(b"(0"),
    Fault::Before(b"\r"),
    Fault::Before(b"(\r"),
    Fault::Before(b"\0"),
    Fault::Within(b"\0"),
    Fault::Within(b"\0\0\0"),
    Fault::Within(b"\r"),
    Fault::Without(2),
    Fault::Without(40),
    Fault::All(0),
    Fault::All(b'1'),
    Fault::All(b'('),
    Fault::Slow(240),
    Fault::Late(1100),
    Fault::Late(2500),
];

/// Faults that take nothing away.
pub(crate) const HARMLESS: &[Fault] = &[Fault::Doubled, Fault::Slow(5), Fault::Late(900)];

impl Fault {
    /// What comes.
    pub(crate) fn pieces(self, request: &[u8], answer: &[u8]) -> Vec<Piece> {
        let head = |length: usize| &answer[..length.min(answer.len().saturating_sub(1))];
        let millis = Duration::from_millis;
        let bytes = match self {
            Self::Silence => Vec::new(),
            Self::Garbage(bytes) | Self::Refusal(bytes) => bytes.to_vec(),
            Self::Cut(length) => [head(length), b"\r"].concat(),
            Self::Torn(length) => head(length).to_vec(),
            Self::Echo => request.to_vec(),
            Self::Before(bytes) => [bytes, answer].concat(),
            Self::Within(bytes) => {
                let (one, other) = answer.split_at(answer.len() / 2);
                [one, bytes, other].concat()
            }
            Self::Without(place) => {
                let mut bytes = answer.to_vec();
                if place + 1 < bytes.len() {
                    bytes.remove(place);
                }
                bytes
            }
            Self::All(byte) => [vec![byte; answer.len().saturating_sub(1)], vec![b'\r']].concat(),
            Self::Doubled => answer.repeat(2),
            Self::Slow(pause) => {
                let pause = |&byte: &u8| (millis(pause), vec![byte]);
                return answer.iter().map(pause).collect();
            }
            Self::Late(pause) => return vec![(millis(pause), answer.to_vec())],
        };
        vec![(Duration::ZERO, bytes)]
    }
}
