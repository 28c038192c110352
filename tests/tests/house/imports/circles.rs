//! The gate's flows import each other in one direction: what reads a request, what decides it, what finishes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Each module with the modules beside it that it imports.
type Imports = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_flow_imports_itself_in_a_circle() {
    let imports = imports_of(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../edge-auth/gate/src/flow")));
    assert!(imports.len() > 10, "the flows are not where they were");
    for (module, imported) in &imports {
        for name in imported {
            assert!(imports.contains_key(name), "{module} imports {name} of the module above it");
        }
    }
    assert_eq!(circle(&imports), None);
}

#[test]
fn a_circle_is_found() {
    let imports = |pairs: &[(&str, &str)]| -> Imports {
        pairs.iter().map(|(module, heads)| ((*module).to_owned(), heads_of(heads))).collect()
    };
    let straight = [("a", "use super::b::C;"), ("b", "use super::{c, d::{self, e}};"), ("c", ""), ("d", "")];
    assert_eq!(circle(&imports(&straight)), None);
    let round =
        [("a", "use super::b::C;"), ("b", "use super::{d, c::X};"), ("c", "x(super::a::Y)"), ("d", "")];
    assert_eq!(circle(&imports(&round)).unwrap(), ["a", "b", "c", "a"]);
}

fn imports_of(folder: &Path) -> Imports {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|file| !file.ends_with("mod.rs"))
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            // What a module's tests import is the module itself.
            let code = text.split("#[cfg(test)]").next().unwrap();
            (file.file_stem().unwrap().to_str().unwrap().to_owned(), heads_of(code))
        })
        .collect()
}

/// The first names behind each `super::`, in a list as well.
fn heads_of(code: &str) -> BTreeSet<String> {
    code.split("super::").skip(1).flat_map(heads).collect()
}

fn heads(path: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let Some(list) = path.strip_prefix('{') else {
        return vec![path.chars().take_while(|c| is_name(*c)).collect()];
    };
    let (mut depth, mut heads, mut is_head) = (0_usize, vec![String::new()], true);
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(String::new());
                is_head = true;
            }
            ':' => is_head = false,
            c if is_name(c) && is_head && depth == 0 => heads.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

/// A way from a module back to itself.
fn circle(imports: &Imports) -> Option<Vec<String>> {
    let mut cleared = BTreeSet::new();
    imports.keys().find_map(|module| circle_from(module, imports, &mut Vec::new(), &mut cleared))
}

fn circle_from(
    module: &str,
    imports: &Imports,
    way: &mut Vec<String>,
    cleared: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if let Some(begin) = way.iter().position(|passed| passed == module) {
        way.push(module.to_owned());
        return Some(way.split_off(begin));
    }
    if cleared.contains(module) {
        return None;
    }
    way.push(module.to_owned());
    let found = imports.get(module)?.iter().find_map(|next| circle_from(next, imports, way, cleared));
    if found.is_none() {
        way.pop();
        cleared.insert(module.to_owned());
    }
    found
}
