//! `[api]`.

use super::rule::Rule;
use super::section::Section;

/// `[api]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// Its host name, HTTPS only.
    pub domain: String,
}

impl Api {
    pub(super) fn read(mut section: Section<'_>) -> Api {
        let api = Api { domain: section.required("domain", &Rule::DOMAIN) };
        section.finish();
        api
    }
}
