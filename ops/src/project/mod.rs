//! The project file, `parapet.toml`: the one place that says what is deployed, where and for whom. No secret stands in
//! it, so that it can be checked in.
//!
//! It is read into types that cannot be wrong; all problems are reported together, and unknown keys are refused. What
//! the gate itself will read (`[gate]` and the routes) is checked by the gate's own reader, so that the two never
//! differ.

mod api;
mod cms;
mod consistency;
mod gate;
mod problem;
mod project_file_error;
mod reading;
mod rule;
mod section;
mod sign_in;
mod site;
mod watch;

use std::path::Path;

pub use self::gate::Gate;
pub use ::gate::route::{Access, Route, RouteKind};
pub use api::Api;
pub use cms::Cms;
pub use problem::Problem;
pub use project_file_error::ProjectFileError;
pub use rule::Rule;
pub use sign_in::{Email, HostedUiDomain, Mfa, SignIn};
pub use site::Site;
pub use watch::Watch;

/// The file's name, unless another one is given.
pub const FILE_NAME: &str = "parapet.toml";

/// What is deployed.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// The name that every stack and resource begins with: [`Rule::NAME`].
    pub name: String,
    /// `production`, `staging`, or another word: [`Rule::STAGE`].
    pub stage: String,
    /// The region of the bucket and the user pool, such as `eu-central-1`.
    pub region: String,
    /// The site's files and their distribution.
    pub site: Site,
    /// What stands behind `/api/*`, if anything.
    pub api: Option<Api>,
    /// The CMS, if it is deployed with the site.
    pub cms: Option<Cms>,
    /// Where people sign in.
    pub sign_in: SignIn,
    /// How the gate behaves.
    pub gate: Gate,
    /// The routes in their order, as the gate's own reader has read them.
    pub routes: Vec<Route>,
    /// What is watched.
    pub watch: Watch,
    /// The ARN of the policy that bounds every role.
    pub permissions_boundary: Option<String>,
}

impl Project {
    /// Reads the project file at `path`.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or with everything that is wrong in it.
    pub fn read(path: &Path) -> Result<Project, ProjectFileError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ProjectFileError::Unreadable { path: path.to_owned(), source })?;
        Project::parse(&text).map_err(|problems| ProjectFileError::Wrong { path: path.to_owned(), problems })
    }

    /// Reads the text of a project file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in it; at least one problem.
    pub fn parse(text: &str) -> Result<Project, Vec<Problem>> {
        reading::read(text)
    }

    /// The name of the stack of a part, such as `cms-production-edge`.
    #[must_use]
    pub fn stack_name(&self, part: &str) -> String {
        format!("{}-{}-{part}", self.name, self.stage)
    }

    /// What every resource's name begins with.
    #[must_use]
    pub fn scope(&self) -> String {
        format!("{}-{}", self.name, self.stage)
    }

    /// The gate's function in Lambda.
    #[must_use]
    pub fn function_name(&self) -> String {
        format!("{}-{}-edge-auth", self.name, self.stage)
    }

    /// The parameter of Parameter Store that holds the sealing keys.
    #[must_use]
    pub fn sealing_keys_parameter(&self) -> String {
        format!("/{}/{}/sealing-keys", self.name, self.stage)
    }

    /// The parameter of Parameter Store, in the project's region, that holds what the distribution shows to the API.
    #[must_use]
    pub fn origin_secrets_parameter(&self) -> String {
        format!("/{}/{}/origin-secrets", self.name, self.stage)
    }

    /// Where people sign in, as far as this file tells; else it is an output of the identity stack.
    #[must_use]
    pub fn hosted_ui_url(&self) -> Option<String> {
        match (&self.sign_in.hosted_ui_domain, &self.sign_in.hosted_ui_prefix) {
            (Some(domain), _) => Some(format!("https://{}", domain.name)),
            (None, Some(prefix)) => Some(format!("https://{prefix}.auth.{}.amazoncognito.com", self.region)),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests;
