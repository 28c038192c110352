//! `page` puts `client`, `model` and `ui` together; those three never import each other, nor `page`.

#[cfg(test)]
mod imports {
    use std::{fs, path::Path};

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

    #[test]
    fn no_part_imports_another() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for part in ["client", "model", "ui"] {
            for file in fs::read_dir(src.join(part)).unwrap() {
                let path = file.unwrap().path();
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
