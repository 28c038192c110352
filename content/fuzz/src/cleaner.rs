//! A cleaner of HTML by others, as the judge of ours.

use std::sync::LazyLock;

use ammonia::Builder;
use ammonia::url::{ParseError, Url};

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
    tags(html).into_iter().map(comparable).eq(tags(&cleaned).into_iter().map(comparable))
}

/// A tag as either writes it.
fn comparable(tag: String) -> String {
    // The cleaner writes `>` in an attribute as it is; no tag of ours ends early by it, since both are cut alike.
    let tag = tag.replace("&gt;", ">").replace("&#39;", "'").replace("&#x27;", "'");
    let tag = tag.split('>').next().unwrap_or_default();
    tag.split(' ').filter(|part| !leads_nowhere(part)).collect::<Vec<_>>().join(" ")
}

/// Whether an attribute is an address without a host, such as `https:///x`: the cleaner drops it, and browsers follow it
/// nowhere.
fn leads_nowhere(attribute: &str) -> bool {
    let address = ["href=\"", "src=\""].into_iter().find_map(|name| attribute.strip_prefix(name));
    let address = address.map(|address| address.trim_end_matches('"').replace("&amp;", "&"));
    address.is_some_and(|address| {
        Url::parse(&address).is_err_and(|error| error != ParseError::RelativeUrlWithoutBase)
    })
}
