//! Who may read what lies under a path.

use serde::{Deserialize, Serialize};

/// Who may read: `"public"`, `"signed-in"` or `{"groups": [...]}`, as the gate's route rules say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everybody.
    Public,
    /// Everybody who is signed in.
    SignedIn,
    /// Members of any of these groups.
    Groups(Vec<String>),
}

impl Audience {
    /// Whether somebody may read `self` who may not read `other`.
    #[must_use]
    pub fn is_wider_than(&self, other: &Audience) -> bool {
        match (self, other) {
            (Audience::Public, other) => *other != Audience::Public,
            (Audience::SignedIn, Audience::Groups(_)) => true,
            (Audience::Groups(ours), Audience::Groups(theirs)) => {
                ours.iter().any(|group| !theirs.contains(group))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(names: &[&str]) -> Audience {
        Audience::Groups(names.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn an_audience_is_written_as_the_gate_writes_access() {
        let json = |audience: &Audience| serde_json::to_string(audience).unwrap();
        assert_eq!(json(&Audience::Public), r#""public""#);
        assert_eq!(json(&Audience::SignedIn), r#""signed-in""#);
        assert_eq!(json(&groups(&["editors"])), r#"{"groups":["editors"]}"#);
    }

    #[test]
    fn wider_means_that_somebody_more_may_read() {
        let order = [groups(&["a"]), groups(&["a", "b"]), Audience::SignedIn, Audience::Public];
        for (n, narrow) in order.iter().enumerate() {
            for (m, wide) in order.iter().enumerate() {
                assert_eq!(wide.is_wider_than(narrow), m > n, "{wide:?} {narrow:?}");
            }
        }
        assert!(groups(&["a"]).is_wider_than(&groups(&["b"])));
    }
}
