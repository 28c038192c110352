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
    /// Which of its files: 1 for the first.
    pub(crate) version: u32,
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
        let version = said("version").map_or(Some(1), |version| version.parse().ok())?;
        let (media, section) = (media.to_owned(), section.as_str().to_owned());
        Some(Upload { media, version, section, stem: stem(&name) })
    }

    /// The address on the site of one of its files. A later version has others than the one before, because caches keep
    /// them for a year.
    pub(crate) fn url(&self, suffix: &str) -> String {
        let Upload { media, version, section, stem } = self;
        match version {
            1 => format!("{section}media/{media}/{stem}{suffix}"),
            version => format!("{section}media/{media}/{stem}-v{version}{suffix}"),
        }
    }

    /// The sort key of its record.
    pub(crate) fn record_key(&self) -> String {
        match self.version {
            1 => "ITEM".to_owned(),
            version => format!("ITEM#{version}"),
        }
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
        let later = Upload::read(&headers("1", "/", "a.png").with("version", "3")).unwrap();
        assert_eq!(
            (later.url("-640.webp").as_str(), later.record_key().as_str()),
            ("/media/1/a-v3-640.webp", "ITEM#3")
        );
        assert_eq!(upload.record_key(), "ITEM");
    }

    #[test]
    fn what_the_api_did_not_sign_is_none() {
        for (media, section) in [("../x", "/news/"), ("1", "news"), ("1", "/../"), ("1", "")] {
            assert_eq!(Upload::read(&headers(media, section, "a")), None, "{media} {section}");
        }
        assert_eq!(Upload::read(&ObjectHeaders::new("image/png", "")), None);
        assert_eq!(Upload::read(&headers("1", "/", "a").with("version", "x")), None);
    }
}
