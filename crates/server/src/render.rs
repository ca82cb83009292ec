//! LIST VAR as a block of bytes that is made once and served until the device changes.

use model::Variable;
use proto::Line;

use crate::device::{Device, Link};

/// The answer to LIST VAR, and what it was made from.
#[derive(Debug)]
pub(crate) struct Rendered {
    spelled: String,
    version: u64,
    fsd: bool,
    block: String,
}

/// The value that clients see: a device in forced shutdown says so in its status.
pub(crate) fn append_value(
    line: Line<'_>,
    name: &str,
    variable: &Variable,
    fsd: bool,
) -> Result<(), proto::TooLong> {
    if fsd && name.eq_ignore_ascii_case("ups.status") {
        line.value(&format!("FSD {}", variable.value)).end()
    } else {
        line.value(&variable.value).end()
    }
}

/// Appends the answer to `LIST VAR ups`, where `ups` is the client's spelling. The device is connected.
pub(crate) fn list_var(device: &mut Device, ups: &str, out: &mut String) {
    let Some(link) = &device.link else { return };
    let made = Rendered {
        spelled: String::new(),
        version: link.tree.version(),
        fsd: device.fsd,
        block: String::new(),
    };
    let current = device.rendered.as_ref().is_some_and(|kept| {
        kept.spelled == ups && kept.version == made.version && kept.fsd == made.fsd
    });
    if !current {
        device.rendered = Some(render(link, ups, made));
    }
    if let Some(rendered) = &device.rendered {
        out.push_str(&rendered.block);
    }
}

fn render(link: &Link, ups: &str, mut made: Rendered) -> Rendered {
    ups.clone_into(&mut made.spelled);
    let out = &mut made.block;
    let framed = Line::new("BEGIN LIST VAR", out).word(ups).end();
    for (name, variable) in link.tree.iter() {
        // a name that no client can read is left out: its line would garble the whole list
        let _ = append_value(
            Line::new("VAR", out).word(ups).word(name),
            name,
            variable,
            made.fsd,
        );
    }
    let ended = Line::new("END LIST VAR", out).word(ups).end();
    if framed.and(ended).is_err() {
        out.clear();
        out.push_str("ERR INVALID-ARGUMENT\n");
    }
    made
}
