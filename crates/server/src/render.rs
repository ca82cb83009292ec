//! LIST VAR as a block of bytes that is made once and served until the device changes.

use model::{StateTree, Variable};
use proto::{Line, TooLong};

/// What a rendered block depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made<'a> {
    /// The client's spelling of the UPS.
    pub(crate) ups: &'a str,
    /// The version of the device's state.
    pub(crate) version: u64,
    /// Whether the UPS is in forced shutdown.
    pub(crate) fsd: bool,
}

/// The answer to LIST VAR, and what it was made from.
#[derive(Debug)]
pub(crate) struct Rendered {
    ups: String,
    version: u64,
    fsd: bool,
    block: String,
}

impl Rendered {
    pub(crate) fn new(made: Made<'_>, tree: &StateTree) -> Self {
        let Made { ups, version, fsd } = made;
        let mut block = String::new();
        let framed = Line::new("BEGIN LIST VAR", &mut block).word(ups).end();
        for (name, variable) in tree.iter() {
            let line = Line::new("VAR", &mut block).word(ups).word(name);
            // a name that no client can read is left out: its line would garble the whole list
            let _ = append_value(line, name, variable, fsd);
        }
        let ended = Line::new("END LIST VAR", &mut block).word(ups).end();
        if framed.and(ended).is_err() {
            block = "ERR INVALID-ARGUMENT\n".to_owned();
        }
        Self {
            ups: ups.to_owned(),
            version,
            fsd,
            block,
        }
    }

    /// Whether the block is what would be made now.
    pub(crate) fn is(&self, made: Made<'_>) -> bool {
        self.ups == made.ups && self.version == made.version && self.fsd == made.fsd
    }

    pub(crate) fn block(&self) -> &str {
        &self.block
    }
}

/// The value that clients see: a device in forced shutdown says so in its status.
pub(crate) fn append_value(
    line: Line<'_>,
    name: &str,
    variable: &Variable,
    fsd: bool,
) -> Result<(), TooLong> {
    if fsd && name.eq_ignore_ascii_case("ups.status") {
        line.value(&format!("FSD {}", variable.value)).end()
    } else {
        line.value(&variable.value).end()
    }
}
