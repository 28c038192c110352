//! Ghost's export (Settings, Import/Export).
//!
//! The file also holds password hashes and secrets of other services: only the members named here are read, and nothing of
//! the file is ever printed.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::document::{Document, Read};
use super::error::ImportError;
use super::{address, dates, html, pictures};

/// What Ghost writes for its own address.
const GHOST_URL: &str = "__GHOST_URL__";

#[derive(Deserialize)]
struct Export {
    db: Vec<Database>,
}

#[derive(Deserialize)]
struct Database {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    posts: Vec<Post>,
    #[serde(default)]
    posts_meta: Vec<Meta>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    posts_tags: Vec<PostTag>,
}

/// Ids are numbers in older exports.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

#[derive(Deserialize)]
struct Post {
    id: Id,
    #[serde(default)]
    uuid: Option<String>,
    title: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    html: Option<String>,
    #[serde(default)]
    status: String,
    /// `post` or `page`; older exports say `page: 0` or `1`, which makes no difference here.
    #[serde(default)]
    visibility: Option<String>,
    #[serde(default)]
    published_at: Option<String>,
    #[serde(default)]
    created_at: Option<String>,
    #[serde(default)]
    custom_excerpt: Option<String>,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    meta_title: Option<String>,
    #[serde(default)]
    meta_description: Option<String>,
    #[serde(default)]
    feature_image: Option<String>,
}

#[derive(Deserialize)]
struct Meta {
    post_id: Id,
    #[serde(default)]
    meta_title: Option<String>,
    #[serde(default)]
    meta_description: Option<String>,
}

#[derive(Deserialize)]
struct Tag {
    id: Id,
    name: String,
}

#[derive(Deserialize)]
struct PostTag {
    post_id: Id,
    tag_id: Id,
    #[serde(default)]
    sort_order: i64,
}

/// Reads an export. Pictures are taken from the folder `content/images` beside it.
///
/// # Errors
///
/// When it is no export of Ghost's.
pub(super) fn read(text: &str, beside: &Path) -> Result<Read, ImportError> {
    // Some versions leave the outermost member out.
    let data = match serde_json::from_str::<Export>(text) {
        Ok(export) => export.db.into_iter().next().map(|database| database.data),
        Err(error) => match serde_json::from_str::<Database>(text) {
            Ok(database) => Some(database.data),
            Err(_) => return Err(ImportError::Ghost(error)),
        },
    };
    let Some(mut data) = data else { return Ok(Read::default()) };
    data.posts_tags.sort_by_key(|link| link.sort_order);
    let names: HashMap<&Id, &str> = data.tags.iter().map(|tag| (&tag.id, tag.name.as_str())).collect();
    let mut tags: HashMap<&Id, Vec<String>> = HashMap::new();
    for link in &data.posts_tags {
        // Those that begin with a number sign are Ghost's internal ones.
        if let Some(name) = names.get(&link.tag_id).filter(|name| !name.starts_with('#')) {
            tags.entry(&link.post_id).or_default().push((*name).to_owned());
        }
    }
    let meta: HashMap<&Id, &Meta> = data.posts_meta.iter().map(|meta| (&meta.post_id, meta)).collect();
    let mut read = Read::default();
    for post in &data.posts {
        let tags = tags.remove(&post.id).unwrap_or_default();
        match document(post, meta.get(&post.id).copied(), tags, beside) {
            Ok(document) => read.documents.push(document),
            Err(problem) => read.left_out.push(format!("{}: {problem}", post.title)),
        }
    }
    Ok(read.in_order())
}

fn document(post: &Post, meta: Option<&Meta>, tags: Vec<String>, beside: &Path) -> Result<Document, String> {
    let mut notes = Vec::new();
    let mut body = html::markdown(post.html.as_deref().unwrap_or_default())?.replace(GHOST_URL, "");
    if let Some(picture) = post.feature_image.as_deref().filter(|picture| !picture.is_empty()) {
        body = format!("![]({})\n\n{body}", picture.replace(GHOST_URL, ""));
    }
    let pictures = pictures::of(&body, beside, &[beside.to_owned(), beside.join("content")]);
    if body.contains("/content/images/") && pictures.is_empty() {
        notes
            .push("its pictures are not in the file: put Ghost's folder content/images beside it".to_owned());
    }
    let is_public = post.visibility.as_deref().is_none_or(|visibility| visibility == "public");
    if !is_public {
        notes.push("it was for members only, so it stays a draft: put it into a section for them".to_owned());
    }
    if post.status == "sent" {
        notes.push("it was sent by mail only, so it stays a draft".to_owned());
    }
    let date = |text: &Option<String>| text.as_deref().and_then(dates::parse);
    let given = |own: &Option<String>, other: Option<&Option<String>>| {
        own.clone().or_else(|| other.cloned().flatten()).unwrap_or_default()
    };
    let published_at = date(&post.published_at);
    let is_scheduled = post.status == "scheduled" && is_public;
    let id = match (&post.uuid, &post.id) {
        (Some(uuid), _) | (None, Id::Text(uuid)) => uuid.clone(),
        (None, Id::Number(number)) => number.to_string(),
    };
    Ok(Document {
        source: format!("ghost:{id}"),
        address: address::of(&post.slug),
        title: post.title.clone(),
        summary: post.custom_excerpt.clone().unwrap_or_default(),
        tags,
        language: post.locale.clone().unwrap_or_default(),
        search_title: given(&post.meta_title, meta.map(|meta| &meta.meta_title)),
        search_description: given(&post.meta_description, meta.map(|meta| &meta.meta_description)),
        date: if is_scheduled {
            date(&post.created_at)
        } else {
            published_at.or_else(|| date(&post.created_at))
        },
        publish: post.status == "published" && is_public,
        publish_at: published_at.filter(|_| is_scheduled),
        body,
        pictures,
        notes,
        ..Document::default()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn export() -> String {
        let post = |id: &str, slug: &str, status: &str, visibility: &str| {
            json!({
                "id": id, "uuid": format!("u-{id}"), "title": slug, "slug": slug, "status": status,
                "visibility": visibility, "published_at": "2020-01-02T03:04:05.000Z", "created_at": "2019-01-01 00:00:00",
                "html": "<p>See <a href=\"__GHOST_URL__/about/\">us</a></p><p><img src=\"__GHOST_URL__/content/images/a.png\"></p>",
                "custom_excerpt": "S", "type": "post",
            })
        };
        json!({ "db": [{ "meta": { "version": "5.0.0" }, "data": {
            "posts": [
                post("1", "hello", "published", "public"), post("2", "later", "scheduled", "public"),
                post("3", "members", "published", "paid"), post("4", "idea", "draft", "public"),
            ],
            "posts_meta": [{ "post_id": "1", "meta_title": "T", "meta_description": null }],
            "tags": [{ "id": "a", "name": "News" }, { "id": "b", "name": "Rust" }, { "id": "c", "name": "#internal" }],
            "posts_tags": [
                { "post_id": "1", "tag_id": "a", "sort_order": 1 }, { "post_id": "1", "tag_id": "b", "sort_order": 0 },
                { "post_id": "1", "tag_id": "c", "sort_order": 2 },
            ],
            "users": [{ "id": "1", "password": "$2a$10$secret" }],
            "settings": [{ "key": "stripe_secret_key", "value": "sk_live" }],
        } }] })
        .to_string()
    }

    #[test]
    fn posts_become_documents() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("content/images")).unwrap();
        std::fs::write(folder.path().join("content/images/a.png"), "x").unwrap();
        let read = read(&export(), folder.path()).unwrap();
        let [hello, idea, later, members] = read.documents.as_slice() else { panic!("{read:?}") };
        assert_eq!((hello.source.as_str(), hello.address.as_str()), ("ghost:u-1", "/hello/"));
        assert_eq!(
            (hello.tags.as_slice(), hello.search_title.as_str()),
            (&["Rust".to_owned(), "News".to_owned()][..], "T")
        );
        assert_eq!(hello.body, "See [us](/about/)\n\n![](/content/images/a.png)\n");
        assert_eq!((hello.pictures.len(), hello.publish), (1, true));
        assert_eq!(hello.date.unwrap().rfc3339(), "2020-01-02T03:04:05Z");
        assert!(!idea.publish && idea.publish_at.is_none());
        assert_eq!((later.publish, later.publish_at.is_some()), (false, true));
        assert!(!members.publish && members.notes.len() == 1);
    }

    #[test]
    fn nothing_secret_is_kept() {
        let read = read(&export(), Path::new("/nowhere")).unwrap();
        let all = format!("{read:?}");
        assert!(!all.contains("secret") && !all.contains("sk_live"), "{all}");
        assert!(read.documents[0].notes[0].contains("content/images"));
        let error = format!(
            "{:?}",
            super::read("{\"db\": [{\"data\": {\"users\": \"sk_live\"}}]}", Path::new(".")).unwrap_err()
        );
        assert!(!error.contains("sk_live"), "{error}");
    }

    #[test]
    fn older_exports_have_numbers_and_no_outer_member() {
        let text = r#"{"meta": {}, "data": {"posts": [{"id": 7, "title": "A", "slug": "a", "html": null, "status": "draft"}]}}"#;
        let read = read(text, Path::new(".")).unwrap();
        assert_eq!((read.documents[0].source.as_str(), read.documents[0].body.as_str()), ("ghost:7", ""));
    }
}
