//! The body of a section.

use content::path::SectionPath;
use content::wire::{NewSection, SectionOrder};
use serde_json::Value;

use crate::http::failure::Answer;
use crate::http::members::Members;

/// Reads a section, whole.
pub(crate) fn read(body: Value) -> Answer<NewSection> {
    let mut members = Members::of(body)?;
    for (name, expected) in [("path", "a path such as /news/"), ("title", "what it is called")] {
        if !members.has(name) {
            members.wrong::<()>(name, format!("is missing, expected {expected}"));
        }
    }
    let path = members.line("path", 210);
    if let Some(problem) = path.as_deref().and_then(|path| SectionPath::parse(path).err()) {
        members.wrong::<()>("path", problem.to_string());
    }
    let title = members.line("title", 200).map(|title| title.trim().to_owned());
    if title.as_deref() == Some("") {
        members.wrong::<()>("title", "is blank, expected what it is called");
    }
    let listed = members.flag("listed").unwrap_or(true);
    let order = match members.take("order").map(serde_json::from_value::<SectionOrder>) {
        None => SectionOrder::default(),
        Some(Ok(order)) => order,
        Some(Err(_)) => {
            members.wrong::<()>("order", "is not known, expected newest, manual or title");
            SectionOrder::default()
        }
    };
    let feed = members.flag("feed").unwrap_or_default();
    let page_size = members.number("page_size", 1, 100).unwrap_or(20);
    members.finish()?;
    Ok(NewSection {
        path: path.unwrap_or_default(),
        title: title.unwrap_or_default(),
        listed,
        order,
        feed,
        page_size: u32::try_from(page_size).unwrap_or(20),
    })
}
