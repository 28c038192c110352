//! A theme's own files as they are served: under names that change with their content, so that they may be kept forever.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::accent;
use super::context::AssetUrls;
use super::files::Files;
use super::problem::ThemeProblem;

/// The style sheet that is given the accent colours.
const STYLE_SHEET: &str = "site.css";

/// A file to be served beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path on the site, such as `/assets/site.0123456789abcdef.css`.
    pub path: String,
    /// Its media type.
    pub content_type: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The files of a theme's folder `assets`, by their names in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Assets {
    files: BTreeMap<String, Vec<u8>>,
}

impl Assets {
    pub(super) fn of(files: &Files) -> (Assets, Vec<ThemeProblem>) {
        let inside = |(path, bytes): (&String, &Vec<u8>)| {
            Some((path.strip_prefix("assets/")?.to_owned(), bytes.clone()))
        };
        let mut assets = Assets { files: files.iter().filter_map(inside).collect() };
        let mut problems = Vec::new();
        if !assets.files.contains_key(STYLE_SHEET) {
            problems.push(ThemeProblem::in_file("assets/site.css", "is missing"));
        }
        let sheets: Vec<String> = assets.files.keys().filter(|name| is_sheet(name)).cloned().collect();
        for name in sheets {
            match assets.with_references(&name) {
                Ok(bytes) => drop(assets.files.insert(name, bytes)),
                Err(mut found) => problems.append(&mut found),
            }
        }
        (assets, problems)
    }

    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// All files with the accent colour in the style sheet, by their names.
    pub(super) fn served(&self, color: &str) -> BTreeMap<String, Asset> {
        let serve = |(name, bytes): (&String, &Vec<u8>)| {
            let bytes = if name == STYLE_SHEET {
                [accent::custom_properties(color).as_bytes(), bytes].concat()
            } else {
                bytes.clone()
            };
            let asset = Asset { path: hashed_path(name, &bytes), content_type: content_type(name), bytes };
            (name.clone(), asset)
        };
        self.files.iter().map(serve).collect()
    }

    pub(super) fn urls(&self, color: &str) -> AssetUrls {
        AssetUrls(self.served(color).into_iter().map(|(name, asset)| (name, asset.path)).collect())
    }

    /// A style sheet whose `url("name")` lead to the names that the files are served under.
    fn with_references(&self, sheet: &str) -> Result<Vec<u8>, Vec<ThemeProblem>> {
        let file = format!("assets/{sheet}");
        let bytes = self.files.get(sheet).map(Vec::as_slice).unwrap_or_default();
        let text = std::str::from_utf8(bytes)
            .map_err(|_| vec![ThemeProblem::in_file(file.clone(), "is not UTF-8")])?;
        let mut pieces = text.split("url(\"");
        let mut out = pieces.next().unwrap_or_default().to_owned();
        let mut problems = Vec::new();
        for piece in pieces {
            let (name, rest) = piece.split_once('"').unwrap_or((piece, ""));
            let elsewhere = name.starts_with(['/', '#']) || name.contains(':');
            let path = match self.files.get(name) {
                Some(bytes) if !is_sheet(name) => hashed_path(name, bytes),
                None if elsewhere => name.to_owned(),
                _ => {
                    let line = out.matches('\n').count() + 1;
                    let message =
                        format!("refers to {name:?}, expected a file of assets that is no style sheet");
                    problems.push(ThemeProblem { file: file.clone(), line: Some(line), message });
                    String::new()
                }
            };
            out.push_str("url(\"");
            out.push_str(&path);
            out.push('"');
            out.push_str(rest);
        }
        if problems.is_empty() { Ok(out.into_bytes()) } else { Err(problems) }
    }
}

fn is_sheet(name: &str) -> bool {
    name.ends_with(".css")
}

fn hashed_path(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("/assets/{stem}.{hash}.{extension}"),
        None => format!("/assets/{name}.{hash}"),
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "webmanifest") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(all: &[(&str, &str)]) -> Files {
        all.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_name_changes_with_the_content_and_with_the_accent_colour() {
        let (assets, problems) = Assets::of(&files(&[("assets/site.css", "a{}"), ("assets/site.js", "1")]));
        assert_eq!(problems, []);
        let (one, two) = (assets.urls("#112233").0, assets.urls("#aa2233").0);
        assert_ne!(one["site.css"], two["site.css"]);
        assert_eq!(one["site.js"], two["site.js"]);
        assert_eq!(one["site.js"], "/assets/site.6b86b273ff34fce1.js");
    }

    #[test]
    fn a_style_sheet_refers_to_files_by_their_names() {
        let sheet = "a{background:url(\"a.png\")}\nb{mask:url(\"data:x\")}\n";
        let (assets, problems) = Assets::of(&files(&[("assets/site.css", sheet), ("assets/a.png", "1")]));
        assert_eq!(problems, []);
        let served = String::from_utf8(assets.served("#112233")["site.css"].bytes.clone()).unwrap();
        assert!(served.contains("url(\"/assets/a.6b86b273ff34fce1.png\")"), "{served}");
        assert!(served.contains("url(\"data:x\")"), "{served}");
    }

    #[test]
    fn a_reference_to_nothing_is_a_problem_with_its_line() {
        let (_, problems) = Assets::of(&files(&[("assets/site.css", "a{}\nb{c:url(\"no.png\")}")]));
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["assets/site.css:2: refers to \"no.png\", expected a file of assets that is no style sheet"]
        );
    }
}
