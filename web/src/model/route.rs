//! The places inside the app, by the path in the address bar.

/// Where the app's entry document is served.
const BASE: &str = "/admin/";

/// A place inside the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The desk: where an editor starts.
    Desk,
    /// Where a sign-in in a window of its own ends.
    SignedIn,
    /// Anything else.
    Unknown,
}

impl Route {
    /// The route of a location's path name.
    pub fn of(path: &str) -> Self {
        match path.strip_prefix(BASE) {
            Some("" | "index.html") => Self::Desk,
            Some("signed-in" | "signed-in/") => Self::SignedIn,
            None if path == BASE.trim_end_matches('/') => Self::Desk,
            _ => Self::Unknown,
        }
    }

    /// The path that leads here; none leads to nowhere.
    pub fn path(self) -> &'static str {
        match self {
            Self::Desk | Self::Unknown => BASE,
            Self::SignedIn => "/admin/signed-in",
        }
    }

    /// Where a sign-in starts that ends here. A route's path holds nothing that a query would need escaped.
    pub fn sign_in(self) -> String {
        format!("/auth/sign-in?to={}", self.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_routes_agree() {
        for route in [Route::Desk, Route::SignedIn] {
            assert_eq!(Route::of(route.path()), route);
        }
    }

    #[test]
    fn other_paths_are_unknown() {
        for path in ["/", "", "/admin/x", "/admin/signed-in/x", "/admins", "/public/admin/", "/admin//"] {
            assert_eq!(Route::of(path), Route::Unknown, "{path}");
        }
        assert_eq!(Route::of("/admin"), Route::Desk);
    }

    #[test]
    fn a_sign_in_returns_here() {
        assert_eq!(Route::SignedIn.sign_in(), "/auth/sign-in?to=/admin/signed-in");
    }
}
