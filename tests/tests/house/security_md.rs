//! SECURITY.md says where each threat is answered. It must not say more than there is, and each threat has its test.

use std::fs;
use std::path::{Path, PathBuf};

/// How many threats the gate must withstand.
const THREATS: usize = 66;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The rows of the tables: number, threat, files.
fn rows() -> Vec<[String; 3]> {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    text.lines()
        .filter(|line| {
            line.strip_prefix("| ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map(|line| {
            let cells: Vec<String> =
                line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
            cells.try_into().unwrap_or_else(|_| panic!("expected three cells: {line}"))
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
    for [number, _, files] in rows() {
        assert!(quoted(&files).next().is_some(), "threat {number} names no file");
        for file in quoted(&files) {
            assert!(root().join(file).exists(), "threat {number}: {file} does not exist");
        }
    }
}

/// Where the tests are that are named after threats.
const TESTS: [&str; 3] =
    ["cognito/tests/security_cases", "edge-auth/gate/tests/security_cases", "tests/tests/gate/black_box"];

#[test]
fn every_threat_has_a_test_of_its_number() {
    let mut names = Vec::new();
    for folder in TESTS {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let source = fs::read_to_string(entry.unwrap().path()).unwrap();
            let tests = source.split("fn case_").skip(1);
            names.extend(tests.map(|rest| rest.split('(').next().unwrap().to_owned()));
        }
    }
    for threat in 1..=THREATS {
        let is_named = |name: &String| {
            // `01_to_03_…` is about three of them.
            let numbers: Vec<usize> = name
                .split('_')
                .map_while(|part| match part {
                    "to" => Some(0),
                    number => number.parse().ok(),
                })
                .collect();
            match numbers.as_slice() {
                [first, 0, last] => (*first..=*last).contains(&threat),
                [number, ..] => *number == threat,
                [] => false,
            }
        };
        assert!(names.iter().any(is_named), "threat {threat} has no test");
    }
}
