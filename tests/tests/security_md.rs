//! SECURITY.md says where each threat is answered and proved. It must not say more than there is.

#[cfg(test)]
mod security_md {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// How many threats the gate must withstand.
    const THREATS: usize = 66;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
    }

    /// The rows of the tables: number, threat, files, tests.
    fn rows() -> Vec<[String; 4]> {
        let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
        text.lines()
            .filter(|line| {
                line.strip_prefix("| ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            })
            .map(|line| {
                let cells: Vec<String> =
                    line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
                cells.try_into().unwrap_or_else(|_| panic!("expected four cells: {line}"))
            })
            .collect()
    }

    fn quoted(cell: &str) -> impl Iterator<Item = &str> {
        cell.split('`').skip(1).step_by(2)
    }

    #[test]
    fn every_threat_has_its_row() {
        let numbers: Vec<usize> = rows().iter().map(|[number, ..]| number.parse().unwrap()).collect();
        assert_eq!(numbers, (1..=THREATS).collect::<Vec<_>>());
    }

    #[test]
    fn every_file_named_exists() {
        for [number, _, files, _] in rows() {
            assert!(quoted(&files).next().is_some(), "threat {number} names no file");
            for file in quoted(&files) {
                assert!(root().join(file).exists(), "threat {number}: {file} does not exist");
            }
        }
    }

    #[test]
    fn every_test_named_exists_where_it_is_said_to_be() {
        for [number, _, _, tests] in rows() {
            let mut named = BTreeSet::new();
            for group in tests.split("; ") {
                let (file, names) =
                    group.split_once(": ").unwrap_or_else(|| panic!("threat {number}: {group:?}"));
                let source =
                    fs::read_to_string(root().join(file)).unwrap_or_else(|_| panic!("{file} does not exist"));
                for name in quoted(names) {
                    assert!(
                        source.contains(&format!("fn {name}(")),
                        "threat {number}: no test {name} in {file}"
                    );
                    assert!(name.starts_with("case_"), "threat {number}: {name}");
                    named.insert(name.to_owned());
                }
            }
            assert!(!named.is_empty(), "threat {number} has no test");
        }
    }
}
