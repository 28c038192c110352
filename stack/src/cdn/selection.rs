//! Which headers, cookies or query strings a policy names.

use serde::Deserialize;

/// A set of names as CloudFront's policies describe it: nothing, everything, these, or all but these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// No name.
    #[default]
    None,
    /// Every name.
    All,
    /// These names only.
    Only(Vec<String>),
    /// Every name but these.
    AllExcept(Vec<String>),
}

impl Selection {
    /// Whether a name belongs to the set; query strings and cookies are case-sensitive.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.holds(|listed| listed == name)
    }

    /// Whether a header belongs to the set, whatever its case.
    #[must_use]
    pub fn contains_header(&self, name: &str) -> bool {
        self.holds(|listed| listed.eq_ignore_ascii_case(name))
    }

    /// The names listed to be in the set.
    pub fn listed(&self) -> &[String] {
        if let Self::Only(names) = self { names } else { &[] }
    }

    fn holds(&self, is: impl Fn(&String) -> bool) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Only(names) => names.iter().any(is),
            Self::AllExcept(names) => !names.iter().any(is),
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct HeadersConfig {
    header_behavior: Behavior,
    #[serde(default)]
    headers: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct CookiesConfig {
    cookie_behavior: Behavior,
    #[serde(default)]
    cookies: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct QueryStringsConfig {
    query_string_behavior: Behavior,
    #[serde(default)]
    query_strings: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Behavior {
    None,
    All,
    Whitelist,
    AllExcept,
    AllViewer,
    #[serde(rename = "allViewerAndWhitelistCloudFront")]
    AllViewerAndCloudFront,
}

fn selection(behavior: Behavior, names: Vec<String>) -> Selection {
    match behavior {
        Behavior::None => Selection::None,
        // Every header a viewer sent; the listed CloudFront ones are added on top, see `viewer_facts`.
        Behavior::All | Behavior::AllViewer | Behavior::AllViewerAndCloudFront => Selection::All,
        Behavior::Whitelist => Selection::Only(names),
        Behavior::AllExcept => Selection::AllExcept(names),
    }
}

impl HeadersConfig {
    /// The headers CloudFront itself is asked to add.
    pub(super) fn added(&self) -> Vec<String> {
        match self.header_behavior {
            Behavior::Whitelist | Behavior::AllViewerAndCloudFront => self.headers.clone(),
            _ => Vec::new(),
        }
    }
}

impl From<HeadersConfig> for Selection {
    fn from(config: HeadersConfig) -> Self {
        selection(config.header_behavior, config.headers)
    }
}

impl From<CookiesConfig> for Selection {
    fn from(config: CookiesConfig) -> Self {
        selection(config.cookie_behavior, config.cookies)
    }
}

impl From<QueryStringsConfig> for Selection {
    fn from(config: QueryStringsConfig) -> Self {
        selection(config.query_string_behavior, config.query_strings)
    }
}
