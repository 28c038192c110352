//! Content that a theme is tried with: a page with everything that a page can have, and one with nothing that it must not.

use std::collections::BTreeMap;

use content::wire::{Audience, Rendition, Timestamp};

use super::Theme;
use super::context::{
    AssetUrls, Author, EntryPage, ErrorPage, Frame, Heading, HomePage, HomeSection, Item, Link, ListPage,
    Moment, NavigationLink, Paging, Picture, SearchPage, SectionFacts, SiteFacts, TagLink, TagPage,
};
use super::problem::ThemeProblem;

/// Renders every template with both kinds of content.
pub(super) fn problems(theme: &Theme) -> Vec<ThemeProblem> {
    let assets = AssetUrls(
        theme
            .assets
            .named()
            .map(|name| (name.to_owned(), format!("/assets/{name}")))
            .collect::<BTreeMap<_, _>>(),
    );
    let mut problems = Vec::new();
    for sample in [Sample { full: true, assets: assets.clone() }, Sample { full: false, assets }] {
        for rendered in sample.rendered(theme) {
            problems.extend(rendered.err().filter(|problem| !problems.contains(problem)));
        }
    }
    problems
}

/// Makes pages of sample content.
pub(super) struct Sample {
    /// With everything, or with nothing.
    pub(super) full: bool,
    pub(super) assets: AssetUrls,
}

impl Sample {
    /// Every layout, rendered.
    pub(super) fn rendered(&self, theme: &Theme) -> [Result<String, ThemeProblem>; 7] {
        [
            theme.entry(&self.entry()),
            theme.section(&self.list()),
            theme.tag(&self.tag_page()),
            theme.home(&self.home()),
            theme.search(&SearchPage { frame: self.frame("/search/") }),
            theme.not_found(&ErrorPage { frame: self.frame("/404.html") }),
            theme.forbidden(&ErrorPage { frame: self.frame("/403.html") }),
        ]
    }

    fn some<T>(&self, value: T) -> Option<T> {
        self.full.then_some(value)
    }

    fn many<T>(&self, values: Vec<T>) -> Vec<T> {
        if self.full { values } else { Vec::new() }
    }

    fn text(&self, text: &str) -> String {
        if self.full { text.to_owned() } else { String::new() }
    }

    pub(super) fn frame(&self, path: &str) -> Frame {
        let link = |title: &str, url: &str| NavigationLink {
            title: title.to_owned(),
            url: url.to_owned(),
            current: path.starts_with(url),
        };
        Frame {
            site: SiteFacts {
                title: "Sample site".to_owned(),
                tagline: self.text("What it is about"),
                language: "en".to_owned(),
                accent: "#8a3b12".to_owned(),
                footer_html: self.text("<p>At the <a href=\"/imprint/\">bottom</a></p>\n"),
                logo: self.some(picture()).flatten(),
            },
            navigation: self.many(vec![link("Guide", "/guide/"), link("News", "/news/")]),
            path: path.to_owned(),
            audience: if self.full { Audience::Public } else { Audience::Groups(vec!["editors".to_owned()]) },
            language: "en".to_owned(),
            origin: self.some("https://example.com".to_owned()),
            canonical_url: self.some(format!("https://example.com{path}")),
            feed: self.some(Link { title: "News".to_owned(), url: "/news/feed.xml".to_owned() }),
            assets: self.assets.clone(),
        }
    }

    fn section(&self) -> SectionFacts {
        SectionFacts {
            path: "/news/".to_owned(),
            title: "News".to_owned(),
            order: if self.full { "newest" } else { "manual" }.to_owned(),
            feed: self.full,
        }
    }

    fn tags(&self) -> Vec<TagLink> {
        self.many(vec![tag("gardens"), tag("R & D")])
    }

    fn items(&self) -> Vec<Item> {
        let item = |title: &str, with_cover: bool| Item {
            title: title.to_owned(),
            url: "/news/first/".to_owned(),
            summary: self.text("Two sentences. Not more."),
            cover: self.some(picture()).flatten().filter(|_| with_cover),
            tags: self.tags(),
            author: self.some(Author { name: "Ada".to_owned() }),
            published_at: self.some(day("2026-03-01T09:00:00.000Z")),
            reading_minutes: 3,
            language: if self.full { "de" } else { "en" }.to_owned(),
        };
        self.many(vec![item("First", true), item("Second", false), item("Third", true)])
    }

    fn paging(&self) -> Paging {
        Paging {
            number: if self.full { 2 } else { 1 },
            total: if self.full { 3 } else { 1 },
            newer_url: self.some("/news/".to_owned()),
            older_url: self.some("/news/page/1/".to_owned()),
        }
    }

    fn breadcrumbs(&self) -> Vec<Link> {
        self.many(vec![link("Sample site", "/"), link("News", "/news/")])
    }

    pub(super) fn entry(&self) -> EntryPage {
        EntryPage {
            frame: self.frame("/news/first/"),
            section: self.section(),
            title: "First".to_owned(),
            summary: self.text("Two sentences. Not more."),
            body_html: self.text("<h2 id=\"one\">One</h2>\n<p>A text.</p>\n<h2 id=\"two\">Two</h2>\n<h3 id=\"sub\">Below</h3>\n<h2 id=\"three\">Three</h2>\n"),
            headings: self.many(vec![
                heading(2, "one", "One"),
                heading(2, "two", "Two"),
                heading(3, "sub", "Below"),
                heading(2, "three", "Three"),
            ]),
            tags: self.tags(),
            cover: self.some(picture()).flatten(),
            author: self.some(Author { name: "Ada".to_owned() }),
            published_at: self.some(day("2026-03-01T09:00:00.000Z")),
            updated_at: self.some(day("2026-04-01T09:00:00.000Z")),
            reading_minutes: 3,
            breadcrumbs: self.breadcrumbs(),
            previous: self.some(link("Before", "/news/before/")),
            next: self.some(link("After", "/news/after/")),
            search_title: self.text("First, for search engines"),
            search_description: self.text("A description"),
            no_index: !self.full,
        }
    }

    pub(super) fn list(&self) -> ListPage {
        ListPage {
            frame: self.frame("/news/"),
            section: self.section(),
            summary: self.text("What is new."),
            body_html: self.text("<p>A text.</p>\n"),
            items: self.items(),
            paging: self.paging(),
            tags: self.tags(),
            breadcrumbs: self.breadcrumbs(),
        }
    }

    pub(super) fn tag_page(&self) -> TagPage {
        TagPage {
            frame: self.frame("/news/tags/gardens/"),
            section: self.section(),
            tag: tag("gardens"),
            items: self.items(),
            paging: self.paging(),
            breadcrumbs: self.breadcrumbs(),
        }
    }

    pub(super) fn home(&self) -> HomePage {
        let section = HomeSection {
            section: self.section(),
            summary: self.text("What is new."),
            items: self.items(),
            paging: self.some(self.paging()),
        };
        let guide = HomeSection {
            section: SectionFacts {
                path: "/guide/".to_owned(),
                title: "Guide".to_owned(),
                order: "manual".to_owned(),
                feed: false,
            },
            summary: String::new(),
            items: self.items(),
            paging: None,
        };
        HomePage {
            frame: self.frame("/"),
            title: "Welcome".to_owned(),
            summary: self.text("What it is about."),
            body_html: self.text("<p>A text.</p>\n"),
            cover: self.some(picture()).flatten(),
            sections: self.many(vec![section, guide]),
            search_title: self.text("Welcome, for search engines"),
            search_description: self.text("A description"),
            no_index: !self.full,
        }
    }
}

fn tag(name: &str) -> TagLink {
    TagLink { name: name.to_owned(), url: format!("/news/tags/{}/", name.to_lowercase()) }
}

fn link(title: &str, url: &str) -> Link {
    Link { title: title.to_owned(), url: url.to_owned() }
}

fn heading(level: u8, anchor: &str, text: &str) -> Heading {
    Heading { level, anchor: anchor.to_owned(), text: text.to_owned() }
}

fn day(time: &str) -> Moment {
    Moment::of(&Timestamp::from(time), "en")
}

fn picture() -> Option<Picture> {
    let rendition = |kind: &str, width: u32| Rendition {
        url: format!("/news/media/7/hill-{width}.{kind}"),
        kind: format!("image/{kind}"),
        width,
        height: width / 2,
    };
    let all =
        [rendition("webp", 320), rendition("webp", 640), rendition("jpeg", 320), rendition("jpeg", 640)];
    Picture::of(&all, "A hill", Some("1QcSHQRnh493V4dIh4eXh1h4kJUI"))
}
