//! What publishing can put: each thing by what stands at it, not by what it was made of.
//!
//! A page says where; what is there is decided when it is rendered, from committed rows alone. So the same page may be
//! planned twice, late, or by another process, and comes out the same.

use delivery::CacheTag;

/// Before every key: what lies outside of it, no viewer reaches.
const PREFIX: &str = "site";

/// A list of entries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId {
    /// The path of the section.
    pub section: String,
    /// The tag, where only what has it is listed.
    pub tag: Option<String>,
}

/// Something that publishing puts, replaces or removes. In the order in which it is put: entries before what lists them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// A file of the theme, by its path.
    Asset(String),
    /// Whatever stands at an address: an entry, a section's front page, a redirect, or nothing any more.
    At(String),
    /// A numbered page of a list, or a tag's front page.
    List(ListId, Option<u64>),
    /// A section's feed.
    Feed(String),
    /// A part of the sitemap, or all of it.
    Sitemap(Option<u64>),
    /// The page for what is not there.
    NotFound,
    /// The page for what somebody may not read.
    Forbidden,
    /// The search page.
    Search,
    /// What crawlers ask for first.
    Robots,
}

impl ListId {
    /// A section's list.
    #[must_use]
    pub fn section(path: &str) -> ListId {
        ListId { section: path.to_owned(), tag: None }
    }

    /// A tag's list within a section.
    #[must_use]
    pub fn tag(path: &str, tag: &str) -> ListId {
        ListId { section: path.to_owned(), tag: Some(tag.to_owned()) }
    }

    /// The address of its front page.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.tag {
            None => self.section.clone(),
            Some(tag) => format!("{}tags/{}/", self.section, tag_segment(tag)),
        }
    }

    /// The address of one of its pages.
    #[must_use]
    pub fn page_path(&self, number: Option<u64>) -> String {
        match number {
            None => self.path(),
            Some(number) => format!("{}page/{number}/", self.path()),
        }
    }
}

impl Page {
    /// The address at which it is read.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Page::Asset(path) | Page::At(path) => path.clone(),
            Page::List(list, number) => list.page_path(*number),
            Page::Feed(section) => format!("{section}feed.xml"),
            Page::Sitemap(None) => "/sitemap.xml".to_owned(),
            Page::Sitemap(Some(number)) => format!("/sitemap-{number}.xml"),
            Page::NotFound => "/404.html".to_owned(),
            Page::Forbidden => "/403.html".to_owned(),
            Page::Search => "/search/".to_owned(),
            Page::Robots => "/robots.txt".to_owned(),
        }
    }

    /// The addresses of all objects that it may have: a page that shows an entry has a twin for programs.
    #[must_use]
    pub fn object_paths(&self) -> Vec<String> {
        match self {
            Page::At(path) => vec![path.clone(), twin_path(path)],
            page => vec![page.path()],
        }
    }
}

/// The address of a page's twin for programs.
#[must_use]
pub fn twin_path(path: &str) -> String {
    format!("{path}index.json")
}

/// The key under which what is read at `path` lies in the bucket.
#[must_use]
pub fn key(path: &str) -> String {
    match path.ends_with('/') {
        true => format!("{PREFIX}{path}index.html"),
        false => format!("{PREFIX}{path}"),
    }
}

/// The address at which the object of this key is read.
#[must_use]
pub fn path_of_key(key: &str) -> String {
    let path = key.strip_prefix(PREFIX).unwrap_or(key);
    path.strip_suffix("/index.html").map_or_else(|| path.to_owned(), |folder| format!("{folder}/"))
}

/// The cache tag of everything on the site.
pub(super) const SITE_TAG: &str = "site";

/// The cache tag of the object at `path` alone.
#[must_use]
pub fn cache_tag(path: &str) -> String {
    CacheTag::of_object(path).as_str().to_owned()
}

/// A tag as a part of an address: letters without marks, digits and hyphens. Where more than case, marks and spaces is
/// lost, the end of a digest keeps tags such as `C` and `C++` apart.
#[must_use]
pub fn tag_segment(tag: &str) -> String {
    let plain = deunicode::deunicode(tag).to_lowercase();
    let mut segment = String::new();
    for c in plain.chars() {
        if c.is_ascii_alphanumeric() {
            segment.push(c);
        } else if !segment.is_empty() && !segment.ends_with('-') {
            segment.push('-');
        }
    }
    let is_whole = plain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' '))
        && tag.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | ' '));
    let segment = segment.trim_end_matches('-');
    if is_whole && !segment.is_empty() {
        return segment.to_owned();
    }
    let digest = cache_tag(&tag.to_lowercase());
    let digest: String = digest.chars().skip(2).take(6).collect();
    [segment, &digest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_addresses_belong_together() {
        for (path, expected) in [
            ("/", "site/index.html"),
            ("/news/x/", "site/news/x/index.html"),
            ("/news/x/index.json", "site/news/x/index.json"),
            ("/sitemap.xml", "site/sitemap.xml"),
        ] {
            assert_eq!(key(path), expected);
            assert_eq!(path_of_key(expected), path);
        }
        assert_eq!(Page::At("/a/".into()).object_paths(), ["/a/", "/a/index.json"]);
        assert_eq!(
            ListId::tag("/news/", "Release notes").page_path(Some(2)),
            "/news/tags/release-notes/page/2/"
        );
        assert_eq!(Page::List(ListId::section("/"), Some(3)).path(), "/page/3/");
    }

    #[test]
    fn tags_stay_apart_in_addresses() {
        assert_eq!(tag_segment("Über uns"), "uber-uns");
        let others = ["C", "C++", "C#", "c/d", "🎉", "  "];
        let mut segments: Vec<String> = others.iter().map(|tag| tag_segment(tag)).collect();
        assert!(
            segments.iter().all(|segment| {
                !segment.is_empty()
                    && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            }),
            "{segments:?}"
        );
        segments.sort();
        segments.dedup();
        assert_eq!(segments.len(), others.len());
    }
}
