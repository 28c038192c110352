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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_file_becomes_an_address() {
        let address_of = |file: &str| (file == "news/a.md").then(|| "/news/a/".to_owned());
        let (text, unknown) =
            resolved("[a](@/news/a.md#b \"t\") b@/c [d](@/d.md)\n[e]: @/news/a.md\n", address_of);
        assert_eq!(text, "[a](/news/a/#b \"t\") b@/c [d](@/d.md)\n[e]: /news/a/\n");
        assert_eq!(unknown, ["the link @/d.md leads to no document"]);
    }
}
