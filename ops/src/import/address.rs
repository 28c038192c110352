//! The addresses of documents: names of files and of other systems made into paths that an entry can have.

/// An address of these parts: whatever an entry's path cannot hold becomes a hyphen, and every part ends with a slash.
pub(super) fn of(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    let parts = decoded.split('/').map(part).filter(|part| !part.is_empty());
    let path = parts.collect::<Vec<_>>().join("/");
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

/// The same for an address that leads somewhere else: one of a file keeps its end.
pub(super) fn alias(text: &str) -> Option<String> {
    let text = text.trim();
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..))?,
        None => text,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let address = of(path);
    let is_file = name.rsplit_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty() && matches!(end, "html" | "htm" | "php" | "aspx" | "xml" | "txt" | "json")
    });
    let address = if is_file { address.trim_end_matches('/').to_owned() } else { address };
    let address = match address.strip_suffix("index.html") {
        Some(folder) if folder.ends_with('/') => folder.to_owned(),
        _ => address,
    };
    (address != "/").then_some(address)
}

fn part(text: &str) -> String {
    let mut part = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            c if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '~' | '-') => part.push(c),
            c if c.is_alphanumeric() => part.push(c),
            _ if part.ends_with('-') => {}
            _ => part.push('-'),
        }
    }
    let part = part.trim_matches('-');
    if matches!(part, "." | "..") { String::new() } else { part.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_an_entry_can_have() {
        assert_eq!(of("2025/06/26/Rust-1.88.0"), "/2025/06/26/Rust-1.88.0/");
        assert_eq!(of("/A title: what's new?/"), "/A-title-what-s-new/");
        assert_eq!(of("a%20b/../c"), "/a-b/c/");
        assert_eq!(of(""), "/");
    }

    #[test]
    fn an_alias_keeps_the_end_of_a_file() {
        assert_eq!(alias("2021/08/03/x.html").as_deref(), Some("/2021/08/03/x.html"));
        assert_eq!(alias("releases/1.88.0").as_deref(), Some("/releases/1.88.0/"));
        assert_eq!(alias("https://example.org/old/?p=1#top").as_deref(), Some("/old/"));
        assert_eq!(alias("/old/index.html").as_deref(), Some("/old/"));
        assert_eq!(alias("https://example.org"), None);
        assert_eq!(alias("/"), None);
    }
}
