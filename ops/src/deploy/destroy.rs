//! Taking everything down: what is lost, what stays, and what is in the way.

use super::{DeployError, Fate, each};
use crate::aws::{CallError, Cloud, Stack};
use crate::project::Project;
use crate::stacks::{Part, Readiness, is_ours};

/// A stack that is to be deleted.
#[derive(Debug, Clone)]
pub struct Doomed {
    /// Its part.
    pub part: Part,
    /// Where it is.
    pub region: String,
    /// The stack.
    pub stack: Stack,
    /// What is lost with it, by type and id.
    pub lost: Vec<(String, String)>,
    /// What stays.
    pub kept: Vec<(String, String)>,
    /// Buckets that are not empty: CloudFormation does not delete those.
    pub full_buckets: Vec<String>,
}

/// All stacks of a project, in the order in which they are deleted: each before those whose outputs it was given.
///
/// # Errors
///
/// When one is another project's, or AWS cannot be asked.
pub async fn doomed(cloud: &Cloud, project: &Project) -> Result<Vec<Doomed>, DeployError> {
    let order = [
        Part::Watch,
        Part::Dns,
        Part::Site,
        Part::EdgeRegion,
        Part::Edge,
        Part::Functions,
        Part::Backend,
        Part::Data,
        Part::Network,
        Part::Identity,
        Part::Certificate,
        Part::PackagesRegion,
        Part::Packages,
    ];
    let places =
        order.into_iter().flat_map(|part| part.regions(project).into_iter().map(move |it| (part, it)));
    let found = each(places, |(part, region)| look(cloud.in_region(&region), project.clone(), part));
    let found = found.await.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

async fn look(cloud: Cloud, project: Project, part: Part) -> Result<Option<Doomed>, DeployError> {
    let (name, region) = (part.stack_name(&project), cloud.region().to_owned());
    let Some(stack) = cloud.stack(&name).await?.filter(|stack| stack.status != "DELETE_COMPLETE") else {
        return Ok(None);
    };
    if !is_ours(&stack, &project) {
        return Err(DeployError::NotOurs { stack: name, region });
    }
    if Readiness::of(Some(&stack)) == Readiness::Busy {
        return Err(DeployError::Stuck { stack: name, region, status: stack.status });
    }
    let resources = cloud.stack_resources(&name).await?;
    let (kept, lost): (Vec<_>, Vec<_>) =
        resources.into_iter().partition(|(kind, _)| Fate::of(part, kind, &project) == Fate::Kept);
    let mut full_buckets = Vec::new();
    for (_, bucket) in lost.iter().filter(|(kind, id)| kind == "AWS::S3::Bucket" && !id.is_empty()) {
        if !cloud.object_versions(bucket).await?.is_empty() {
            full_buckets.push(bucket.clone());
        }
    }
    Ok(Some(Doomed { part, region, stack, lost, kept, full_buckets }))
}

/// Deletes every version of every object of a bucket.
///
/// # Errors
///
/// When AWS does not do it.
pub async fn empty_bucket(cloud: &Cloud, bucket: &str) -> Result<usize, CallError> {
    let mut deleted = 0;
    loop {
        let versions = cloud.object_versions(bucket).await?;
        if versions.is_empty() {
            return Ok(deleted);
        }
        deleted += versions.len();
        cloud.delete_object_versions(bucket, versions).await?;
    }
}
