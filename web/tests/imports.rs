//! `page` puts `client`, `model` and `ui` together; those three never import each other, nor `page`.

#[cfg(test)]
mod imports {
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    const PARTS: [&str; 4] = ["client", "model", "page", "ui"];

    fn imported(source: &str) -> impl Iterator<Item = &str> {
        // Both `use crate::{client, model::Route}` and `crate::client::now()` name the part after `crate::`.
        source
            .split("crate::")
            .skip(1)
            .flat_map(|rest| {
                let (list, single) = (rest.split("};").next(), rest.split([';', '(', ')', ',']).next());
                let named = if rest.starts_with('{') { list } else { single };
                named.unwrap_or(rest).split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            })
            .filter(|word| PARTS.contains(word))
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    #[test]
    fn no_part_imports_another() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for part in ["client", "model", "ui"] {
            for path in files(&src.join(part)) {
                let source = fs::read_to_string(&path).unwrap();
                let others: Vec<_> = imported(&source).filter(|name| *name != part).collect();
                assert!(others.is_empty(), "{} imports {others:?}, expected nothing of ours", path.display());
            }
        }
    }

    #[test]
    fn imports_are_recognised() {
        let page = "use crate::{\n    client::{self, now},\n    model::Route,\n};\nfn f() { crate::ui::show(client); }";
        assert_eq!(imported(page).collect::<Vec<_>>(), ["client", "model", "ui"]);
    }
}
