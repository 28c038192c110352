//! What a new project file is made from.

/// What a new project file is made from; nothing where it was not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// `name`.
    pub name: Option<String>,
    /// `stage`.
    pub stage: Option<String>,
    /// `region`.
    pub region: Option<String>,
    /// `site.domains`.
    pub domains: Option<Vec<String>>,
    /// `api.domain`; empty where there is no API.
    pub api: Option<String>,
    /// `sign_in.groups`: who may read the site, or use the app where there is one. Empty for everybody who signs in.
    pub groups: Option<Vec<String>>,
    /// Whether there is a single-page app below `/admin/`.
    pub has_app: bool,
    /// `sign_in.hosted_ui_prefix`.
    pub hosted_ui_prefix: Option<String>,
    /// `watch.email`; empty for nobody.
    pub email: Option<String>,
}
