//! What a line may make of an answer.

use std::time::Duration;

/// How long a byte takes, at 2400 bits a second.
pub(crate) const BYTE: Duration = Duration::from_micros(4167);

/// What happens to a write, or to its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The unit does not hear it.
    Deaf,
    /// It is switched off and on again, and is not in smart mode any more.
    Restart,
    /// The port is pulled before it.
    Pulled,
    /// The answer is lost.
    Lost,
    /// The answer is noise.
    Noise,
    /// There is noise before the answer.
    NoiseBefore,
    /// The answer has no end.
    NoEnd,
    /// Only so many characters of the answer come, and an end.
    Piece(usize),
    /// Only so many characters of the answer come, without an end.
    PieceNoEnd(usize),
    /// What was written comes back.
    Echo,
    /// It says that it does not know that.
    Na,
    /// It says no.
    No,
    /// The characters of the answer are NULs.
    Zeros,
    /// The answer comes twice.
    Twice,
    /// Its characters are far between.
    Slow,
    /// It comes when nobody waits for it any more.
    Late,
    /// All alerts come in its middle.
    Alerts,
}

impl Trouble {
    pub(crate) const ALL: &'static [Self] = &[
        Self::Deaf,
        Self::Restart,
        Self::Pulled,
        Self::Lost,
        Self::Noise,
        Self::NoiseBefore,
        Self::NoEnd,
        Self::Piece(0),
        Self::Piece(1),
        Self::Piece(2),
        Self::Piece(3),
        Self::Piece(4),
        Self::Piece(30),
        Self::PieceNoEnd(1),
        Self::PieceNoEnd(3),
        Self::Echo,
        Self::Na,
        Self::No,
        Self::Zeros,
        Self::Twice,
        Self::Slow,
        Self::Late,
        Self::Alerts,
    ];

    /// What comes back instead of `answer`, how long it takes to begin, and how long each byte takes.
    pub(crate) fn spoil(self, request: &[u8], answer: Vec<u8>) -> (Vec<u8>, Duration, Duration) {
        let now = |bytes| (bytes, Duration::ZERO, BYTE);
        if answer.is_empty() && !matches!(self, Self::Na | Self::No | Self::Echo) {
            return now(answer);
        }
        let text = answer.strip_suffix(b"\r\n").unwrap_or(&answer);
        let piece = |length: usize| text.get(..length).unwrap_or(text).to_vec();
        let ended = |text: &[u8]| [text, b"\r\n"].concat();
        match self {
            Self::Deaf | Self::Restart | Self::Pulled | Self::Lost => now(Vec::new()),
            Self::Noise => now(b"\xa5@~\x80X\r\n".to_vec()),
            Self::NoiseBefore => now([b"\xff\x7f", answer.as_slice()].concat()),
            Self::NoEnd => now(text.to_vec()),
            Self::Piece(length) => now(ended(&piece(length))),
            Self::PieceNoEnd(length) => now(piece(length)),
            Self::Echo => now(ended(request)),
            Self::Na => now(b"NA\r\n".to_vec()),
            Self::No => now(b"NO\r\n".to_vec()),
            Self::Zeros => now(ended(&vec![0; text.len()])),
            Self::Twice => now(answer.repeat(2)),
            Self::Slow => (answer, Duration::ZERO, Duration::from_millis(100)),
            Self::Late => (answer, Duration::from_secs(8), BYTE),
            Self::Alerts => {
                let (begin, end) = answer.split_at(answer.len() / 2);
                now([begin, b"!$%+?=#|&*", end].concat())
            }
        }
    }
}

/// When there is trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// At one write, counted from 0.
    Write(usize),
    /// Whenever this is written.
    Letter(Vec<u8>),
}
