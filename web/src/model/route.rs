//! The places inside the app, by the address in the address bar.

use super::{Query, encoded};

/// Where the app's entry document is served.
const BASE: &str = "/admin/";

/// A place inside the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// All entries, as the query asks for them.
    Entries(Query),
    /// One entry, to be written.
    Entry(String),
    /// Its revisions.
    History(String, Query),
    /// The media library.
    Media(Query),
    /// The audit log and the sign-ins.
    Activity(Query),
    /// The sections and the site's own settings.
    Site,
    /// Who is signed in, and how the app looks to them.
    Profile,
    /// Where a sign-in in a window of its own ends.
    SignedIn,
    /// Anything else.
    Unknown,
}

impl Route {
    /// The route of a location.
    pub fn of(path: &str, search: &str) -> Self {
        let Some(inside) = path.strip_prefix(BASE) else {
            return if path == BASE.trim_end_matches('/') { Self::home() } else { Self::Unknown };
        };
        let query = || Query::parse(search);
        let parts: Vec<&str> = inside.strip_suffix('/').unwrap_or(inside).split('/').collect();
        match *parts.as_slice() {
            ["" | "index.html"] => Self::Entries(query()),
            ["entries", id] if !id.is_empty() => Self::Entry(id.to_owned()),
            ["entries", id, "history"] if !id.is_empty() => Self::History(id.to_owned(), query()),
            ["media"] => Self::Media(query()),
            ["activity"] => Self::Activity(query()),
            ["site"] => Self::Site,
            ["profile"] => Self::Profile,
            ["signed-in"] => Self::SignedIn,
            _ => Self::Unknown,
        }
    }

    /// All entries.
    pub fn home() -> Self {
        Self::Entries(Query::default())
    }

    /// The address that leads here.
    pub fn address(&self) -> String {
        let (place, query) = match self {
            Self::Entries(query) => (String::new(), Some(query)),
            Self::Entry(id) => (format!("entries/{}", encoded(id)), None),
            Self::History(id, query) => (format!("entries/{}/history", encoded(id)), Some(query)),
            Self::Media(query) => ("media".to_owned(), Some(query)),
            Self::Activity(query) => ("activity".to_owned(), Some(query)),
            Self::Site => ("site".to_owned(), None),
            Self::Profile => ("profile".to_owned(), None),
            Self::SignedIn => ("signed-in".to_owned(), None),
            Self::Unknown => (String::new(), None),
        };
        format!("{BASE}{place}{}", query.map(Query::text).unwrap_or_default())
    }

    /// Where a sign-in starts that ends here.
    pub fn sign_in(&self) -> String {
        format!("/auth/sign-in?to={}", encoded(&self.address()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_routes_agree() {
        let query = Query::parse("?state=draft&q=a b");
        for route in [
            Route::home(),
            Route::Entries(query.clone()),
            Route::Entry("0192-a".to_owned()),
            Route::History("0192-a".to_owned(), Query::parse("?right=3")),
            Route::Media(query.clone()),
            Route::Activity(query),
            Route::Site,
            Route::Profile,
            Route::SignedIn,
        ] {
            let address = route.address();
            let (path, search) = address.split_once('?').unwrap_or((&address, ""));
            assert_eq!(Route::of(path, search), route);
        }
    }

    #[test]
    fn other_paths_are_unknown() {
        for path in
            ["/", "", "/admin/x", "/admin/signed-in/x", "/admins", "/public/admin/", "/admin/entries/"]
        {
            assert_eq!(Route::of(path, ""), Route::Unknown, "{path}");
        }
        assert_eq!(Route::of("/admin", ""), Route::home());
    }

    #[test]
    fn a_sign_in_returns_here() {
        assert_eq!(Route::SignedIn.sign_in(), "/auth/sign-in?to=/admin/signed-in");
        let drafts = Route::Entries(Query::parse("?state=draft"));
        assert_eq!(drafts.sign_in(), "/auth/sign-in?to=/admin/%3Fstate%3Ddraft");
    }
}
