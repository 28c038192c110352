//! A file that was read: its address, its section, its document.

use std::fs;
use std::path::{Path, PathBuf};

use content::wire::SectionOrder;

use super::addresses::Addresses;
use crate::import::document::{Document, NewSectionAt, SectionSettings};
use crate::import::front_matter::FrontMatter;
use crate::import::{address, dates, links, pictures, shortcodes};
use crate::moment::Moment;

/// A file that was read; its links are not resolved yet.
pub(super) struct Draft {
    pub(super) relative: String,
    front: FrontMatter,
    pub(super) text: String,
    /// The name without date and language.
    stem: String,
    pub(super) address: String,
    date: Option<Moment>,
    language: String,
    pub(super) is_section: bool,
    is_jekyll: bool,
    is_jekyll_draft: bool,
}

impl Draft {
    pub(super) fn read(relative: &str, file: &Path) -> Result<Draft, String> {
        let text = fs::read(file).map_err(|error| error.to_string())?;
        let text = String::from_utf8(text).map_err(|_| "it is not UTF-8".to_owned())?;
        let (front, text) = FrontMatter::split(&text)?;
        let mut parts: Vec<&str> = relative.split('/').collect();
        let name = parts.pop().unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (name, language) = match name.rsplit_once('.') {
            Some((name, language)) if is_language(language) => (name, language),
            _ => (name, ""),
        };
        let is_section = name == "_index";
        let is_bundle = name == "index" && !parts.is_empty();
        let name = if is_bundle { parts.pop().unwrap_or_default() } else { name };
        let (is_jekyll, is_jekyll_draft) = (parts.contains(&"_posts"), parts.contains(&"_drafts"));
        parts.retain(|part| !matches!(*part, "_posts" | "_drafts" | "_pages"));
        let (dated, stem) = dates::leading(name).map_or((None, name), |(date, rest)| (Some(date), rest));
        let written = ["date", "publishDate", "published_at", "created"];
        let date = written.iter().find_map(|name| front.moment(name)).or(dated);
        let mut draft = Draft {
            relative: relative.to_owned(),
            stem: if stem.is_empty() { name } else { stem }.to_owned(),
            language: front
                .text("language")
                .or_else(|| front.text("lang"))
                .unwrap_or_else(|| language.to_owned()),
            address: String::new(),
            front,
            text,
            date,
            is_section,
            is_jekyll: is_jekyll || is_jekyll_draft,
            is_jekyll_draft,
        };
        let folder =
            if language.is_empty() { parts.join("/") } else { format!("{language}/{}", parts.join("/")) };
        draft.address = draft.address_in(&folder);
        draft.date = draft
            .date
            .or_else(|| dates::leading(draft.address.trim_start_matches('/')).map(|(date, _)| date));
        Ok(draft)
    }

    fn address_in(&self, folder: &str) -> String {
        let given = ["path", "url", "permalink"].iter().find_map(|name| self.front.text(name));
        let slug = self.front.text("slug");
        let slug = slug.as_deref().unwrap_or(&self.stem);
        match given {
            Some(given) if given.contains(':') && !given.contains("://") => {
                self.permalink(&given, folder, slug)
            }
            Some(given) => {
                address::alias(&given).map_or_else(|| "/".to_owned(), |alias| address::of(file_stem(&alias)))
            }
            None if self.is_section => address::of(folder),
            None if self.stem == "index" && folder.is_empty() => "/".to_owned(),
            None if self.is_jekyll => self.permalink("/:categories/:year/:month/:day/:title/", folder, slug),
            None => address::of(&format!("{folder}/{slug}")),
        }
    }

    /// Jekyll's and Hugo's patterns, such as `/:year/:month/:title/`.
    fn permalink(&self, pattern: &str, folder: &str, slug: &str) -> String {
        let date = self.date.map(Moment::rfc3339).unwrap_or_default();
        let part = |range: std::ops::Range<usize>| date.get(range).unwrap_or_default();
        let categories = [self.front.list("categories", true), self.front.list("category", true)].concat();
        let categories = if categories.is_empty() { folder.to_owned() } else { categories.join("/") };
        let filled = [
            (":categories", categories.to_lowercase().as_str()),
            (":year", part(0..4)),
            (":month", part(5..7)),
            (":day", part(8..10)),
            (":title", slug),
            (":slug", slug),
            (":filename", &self.stem),
            (":section", folder.split('/').next().unwrap_or_default()),
            (":output_ext", ""),
        ]
        .iter()
        .fold(pattern.to_owned(), |filled, (name, value)| filled.replace(name, value));
        address::of(file_stem(&filled))
    }

    pub(super) fn section(&self) -> NewSectionAt {
        let (own, usual) = (self.front.table("parapet"), SectionSettings::default());
        let order = match own.text("order").as_deref() {
            Some("manual") => SectionOrder::Manual,
            Some("title") => SectionOrder::Title,
            _ => usual.order,
        };
        let settings = SectionSettings {
            listed: own.flag("listed").unwrap_or(usual.listed),
            feed: own.flag("feed").unwrap_or(usual.feed),
            page_size: own
                .number("page_size")
                .and_then(|size| size.try_into().ok())
                .unwrap_or(usual.page_size),
            order,
        };
        NewSectionAt { path: self.address.clone(), title: self.title(), settings }
    }

    fn title(&self) -> String {
        self.front
            .text("title")
            .or_else(|| heading(&self.text))
            .unwrap_or_else(|| self.stem.replace(['-', '_'], " "))
    }

    fn aliases(&self) -> Vec<String> {
        let given = ["aliases", "alias", "redirect_from", "redirects"];
        let given = given.iter().flat_map(|name| self.front.list(name, false));
        let old = self.is_jekyll && self.front.text("permalink").is_none();
        let old = old.then(|| format!("{}.html", self.address.trim_end_matches('/')));
        // A page that was a file keeps that address, too.
        let file = ["url", "permalink"].iter().find_map(|name| self.front.text(name));
        let file = file.filter(|file| !file.contains(':') && file.ends_with(".html"));
        let mut aliases: Vec<String> = given
            .chain(file)
            .filter_map(|alias| address::alias(&alias))
            .chain(old)
            .filter(|alias| *alias != self.address)
            .collect();
        aliases.sort_unstable();
        aliases.dedup();
        aliases
    }

    fn tags(&self) -> Vec<String> {
        let taxonomies = self.front.table("taxonomies");
        let mut tags = [self.front.list("tags", self.is_jekyll), taxonomies.list("tags", false)].concat();
        let categories = [
            self.front.list("categories", self.is_jekyll),
            self.front.list("category", false),
            taxonomies.list("categories", false),
        ]
        .concat();
        for category in categories {
            if !tags.iter().any(|tag| tag.eq_ignore_ascii_case(&category)) {
                tags.push(category);
            }
        }
        tags
    }

    pub(super) fn into_document(self, addresses: &Addresses, beside: &Path, roots: &[PathBuf]) -> Document {
        let has_title = self.front.text("title").is_some();
        let text = if has_title { self.text.clone() } else { without_heading(&self.text) };
        let (text, mut notes) = shortcodes::converted(&text, |name| addresses.of_name(name));
        let (body, unknown) = links::resolved(&text, |file| addresses.of_file(file));
        notes.extend(unknown);
        let extra = self.front.table("extra");
        let published = self.front.flag("published").unwrap_or(true);
        let draft = self.front.flag("draft").unwrap_or(false) || self.is_jekyll_draft;
        let own = self.front.table("parapet");
        Document {
            source: own
                .text("id")
                .map_or_else(|| format!("folder:{}", self.relative), |id| format!("parapet:{id}")),
            title: self.title(),
            summary: ["summary", "description", "excerpt"]
                .iter()
                .find_map(|name| self.front.text(name))
                .unwrap_or_default(),
            pictures: pictures::of(&body, beside, roots),
            tags: self.tags(),
            search_title: own.text("search_title").unwrap_or_default(),
            search_description: own.text("search_description").unwrap_or_default(),
            no_index: own.flag("no_index").or_else(|| extra.flag("no_index")).unwrap_or(false),
            order: self.front.number("weight").or_else(|| self.front.number("order")),
            date: self.date,
            publish: published && !draft,
            publish_at: None,
            unpublish_at: self.front.moment("expiryDate"),
            aliases: self.aliases(),
            notes: notes.into_iter().collect(),
            address: self.address,
            language: self.language,
            body,
        }
    }
}

fn file_stem(address: &str) -> &str {
    address.trim_end_matches(".html").trim_end_matches(".htm")
}

fn heading(text: &str) -> Option<String> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    line.strip_prefix("# ").map(|heading| heading.trim().to_owned())
}

fn without_heading(text: &str) -> String {
    match heading(text) {
        Some(_) => text.trim_start().split_once('\n').map_or("", |(_, rest)| rest).trim_start().to_owned(),
        None => text.to_owned(),
    }
}

fn is_language(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}
