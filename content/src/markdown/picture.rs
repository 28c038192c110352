//! What a text refers to, as whoever renders it knows it.

use std::fmt::Write;

use pulldown_cmark_escape::{escape_href, escape_html};

/// Tells the addresses of what texts refer to.
pub trait Resolve {
    /// The address of an entry.
    fn entry(&self, id: &str) -> Option<String>;
    /// A media item.
    fn media(&self, id: &str) -> Option<Media>;
}

/// Resolves nothing: for texts that stand alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Resolve for Nothing {
    fn entry(&self, _: &str) -> Option<String> {
        None
    }

    fn media(&self, _: &str) -> Option<Media> {
        None
    }
}

/// What a media item is on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    /// A picture in several sizes.
    Picture {
        /// Every size, in whatever order.
        sources: Vec<Source>,
        /// What it shows, where the text does not say.
        alt: String,
    },
    /// A file that is kept as it is.
    File(MediaFile),
}

/// A file that is kept as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// Its address.
    pub url: String,
    /// Its media type.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// A size of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its address.
    pub url: String,
    /// Its media type.
    pub kind: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl Media {
    /// Its own address: that of a file, or of a picture's largest size that every browser shows.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match self {
            Media::Picture { sources, .. } => fallback(sources).map(|source| source.url.as_str()),
            Media::File(file) => Some(&file.url),
        }
    }
}

/// The largest source that is not WebP, or the largest of all.
fn fallback(sources: &[Source]) -> Option<&Source> {
    let plain = sources.iter().filter(|source| source.kind != "image/webp");
    plain.max_by_key(|source| source.width).or_else(|| sources.iter().max_by_key(|source| source.width))
}

/// Widths for the browser to choose by: the text column is at most 720 pixels wide.
const SIZES: &str = "(max-width: 48rem) 100vw, 45rem";

/// Writes a picture with its sizes and its dimensions, so that nothing moves when it arrives.
pub(super) fn write_picture(html: &mut String, sources: &[Source], alt: &str) -> std::fmt::Result {
    let Some(shown) = fallback(sources) else { return html.write_str(&escaped(alt)) };
    let of_kind = |kind: &str| {
        let mut found: Vec<&Source> = sources.iter().filter(|source| source.kind == kind).collect();
        found.sort_by_key(|source| source.width);
        found
    };
    let webp = of_kind("image/webp");
    let in_picture = shown.kind != "image/webp" && !webp.is_empty();
    if in_picture {
        write!(html, r#"<picture><source type="image/webp" srcset=""#)?;
        write_set(html, &webp)?;
        write!(html, r#"" sizes="{SIZES}">"#)?;
    }
    html.push_str(r#"<img src=""#);
    escape_href(&mut *html, &shown.url)?;
    html.push_str(r#"" srcset=""#);
    write_set(html, &of_kind(&shown.kind))?;
    write!(html, r#"" sizes="{SIZES}" width="{}" height="{}" alt=""#, shown.width, shown.height)?;
    escape_html(&mut *html, alt)?;
    html.push_str(r#"" loading="lazy" decoding="async">"#);
    if in_picture {
        html.push_str("</picture>");
    }
    Ok(())
}

fn write_set(html: &mut String, sources: &[&Source]) -> std::fmt::Result {
    for (number, source) in sources.iter().enumerate() {
        if number > 0 {
            html.push_str(", ");
        }
        escape_href(&mut *html, &source.url)?;
        write!(html, " {}w", source.width)?;
    }
    Ok(())
}

/// Writes a file: a player for sound and film, else a link.
pub(super) fn write_file(html: &mut String, file: &MediaFile, text: &str) -> std::fmt::Result {
    let player = ["audio", "video"].into_iter().find(|player| file.kind.starts_with(&format!("{player}/")));
    let text = if text.is_empty() { &file.name } else { text };
    match player {
        Some(player) => {
            write!(html, r#"<{player} controls preload="metadata" src=""#)?;
            escape_href(&mut *html, &file.url)?;
            html.push_str(r#"" aria-label=""#);
            escape_html(&mut *html, text)?;
            write!(html, r#""></{player}>"#)
        }
        None => {
            html.push_str(r#"<a href=""#);
            escape_href(&mut *html, &file.url)?;
            html.push_str(r#"">"#);
            escape_html(&mut *html, text)?;
            html.write_str("</a>")
        }
    }
}

fn escaped(text: &str) -> String {
    let mut html = String::new();
    // Writing into a string does not fail.
    let _ = escape_html(&mut html, text);
    html
}
