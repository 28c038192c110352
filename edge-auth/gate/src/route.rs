//! Route table: kind and access rule of each path.
//!
//! The table is read from the top and the first match wins; a path that no route matches is refused.
//! Patterns are CloudFront's path patterns: `*` stands for any characters, `?` for one, letters count as they are.

use std::str::Chars;

use cognito::Group;

use crate::config::{self, ConfigError};
use crate::path::{PathProblem, RequestPath};

/// How a path is answered and forwarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteKind {
    /// Static pages: a folder is its `index.html`.
    Site,
    /// A single-page app: a path without an extension is its entry document.
    App {
        /// The path of the entry document.
        entry: String,
    },
    /// An API: 401 instead of redirects, the access token as a bearer token.
    Api,
}

/// Who may have a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Everybody who is signed in.
    SignedIn,
    /// Members of any of these groups.
    Groups(Vec<Group>),
}

impl Access {
    /// Whether membership in `groups` satisfies the rule. Names compare exactly.
    #[must_use]
    pub fn allows(&self, groups: &[Group]) -> bool {
        match self {
            Access::Public | Access::SignedIn => true,
            Access::Groups(any_of) => groups.iter().any(|group| any_of.contains(group)),
        }
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Which paths it is for.
    pub pattern: PathPattern,
    /// How they are answered and forwarded.
    pub kind: RouteKind,
    /// Who may have them.
    pub access: Access,
}

/// The routes, in the order in which they are tried.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteTable {
    routes: Vec<Route>,
}

impl RouteTable {
    /// Takes the routes in the order in which they are to be tried.
    #[must_use]
    pub fn new(routes: Vec<Route>) -> RouteTable {
        RouteTable { routes }
    }

    /// Reads the JSON array that `edge-auth.json` has as its `routes`.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, as for the whole configuration.
    pub fn from_json(routes: &str) -> Result<RouteTable, ConfigError> {
        config::read_routes(routes)
    }

    /// Who may have a path as it stands in a link of the site, such as `/news/caf%C3%A9/`: the access rule of the
    /// first route that matches. None where the gate would refuse everybody: no route, or no safe reading.
    #[must_use]
    pub fn access_of(&self, path: &str) -> Option<&Access> {
        self.find(&RequestPath::parse(path).ok()?).map(|route| &route.access)
    }

    /// The first route whose pattern matches; none where another reading of the path falls under another rule.
    #[must_use]
    pub fn find(&self, path: &RequestPath<'_>) -> Option<&Route> {
        self.decide(path).ok().flatten()
    }

    /// The first route whose pattern matches, for every reading of the path.
    ///
    /// # Errors
    ///
    /// [`PathProblem::Ambiguous`] where another reading falls under another rule.
    pub fn decide(&self, path: &RequestPath<'_>) -> Result<Option<&Route>, PathProblem> {
        let matching = |reading: &str| self.routes.iter().find(|route| route.pattern.matches(reading));
        let mut readings = path.readings();
        let found = readings.next().and_then(matching);
        let is_alike = |other: Option<&Route>| match (found, other) {
            (Some(found), Some(other)) => found.kind == other.kind && found.access == other.access,
            (None, None) => true,
            _ => false,
        };
        if readings.all(|reading| is_alike(matching(reading))) {
            Ok(found)
        } else {
            Err(PathProblem::Ambiguous)
        }
    }

    /// The routes in their order.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }
}

/// A CloudFront path pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPattern(String);

impl PathPattern {
    /// Reads a pattern of at most 255 characters that starts with a slash.
    ///
    /// # Errors
    ///
    /// Says what was expected when it is not one.
    pub fn parse(text: &str) -> Result<PathPattern, &'static str> {
        let plain = text.chars().all(|c| !c.is_control() && !matches!(c, '\\' | '#' | '%'));
        if !text.starts_with('/') || text.len() > 255 || !plain {
            return Err(
                "a path pattern such as /docs/*, decoded, starting with a slash, at most 255 characters",
            );
        }
        Ok(PathPattern(text.to_owned()))
    }

    /// Whether the whole of `path` fits the pattern.
    ///
    /// One pass with one point to come back to (the last `*`), so no path makes it slow.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let (mut pattern, mut rest) = (self.0.chars(), path.chars());
        let mut retry: Option<(Chars<'_>, Chars<'_>)> = None;
        loop {
            let mut ahead = rest.clone();
            match (pattern.next(), ahead.next()) {
                (None, None) => return true,
                (Some('*'), _) => retry = Some((pattern.clone(), rest.clone())),
                (Some('?'), Some(_)) => rest = ahead,
                (Some(expected), Some(found)) if expected == found => rest = ahead,
                _ => {
                    // The star takes one more character, and what follows it is tried again.
                    let Some((after_star, from)) = &mut retry else { return false };
                    if from.next().is_none() {
                        return false;
                    }
                    pattern = after_star.clone();
                    rest = from.clone();
                }
            }
        }
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        PathPattern::parse(pattern).unwrap().matches(path)
    }

    #[test]
    fn a_star_takes_any_characters() {
        for (pattern, path) in [
            ("/*", "/"),
            ("/*", "/a/b"),
            ("/public/*", "/public/"),
            ("/*.png", "/a/b.png"),
            ("/a*b*c", "/axbxbc"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/public/*", "/public"),
            ("/public/*", "/Public/a"),
            ("/*.png", "/a.png.exe"),
            ("/a", "/a/"),
            ("/a*b*c", "/axbxb"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn a_question_mark_takes_one_character() {
        assert!(matches("/a?c", "/aéc"));
        assert!(!matches("/a?c", "/ac"));
        assert!(!matches("/a?", "/a"));
    }

    #[test]
    fn the_first_match_wins_and_nothing_else_matches() {
        let route = |pattern: &str, access| Route {
            pattern: PathPattern::parse(pattern).unwrap(),
            kind: RouteKind::Site,
            access,
        };
        let table = RouteTable::new(vec![route("/a/*", Access::Public), route("/a/b", Access::SignedIn)]);
        let find = |path: &str| table.find(&RequestPath::parse(path).unwrap()).map(|r| r.access.clone());
        assert_eq!(find("/a/b"), Some(Access::Public));
        assert_eq!(find("/b"), None);
    }

    #[test]
    fn a_table_is_read_from_an_array_alone() {
        let routes = r#"[
            { "path": "/members/*", "kind": "site", "access": "signed-in" },
            { "path": "/team/*", "kind": "site", "access": { "groups": ["editors"] } },
            { "path": "/n*", "kind": "site", "access": "public" }
        ]"#;
        let table = RouteTable::from_json(routes).unwrap();
        let editors = Access::Groups(vec![Group::new("editors")]);
        for (path, access) in [
            ("/members/x/", Some(&Access::SignedIn)),
            ("/m%65mbers/x/", Some(&Access::SignedIn)),
            ("/team/", Some(&editors)),
            ("/n/caf\u{e9}/", Some(&Access::Public)),
            ("/elsewhere/", None),
            ("/n/../team/", None),
            ("n/", None),
        ] {
            assert_eq!(table.access_of(path), access, "{path}");
        }
        for wrong in ["", "[]", "{}", r#"[{"path":"/x","kind":"site","access":"all"}]"#] {
            assert!(!RouteTable::from_json(wrong).unwrap_err().problems.is_empty(), "{wrong}");
        }
    }

    #[test]
    fn a_path_is_refused_only_where_its_readings_would_be_decided_differently() {
        let route = |pattern: &str, access| Route {
            pattern: PathPattern::parse(pattern).unwrap(),
            kind: RouteKind::Api,
            access,
        };
        let table = RouteTable::new(vec![
            route("/api/*", Access::SignedIn),
            route("/tags/*", Access::Public),
            route("/*", Access::SignedIn),
        ]);
        let decided =
            |path: &str| table.decide(&RequestPath::parse(path).unwrap()).map(|found| found.is_some());
        for path in ["/api/vhosts/%2F/permissions", "/tags/c%23/", "/tags/a;b/c", "/x%2Fapi/y", "/api//v"] {
            assert_eq!(decided(path), Ok(true), "{path}");
        }
        for path in ["/x%23/../tags/", "/tags;/x", "/tags%2Fx", "/x\\..\\tags/"] {
            let path = RequestPath::parse(path);
            assert!(path.is_err() || path.is_ok_and(|path| table.decide(&path).is_err()));
        }
    }

    #[test]
    fn groups_compare_exactly() {
        let access = Access::Groups(vec![Group::new("editors")]);
        for (group, allowed) in
            [("editors", true), ("Editors", false), ("editor", false), ("editors2", false)]
        {
            assert_eq!(access.allows(&[Group::new(group)]), allowed, "{group}");
        }
        assert!(!access.allows(&[]));
    }
}
