//! Drawings: kept only if nothing in them can run, load or link.
//!
//! Whoever opens a drawing by its address opens it as a document of the site, so that an allow-list decides and a drawing
//! that holds anything else is refused as a whole, not cleaned.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements that draw or describe.
const ELEMENTS: [&str; 28] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "symbol",
    "use",
    "marker",
    "title",
    "desc",
    "filter",
    "feGaussianBlur",
    "feOffset",
    "feBlend",
];

/// Why a drawing is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SvgProblem {
    #[error("the drawing is no well-formed XML: {0}")]
    Malformed(String),
    #[error("the drawing holds <{0}>, expected shapes, text and gradients only")]
    Element(String),
    #[error("the drawing has the attribute {0}, which could run or load something")]
    Attribute(String),
    #[error("the drawing holds a document type or a processing instruction, expected none")]
    Declaration,
}

/// Width and height in pixels, if nothing in the drawing can run.
pub(crate) fn check(bytes: &[u8]) -> Result<(u32, u32), SvgProblem> {
    let malformed = |error: &dyn std::fmt::Display| SvgProblem::Malformed(error.to_string());
    let text = std::str::from_utf8(bytes).map_err(|error| malformed(&error))?;
    let mut reader = Reader::from_str(text);
    let mut size = None;
    loop {
        match reader.read_event().map_err(|error| malformed(&error))? {
            Event::Start(start) | Event::Empty(start) => {
                check_element(&start)?;
                size = size.or(Some(dimensions(&start)));
            }
            Event::DocType(_) | Event::PI(_) => return Err(SvgProblem::Declaration),
            Event::Eof => return Ok(size.unwrap_or((300, 150))),
            _ => {}
        }
    }
}

fn check_element(start: &BytesStart<'_>) -> Result<(), SvgProblem> {
    let name = name_of(start);
    if !ELEMENTS.contains(&name.as_str()) {
        return Err(SvgProblem::Element(name));
    }
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| SvgProblem::Malformed(error.to_string()))?;
        let key = text(attribute.key);
        let value = text(&*attribute.value);
        let lower = value.to_ascii_lowercase();
        let local = key.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let loads = lower.contains("url(") && !lower.replace(['"', '\''], "").contains("url(#");
        let links = local == "href" && !value.trim().starts_with('#');
        let entity = value.contains('&');
        if local.starts_with("on")
            || links
            || loads
            || entity
            || lower.contains("@import")
            || lower.contains("script:")
        {
            return Err(SvgProblem::Attribute(key));
        }
    }
    Ok(())
}

fn dimensions(start: &BytesStart<'_>) -> (u32, u32) {
    let value = |wanted: &str| {
        let attribute = start.attributes().flatten().find(|attribute| text(attribute.key) == wanted)?;
        Some(text(&*attribute.value))
    };
    let pixels = |text: Option<String>| text.and_then(|text| rounded(text.trim_end_matches("px")));
    let view = value("viewBox").unwrap_or_default();
    let mut view = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2).map(rounded);
    let (view_width, view_height) = (view.next().flatten(), view.next().flatten());
    let width = pixels(value("width")).or(view_width).unwrap_or(300);
    let height = pixels(value("height")).or(view_height).unwrap_or(150);
    (width, height)
}

/// A length between 1 and 20,000 pixels.
fn rounded(text: &str) -> Option<u32> {
    let length: f64 = text.trim().parse().ok()?;
    (1..=20_000).contains(&(length.round() as i64)).then_some(length.round() as u32)
}

fn name_of(start: &BytesStart<'_>) -> String {
    text(start.name())
}

/// A name or a value as text, whichever form the parser has it in.
fn text(part: impl AsRef<str>) -> String {
    part.as_ref().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_kept_with_their_size() {
        let drawing =
            br##"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><defs>
            <linearGradient id="a"><stop offset="0"/></linearGradient></defs><path d="M0 0" fill="url(#a)"/>
            <use href="#a"/></svg>"##;
        assert_eq!(check(drawing), Ok((40, 20)));
    }

    #[test]
    fn what_could_run_is_refused() {
        for inner in [
            "<script>alert(1)</script>",
            "<foreignObject/>",
            "<a href='x'/>",
            "<image href='//x'/>",
            "<style>@import</style>",
            "<animate attributeName='href'/>",
            "<path onload='alert(1)'/>",
            "<use href='//evil/x#a'/>",
            "<use xlink:href='data:image/svg+xml,x'/>",
            "<path style='fill:url(http://x)'/>",
            "<path fill='&x;'/>",
            "<svg:script/>",
            "<g><path ONCLICK='x'/></g>",
            "<set/>",
            "<?xml-stylesheet href='x'?>",
        ] {
            let drawing = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>");
            assert!(check(drawing.as_bytes()).is_err(), "{inner}");
        }
        assert_eq!(check(b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>"), Err(SvgProblem::Declaration));
        assert!(check(b"<svg><g></svg>").is_err() && check(b"<svg \xff/>").is_err());
    }
}
