//! A burst of requests to a burst of answers: all lines of one read, answered in one output buffer.

use server::{ConnId, Hub, Next};
use text::{Fed, Lexer, Words};

use model::Tick;

/// Output that is written before more requests are looked at: what a client does not read it cannot pile up.
pub(crate) const OUTPUT_MAX: usize = 64 * 1024;

/// Where a burst ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All input was used.
    Drained,
    /// There is enough output; this many bytes of input were used.
    Full(usize),
    /// The session is over; what input follows is discarded.
    Over,
    /// The line in the lexer has no answer yet and is to be served again later; this many bytes of input were used.
    Held(usize),
    /// The connection is to be encrypted. What came behind that wish, if anything did, nobody may ever serve.
    Encrypt {
        /// Whether something did.
        more: bool,
    },
}

/// What a burst leaves.
pub(crate) struct Out<'o> {
    /// The answers.
    pub(crate) text: &'o mut String,
    /// Whether the input held a password and is to be overwritten.
    pub(crate) secret: &'o mut bool,
}

/// Answers the lines in `input` by appending to `out`; before them the one in the lexer, if it is `held`.
pub(crate) fn answer(
    hub: &mut Hub,
    conn: ConnId,
    (lexer, held): (&mut Lexer, bool),
    input: &[u8],
    now: Tick,
    Out { text: out, secret }: &mut Out<'_>,
) -> Ended {
    let mut used = 0;
    if held {
        let next = hub.serve(conn, lexer.words(), now, out);
        if let Some(ended) = end(next, 0, input) {
            return ended;
        }
    }
    loop {
        if out.len() >= OUTPUT_MAX {
            return Ended::Full(used);
        }
        match lexer.feed(input.get(used..).unwrap_or_default()) {
            Fed::More => return Ended::Drained,
            Fed::Line(bytes) => {
                used += bytes;
                let next = hub.serve(conn, lexer.words(), now, out);
                if is_secret(lexer.words()) {
                    lexer.wipe();
                    **secret = true;
                }
                if let Some(ended) = end(next, used, input) {
                    return ended;
                }
            }
            Fed::Broken(bytes) => {
                used += bytes;
                hub.serve_broken(conn, now, out);
            }
        }
    }
}

/// Whether a line ends the burst, `used` bytes of `input` being behind it.
const fn end(next: Next, used: usize, input: &[u8]) -> Option<Ended> {
    match next {
        Next::Open => None,
        Next::Close => Some(Ended::Over),
        Next::Hold => Some(Ended::Held(used)),
        Next::Encrypt => Some(Ended::Encrypt {
            more: used < input.len(),
        }),
    }
}

/// Whether a line tells a password.
fn is_secret(words: &Words) -> bool {
    words
        .get(0)
        .is_some_and(|verb| verb.eq_ignore_ascii_case("PASSWORD"))
}
