//! Where the gate's configuration is taken from.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use gate::config::Config;
use serde::Serialize;

use super::ExplainError;
use crate::aws::Cloud;
use crate::deploy::DeployedConfig;
use crate::gate_config::{self, GateFacts};
use crate::package;
use crate::project::Project;
use crate::stacks::Deployed;

/// Where the package that was built last lies, relative to the project file.
pub const BUILT: &str = "dist/edge-auth.zip";

/// Where the gate's configuration is taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfigSource {
    /// An `edge-auth.json`, or a package that holds one.
    File(PathBuf),
    /// The project file alone: without the user pool's keys, no token can be verified.
    ProjectAlone(PathBuf),
    /// The package of the version that the distribution asks.
    Deployed {
        /// The version's ARN.
        version: String,
        /// The package's key in the packages' bucket.
        package: String,
    },
}

impl ConfigSource {
    /// Takes the configuration that is named; else that of the package that was built last, if it is for the hosts of
    /// `project`; else what follows from `project` alone, which was read from `path`.
    ///
    /// # Errors
    ///
    /// When there is none that the gate would start with.
    pub fn choose<E: From<ExplainError>>(
        named: Option<&Path>,
        path: &Path,
        project: impl FnOnce() -> Result<Project, E>,
    ) -> Result<(ConfigSource, Config), E> {
        if let Some(named) = named {
            return Ok((ConfigSource::File(named.to_owned()), ConfigSource::read_file(named)?));
        }
        let built = path.parent().unwrap_or(Path::new("")).join(BUILT);
        let mut package = ConfigSource::read_file(&built).ok();
        if !path.exists()
            && let Some(package) = package.take()
        {
            return Ok((ConfigSource::File(built), package));
        }
        let project = project()?;
        match package {
            Some(package) if is_of(&package, &project) => Ok((ConfigSource::File(built), package)),
            _ => {
                let config = ConfigSource::from_project(&project, path)?;
                Ok((ConfigSource::ProjectAlone(path.to_owned()), config))
            }
        }
    }

    /// Reads an `edge-auth.json`, or the one in a package.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or the gate would not start with it.
    pub fn read_file(path: &Path) -> Result<Config, ExplainError> {
        let is_package = path.extension().is_some_and(|extension| extension == "zip");
        let text = if is_package {
            File::open(path).and_then(package::configuration)
        } else {
            fs::read_to_string(path)
        };
        let text = text.map_err(|source| ExplainError::UnreadableConfig { path: path.to_owned(), source })?;
        Config::parse(&text).map_err(|problems| ExplainError::Config { path: path.to_owned(), problems })
    }

    /// Reads the configuration that the deployed gate runs with: that of the version which the distribution asks.
    ///
    /// # Errors
    ///
    /// When there is none yet, AWS cannot be asked, or this gate would not start with it.
    pub async fn read_deployed(
        cloud: &Cloud,
        deployed: &Deployed,
    ) -> Result<(ConfigSource, Config), ExplainError> {
        let distribution = deployed.distribution()?;
        let version = cloud
            .distribution_state(distribution)
            .await?
            .viewer_request
            .ok_or_else(|| ExplainError::NoGate { distribution: distribution.to_owned() })?;
        let read = DeployedConfig::read(cloud, deployed.packages_bucket()?, &version).await?;
        let wrong = |problems| ExplainError::Config { path: (&read.package).into(), problems };
        let config = Config::parse(&read.text).map_err(wrong)?;
        Ok((ConfigSource::Deployed { version, package: read.package }, config))
    }

    /// Makes do with the project file at `path`, which is `project`.
    ///
    /// # Errors
    ///
    /// When the gate would not start with what stands in it.
    pub fn from_project(project: &Project, path: &Path) -> Result<Config, ExplainError> {
        let pool = project.sign_in.user_pool.clone().unwrap_or(format!("{}_EXAMPLE", project.region));
        let issuer = format!("https://cognito-idp.{}.amazonaws.com/{pool}", project.region);
        let facts = GateFacts {
            hosts: if project.site.domains.is_empty() {
                vec!["d111111abcdef8.cloudfront.net".to_owned()]
            } else {
                project.site.domains.clone()
            },
            jwks_uri: format!("{issuer}/.well-known/jwks.json"),
            issuer,
            hosted_ui_url: project
                .hosted_ui_url()
                .unwrap_or(format!("https://example.auth.{}.amazoncognito.com", project.region)),
            client_id: project.sign_in.client.clone().unwrap_or("1example23456789".to_owned()),
            client_secret: None,
            jwks: "{\"keys\":[]}".to_owned(),
            sealing_keys: vec!["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned()],
        };
        gate_config::without_keys(project, &facts)
            .map_err(|problems| ExplainError::Config { path: path.to_owned(), problems })
    }
}

/// Whether a configuration is for the project's hosts.
fn is_of(config: &Config, project: &Project) -> bool {
    let domains = &project.site.domains;
    !domains.is_empty()
        && domains.iter().all(|domain| config.hosts.iter().any(|host| host.as_str() == domain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::archive;

    const LOCAL: &str = include_str!("../../../edge-auth/edge-auth.local.json");

    fn project(domains: &str) -> Result<Project, ExplainError> {
        let text = format!("name = \"docs\"\nregion = \"eu-central-1\"\n[site]\ndomains = [{domains}]\n");
        Ok(Project::parse(&text).unwrap())
    }

    /// A folder with a project file and a package for these hosts.
    fn folder(hosts: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let config = LOCAL
            .replace("\"localhost:8080\"", hosts)
            .replace("cGFyYXBldC1sb2NhbC1rZXktZG8tbm90LWRlcGxveS0", &"A".repeat(43));
        let packed = archive(b"binary", b"handler", config.as_bytes()).unwrap();
        packed.write(&folder.path().join(BUILT)).unwrap();
        std::fs::write(folder.path().join("parapet.toml"), "").unwrap();
        folder
    }

    #[test]
    fn the_package_counts_if_it_is_the_projects() {
        let folder = folder("\"docs.example.com\", \"more.example.com\"");
        let path = folder.path().join("parapet.toml");
        let choose = |domains: &str| ConfigSource::choose(None, &path, || project(domains)).unwrap().0;
        assert_eq!(choose("\"docs.example.com\""), ConfigSource::File(folder.path().join(BUILT)));
        for domains in ["\"other.example.com\"", "\"docs.example.com\", \"other.example.com\"", ""] {
            assert_eq!(choose(domains), ConfigSource::ProjectAlone(path.clone()), "{domains}");
        }
    }

    #[test]
    fn without_a_project_file_the_package_is_enough() {
        let folder = folder("\"docs.example.com\"");
        let path = folder.path().join("none.toml");
        let no_project = || -> Result<Project, ExplainError> { panic!("it is not read") };
        let (source, config) = ConfigSource::choose(None, &path, no_project).unwrap();
        assert_eq!(source, ConfigSource::File(folder.path().join(BUILT)));
        assert_eq!(config.routes, Config::parse(LOCAL).unwrap().routes);
    }

    #[test]
    fn what_is_named_counts_and_has_to_be_right() {
        let folder = folder("\"docs.example.com\"");
        let path = folder.path().join("parapet.toml");
        let choose = |name: &str, content: &[u8]| {
            let named = folder.path().join(name);
            std::fs::write(&named, content).unwrap();
            ConfigSource::choose(Some(&named), &path, || project("")).map(|(source, _)| source)
        };
        assert_eq!(
            choose("a.json", LOCAL.as_bytes()).unwrap(),
            ConfigSource::File(folder.path().join("a.json"))
        );
        assert!(matches!(choose("b.json", b"{}"), Err(ExplainError::Config { .. })));
        assert!(matches!(choose("c.zip", b"no package"), Err(ExplainError::UnreadableConfig { .. })));
        let missing = folder.path().join("d.json");
        let missing = ConfigSource::choose(Some(&missing), &path, || project("")).map(|_| ());
        assert!(matches!(missing, Err(ExplainError::UnreadableConfig { .. })));
    }
}
