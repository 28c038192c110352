//! Pictures that a text shows and that lie beside it.

use std::path::{Path, PathBuf};

use super::document::Picture;

/// What is taken for a picture, by the end of its name.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

/// The pictures of a text that are files: beside the document, or for an address from the root in one of `roots`.
pub(super) fn of(body: &str, folder: &Path, roots: &[PathBuf]) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    for reference in references(body) {
        if pictures.iter().any(|known| known.reference == reference) {
            continue;
        }
        let file = match reference.strip_prefix('/') {
            Some(below) => roots.iter().find_map(|root| inside(root, below)),
            None => inside(folder, reference.trim_start_matches("./")),
        };
        pictures.extend(file.map(|file| Picture { reference, file }));
    }
    pictures
}

/// The text with `media:<id>` in the place of each picture that was taken over.
pub(crate) fn replaced(body: &str, ids: &[(String, String)]) -> String {
    let mut text = body.to_owned();
    for (reference, id) in ids {
        for (before, after) in [("](", ")"), ("](", " "), ("](<", ">"), ("]: ", "\n")] {
            text =
                text.replace(&format!("{before}{reference}{after}"), &format!("{before}media:{id}{after}"));
        }
    }
    text
}

/// What pictures a text names: `![alt](here)`, `[1]: here`.
fn references(body: &str) -> Vec<String> {
    let inline = body.split("](").skip(1).filter_map(|rest| {
        let rest = rest.strip_prefix('<').unwrap_or(rest);
        rest.split([')', '>', ' ', '\n']).next()
    });
    let defined = body.lines().filter_map(|line| {
        let (_, target) = line.strip_prefix('[')?.split_once("]: ")?;
        target.split_whitespace().next()
    });
    inline.chain(defined).filter(|target| is_picture(target)).map(str::to_owned).collect()
}

fn is_picture(target: &str) -> bool {
    let end = target.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    !target.contains(':')
        && !target.starts_with("//")
        && end.is_some_and(|end| PICTURES.contains(&end.as_str()))
}

/// The file of this name in a folder, if there is one: nothing leads out of it.
fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let name = percent_encoding::percent_decode_str(name).decode_utf8().ok()?;
    let file = folder.join(name.as_ref()).canonicalize().ok()?;
    (file.starts_with(folder.canonicalize().ok()?) && file.is_file()).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_that_are_there_are_found() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("post")).unwrap();
        for name in ["post/a b.png", "post/c.JPG", "root.webp", "secret.png"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let body = "![A](a%20b.png) [t](text.md) ![c](./c.JPG \"t\") ![r](/root.webp) ![x](../secret.png)\n\
                    ![n](nowhere.png) ![w](https://a.example/a.png) ![d][d]\n\n[d]: c.JPG\n";
        let found = of(body, &folder.path().join("post"), &[folder.path().to_owned()]);
        let references: Vec<&str> = found.iter().map(|picture| picture.reference.as_str()).collect();
        assert_eq!(references, ["a%20b.png", "./c.JPG", "/root.webp", "c.JPG"]);
    }

    #[test]
    fn what_was_taken_over_is_named_by_its_id() {
        let ids = [("a.png".to_owned(), "1".to_owned()), ("./b.png".to_owned(), "2".to_owned())];
        let text = replaced("![a](a.png) ![b](./b.png \"t\")\n[a]: a.png\nsee a.png", &ids);
        assert_eq!(text, "![a](media:1) ![b](media:2 \"t\")\n[a]: media:1\nsee a.png");
    }
}
