//! What pages are given: the site's own facts, and entries in the words of templates. Preview and publishing share it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use content::markdown::{Media, MediaFile, Rendered, Resolve, Source};
use content::wire::{Audience, MediaItem, Section, Site};

use super::page::ListId;
use super::published::Published;
use crate::theme::context::{
    AssetUrls, Author, EntryPage, Frame, Heading, Item, Link, Moment, NavigationLink, Picture, SectionFacts,
    SiteFacts, TagLink,
};

/// Tells who may read a path.
pub type AudienceOf = Arc<dyn Fn(&str) -> Audience + Send + Sync>;

/// What all pages of the site share.
#[derive(Clone)]
pub struct View {
    site: SiteFacts,
    navigation: Vec<(String, String)>,
    sections: BTreeMap<String, Section>,
    audience: AudienceOf,
    origin: Option<String>,
    assets: AssetUrls,
}

/// What texts refer to: addresses of entries, and media items.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// Addresses of published entries by their ids.
    pub entries: HashMap<String, String>,
    /// Media items by their ids.
    pub media: HashMap<String, MediaItem>,
}

impl View {
    /// The view of a site as it is set up.
    #[must_use]
    pub fn new(
        site: &Site,
        sections: Vec<Section>,
        references: &References,
        audience: AudienceOf,
        origin: Option<String>,
        assets: AssetUrls,
    ) -> View {
        let facts = SiteFacts {
            title: site.title.clone(),
            tagline: site.tagline.clone(),
            language: site.language.clone(),
            accent: site.accent.clone(),
            footer_html: content::markdown::render(&site.footer, references).html,
            logo: site.logo.as_ref().and_then(|logo| references.picture(logo.as_str())),
        };
        let navigation = site.navigation.iter().map(|item| (item.title.clone(), item.url.clone())).collect();
        let sections = sections.into_iter().map(|section| (section.path.clone(), section)).collect();
        View { site: facts, navigation, sections, audience, origin, assets }
    }

    /// What the site says of itself.
    #[must_use]
    pub fn site(&self) -> &SiteFacts {
        &self.site
    }

    /// The sections, in order of their paths.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.values()
    }

    /// A section by its path.
    #[must_use]
    pub fn section(&self, path: &str) -> Option<&Section> {
        self.sections.get(path)
    }

    /// Who may read a path.
    #[must_use]
    pub fn audience(&self, path: &str) -> Audience {
        (self.audience)(path)
    }

    /// Whether everyone who may read `page` may read `other`, so that the one may name the other.
    #[must_use]
    pub fn may_name(&self, page: &str, other: &str) -> bool {
        !self.audience(page).is_wider_than(&self.audience(other))
    }

    /// Scheme and host of the site; empty where they are not known.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.origin.as_deref().unwrap_or_default()
    }

    /// What is around a page.
    #[must_use]
    pub fn frame(&self, path: &str, language: &str, section: Option<&Section>) -> Frame {
        let link = |(title, url): &(String, String)| NavigationLink {
            title: title.clone(),
            url: url.clone(),
            current: if url == "/" { path == "/" } else { path.starts_with(url.as_str()) },
        };
        let feed = section.filter(|section| section.feed);
        Frame {
            site: self.site.clone(),
            // As it was set up: who may not read what a link leads to is asked to sign in there.
            navigation: self.navigation.iter().map(link).collect(),
            path: path.to_owned(),
            audience: self.audience(path),
            language: self.language(language),
            origin: self.origin.clone(),
            canonical_url: self.origin.as_ref().map(|origin| format!("{origin}{path}")),
            feed: feed.map(|section| Link {
                title: section.title.clone(),
                url: format!("{}feed.xml", section.path),
            }),
            assets: self.assets.clone(),
        }
    }

    /// A language, or the site's where it is empty.
    #[must_use]
    pub fn language(&self, language: &str) -> String {
        let language = if language.is_empty() { &self.site.language } else { language };
        language.to_owned()
    }

    /// The page of an entry, and its text.
    #[must_use]
    pub fn entry(&self, entry: &Published, references: &References) -> (EntryPage, Rendered) {
        let rendered = content::markdown::render(&entry.body, references);
        let section_path = &entry.standing.section;
        let updated_later = entry.updated_at.as_str() > entry.standing.published_at.as_str();
        let breadcrumbs = match entry.standing.is_front() {
            true => self.breadcrumbs("/"),
            false => self.breadcrumbs(section_path),
        };
        let page = EntryPage {
            frame: self.frame(entry.path(), &entry.language, self.section(section_path)),
            section: self.section_facts(section_path),
            title: entry.title().to_owned(),
            summary: entry.summary.clone(),
            body_html: rendered.html.clone(),
            headings: rendered
                .headings
                .iter()
                .map(|heading| Heading {
                    level: heading.level,
                    anchor: heading.anchor.clone(),
                    text: heading.text.clone(),
                })
                .collect(),
            tags: tag_links(section_path, &entry.standing.tags),
            cover: cover(entry, references),
            author: author(entry),
            published_at: Some(self.moment(&entry.standing.published_at)),
            updated_at: updated_later.then(|| self.moment(&entry.updated_at)),
            reading_minutes: rendered.reading_minutes(),
            breadcrumbs,
            previous: None,
            next: None,
            search_title: entry.search_title.clone(),
            search_description: entry.search_description.clone(),
            no_index: entry.standing.no_index,
        };
        (page, rendered)
    }

    /// An entry as lists show it.
    #[must_use]
    pub fn item(&self, entry: &Published, references: &References) -> Item {
        let rendered = content::markdown::render(&entry.body, references);
        Item {
            title: entry.title().to_owned(),
            url: entry.path().to_owned(),
            summary: entry.summary.clone(),
            cover: cover(entry, references),
            tags: tag_links(&entry.standing.section, &entry.standing.tags),
            author: author(entry),
            published_at: Some(self.moment(&entry.standing.published_at)),
            reading_minutes: rendered.reading_minutes(),
            language: self.language(&entry.language),
        }
    }

    /// What templates know of a section.
    #[must_use]
    pub fn section_facts(&self, path: &str) -> SectionFacts {
        let section = self.section(path);
        SectionFacts {
            path: path.to_owned(),
            title: section.map_or_else(|| self.site.title.clone(), |section| section.title.clone()),
            order: match section.map(|section| section.order).unwrap_or_default() {
                content::wire::SectionOrder::Newest => "newest",
                content::wire::SectionOrder::Manual => "manual",
                content::wire::SectionOrder::Title => "title",
            }
            .to_owned(),
            feed: section.is_some_and(|section| section.feed),
        }
    }

    /// The pages above what lies in a section: the site's home, and the section.
    #[must_use]
    pub fn breadcrumbs(&self, section: &str) -> Vec<Link> {
        let home = Link { title: self.site.title.clone(), url: "/".to_owned() };
        let own = Link { title: self.section_facts(section).title, url: section.to_owned() };
        if section == "/" { vec![home] } else { vec![home, own] }
    }

    fn moment(&self, time: &content::wire::Timestamp) -> Moment {
        Moment::of(time, &self.site.language)
    }
}

/// Links to the pages of tags in a section.
#[must_use]
pub fn tag_links(section: &str, tags: &[String]) -> Vec<TagLink> {
    let link = |tag: &String| TagLink { name: tag.clone(), url: ListId::tag(section, tag).path() };
    tags.iter().map(link).collect()
}

fn author(entry: &Published) -> Option<Author> {
    Some(entry.author.name.clone()).filter(|name| !name.is_empty()).map(|name| Author { name })
}

fn cover(entry: &Published, references: &References) -> Option<Picture> {
    references.picture(entry.cover.as_ref()?.as_str())
}

impl References {
    fn picture(&self, id: &str) -> Option<Picture> {
        let item = self.media.get(id)?;
        Picture::of(&item.renditions, &item.alt, item.thumbhash.as_deref())
    }
}

impl Resolve for References {
    fn entry(&self, id: &str) -> Option<String> {
        self.entries.get(id).cloned()
    }

    fn media(&self, id: &str) -> Option<Media> {
        let item = self.media.get(id)?;
        let source = |rendition: &content::wire::Rendition| Source {
            url: rendition.url.clone(),
            kind: rendition.kind.clone(),
            width: rendition.width,
            height: rendition.height,
        };
        if item.kind.starts_with("image/") {
            return Some(Media::Picture {
                sources: item.renditions.iter().map(source).collect(),
                alt: item.alt.clone(),
            });
        }
        let file = item.renditions.first()?;
        Some(Media::File(MediaFile {
            url: file.url.clone(),
            kind: file.kind.clone(),
            name: item.name.clone(),
        }))
    }
}
