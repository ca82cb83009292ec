//! upsd without sockets: bytes as an interleaving of clients, drivers, time and reloads.
//!
//! The bytes are a script, one step a line; the first byte says who is meant, so that conversations can be written by
//! hand and every mutation is a conversation, too:
//!
//! | first byte  | the rest of the line                                                  |
//! |-------------|-----------------------------------------------------------------------|
//! | `1` `2`     | a client says this and a line end; it connects before if it must      |
//! | `3` `4`     | client 1 or 2 says this, the line goes on                             |
//! | `a` `b` `c` | a driver says this and a line end; it connects before if it must      |
//! | `A` `B` `C` | the same driver says this, the line goes on                           |
//! | `d`         | and a letter: that driver is gone                                     |
//! | `k`         | and a digit: that client hangs up                                     |
//! | `t`         | and a number: so many seconds later                                   |
//! | `r`         | and a number: reload, see `reload.rs` for its bits                    |
//! | `h`         | drivers stop or begin to read what they are sent                      |
//! | other       | client 1 says the whole line                                          |

mod audit;
mod client;
mod driver;
mod perform;
mod reload;
mod stage;

pub(crate) use stage::Stage;

use server::Descriptions;

/// Steps performed; each may take a look at everything.
const STEPS_MAX: usize = 300;

/// No conversation panics, every line gets a whole answer, and what is answered agrees with what was said before.
pub fn check_hub_conversation(bytes: &[u8]) {
    let mut stage = Stage::new(Descriptions::default());
    for line in bytes.split(|&byte| byte == b'\n').take(STEPS_MAX) {
        step(&mut stage, line);
        stage.perform();
    }
    stage.audit();
}

fn step(stage: &mut Stage, line: &[u8]) {
    let Some((&who, rest)) = line.split_first() else {
        return;
    };
    let whole = [rest, b"\n"].concat();
    match who {
        b'1' => stage.client_says(0, &whole),
        b'2' => stage.client_says(1, &whole),
        b'3' => stage.client_says(0, rest),
        b'4' => stage.client_says(1, rest),
        b'a'..=b'c' => stage.driver_says(usize::from(who - b'a'), &whole),
        b'A'..=b'C' => stage.driver_says(usize::from(who - b'A'), rest),
        b'd' => stage.driver_gone(usize::from(rest.first().map_or(0, |byte| byte % 3))),
        b'k' => stage.hang_up(usize::from(rest.first().map_or(0, |byte| byte % 2))),
        b't' => stage.later(number(rest) % 100_000),
        b'r' => stage.reload(number(rest)),
        b'h' => stage.held = !stage.held,
        _ => stage.client_says(0, &[line, b"\n"].concat()),
    }
}

fn number(digits: &[u8]) -> u64 {
    let digits = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .take(9);
    digits.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'))
}
