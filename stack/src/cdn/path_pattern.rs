//! Path patterns of cache behaviors: `*` stands for any characters, `?` for exactly one, and case matters.

use std::fmt;

use serde::Deserialize;

/// A path pattern. A leading slash makes no difference, as in CloudFront: `images/*` is `/images/*`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct PathPattern(String);

impl PathPattern {
    /// Whether a normalised path matches all of the pattern.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        glob(self.0.as_bytes(), path.as_bytes())
    }
}

impl From<String> for PathPattern {
    fn from(pattern: String) -> Self {
        let slashed = pattern.starts_with(['/', '*']);
        Self(if slashed { pattern } else { format!("/{pattern}") })
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Linear in the path for each `*`: after a mismatch only the last `*` takes one byte more.
fn glob(pattern: &[u8], path: &[u8]) -> bool {
    let (mut p, mut at) = (0, 0);
    let mut last_star = None;
    while let Some(byte) = path.get(at) {
        match pattern.get(p) {
            Some(b'*') => {
                last_star = Some((p, at));
                p += 1;
            }
            Some(wanted) if *wanted == b'?' || wanted == byte => {
                p += 1;
                at += 1;
            }
            _ => {
                let Some((star, from)) = last_star else { return false };
                last_star = Some((star, from + 1));
                p = star + 1;
                at = from + 1;
            }
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        PathPattern::from(pattern.to_owned()).matches(path)
    }

    #[test]
    fn stars_and_question_marks() {
        assert!(matches("/api/*", "/api/") && matches("/api/*", "/api/a/b"));
        assert!(!matches("/api/*", "/api") && !matches("/api/*", "/API/a"));
        assert!(matches("*.jpg", "/a/b.jpg") && !matches("*.jpg", "/a/b.jpeg"));
        assert!(matches("/a??.jpg", "/abc.jpg") && !matches("/a??.jpg", "/ab.jpg"));
        assert!(matches("images/*.gif", "/images/a/b.gif"));
        assert!(matches("/*a*b*c", "/xxabyybc") && !matches("/*a*b*c", "/xxabyyb"));
        assert!(matches("*", "/") && matches("/*", "/") && !matches("/", "/a"));
    }

    #[test]
    fn many_stars_stay_quick() {
        assert!(!matches(&"*a".repeat(200), &"a".repeat(5_000).replace("aa", "ab")));
    }

    proptest! {
        #[test]
        fn never_panics_and_a_star_takes_all(pattern in "[/a*?é]{0,12}", path in "\\PC{0,40}") {
            matches(&pattern, &path);
            prop_assert!(matches("*", &path));
            let open = format!("/{path}*");
            let longer = format!("/{path}z");
            prop_assert!(path.contains('?') || path.contains('*') || matches(&open, &longer));
        }
    }
}
