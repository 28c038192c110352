//! checkov finds nothing; what is skipped has a reason and would be found; and checkov would notice something.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::documents::{resources, templates};
use super::tool;

/// A reason is a sentence, not a word.
const SHORTEST_REASON: usize = 30;

#[test]
fn checkov_finds_nothing() {
    let folder = copy();
    let report = tool::checkov(folder.path());
    let failed = checks(&report, "failed_checks");
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(report["summary"]["parsing_errors"], 0, "{report:#}");
}

/// Without its skips checkov finds exactly what they are there for: none is left over, and checkov does look.
#[test]
fn every_skip_is_needed() {
    let folder = copy();
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace("      checkov:\n", "      unheeded:\n")).unwrap();
    }
    let failed = checks(&tool::checkov(folder.path()), "failed_checks");
    assert_eq!(failed, skips().into_iter().map(|(skip, _)| skip).collect());
}

#[test]
fn every_skip_has_a_reason() {
    for ((id, resource), reason) in skips() {
        let is_sentence = reason.len() >= SHORTEST_REASON && reason.ends_with('.');
        assert!(is_sentence, "{id} is skipped at {resource}, expected a sentence that says why: {reason:?}");
    }
    for file in tool::template_files() {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains("checkov:skip"), "{}: skips stand in Metadata", file.display());
    }
}

#[test]
fn the_configuration_skips_nothing_without_a_reason() {
    let text = fs::read_to_string(tool::root().join("infra/.checkov.yaml")).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for pair in lines.windows(2) {
        let [before, line] = pair else { unreachable!() };
        let skips = line.strip_prefix("- ").is_some_and(|check| check.starts_with("CKV"));
        assert!(!skips || before.starts_with("# "), "{line} has no reason in the line before it");
    }
}

/// The templates alone, where checkov finds nothing else to look at.
fn copy() -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in tool::template_files() {
        fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    folder
}

/// What the templates skip: the check, the resource, and why.
fn skips() -> Vec<((String, String), String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut skips = Vec::new();
    for template in templates().values() {
        for (name, resource) in resources(template) {
            let listed = resource["Metadata"]["checkov"]["skip"].as_array().cloned().unwrap_or_default();
            skips.extend(
                listed.iter().map(|skip| ((text(&skip["id"]), name.clone()), text(&skip["comment"]))),
            );
        }
    }
    skips
}

fn checks(report: &Value, kind: &str) -> BTreeSet<(String, String)> {
    let checks = report["results"][kind].as_array().unwrap();
    checks
        .iter()
        .map(|check| {
            let resource = check["resource"].as_str().unwrap().rsplit('.').next().unwrap().to_owned();
            (check["check_id"].as_str().unwrap().to_owned(), resource)
        })
        .collect()
}
