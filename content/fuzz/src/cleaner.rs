//! A cleaner of HTML by others, as the judge of ours.

use std::sync::LazyLock;

use ammonia::Builder;

/// With our elements and attributes allowed: cleaning must be a no-op.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .add_tags(["section", "picture", "source"])
        .add_generic_attributes(["class", "id", "role", "tabindex"])
        .add_tag_attributes("img", ["loading", "decoding", "srcset", "sizes"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(None);
    cleaner
});

/// The tags of a document with their attributes, in their order.
pub fn tags(html: &str) -> Vec<String> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default().to_owned()).collect()
}

/// Whether the cleaner leaves every element and attribute as it is.
pub fn is_clean(html: &str) -> bool {
    let cleaned = CLEANER.clean(html).to_string();
    // The cleaner writes `>` in an attribute as it is; no tag of ours ends early by it, since both are cut alike.
    let escaped = |tag: String| {
        tag.replace("&gt;", ">")
            .replace("&#39;", "'")
            .replace("&#x27;", "'")
            .split('>')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    tags(html).into_iter().map(escaped).eq(tags(&cleaned).into_iter().map(escaped))
}
