//! The sitemap (sitemaps.org): addresses that everyone may read, and an index where they are many.

use content::wire::Timestamp;

use super::page::Page;
use super::xml::{document, element};

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// An address of the site, and when it last changed where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The path.
    pub path: String,
    /// When it last changed.
    pub changed_at: Option<Timestamp>,
}

/// A sitemap, or a part of one.
///
/// # Errors
/// Never: it is written into memory.
pub(super) fn locations(origin: &str, locations: &[Location]) -> std::io::Result<Vec<u8>> {
    document(|xml| {
        let root = xml.create_element("urlset").with_attribute(("xmlns", NAMESPACE));
        root.write_inner_content(|xml| {
            for location in locations {
                xml.create_element("url").write_inner_content(|xml| {
                    element(xml, "loc", &format!("{origin}{}", location.path))?;
                    match &location.changed_at {
                        Some(time) => element(xml, "lastmod", time.as_str()),
                        None => Ok(()),
                    }
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

/// The index of so many parts; part 0 has the sections. It names no times, so that it changes only with their number.
///
/// # Errors
/// Never: it is written into memory.
pub(super) fn index(origin: &str, parts: u64) -> std::io::Result<Vec<u8>> {
    document(|xml| {
        let root = xml.create_element("sitemapindex").with_attribute(("xmlns", NAMESPACE));
        root.write_inner_content(|xml| {
            for part in 0..=parts {
                let path = Page::Sitemap(Some(part)).path();
                xml.create_element("sitemap")
                    .write_inner_content(|xml| element(xml, "loc", &format!("{origin}{path}")))?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_absolute_and_escaped() {
        let here = [
            Location { path: "/".to_owned(), changed_at: None },
            Location {
                path: "/a&b/".to_owned(),
                changed_at: Some(Timestamp::from("2026-01-02T03:04:05.000Z")),
            },
        ];
        let text = String::from_utf8(locations("https://x.example", &here).unwrap()).unwrap();
        assert_eq!(
            text,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\
             <url><loc>https://x.example/</loc></url>\
             <url><loc>https://x.example/a&amp;b/</loc><lastmod>2026-01-02T03:04:05.000Z</lastmod></url>\
             </urlset>"
        );
        let text = String::from_utf8(index("", 2).unwrap()).unwrap();
        assert_eq!(text.matches("<sitemap>").count(), 3);
        assert!(text.contains("<loc>/sitemap-0.xml</loc>"));
    }
}
