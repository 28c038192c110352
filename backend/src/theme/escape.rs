//! Escapes what templates write.
//!
//! The template engine writes a slash as a character reference, too, which is no use in HTML and makes every address on a
//! page longer; here the five characters are escaped that mean something in text or in a quoted attribute.

use minijinja::{AutoEscape, Error, Output, State, Value, escape_formatter};

/// Writes a value into a page.
pub(super) fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
            out.write_str(&escaped(text)).map_err(Error::from)
        }
        _ => escape_formatter(out, state, value),
    }
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}
