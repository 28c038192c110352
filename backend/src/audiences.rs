//! Who may read a path, told by the gate's own table of routes.

use std::fmt;
use std::sync::Arc;

use cognito::Group;
use content::wire::Audience;
use gate::path::RequestPath;
use gate::route::{Access, PathPattern, Route, RouteKind, RouteTable};
use serde::Deserialize;

/// The gate's routes, as far as they say who may read.
#[derive(Clone)]
pub struct Audiences(Arc<RouteTable>);

/// Why routes cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RoutesProblem {
    /// Not the JSON that the gate takes.
    #[error("cannot be read as the gate's routes: {0}")]
    Json(String),
    /// A path pattern that the gate does not take.
    #[error("holds the path {path:?}, expected {expected}")]
    Pattern {
        /// The pattern.
        path: String,
        /// What was expected.
        expected: &'static str,
    },
    /// No route at all: the gate would refuse everything.
    #[error("holds no route, expected at least one")]
    Empty,
}

/// A route as `edge-auth.json` has it; what it says besides is for the gate.
#[derive(Deserialize)]
struct WrittenRoute {
    path: String,
    access: Audience,
}

impl Audiences {
    /// Reads the JSON array `routes` of the gate's configuration.
    ///
    /// # Errors
    /// When it is something else, or has no route.
    pub fn read(json: &str) -> Result<Audiences, RoutesProblem> {
        let written: Vec<WrittenRoute> =
            serde_json::from_str(json).map_err(|error| RoutesProblem::Json(error.to_string()))?;
        if written.is_empty() {
            return Err(RoutesProblem::Empty);
        }
        let routes = written.into_iter().map(|WrittenRoute { path, access }| {
            let pattern = PathPattern::parse(&path);
            let pattern = pattern.map_err(|expected| RoutesProblem::Pattern { path, expected })?;
            Ok(Route { pattern, kind: RouteKind::Site, access: as_access(access) })
        });
        Ok(Audiences(Arc::new(RouteTable::new(routes.collect::<Result<_, _>>()?))))
    }

    /// Who may read a path: nobody where no route matches, as at the gate.
    #[must_use]
    pub fn of(&self, path: &str) -> Audience {
        let read = RequestPath::parse(path).ok();
        match read.and_then(|path| self.0.find(&path)).map(|route| &route.access) {
            Some(Access::Public) => Audience::Public,
            Some(Access::SignedIn) => Audience::SignedIn,
            Some(Access::Groups(groups)) => {
                Audience::Groups(groups.iter().map(|group| group.as_str().to_owned()).collect())
            }
            None => Audience::Groups(Vec::new()),
        }
    }

    /// Whether somebody of these groups may read a path; none for somebody who is not signed in.
    #[must_use]
    pub fn allows(&self, path: &str, groups: Option<&[String]>) -> bool {
        match (self.of(path), groups) {
            (Audience::Public, _) | (Audience::SignedIn, Some(_)) => true,
            (Audience::Groups(any_of), Some(groups)) => groups.iter().any(|group| any_of.contains(group)),
            (_, None) => false,
        }
    }
}

fn as_access(audience: Audience) -> Access {
    match audience {
        Audience::Public => Access::Public,
        Audience::SignedIn => Access::SignedIn,
        Audience::Groups(groups) => Access::Groups(groups.into_iter().map(Group::from).collect()),
    }
}

impl fmt::Debug for Audiences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Audiences").field(&self.0.routes().len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: &str = r#"[
        { "path": "/members/*", "kind": "site", "access": "signed-in" },
        { "path": "/team/*", "kind": "site", "access": { "groups": ["editors"] } },
        { "path": "/admin/*", "kind": "app", "access": { "groups": ["editors"] }, "entry": "/admin/index.html" },
        { "path": "/news/*", "kind": "site", "access": "public" }
    ]"#;

    #[test]
    fn the_first_route_that_matches_tells() {
        let audiences = Audiences::read(ROUTES).unwrap();
        assert_eq!(audiences.of("/news/x/"), Audience::Public);
        assert_eq!(audiences.of("/members/"), Audience::SignedIn);
        assert_eq!(audiences.of("/team/x/"), Audience::Groups(vec!["editors".to_owned()]));
        assert_eq!(audiences.of("/elsewhere/"), Audience::Groups(Vec::new()));
    }

    #[test]
    fn who_is_not_signed_in_reads_what_is_public() {
        let audiences = Audiences::read(ROUTES).unwrap();
        let (nobody, some) = (None, ["readers".to_owned()]);
        let editors = ["editors".to_owned()];
        for (path, for_nobody, for_some, for_editors) in [
            ("/news/x/", true, true, true),
            ("/members/x/", false, true, true),
            ("/team/x/", false, false, true),
            ("/elsewhere/", false, false, false),
        ] {
            assert_eq!(audiences.allows(path, nobody), for_nobody, "{path}");
            assert_eq!(audiences.allows(path, Some(&some)), for_some, "{path}");
            assert_eq!(audiences.allows(path, Some(&editors)), for_editors, "{path}");
        }
    }

    #[test]
    fn routes_that_the_gate_would_refuse_are_refused() {
        for wrong in
            ["", "[]", "{}", r#"[{"path":"x","access":"public"}]"#, r#"[{"path":"/x","access":"all"}]"#]
        {
            assert!(Audiences::read(wrong).is_err(), "{wrong}");
        }
    }
}
