//! Which module alone may know what, and what no source file may hold.

use std::fs;
use std::path::{Path, PathBuf};

use super::crates::metadata;

/// The longest source file of the gate, in lines.
const LONGEST: usize = 300;

/// What only some files of `edge-auth/gate/src` may name, and which: a path that ends in a slash stands for a folder.
const KNOWN_TO: [(&[&str], &[&str]); 5] = [
    // CloudFront's JSON.
    (
        &["\"Records\"", "camelCase", "clientIp", "status_description", "statusDescription", "bodyEncoding"],
        &["event/", "origin_response.rs", "origin_response/"],
    ),
    // Cookies: response.rs says that each stands in a line of its own, and no configuration may set one.
    (&["Set-Cookie", "set-cookie"], &["cookie/", "response.rs", "config/response_headers.rs"]),
    (&["__Host-", "CognitoIdentityServiceProvider", "SameSite"], &["cookie/"]),
    // The token endpoint's form.
    (&["grant_type", "\"code_verifier\"", "\"refresh_token\""], &["token_endpoint.rs"]),
    // HTML.
    (&["maud", "DOCTYPE"], &["page/"]),
];

#[test]
fn what_one_module_knows_no_other_names() {
    let files = gate_sources();
    for (words, homes) in KNOWN_TO {
        let (at_home, elsewhere): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.is_in(homes));
        let is_about_something = at_home.iter().any(|file| words.iter().any(|word| file.names(word)));
        assert!(is_about_something, "nothing in {homes:?} names any of {words:?}");
        for file in elsewhere {
            let known = words.iter().find(|word| file.names(word));
            assert_eq!(known, None, "{} names what only {homes:?} may", file.path);
        }
    }
}

/// What the standard library offers of the outside world. Cargo sees to every other crate's.
const OUTSIDE: [&str; 8] =
    ["SystemTime", "Instant", "std::env", "std::fs", "std::io", "std::net", "std::process", "std::thread"];

#[test]
fn the_gate_takes_nothing_of_the_outside_world_from_the_standard_library() {
    for file in gate_sources() {
        let known = OUTSIDE.iter().find(|word| file.names(word));
        assert_eq!(known, None, "{} names what only the shell may", file.path);
    }
}

#[test]
fn only_one_module_uses_the_cookie_crate() {
    for file in gate_sources().iter().filter(|file| !file.is_in(&["cookie/"])) {
        for (before, _) in around(&file.code, "cookie::") {
            let is_our_module = before.ends_with("crate::") || before.ends_with("super::");
            assert!(is_our_module, "{} uses the crate cookie", file.path);
        }
    }
}

#[test]
fn no_file_of_the_gate_is_longer_than_300_lines() {
    let long = gate_sources().into_iter().filter(|file| file.lines > LONGEST);
    let long: Vec<String> = long.map(|file| format!("{}: {} lines", file.path, file.lines)).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn nothing_is_left_to_do_and_no_test_is_skipped() {
    // Put together here, so that this file does not hold them.
    let unfinished =
        [concat!("#[ign", "ore"), concat!("to", "do!("), concat!("unimpl", "emented!("), concat!("TO", "DO")];
    let metadata = metadata();
    for member in metadata.workspace_packages() {
        for path in rust_files(member.manifest_path.parent().unwrap().as_std_path()) {
            let text = fs::read_to_string(&path).unwrap();
            for word in unfinished {
                assert!(!text.contains(word), "{} holds {word}", path.display());
            }
        }
    }
}

/// A source file, its comments left out.
struct Source {
    path: String,
    code: String,
    lines: usize,
}

impl Source {
    fn is_in(&self, homes: &[&str]) -> bool {
        homes.iter().any(|home| self.path == *home || (home.ends_with('/') && self.path.starts_with(home)))
    }

    /// Whether the code holds the word and not only a longer one.
    fn names(&self, word: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let is_whole_word = word.starts_with(is_part) && word.ends_with(is_part);
        let is_longer = |before: &str, after: &str| before.ends_with(is_part) || after.starts_with(is_part);
        around(&self.code, word).iter().any(|(before, after)| !is_whole_word || !is_longer(before, after))
    }
}

/// What stands before and after each place where the word is.
fn around<'c>(code: &'c str, word: &str) -> Vec<(&'c str, &'c str)> {
    let parts: Vec<&str> = code.split(word).collect();
    parts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn gate_sources() -> Vec<Source> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../edge-auth/gate/src"));
    let files = rust_files(root);
    assert!(files.len() > 20, "the gate's sources are not where they were");
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            Source {
                path: file.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
                code: code.collect::<Vec<_>>().join("\n"),
                lines: text.lines().count(),
            }
        })
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) =
        entries.filter(|path| !path.ends_with("node_modules")).partition(|path| path.is_dir());
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    let own = files.into_iter().filter(is_rust);
    own.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}
