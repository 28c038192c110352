//! Any text as markdown: nothing in it runs, its headings can be reached, and its blocks stand in their order.

use std::collections::BTreeSet;

use content::markdown::{Media, MediaFile, Resolve, Source, blocks, references, render};

use super::cleaner::is_clean;

/// A site that has an entry, a picture and a file.
struct Site;

impl Resolve for Site {
    fn entry(&self, id: &str) -> Option<String> {
        (id == "1").then(|| "/news/first/".to_owned())
    }

    fn media(&self, id: &str) -> Option<Media> {
        let url = format!("/news/media/{id}/a");
        match id {
            "7" => Some(Media::Picture {
                sources: vec![Source { url, kind: "image/jpeg".to_owned(), width: 640, height: 320 }],
                alt: "a \"hill\" <b>".to_owned(),
            }),
            "8" => {
                let (kind, name) = ("application/pdf".to_owned(), "a.pdf".to_owned());
                Some(Media::File(MediaFile { url, kind, name }))
            }
            _ => None,
        }
    }
}

/// The text is UTF-8, as every text of the API's is.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let rendered = render(text, &Site);
    assert!(is_clean(&rendered.html), "{text:?} -> {}", rendered.html);
    assert_eq!(render(text, &Site), rendered, "the same text gives the same bytes");

    let mut anchors = BTreeSet::new();
    for heading in &rendered.headings {
        assert!(anchors.insert(&heading.anchor), "two headings at {:?}", heading.anchor);
        assert!(rendered.html.contains(&format!("id=\"{}\"", heading.anchor)), "{:?}", heading.anchor);
    }
    let known = references(text);
    assert!(rendered.broken.iter().all(|broken| known.contains(broken)), "{:?}", rendered.broken);

    let mut end = 0;
    for block in blocks(text) {
        assert!(block.source.start >= end && block.source.end >= block.source.start, "{:?}", block.source);
        assert!(text.get(block.source.clone()).is_some(), "{:?} cuts a character", block.source);
        end = block.source.end;
    }
}
