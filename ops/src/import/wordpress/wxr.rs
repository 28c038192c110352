//! The XML of an export, as far as it is used.

use quick_xml::Reader;
use quick_xml::events::Event;

/// An export.
#[derive(Debug, Default)]
pub(super) struct Wxr {
    /// The site's old address, without a slash at its end.
    pub(super) home: String,
    /// Its language.
    pub(super) language: String,
    /// Posts, pages, attachments and everything else.
    pub(super) items: Vec<Item>,
}

/// An item. Names are WordPress's.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) link: String,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) slug: String,
    pub(super) date: String,
    pub(super) password: String,
    pub(super) content: String,
    pub(super) excerpt: String,
    pub(super) attachment: String,
    pub(super) order: i64,
    pub(super) tags: Vec<String>,
    /// The id of the attachment that is its picture.
    pub(super) thumbnail: Option<String>,
}

impl Wxr {
    /// Reads an export. Entities of a document type are not expanded.
    ///
    /// # Errors
    ///
    /// In words, when it is no such document.
    pub(super) fn parse(text: &str) -> Result<Wxr, String> {
        let mut reader = Reader::from_str(text);
        let mut parsing = Parsing::default();
        loop {
            let event = reader
                .read_event()
                .map_err(|error| format!("{error} (byte {} of {})", reader.error_position(), text.len()))?;
            match event {
                Event::Start(tag) => {
                    let attribute = tag.try_get_attribute("domain").ok().flatten();
                    let domain = attribute.map(|domain| domain.value.to_string()).unwrap_or_default();
                    parsing.begin(tag.name().as_ref().to_owned(), domain);
                }
                Event::Text(text) => parsing.text.push_str(text.as_ref()),
                Event::CData(text) => parsing.text.push_str(text.as_ref()),
                Event::GeneralRef(name) => parsing.text.push_str(&entity(name.as_ref())),
                Event::End(_) => parsing.end(),
                Event::Eof => break,
                _ => {}
            }
        }
        if !parsing.is_export {
            return Err("it has no channel with wp:wxr_version".to_owned());
        }
        Ok(parsing.export)
    }
}

/// The elements that are open, and what was read of them.
#[derive(Default)]
struct Parsing {
    export: Wxr,
    is_export: bool,
    open: Vec<(String, String)>,
    text: String,
    item: Option<Item>,
    meta_key: String,
}

impl Parsing {
    fn begin(&mut self, name: String, domain: String) {
        if name == "item" {
            self.item = Some(Item::default());
        }
        self.open.push((name, domain));
        self.text.clear();
    }

    fn end(&mut self) {
        let Some((name, domain)) = self.open.pop() else { return };
        let text = std::mem::take(&mut self.text);
        let parent = self.open.last().map_or("", |(name, _)| name.as_str());
        match (&mut self.item, parent, name.as_str()) {
            (item, _, "item") => self.export.items.extend(item.take()),
            (None, _, "wp:wxr_version") => self.is_export = true,
            (None, "channel", "wp:base_blog_url") => {
                text.trim().trim_end_matches('/').clone_into(&mut self.export.home)
            }
            (None, "channel", "link") if self.export.home.is_empty() => {
                text.trim().trim_end_matches('/').clone_into(&mut self.export.home);
            }
            (None, "channel", "language") => text.trim().clone_into(&mut self.export.language),
            (Some(item), "wp:postmeta", "wp:meta_value") if self.meta_key == "_thumbnail_id" => {
                item.thumbnail = Some(text.trim().to_owned());
            }
            (Some(_), "wp:postmeta", "wp:meta_key") => text.trim().clone_into(&mut self.meta_key),
            (Some(item), "item", name) => item.set(name, &domain, text),
            _ => {}
        }
    }
}

impl Item {
    fn set(&mut self, name: &str, domain: &str, text: String) {
        let trimmed = || text.trim().to_owned();
        match name {
            "title" => self.title = trimmed(),
            "link" => self.link = trimmed(),
            "wp:post_id" => self.id = trimmed(),
            "wp:post_type" => self.kind = trimmed(),
            "wp:status" => self.status = trimmed(),
            "wp:post_name" => self.slug = trimmed(),
            // In UTC; all zeros in a draft, whose date in the site's own time is the better one then.
            "wp:post_date_gmt" if !text.trim().starts_with("0000") => self.date = trimmed(),
            "wp:post_date" if self.date.is_empty() => self.date = trimmed(),
            "wp:post_password" => self.password = trimmed(),
            "wp:menu_order" => self.order = text.trim().parse().unwrap_or(0),
            "wp:attachment_url" => self.attachment = trimmed(),
            "content:encoded" => self.content = text,
            "excerpt:encoded" => self.excerpt = text,
            "category" if matches!(domain, "post_tag" | "category" | "tag") => {
                let tag = trimmed();
                if tag != "Uncategorized" && !tag.is_empty() && !self.tags.contains(&tag) {
                    self.tags.push(tag);
                }
            }
            _ => {}
        }
    }
}

/// XML's own entities and character references; all others stay as they are.
fn entity(name: &str) -> String {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let character = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix("#x") {
            Some(digits) => number(digits, 16),
            None => name.strip_prefix('#').and_then(|digits| number(digits, 10)),
        },
    };
    character.map_or_else(|| format!("&{name};"), String::from)
}
