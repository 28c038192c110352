//! What was signed with an upload: which media item it is of, under which section, and its name.

use delivery::ObjectHeaders;
use percent_encoding::percent_decode_str;

/// The longest stem of a file's name in an address, in bytes.
const LONGEST_STEM: usize = 60;

/// An upload, as the API signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upload {
    /// The media item.
    pub(crate) media: String,
    /// The path of its section.
    pub(crate) section: String,
    /// Its name in addresses: `[a-z0-9-]`, without an extension.
    pub(crate) stem: String,
}

impl Upload {
    /// Reads what was signed; none if this is no upload of the API's.
    pub(crate) fn read(headers: &ObjectHeaders) -> Option<Upload> {
        let said = |name: &str| headers.metadata.get(name).map(String::as_str);
        let media = said("media").filter(|id| id.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-'))?;
        let section = content::path::SectionPath::parse(said("section")?).ok()?;
        let name = percent_decode_str(said("name").unwrap_or_default()).decode_utf8_lossy();
        Some(Upload { media: media.to_owned(), section: section.as_str().to_owned(), stem: stem(&name) })
    }

    /// The address on the site of one of its files.
    pub(crate) fn url(&self, suffix: &str) -> String {
        format!("{}media/{}/{}{suffix}", self.section, self.media, self.stem)
    }
}

fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut slug = String::new();
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST_STEM {
            break;
        }
    }
    match slug.trim_end_matches('-') {
        "" => "file".to_owned(),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(media: &str, section: &str, name: &str) -> ObjectHeaders {
        ObjectHeaders::new("image/png", "").with("media", media).with("section", section).with("name", name)
    }

    #[test]
    fn an_address_is_made_of_what_was_signed() {
        let upload = Upload::read(&headers("0193-a", "/news/", "Mein%20Bild%20%28%C3%BC%29.JPG")).unwrap();
        assert_eq!(upload.url("-640.webp"), "/news/media/0193-a/mein-bild-640.webp");
        assert_eq!(Upload::read(&headers("1", "/", "%2E%2E%2F")).unwrap().url(".pdf"), "/media/1/file.pdf");
    }

    #[test]
    fn what_the_api_did_not_sign_is_none() {
        for (media, section) in [("../x", "/news/"), ("1", "news"), ("1", "/../"), ("1", "")] {
            assert_eq!(Upload::read(&headers(media, section, "a")), None, "{media} {section}");
        }
        assert_eq!(Upload::read(&ObjectHeaders::new("image/png", "")), None);
    }
}
