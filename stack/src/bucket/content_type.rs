//! The content type of a file, by its extension.

/// The `Content-Type` to put a file with. Text is UTF-8, and says so.
#[must_use]
pub fn content_type(path: &str) -> String {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let textual = guess.type_() == mime_guess::mime::TEXT;
    if textual { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

#[cfg(test)]
mod tests {
    use super::content_type;

    #[test]
    fn what_a_site_holds() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a/b.css", "text/css; charset=utf-8"),
            ("app.js", "text/javascript; charset=utf-8"),
            ("app_bg.wasm", "application/wasm"),
            ("a.svg", "image/svg+xml"),
            ("a.webp", "image/webp"),
            ("a.json", "application/json"),
            ("a.woff2", "font/woff2"),
            ("none", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), expected, "{path}");
        }
    }
}
