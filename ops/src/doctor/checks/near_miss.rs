//! A URL that is nearly the one that was expected: Cognito compares byte for byte.

/// What tells `registered` from `expected`, if they are nearly the same.
pub(super) fn difference(registered: &str, expected: &str) -> Option<&'static str> {
    let slash = |url: &str| url.trim_end_matches('/').to_owned();
    let scheme = |url: &str| url.split_once("://").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    if registered == expected {
        None
    } else if registered.trim() == expected {
        Some("white space around it")
    } else if slash(registered) == slash(expected) {
        Some("a slash at its end")
    } else if scheme(registered) == scheme(expected) {
        Some("http instead of https")
    } else if slash(&scheme(registered)).eq_ignore_ascii_case(&slash(&scheme(expected))) {
        Some("upper and lower case")
    } else {
        None
    }
}

/// In words: what is registered instead.
pub(super) fn explained(registered: &[String], expected: &str) -> String {
    let near = registered.iter().find_map(|url| difference(url, expected).map(|by| (url, by)));
    match near {
        Some((url, by)) => format!("registered is {url}, which differs by {by}"),
        None if registered.is_empty() => "none is registered".to_owned(),
        None => format!("registered are {}", registered.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_right_is_named() {
        let expected = "https://a.example/auth/callback";
        for (registered, by) in [
            ("https://a.example/auth/callback/", Some("a slash at its end")),
            ("http://a.example/auth/callback", Some("http instead of https")),
            ("https://A.example/auth/callback", Some("upper and lower case")),
            (" https://a.example/auth/callback", Some("white space around it")),
            ("https://b.example/auth/callback", None),
            (expected, None),
        ] {
            assert_eq!(difference(registered, expected), by, "{registered}");
        }
    }
}
