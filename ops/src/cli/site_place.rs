//! Where a site is: named on the command line, or known from the project file and its stacks.

use std::env;

use clap::Args;
use delivery::Distribution;

use super::Session;
use crate::aws::Cloud;
use crate::failure::{Exit, Failure, NextStep};
use crate::project::Project;
use crate::site::SiteBucket;
use crate::stacks::Deployed;

/// Where a site lies in its bucket unless something else is said.
const PREFIX: &str = "site";

/// A site that is not this project's.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct PlaceArguments {
    /// The bucket with the site; without it, the project's
    #[arg(long, value_name = "NAME")]
    pub(super) bucket: Option<String>,
    /// The id of the distribution in front of it; without it, the project's
    #[arg(long, value_name = "ID")]
    pub(super) distribution: Option<String>,
    /// Where in the bucket the site lies: the distribution's origin path, without its slash
    /// [default: the project's, or "site"]
    #[arg(long, value_name = "PREFIX")]
    prefix: Option<String>,
    /// The bucket's region [default: the project's, or AWS_REGION, or us-east-1]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

/// A site's bucket and distribution.
pub(super) struct Place {
    pub(super) site: SiteBucket,
    pub(super) distribution: Distribution,
}

/// A prefix that cannot be one.
#[derive(Debug, thiserror::Error)]
enum WrongPrefix {
    /// It is no folder.
    #[error(
        "the prefix {0:?} is wrong: expected names with single slashes between them, none of which starts with a dot"
    )]
    NoFolder(String),
    /// It is the bucket itself.
    #[error(
        "the prefix is empty: expected a folder of the bucket, because viewers would reach what deploys remember beside \
         the site"
    )]
    WholeBucket,
}

impl NextStep for WrongPrefix {
    fn next_step(&self) -> String {
        match self {
            WrongPrefix::NoFolder(_) => {
                "name the distribution's origin path, such as --prefix site".to_owned()
            }
            WrongPrefix::WholeBucket => {
                "deploy into a folder, such as --prefix site, then give the distribution's origin that path: /site"
                    .to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }
}

impl PlaceArguments {
    /// Whether everything is named, so that no project file is needed.
    pub(super) fn is_complete(&self) -> bool {
        self.bucket.is_some() && self.distribution.is_some()
    }

    /// The site that is named alone.
    ///
    /// # Errors
    ///
    /// When the prefix is none.
    pub(super) async fn named(&self, session: &Session) -> Result<Place, Failure> {
        let cloud = self.cloud(None, session).await;
        let (bucket, distribution) = (self.bucket.as_deref(), self.distribution.as_deref());
        self.place(&cloud, bucket.unwrap_or_default(), distribution.unwrap_or_default(), PREFIX)
    }

    /// The project's site, but for what is named.
    ///
    /// # Errors
    ///
    /// When the stacks cannot be read or are not deployed yet, or the prefix is none.
    pub(super) async fn of_project(&self, project: &Project, session: &Session) -> Result<Place, Failure> {
        let cloud = self.cloud(Some(project), session).await;
        if let (Some(bucket), Some(distribution)) = (
            self.bucket.as_ref().or(project.site.bucket.as_ref()),
            self.distribution.as_ref().or(project.site.distribution.as_ref()),
        ) {
            return self.place(&cloud, bucket, distribution, &project.site.prefix);
        }
        let deployed = Deployed::read(project, &cloud).await?;
        self.of_deployed(&deployed, session).await
    }

    /// The same, where the stacks have been read already.
    ///
    /// # Errors
    ///
    /// When they are not deployed yet, or the prefix is none.
    pub(super) async fn of_deployed(&self, deployed: &Deployed, session: &Session) -> Result<Place, Failure> {
        let project = deployed.project();
        let cloud = self.cloud(Some(project), session).await;
        let bucket = self.bucket.as_deref().map_or_else(|| deployed.bucket(), Ok)?;
        let distribution = self.distribution.as_deref().map_or_else(|| deployed.distribution(), Ok)?;
        self.place(&cloud, bucket, distribution, &project.site.prefix)
    }

    /// The distribution alone, for which a name is enough.
    ///
    /// # Errors
    ///
    /// When it is not named, and the project does not know it.
    pub(super) async fn distribution(&self, session: &Session) -> Result<Distribution, Failure> {
        match &self.distribution {
            Some(id) => Ok(self.cloud(None, session).await.distribution(id)),
            None => Ok(self.of_project(&session.project()?, session).await?.distribution),
        }
    }

    fn place(&self, cloud: &Cloud, bucket: &str, distribution: &str, prefix: &str) -> Result<Place, Failure> {
        let prefix = self.prefix.as_deref().unwrap_or(prefix);
        let site = SiteBucket::new(cloud.bucket(bucket), checked(prefix)?);
        Ok(Place { site, distribution: cloud.distribution(distribution) })
    }

    async fn cloud(&self, project: Option<&Project>, session: &Session) -> Cloud {
        let variable = |name: &str| env::var(name).ok().filter(|region| !region.is_empty());
        let of_project = || project.map(|project| project.region.clone());
        let region = self.region.clone().or_else(of_project);
        let region = region.or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
        session.cloud(region.as_deref().unwrap_or("us-east-1")).await
    }
}

/// A prefix that begins with a dot could be the place of the manifest itself; with none, no origin path keeps viewers away
/// from it.
fn checked(prefix: &str) -> Result<&str, WrongPrefix> {
    let trimmed = prefix.trim_matches('/');
    let is_name =
        |name: &str| !name.is_empty() && !name.starts_with('.') && !name.chars().any(char::is_control);
    if trimmed.is_empty() {
        Err(WrongPrefix::WholeBucket)
    } else if trimmed.split('/').all(is_name) {
        Ok(trimmed)
    } else {
        Err(WrongPrefix::NoFolder(prefix.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::{WrongPrefix, checked};

    #[test]
    fn a_prefix_is_a_folder_of_the_bucket() {
        for (prefix, expected) in [("site", "site"), ("/site/", "site"), ("a/b", "a/b")] {
            assert_eq!(checked(prefix).unwrap(), expected);
        }
        for wrong in [".parapet", "a//b", "a/../b", "a\nb"] {
            assert!(matches!(checked(wrong), Err(WrongPrefix::NoFolder(_))), "{wrong:?}");
        }
        for all in ["", "/", "//"] {
            assert!(matches!(checked(all), Err(WrongPrefix::WholeBucket)), "{all:?}");
        }
    }
}
