//! Whether a file's name carries a hash of its content, so that its bytes are final.
//!
//! Proven is a name that holds the beginning of the content's own digest. Hashes that builders make (Vite, esbuild, trunk)
//! cannot be computed again; they are believed by their form, and only where builders put them. A number is no hash:
//! `logo-20240608.png` is a date.

use super::inspection::Inspection;

/// The shortest token that is a hash, in characters.
const SHORTEST: usize = 8;
/// What builders give a name with a hash wherever it lies.
const CODE: [&str; 5] = ["js", "mjs", "css", "wasm", "map"];
/// Folders in which builders give all else one, too.
const BUILT: [&str; 9] =
    ["assets", "_astro", "_app", "_next", "_nuxt", "immutable", "chunks", "static", "build"];

/// Whether the file with this key does.
pub(super) fn carries_hash(key: &str, inspection: &Inspection) -> bool {
    let (folder, name) = key.rsplit_once('/').unwrap_or(("", key));
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    if tokens(stem).any(|token| is_digest(token, inspection)) {
        return true;
    }
    let is_code = CODE.iter().any(|code| extension.eq_ignore_ascii_case(code));
    let is_built = folder.split('/').any(|part| BUILT.contains(&part));
    (is_code || is_built) && (tokens(stem).any(is_hexadecimal) || last_eight(stem).is_some_and(is_mixed))
}

/// The parts after the first one: `app-0123456789abcdef_bg` has two.
fn tokens(stem: &str) -> impl Iterator<Item = &str> {
    stem.split(['-', '.', '_']).skip(1)
}

fn is_digest(token: &str, inspection: &Inspection) -> bool {
    let token = token.to_ascii_lowercase();
    token.len() >= SHORTEST
        && [&inspection.sha256, &inspection.md5].iter().any(|digest| digest.starts_with(&token))
}

/// Hexadecimal digits with at least one letter and one decimal digit.
fn is_hexadecimal(token: &str) -> bool {
    token.len() >= SHORTEST
        && token.bytes().all(|byte| byte.is_ascii_hexdigit())
        && token.bytes().any(|byte| byte.is_ascii_digit())
        && token.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// What esbuild (base32) and Vite (base64url, which may hold separators itself) put at the end: eight characters.
fn last_eight(stem: &str) -> Option<&str> {
    let (before, token) = stem.split_at_checked(stem.len().checked_sub(8)?)?;
    before.ends_with(['-', '.']).then_some(token)
}

/// Capital letters with digits among them, or letters that change their case too often for words.
fn is_mixed(token: &str) -> bool {
    if !token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
        return false;
    }
    let has = |is: fn(&u8) -> bool| token.bytes().any(|byte| is(&byte));
    let bytes = token.as_bytes();
    let changes = bytes.iter().zip(bytes.iter().skip(1));
    let changes = changes.filter(|(one, next)| one.is_ascii_uppercase() != next.is_ascii_uppercase()).count();
    has(u8::is_ascii_uppercase) && (has(u8::is_ascii_digit) || changes >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carries(key: &str) -> bool {
        carries_hash(key, &Inspection::of_bytes(b"content"))
    }

    #[test]
    fn a_digest_of_the_content_is_a_proof() {
        // The SHA-256 digest of "content" begins with ed7002b4, its MD5 digest with 9a0364b9.
        assert!(carries("img/logo-ed7002b4.png") && carries("logo.9a0364b9e99b.png"));
        assert!(carries("logo-ED7002B4.png"));
        assert!(!carries("img/logo-ed7002b.png") && !carries("img/logo-ed7002b5.png"));
    }

    #[test]
    fn builders_hashes_are_known_by_their_form() {
        for key in [
            "app-0123456789abcdef.js",
            "a/app-8f3e2d1c_bg.wasm",
            "style.0123abcd.css",
            "assets/index-DA15JTLU.js",
            "assets/index-BHtCw0Yq.css",
            "assets/index-CxyZabQw.js",
            "assets/inter-B_x-7kQz.woff2",
            "_astro/hero.a1b2c3d4.webp",
        ] {
            assert!(carries(key), "{key}");
        }
    }

    #[test]
    fn dates_words_and_versions_are_none() {
        for key in [
            "img/logo-20240608.png",
            "20240608.js",
            "report-20240608.js",
            "assets/photo-20240608.jpg",
            "2026-01-02.txt",
            "0123456789abcdef",
            "x.0123abc.css",
            "a-deadbeef.js",
            "docs/Widget-MyWidget.js",
            "lib/jquery-3.7.1.min.js",
            "img/photo-8f3e2d1c.png",
            "jquery-ui-1-14-0.css",
        ] {
            assert!(!carries(key), "{key}");
        }
    }
}
