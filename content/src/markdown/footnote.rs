//! Footnotes: their definitions are taken out of the text and written at its end, numbered as they are first referred to.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

/// The definitions of a text by their labels.
#[derive(Debug, Default)]
pub(super) struct Footnotes<'a> {
    definitions: HashMap<String, Vec<Event<'a>>>,
}

impl<'a> Footnotes<'a> {
    pub(super) fn has(&self, label: &str) -> bool {
        self.definitions.contains_key(label)
    }

    pub(super) fn definition(&self, label: &str) -> Vec<Event<'a>> {
        self.definitions.get(label).cloned().unwrap_or_default()
    }
}

/// Parts a text's events into the text itself and its footnotes.
pub(super) fn split<'a>(events: impl Iterator<Item = Event<'a>>) -> (Vec<Event<'a>>, Footnotes<'a>) {
    let (mut body, mut footnotes) = (Vec::new(), Footnotes::default());
    let mut open: Vec<(String, Vec<Event<'a>>)> = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push((label.to_string(), Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, events)) = open.pop() {
                    footnotes.definitions.entry(label).or_insert(events);
                }
            }
            event => open.last_mut().map_or(&mut body, |(_, events)| events).push(event),
        }
    }
    (body, footnotes)
}
