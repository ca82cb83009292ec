//! A burst of requests to a burst of answers: all lines of one read, answered in one output buffer.

use server::{ConnId, Hub, Next};
use text::{Fed, Lexer};

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
    /// The connection is to be encrypted. What came behind that wish, if anything did, nobody may ever serve.
    Encrypt {
        /// Whether something did.
        more: bool,
    },
}

/// Answers the lines in `input` by appending to `out`.
pub(crate) fn answer(
    hub: &mut Hub,
    conn: ConnId,
    lexer: &mut Lexer,
    input: &[u8],
    now: Tick,
    out: &mut String,
) -> Ended {
    let mut used = 0;
    loop {
        if out.len() >= OUTPUT_MAX {
            return Ended::Full(used);
        }
        match lexer.feed(input.get(used..).unwrap_or_default()) {
            Fed::More => return Ended::Drained,
            Fed::Line(bytes) => {
                used += bytes;
                match hub.serve(conn, lexer.words(), now, out) {
                    Next::Open => {}
                    Next::Close => return Ended::Over,
                    Next::Encrypt => {
                        let more = used < input.len();
                        return Ended::Encrypt { more };
                    }
                }
            }
            Fed::Broken(bytes) => {
                used += bytes;
                hub.serve_broken(conn, now, out);
            }
        }
    }
}
