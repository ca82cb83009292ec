//! Parts that messages are written of.

use text::{escape_within, quote};

use crate::VALUE_MAX;

/// Appends a blank and a name: bare, as every reader expects it, unless that would change it.
pub(crate) fn name(name: &str, out: &mut String) {
    out.push(' ');
    let bare = !name.is_empty()
        && !name.starts_with('"')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'=' | b'\\'));
    if bare {
        out.push_str(name)
    } else {
        quote(name, out)
    }
}

/// Appends a blank and a quoted value, cut at [`VALUE_MAX`].
pub(crate) fn value(value: &str, out: &mut String) {
    out.push_str(" \"");
    escape_within(value, VALUE_MAX, out);
    out.push('"');
}

/// Appends a blank and a quoted text of any length.
pub(crate) fn text(text: &str, out: &mut String) {
    out.push(' ');
    quote(text, out);
}
