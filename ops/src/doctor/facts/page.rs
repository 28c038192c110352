//! A document that a browser opens.

/// A page, and what it is delivered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path, such as `/admin/index.html`.
    pub path: String,
    /// Where it was read, in the operator's words.
    pub from: String,
    /// Its HTML.
    pub html: String,
    /// Each Content-Security-Policy it is delivered with; every one has to allow a thing.
    pub policies: Vec<String>,
    /// `Strict-Transport-Security`, if it is there.
    pub transport_security: Option<String>,
    /// Whether a single-page app starts here.
    pub is_app: bool,
}
