//! Addresses: a section's path and an entry's slug, each read once into a type that cannot be wrong.

use std::fmt;

/// The longest slug, in characters.
pub const MAX_SLUG: usize = 200;

/// First segments that belong to the gate, the API, the app and to files with a place of their own.
const RESERVED_AT_ROOT: [&str; 17] = [
    "404.html",
    "admin",
    "api",
    "assets",
    "auth",
    "favicon.ico",
    "feed.xml",
    "index.html",
    "index.json",
    "media",
    "page",
    "robots.txt",
    "search",
    "sitemap.xml",
    "tags",
    "403.html",
    ".well-known",
];

/// First segments that are a section's own.
const RESERVED_IN_SECTION: [&str; 6] = ["feed.xml", "index.html", "index.json", "media", "page", "tags"];

/// Why a text is no slug or no section path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathProblem {
    /// Too long.
    #[error("has {0} characters, expected at most {MAX_SLUG}")]
    TooLong(usize),
    /// A segment is empty.
    #[error("has an empty part, expected letters between slashes")]
    EmptySegment,
    /// A character that is not allowed.
    #[error("holds {0:?}, expected letters, digits and the signs . _ ~ - with / between parts")]
    Character(char),
    /// A segment that means something else.
    #[error("holds the part {0:?}, which is reserved")]
    Reserved(String),
    /// A section path without its slashes.
    #[error("is {0:?}, expected a path that begins and ends with a slash, such as /news/")]
    NoSlashes(String),
}

/// The last part of an entry's address; empty for the section's front page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Reads a slug: segments of letters, digits and `. _ ~ -`, joined by slashes. Imported addresses keep their letters.
    ///
    /// # Errors
    /// When it is too long, holds another character, or a segment that is reserved in `section`.
    pub fn parse(text: &str, section: &SectionPath) -> Result<Slug, PathProblem> {
        if text.is_empty() {
            return Ok(Slug(String::new()));
        }
        let length = text.chars().count();
        if length > MAX_SLUG {
            return Err(PathProblem::TooLong(length));
        }
        check_segments(text)?;
        let first = text.split('/').next().unwrap_or_default();
        let reserved: &[&str] = if section.is_root() { &RESERVED_AT_ROOT } else { &RESERVED_IN_SECTION };
        if reserved.contains(&first) {
            return Err(PathProblem::Reserved(first.to_owned()));
        }
        Ok(Slug(text.to_owned()))
    }

    /// A slug of `[a-z0-9-]` from a title that is in ASCII already; `untitled` where nothing is left.
    #[must_use]
    pub fn from_ascii_title(title: &str) -> Slug {
        let mut slug = String::new();
        for c in title.chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if !matches!(c, '\'' | '"' | '`') && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            if slug.len() >= 80 {
                break;
            }
        }
        match slug.trim_end_matches('-') {
            "" => Slug("untitled".to_owned()),
            slug if RESERVED_AT_ROOT.contains(&slug) => Slug(format!("{slug}-1")),
            slug => Slug(slug.to_owned()),
        }
    }

    /// The same with a number behind it, for when it is taken.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Slug {
        Slug(format!("{}-{number}", self.0))
    }

    /// As it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The path of a section, which begins and ends with a slash: `/` or `/news/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionPath(String);

impl SectionPath {
    /// Reads a section's path.
    ///
    /// # Errors
    /// When it has no slash at both ends, a character that is not allowed, or a first part that is reserved.
    pub fn parse(text: &str) -> Result<SectionPath, PathProblem> {
        if text == "/" {
            return Ok(SectionPath(text.to_owned()));
        }
        let inner = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        let inner = inner.filter(|inner| !inner.is_empty());
        let inner = inner.ok_or_else(|| PathProblem::NoSlashes(text.chars().take(MAX_SLUG).collect()))?;
        let length = inner.chars().count();
        if length > MAX_SLUG {
            return Err(PathProblem::TooLong(length));
        }
        check_segments(inner)?;
        let first = inner.split('/').next().unwrap_or_default();
        if RESERVED_AT_ROOT.contains(&first) {
            return Err(PathProblem::Reserved(first.to_owned()));
        }
        if let Some(part) = inner.split('/').skip(1).find(|part| RESERVED_IN_SECTION.contains(part)) {
            return Err(PathProblem::Reserved(part.to_owned()));
        }
        Ok(SectionPath(text.to_owned()))
    }

    /// Whether it is the site's own root.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0 == "/"
    }

    /// As it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of an entry of it: section, slug, and a slash.
    #[must_use]
    pub fn entry(&self, slug: &Slug) -> String {
        match slug.as_str() {
            "" => self.0.clone(),
            slug => format!("{}{slug}/", self.0),
        }
    }
}

impl fmt::Display for SectionPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check_segments(text: &str) -> Result<(), PathProblem> {
    for segment in text.split('/') {
        if segment.is_empty() {
            return Err(PathProblem::EmptySegment);
        }
        let allowed = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '~' | '-');
        if let Some(c) = segment.chars().find(|c| !allowed(c)) {
            return Err(PathProblem::Character(c));
        }
        if matches!(segment, "." | ".." | "index.html") {
            return Err(PathProblem::Reserved(segment.to_owned()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slug(text: &str) -> Result<Slug, PathProblem> {
        Slug::parse(text, &SectionPath::parse("/").unwrap())
    }

    #[test]
    fn slugs_are_segments_of_plain_characters() {
        for good in ["", "a", "2014/09/15/Rust-1.0", "a_b~c.d-e", &"a".repeat(200)] {
            assert_eq!(slug(good).unwrap().as_str(), good);
        }
        assert_eq!(slug(&"a".repeat(201)), Err(PathProblem::TooLong(201)));
        assert_eq!(slug("a//b"), Err(PathProblem::EmptySegment));
        assert_eq!(slug("a/"), Err(PathProblem::EmptySegment));
        assert_eq!(slug("ä"), Err(PathProblem::Character('ä')));
        assert_eq!(slug("a b"), Err(PathProblem::Character(' ')));
        for reserved in ["..", "a/../b", "index.html", "a/index.html", "api", "auth/x", "feed.xml"] {
            assert!(matches!(slug(reserved), Err(PathProblem::Reserved(_))), "{reserved}");
        }
        let news = SectionPath::parse("/news/").unwrap();
        assert!(Slug::parse("api", &news).is_ok() && Slug::parse("tags/x", &news).is_err());
    }

    #[test]
    fn section_paths_have_a_slash_at_both_ends() {
        for good in ["/", "/news/", "/a/b/"] {
            assert_eq!(SectionPath::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "news", "/news", "news/", "//", "/a//b/", "/api/", "/a b/", "/../"] {
            assert!(SectionPath::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn slugs_come_from_titles() {
        let made = |title: &str| Slug::from_ascii_title(title).as_str().to_owned();
        assert_eq!(made("Hello, World!"), "hello-world");
        assert_eq!(made("It's 5 o'clock"), "its-5-oclock");
        assert_eq!(made("  --  "), "untitled");
        assert_eq!(made("API"), "api-1");
    }

    proptest! {
        #[test]
        fn a_slug_from_any_title_is_one(title in ".{0,300}") {
            let made = Slug::from_ascii_title(&title);
            prop_assert_eq!(slug(made.as_str()).unwrap(), made);
        }
    }
}
