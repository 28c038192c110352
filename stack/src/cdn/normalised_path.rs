//! The path that cache behaviors are matched on: slashes merged and dot segments resolved (RFC 3986 section 6). The
//! function and the origin get the path as the viewer sent it.

/// Normalises a raw path. Percent-encoding is left as it is, except that an encoded dot counts as a dot, which
/// section 6.2.2.2 calls equivalent.
#[must_use]
pub fn normalised_path(raw: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    // Whether the path, so far, ends at a folder.
    let mut open = true;
    for segment in raw.split('/') {
        open = match dots(segment) {
            Some(Dots::One) => true,
            Some(Dots::Two) => {
                segments.pop();
                true
            }
            None if segment.is_empty() => true,
            None => {
                segments.push(segment);
                false
            }
        };
    }
    let mut path = String::with_capacity(raw.len() + 1);
    for segment in &segments {
        path.push('/');
        path.push_str(segment);
    }
    if open {
        path.push('/');
    }
    path
}

enum Dots {
    One,
    Two,
}

fn dots(segment: &str) -> Option<Dots> {
    // The longest spelling of two dots is "%2e%2e".
    if segment.len() > 6 {
        return None;
    }
    match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "." => Some(Dots::One),
        ".." => Some(Dots::Two),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slashes_and_dot_segments() {
        for (raw, normalised) in [
            ("/", "/"),
            ("", "/"),
            ("/a/b", "/a/b"),
            ("/a/", "/a/"),
            ("//a///b//", "/a/b/"),
            ("/public/../private", "/private"),
            ("/public/%2e%2E/private", "/private"),
            ("/a/./b/.", "/a/b/"),
            ("/a/b/..", "/a/"),
            ("/../../a", "/a"),
            ("/a/..;/b", "/a/..;/b"),
            ("/a%2f..%2fb", "/a%2f..%2fb"),
            ("/...", "/..."),
        ] {
            assert_eq!(normalised_path(raw), normalised, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn is_idempotent(raw in "[/.%2eEa;é]{0,60}|\\PC{0,60}") {
            let once = normalised_path(&raw);
            prop_assert!(once.starts_with('/'));
            prop_assert!(!once.contains("//"));
            prop_assert_eq!(normalised_path(&once), once);
        }
    }
}
