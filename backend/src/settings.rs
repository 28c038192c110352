//! The environment, read once into values that cannot be wrong; every problem is told at once.

use std::net::SocketAddr;
use std::path::PathBuf;

use cognito::{ClientId, Issuer, Jwks, UserPool};
use content::permission::RoleGroups;

use crate::audiences::Audiences;

/// What the API is told by its environment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `DATABASE_URL`: `sqlite:PATH` or `postgres://...`.
    pub database: String,
    /// `SITE_BUCKET`: where published objects lie.
    pub site_bucket: String,
    /// `UPLOADS_BUCKET`: where uploads arrive.
    pub uploads_bucket: String,
    /// `RECORDS_TABLE`: the DynamoDB table of what the functions record.
    pub records_table: String,
    /// `ISSUER` and the first of `CLIENT_IDS`: whose access tokens are taken.
    pub user_pool: UserPool,
    /// The other `CLIENT_IDS`.
    pub more_clients: Vec<ClientId>,
    /// `JWKS` or `JWKS_URI`: the keys that sign access tokens.
    pub keys: Keys,
    /// `GROUPS`: the groups that give the roles.
    pub groups: RoleGroups,
    /// `ROUTES`: who may read which path, as the gate is told.
    pub audiences: Audiences,
    /// `ORIGIN_SECRETS`: values of `x-origin-secret` of which a request must have one; none are asked for where it is empty.
    pub origin_secrets: Vec<String>,
    /// `SITE_URL`: scheme and host of the site.
    pub site_url: Option<String>,
    /// `THEME_DIR`: a theme in place of the default one.
    pub theme_dir: Option<PathBuf>,
    /// `LISTEN`: where the server listens.
    pub listen: SocketAddr,
}

/// Where the keys of the user pool come from.
#[derive(Debug, Clone)]
pub enum Keys {
    /// `JWKS`: baked in at deploy, because the function has no way out of its network.
    Baked(Jwks),
    /// `JWKS_URI`: fetched, and again when a token names a key that is not known.
    At(String),
}

/// A variable that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {problem}")]
pub struct WrongVariable {
    /// Its name.
    pub variable: &'static str,
    /// What is wrong and what was expected.
    pub problem: String,
}

/// All variables that are missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment is not complete: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct WrongEnvironment(pub Vec<WrongVariable>);

const DEFAULT_LISTEN: &str = "127.0.0.1:8082";

impl Settings {
    /// Reads the settings; `variable` gives a variable's value.
    ///
    /// # Errors
    /// With every variable that is missing or wrong.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Settings, WrongEnvironment> {
        let mut environment = Environment { variable: &variable, problems: Vec::new() };
        let database = environment.database();
        let site_bucket = environment.required("SITE_BUCKET", "the bucket of the published site");
        let uploads_bucket = environment.required("UPLOADS_BUCKET", "the bucket that uploads go into");
        let records_table = environment.required("RECORDS_TABLE", "the table of records");
        let issuers = environment.required_list("ISSUER", "the user pool's issuer");
        let clients = environment.required_list("CLIENT_IDS", "app client ids, separated by commas");
        let keys = environment.keys();
        let groups = environment.groups();
        let audiences = environment.audiences();
        let origin_secrets = environment.list("ORIGIN_SECRETS");
        let site_url = environment.site_url();
        let theme_dir = environment.text("THEME_DIR").map(PathBuf::from);
        let listen = environment.listen();
        let read = || {
            let mut clients = clients?.into_iter().map(ClientId::new);
            let issuers: Vec<Issuer> = issuers?.into_iter().map(Issuer::new).collect();
            Some(Settings {
                database: database?,
                site_bucket: site_bucket?,
                uploads_bucket: uploads_bucket?,
                records_table: records_table?,
                user_pool: UserPool::new(issuers, clients.next()?),
                more_clients: clients.collect(),
                keys: keys?,
                groups: groups?,
                audiences: audiences?,
                origin_secrets,
                site_url,
                theme_dir,
                listen: listen?,
            })
        };
        match read() {
            Some(settings) if environment.problems.is_empty() => Ok(settings),
            _ => Err(WrongEnvironment(environment.problems)),
        }
    }

    /// Reads `DATABASE_URL` alone, which is all that a migration needs.
    ///
    /// # Errors
    /// When it is missing or names no database of a kind that is known.
    pub fn read_database(variable: impl Fn(&str) -> Option<String>) -> Result<String, WrongEnvironment> {
        let mut environment = Environment { variable: &variable, problems: Vec::new() };
        let database = environment.database();
        database.ok_or(WrongEnvironment(environment.problems))
    }
}

struct Environment<'v> {
    variable: &'v dyn Fn(&str) -> Option<String>,
    problems: Vec<WrongVariable>,
}

impl Environment<'_> {
    fn text(&self, name: &'static str) -> Option<String> {
        (self.variable)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    fn wrong<T>(&mut self, variable: &'static str, problem: impl Into<String>) -> Option<T> {
        self.problems.push(WrongVariable { variable, problem: problem.into() });
        None
    }

    fn required(&mut self, name: &'static str, expected: &str) -> Option<String> {
        match self.text(name) {
            Some(value) => Some(value),
            None => self.wrong(name, format!("is not set, expected {expected}")),
        }
    }

    fn list(&self, name: &'static str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect()
    }

    fn required_list(&mut self, name: &'static str, expected: &str) -> Option<Vec<String>> {
        match self.list(name) {
            list if list.is_empty() => self.wrong(name, format!("is not set, expected {expected}")),
            list => Some(list),
        }
    }

    fn database(&mut self) -> Option<String> {
        const EXPECTED: &str = "sqlite:PATH or postgres://...";
        let url = self.required("DATABASE_URL", EXPECTED)?;
        let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        // The value is not repeated: it may hold a password.
        if known {
            Some(url)
        } else {
            self.wrong("DATABASE_URL", format!("is something else, expected {EXPECTED}"))
        }
    }

    fn keys(&mut self) -> Option<Keys> {
        match (self.text("JWKS"), self.text("JWKS_URI")) {
            (Some(jwks), _) => match Jwks::parse(jwks.as_bytes()) {
                Ok(keys) if keys.is_empty() => self.wrong("JWKS", "has no key that can be used"),
                Ok(keys) => Some(Keys::Baked(keys)),
                Err(problem) => self.wrong("JWKS", format!("cannot be read: {problem}")),
            },
            (None, Some(uri)) if uri.starts_with("https://") || uri.starts_with("http://") => {
                Some(Keys::At(uri))
            }
            (None, Some(_)) => self.wrong("JWKS_URI", "is no address, expected https://..."),
            (None, None) => self.wrong("JWKS", "is not set, nor is JWKS_URI; expected one of them"),
        }
    }

    fn groups(&mut self) -> Option<RoleGroups> {
        const EXPECTED: &str = "pairs such as authors=writers,editors=desk,admins=owners";
        let mut groups = RoleGroups::default();
        for pair in self.list("GROUPS") {
            match pair.split_once('=') {
                Some(("authors", name)) if !name.is_empty() => name.clone_into(&mut groups.authors),
                Some(("editors", name)) if !name.is_empty() => name.clone_into(&mut groups.editors),
                Some(("admins", name)) if !name.is_empty() => name.clone_into(&mut groups.admins),
                _ => return self.wrong("GROUPS", format!("holds {pair:?}, expected {EXPECTED}")),
            }
        }
        Some(groups)
    }

    fn audiences(&mut self) -> Option<Audiences> {
        let routes = self.required("ROUTES", "the gate's routes as a JSON array")?;
        match Audiences::read(&routes) {
            Ok(audiences) => Some(audiences),
            Err(problem) => self.wrong("ROUTES", problem.to_string()),
        }
    }

    fn site_url(&mut self) -> Option<String> {
        let url = self.text("SITE_URL")?;
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let host = host.map(|host| host.trim_end_matches('/'));
        if host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', ' '])) {
            return Some(url.trim_end_matches('/').to_owned());
        }
        self.wrong("SITE_URL", "is no scheme and host, expected such as https://example.com")
    }

    fn listen(&mut self) -> Option<SocketAddr> {
        let text = self.text("LISTEN").unwrap_or_else(|| DEFAULT_LISTEN.to_owned());
        match text.parse() {
            Ok(address) => Some(address),
            Err(_) => {
                self.wrong("LISTEN", format!("is {text:?}, expected an address such as {DEFAULT_LISTEN}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: &str = r#"[{"path":"/*","kind":"site","access":"public"}]"#;

    fn complete(name: &str) -> Option<String> {
        let value = match name {
            "DATABASE_URL" => "sqlite:cms.db",
            "SITE_BUCKET" => "site",
            "UPLOADS_BUCKET" => "uploads",
            "RECORDS_TABLE" => "records",
            "ISSUER" => "https://issuer.example/pool",
            "CLIENT_IDS" => "one, two",
            "JWKS_URI" => "https://issuer.example/pool/.well-known/jwks.json",
            "ROUTES" => ROUTES,
            _ => return None,
        };
        Some(value.to_owned())
    }

    #[test]
    fn what_is_needed_is_enough() {
        let settings = Settings::read(complete).unwrap();
        assert_eq!(settings.user_pool.client_id.as_str(), "one");
        assert_eq!(settings.more_clients, [ClientId::from("two")]);
        assert_eq!(settings.listen.to_string(), DEFAULT_LISTEN);
        assert_eq!(settings.groups, RoleGroups::default());
        assert!(settings.origin_secrets.is_empty() && settings.site_url.is_none());
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let problems = Settings::read(|name| match name {
            "DATABASE_URL" => Some("mysql://secret".to_owned()),
            "LISTEN" => Some("here".to_owned()),
            "GROUPS" => Some("owners=x".to_owned()),
            "SITE_URL" => Some("example.com".to_owned()),
            _ => None,
        })
        .unwrap_err();
        let variables: Vec<_> = problems.0.iter().map(|problem| problem.variable).collect();
        assert_eq!(
            variables,
            [
                "DATABASE_URL",
                "SITE_BUCKET",
                "UPLOADS_BUCKET",
                "RECORDS_TABLE",
                "ISSUER",
                "CLIENT_IDS",
                "JWKS",
                "GROUPS",
                "ROUTES",
                "SITE_URL",
                "LISTEN"
            ]
        );
        assert!(!problems.to_string().contains("secret"), "{problems}");
    }

    #[test]
    fn groups_can_have_other_names() {
        let read = |name: &str| match name {
            "GROUPS" => Some("editors=desk,admins=owners".to_owned()),
            "SITE_URL" => Some("https://example.com/".to_owned()),
            other => complete(other),
        };
        let settings = Settings::read(read).unwrap();
        let RoleGroups { authors, editors, admins } = settings.groups;
        assert_eq!([authors, editors, admins], ["authors", "desk", "owners"]);
        assert_eq!(settings.site_url.as_deref(), Some("https://example.com"));
    }
}
