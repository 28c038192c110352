//! A stack as it is wanted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::project::Project;
use crate::stacks::{Deployed, Given, NotDeployed, Part, parameters};

/// A stack as it is wanted.
#[derive(Debug, Clone)]
pub struct WantedStack {
    /// Its part.
    pub part: Part,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub region: String,
    /// All parameters.
    pub parameters: BTreeMap<String, String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Whether resources of the same names that stand there already become the stack's when it is created.
    pub adopts: bool,
    /// Whether its resources that somebody has changed beside CloudFormation become as the template says again.
    pub reverts_drift: bool,
    /// Whose it is.
    pub project: Project,
}

impl WantedStack {
    /// Its template.
    #[must_use]
    pub fn template(&self) -> Cow<'static, str> {
        self.part.template_of(&self.project.stage)
    }
}

/// The stacks of a part: one, or one in each region.
///
/// # Errors
///
/// When a part before it is not deployed.
pub fn wanted(part: Part, deployed: &Deployed, given: &Given) -> Result<Vec<WantedStack>, NotDeployed> {
    let project = deployed.project();
    let parameters = parameters(part, deployed, given)?;
    let tags =
        [("parapet:name", &*project.name), ("parapet:stage", &*project.stage), ("parapet:part", part.name())];
    let tags: BTreeMap<_, _> = tags.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let stack = |region| WantedStack {
        part,
        name: part.stack_name(project),
        region,
        parameters: parameters.clone(),
        tags: tags.clone(),
        adopts: false,
        reverts_drift: false,
        project: project.clone(),
    };
    Ok(part.regions(project).into_iter().map(stack).collect())
}
