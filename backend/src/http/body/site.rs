//! The body of `PUT /site`.

use content::wire::{MediaId, NavigationItem, Site};
use serde_json::Value;

use super::entry::is_language;
use crate::http::failure::Answer;
use crate::http::members::Members;

const MAX_LINKS: usize = 30;

/// Reads the site's settings, whole. A version may stand in them, as it does in what was read, and means nothing.
pub(crate) fn read(body: Value) -> Answer<Site> {
    let mut members = Members::of(body)?;
    for name in ["title", "tagline", "language", "navigation", "logo", "accent", "footer"] {
        if !members.has(name) {
            members.wrong::<()>(name, "is missing");
        }
    }
    let title = members.line("title", 200).map(|title| title.trim().to_owned());
    if title.as_deref() == Some("") {
        members.wrong::<()>("title", "is blank, expected the site's name");
    }
    let tagline = members.line("tagline", 300);
    let language = members.line("language", 35);
    if language.as_ref().is_some_and(|language| language.is_empty() || !is_language(language)) {
        members.wrong::<()>("language", "is no language tag, expected such as en or pt-BR");
    }
    let navigation = navigation(&mut members);
    let logo = members.id_or_null("logo").flatten().map(MediaId);
    let accent = members.line("accent", 7);
    if accent.as_ref().is_some_and(|accent| !is_colour(accent)) {
        members.wrong::<()>("accent", "is no colour, expected such as #1a6b54");
    }
    let footer = members.text("footer", 5_000);
    if members.has("version") {
        members.number("version", 0, i64::MAX);
    }
    members.finish()?;
    Ok(Site {
        title: title.unwrap_or_default(),
        tagline: tagline.unwrap_or_default(),
        language: language.unwrap_or_default(),
        navigation,
        logo,
        accent: accent.unwrap_or_default(),
        footer: footer.unwrap_or_default(),
        version: 0,
    })
}

fn navigation(members: &mut Members) -> Vec<NavigationItem> {
    let links = members.array("navigation", MAX_LINKS).unwrap_or_default();
    let mut navigation = Vec::new();
    for (position, link) in links.into_iter().enumerate() {
        let read = members.within(&format!("navigation/{position}"), link, |link| {
            for name in ["title", "url"] {
                if !link.has(name) {
                    link.wrong::<()>(name, "is missing");
                }
            }
            let (title, url) = (link.line("title", 100), link.line("url", 500));
            if url.as_ref().is_some_and(|url| !is_destination(url)) {
                link.wrong::<()>("url", "is neither a path of the site nor an https address");
            }
            Some(NavigationItem { title: title?, url: url? })
        });
        navigation.extend(read);
    }
    navigation
}

fn is_destination(url: &str) -> bool {
    (url.starts_with('/') && !url.starts_with("//")) || url.starts_with("https://")
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn links_lead_into_the_site_or_to_https() {
        for good in ["/", "/news/", "https://example.com/"] {
            assert!(is_destination(good), "{good}");
        }
        for bad in ["//example.com", "javascript:alert(1)", "http://example.com", "news", ""] {
            assert!(!is_destination(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_wrong_in_a_link_is_told_by_its_pointer() {
        let body = json!({
            "title": "A", "tagline": "", "language": "en", "logo": null, "accent": "red", "footer": "",
            "navigation": [{ "title": "ok", "url": "/" }, { "title": 1, "url": "//x", "more": 1 }, 7],
        });
        let problem = read(body).unwrap_err().into_problem();
        let pointers: Vec<_> = problem.errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            ["/navigation/1/title", "/navigation/1/url", "/navigation/1/more", "/navigation/2", "/accent"]
        );
    }
}
