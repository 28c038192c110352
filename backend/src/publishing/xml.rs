//! Documents in XML, written into memory.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// A document: its declaration, and what `write` adds.
pub(super) fn document(
    write: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>,
) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    write(&mut xml)?;
    Ok(xml.into_inner())
}

/// An element that holds a text. Characters that XML 1.0 section 2.2 has no place for are left out.
pub(super) fn element(xml: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    let text: String = text.chars().filter(|c| is_character(*c)).collect();
    xml.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}

pub(super) fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
