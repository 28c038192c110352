//! A section's feed: Atom (RFC 4287).

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::published::Published;
use super::xml::{document, element};

/// Entries in a feed.
pub(super) const LENGTH: u64 = 20;

/// What a feed says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Feed<'a> {
    /// The id of the section, which stays when its address does not.
    pub(super) section_id: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// The language of its texts.
    pub(super) language: &'a str,
    /// Scheme and host of the site; empty where they are not known.
    pub(super) origin: &'a str,
    /// The path of its section.
    pub(super) section: &'a str,
    /// Its entries with their texts as HTML, newest first.
    pub(super) entries: Vec<(Published, String)>,
}

impl Feed<'_> {
    /// The document. Its time is that of its latest entry, so that nothing changes where nothing changed.
    ///
    /// # Errors
    /// Never: it is written into memory.
    pub(super) fn write(&self) -> std::io::Result<Vec<u8>> {
        let url = |path: &str| format!("{}{path}", self.origin);
        let feed_url = url(&format!("{}feed.xml", self.section));
        let latest = self.entries.iter().map(|(entry, _)| &entry.updated_at).max();
        let latest = latest.map_or("1970-01-01T00:00:00.000Z", |time| time.as_str());
        document(|xml| {
            let root = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
            root.with_attribute(("xml:lang", self.language)).write_inner_content(|xml| {
                element(xml, "id", &format!("urn:uuid:{}", self.section_id))?;
                element(xml, "title", self.title)?;
                element(xml, "updated", latest)?;
                link(xml, "self", "application/atom+xml", &feed_url)?;
                link(xml, "alternate", "text/html", &url(self.section))?;
                self.entries
                    .iter()
                    .try_for_each(|(entry, html)| write_entry(xml, entry, html, &url(entry.path())))
            })?;
            Ok(())
        })
    }
}

fn write_entry(xml: &mut Writer<Vec<u8>>, entry: &Published, html: &str, url: &str) -> std::io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        element(xml, "id", &format!("urn:uuid:{}", entry.id()))?;
        element(xml, "title", entry.title())?;
        element(xml, "published", entry.standing.published_at.as_str())?;
        element(xml, "updated", entry.updated_at.as_str())?;
        let author = if entry.author.name.is_empty() { "—" } else { &entry.author.name };
        xml.create_element("author").write_inner_content(|xml| element(xml, "name", author))?;
        link(xml, "alternate", "text/html", url)?;
        for tag in &entry.standing.tags {
            xml.create_element("category").with_attribute(("term", tag.as_str())).write_empty()?;
        }
        if !entry.summary.is_empty() {
            element(xml, "summary", &entry.summary)?;
        }
        let content = xml.create_element("content").with_attribute(("type", "html"));
        // Addresses within the text are relative to the entry's own.
        content.with_attribute(("xml:base", url)).write_text_content(BytesText::new(html))?;
        Ok(())
    })?;
    Ok(())
}

fn link(xml: &mut Writer<Vec<u8>>, relation: &str, kind: &str, url: &str) -> std::io::Result<()> {
    let link = xml.create_element("link").with_attribute(("rel", relation)).with_attribute(("type", kind));
    link.with_attribute(("href", url)).write_empty()?;
    Ok(())
}
