//! Links from one document to another, by the other's file.

/// Turns links such as `@/news/a.md#b` (Zola) into the addresses of the documents that they name. Those of no document
/// stay, and are told.
pub(super) fn resolved(body: &str, address_of: impl Fn(&str) -> Option<String>) -> (String, Vec<String>) {
    let (mut text, mut rest, mut unknown) = (String::with_capacity(body.len()), body, Vec::new());
    while let Some(at) = rest.find("@/") {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(before);
        let end = from.find([')', ' ', '"', '>', ']', '\n', '\'']).unwrap_or(from.len());
        let (link, after) = from.split_at_checked(end).unwrap_or((from, ""));
        let begins_a_link = before.ends_with(['(', '<']) || before.ends_with(": ") || before.ends_with('"');
        let (file, anchor) =
            link.split_at_checked(link.find('#').unwrap_or(link.len())).unwrap_or((link, ""));
        match address_of(file.trim_start_matches("@/")) {
            Some(address) if begins_a_link => {
                text.push_str(&address);
                text.push_str(anchor);
            }
            _ => {
                if begins_a_link {
                    unknown.push(format!("the link {link} leads to no document"));
                }
                text.push_str(link);
            }
        }
        rest = after;
    }
    text.push_str(rest);
    (text, unknown)
}

/// Puts a section's path before the addresses of documents that go into it: in links and definitions of markdown alone.
pub(super) fn moved(body: &str, section: &str, is_document: impl Fn(&str) -> bool) -> String {
    let (mut text, mut rest) = (String::with_capacity(body.len()), body);
    while let Some(at) = rest.find("]") {
        let (before, from) = rest.split_at_checked(at + 1).unwrap_or((rest, ""));
        text.push_str(before);
        rest = from;
        let Some(open) = ["(<", "(", ": <", ": "].into_iter().find(|open| from.starts_with(open)) else {
            continue;
        };
        let (opening, link) = from.split_at_checked(open.len()).unwrap_or((from, ""));
        let end = link.find([')', ' ', '"', '>', '\n', '#', '?']).unwrap_or(link.len());
        let address = link.get(..end).unwrap_or_default();
        let folder = format!("{}/", address.trim_end_matches('/'));
        if address.starts_with('/') && is_document(&folder) {
            text.push_str(opening);
            text.push_str(section.trim_end_matches('/'));
            rest = link;
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_move_with_the_documents_that_they_lead_to() {
        let is_document = |address: &str| ["/a/", "/b/c/"].contains(&address);
        let body =
            "[x](/a/) [y](/b/c#d \"t\") [z](</a/?q=1>) [o](/other/) (/a/) [e](https://e.x/a/)\n[r]: /a\n";
        let expected = "[x](/blog/a/) [y](/blog/b/c#d \"t\") [z](</blog/a/?q=1>) [o](/other/) (/a/) \
             [e](https://e.x/a/)\n[r]: /blog/a\n";
        assert_eq!(moved(body, "/blog/", is_document), expected);
        assert_eq!(moved("[ü](/a/) ] (", "/blog/", is_document), "[ü](/blog/a/) ] (");
    }

    #[test]
    fn a_link_to_a_file_becomes_an_address() {
        let address_of = |file: &str| (file == "news/a.md").then(|| "/news/a/".to_owned());
        let (text, unknown) =
            resolved("[a](@/news/a.md#b \"t\") b@/c [d](@/d.md)\n[e]: @/news/a.md\n", address_of);
        assert_eq!(text, "[a](/news/a/#b \"t\") b@/c [d](@/d.md)\n[e]: /news/a/\n");
        assert_eq!(unknown, ["the link @/d.md leads to no document"]);
    }
}
