//! Whether the gate's package that is deployed is the one that would be deployed now.

use std::path::Path;

use serde::Serialize;

use super::Session;
use super::deploy_gate::package_of_now;
use crate::aws::Cloud;
use crate::stacks::{Deployed, Part};

/// The deployed package beside the one of now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PackageState {
    /// The key of the deployed one in the packages' bucket.
    deployed: String,
    /// Whether it is made of the binary, the project file and the keys that there are now; nothing if that cannot be told.
    is_current: Option<bool>,
    /// Why it cannot be told.
    why: Option<String>,
}

impl PackageState {
    /// Of the edge stack, if there is one. What keeps the two from being compared is no failure: whoever only looks need
    /// not have built anything.
    pub(super) async fn read(
        session: &Session,
        cloud: &Cloud,
        deployed: &Deployed,
        binary: &Path,
    ) -> Option<PackageState> {
        let parameters = &deployed.stack(Part::Edge)?.parameters;
        let (key, sha256) = (parameters.get("PackageKey")?.clone(), parameters.get("PackageSha256")?);
        let _comparing = session.report.waiting("comparing the gate's package");
        let (is_current, why) = match package_of_now(session, cloud, deployed, binary).await {
            Ok(Some(now)) => (Some(now.sha256 == *sha256), None),
            Ok(None) => (None, Some("there are no sealing keys".to_owned())),
            Err(failure) => (None, Some(failure.message().to_owned())),
        };
        Some(PackageState { deployed: key, is_current, why })
    }

    /// In a few words.
    pub(super) fn words(&self) -> String {
        match (self.is_current, &self.why) {
            (Some(true), _) => "current".to_owned(),
            (Some(false), _) => "not current".to_owned(),
            (None, why) => format!("not compared: {}", why.as_deref().unwrap_or("unknown")),
        }
    }

    /// What is to be done about it.
    pub(super) fn finding(&self, binary: &Path) -> Option<String> {
        (self.is_current == Some(false)).then(|| {
            format!(
                "the gate's package is another one than {}, the project file and the keys make now: {}",
                binary.display(),
                Part::Edge.command()
            )
        })
    }
}
