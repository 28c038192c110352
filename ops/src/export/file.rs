//! One entry or section as a file.

use content::wire::{Entry, EntryState, Section, SectionOrder};
use toml::{Table, Value};

/// The entry as TOML front matter and its text; `body` names pictures by their files.
pub(super) fn entry(entry: &Entry, body: &str, aliases: &[String]) -> String {
    let summary = &entry.summary;
    let mut front = Table::new();
    put(&mut front, "title", &summary.title);
    put(&mut front, "path", summary.path.trim_matches('/'));
    let date = summary.published_at.as_ref().unwrap_or(&summary.created_at);
    put(&mut front, "date", date.as_str());
    put(&mut front, "updated", summary.updated_at.as_str());
    put(&mut front, "description", &summary.summary);
    put(&mut front, "language", &summary.language);
    if !matches!(summary.state, EntryState::Published | EntryState::Changed) {
        front.insert("draft".to_owned(), true.into());
    }
    if summary.order != 0 {
        front.insert("weight".to_owned(), summary.order.into());
    }
    if let Some(until) = &summary.unpublish_at {
        put(&mut front, "expiryDate", until.as_str());
    }
    list(&mut front, "aliases", aliases);
    let mut taxonomies = Table::new();
    list(&mut taxonomies, "tags", &summary.tags);
    table(&mut front, "taxonomies", taxonomies);
    let mut own = Table::new();
    put(&mut own, "id", summary.id.as_str());
    put(&mut own, "author", &summary.author.name);
    put(&mut own, "search_title", &summary.search_title);
    put(&mut own, "search_description", &summary.search_description);
    if summary.no_index {
        own.insert("no_index".to_owned(), true.into());
    }
    table(&mut front, "parapet", own);
    format!("+++\n{front}+++\n\n{body}")
}

/// A section's front matter, and the text of its front page.
pub(super) fn section(section: &Section, front_page: Option<&str>) -> String {
    let mut front = Table::new();
    put(&mut front, "title", &section.title);
    let mut own = Table::new();
    own.insert("listed".to_owned(), section.listed.into());
    own.insert("feed".to_owned(), section.feed.into());
    own.insert("page_size".to_owned(), i64::from(section.page_size).into());
    let order = match section.order {
        SectionOrder::Newest => "newest",
        SectionOrder::Manual => "manual",
        SectionOrder::Title => "title",
    };
    put(&mut own, "order", order);
    table(&mut front, "parapet", own);
    format!("+++\n{front}+++\n\n{}", front_page.unwrap_or_default())
}

fn put(table: &mut Table, name: &str, text: &str) {
    if !text.is_empty() {
        table.insert(name.to_owned(), text.into());
    }
}

fn list(table: &mut Table, name: &str, texts: &[String]) {
    if !texts.is_empty() {
        table.insert(
            name.to_owned(),
            texts.iter().map(|text| Value::from(text.as_str())).collect::<Vec<_>>().into(),
        );
    }
}

fn table(into: &mut Table, name: &str, table: Table) {
    if !table.is_empty() {
        into.insert(name.to_owned(), table.into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample() -> Entry {
        serde_json::from_value(json!({
            "id": "0190", "section": "/news/", "slug": "a/Rust-1.88.0", "path": "/news/a/Rust-1.88.0/",
            "title": "A \"title\"", "summary": "S", "body": "Text.\n", "tags": ["x", "y z"], "cover": null,
            "author": { "id": "1", "name": "Ana" }, "language": "de", "search_title": "T", "search_description": "",
            "no_index": true, "order": 3, "review": false, "state": "published", "version": 1,
            "created_at": "2020-01-01T00:00:00.000Z", "updated_at": "2020-01-03T00:00:00.000Z",
            "published_at": "2020-01-02T00:00:00.000Z", "published_revision": 1, "publish_at": null,
            "unpublish_at": null, "audience": "public", "release": null,
        }))
        .unwrap()
    }

    #[test]
    fn what_was_exported_is_imported_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("content/news/a");
        std::fs::create_dir_all(&place).unwrap();
        let aliases = ["/old/".to_owned()];
        std::fs::write(place.join("Rust-1.88.0.md"), entry(&sample(), "Text.\n", &aliases)).unwrap();
        let news: Section = serde_json::from_value(json!({
            "id": "1", "path": "/news/", "title": "News", "listed": false, "order": "title", "feed": false,
            "page_size": 7, "audience": "public", "entries": 1,
        }))
        .unwrap();
        std::fs::write(folder.path().join("content/news/_index.md"), section(&news, None)).unwrap();

        let read = crate::import::read(folder.path()).unwrap();

        let [document] = read.documents.as_slice() else { panic!("{read:?}") };
        let Entry { summary, body } = sample();
        assert_eq!(
            (&document.address, &document.title, &document.body),
            (&summary.path, &summary.title, &body)
        );
        assert_eq!(
            (&document.summary, &document.tags, &document.language),
            (&summary.summary, &summary.tags, &summary.language)
        );
        assert_eq!(document.source, "parapet:0190");
        assert_eq!(document.date.unwrap().rfc3339(), "2020-01-02T00:00:00Z");
        assert_eq!((document.order, document.no_index, document.publish), (Some(3), true, true));
        assert_eq!((document.search_title.as_str(), &document.aliases[..]), ("T", &aliases[..]));
        let [found] = read.sections.as_slice() else { panic!("{read:?}") };
        assert_eq!((found.path.as_str(), found.title.as_str()), ("/news/", "News"));
        assert_eq!((found.settings.listed, found.settings.feed, found.settings.page_size), (false, false, 7));
        assert_eq!(found.settings.order, SectionOrder::Title);
    }
}
