//! Who may import whom.

use std::collections::BTreeMap;

use cargo_metadata::{Metadata, MetadataCommand};

/// What each crate of ours may import of ours. A crate that is not listed may not be in the workspace.
const MAY_IMPORT: [(&str, &[&str]); 18] = [
    ("bench", &[]),
    ("cognito", &[]),
    ("content", &[]),
    ("pack", &[]),
    ("delivery", &[]),
    ("gate", &["cognito"]),
    ("edge-auth", &["cognito", "gate"]),
    ("backend", &["cognito", "content", "delivery", "gate"]),
    ("announce", &["content", "delivery"]),
    ("make-renditions", &["content", "delivery"]),
    ("publish-due", &["content", "delivery"]),
    ("record-sign-in", &["content", "delivery"]),
    ("markup", &[]),
    ("text-engine", &["content"]),
    ("web", &["content", "markup"]),
    ("ops", &["edge-auth", "gate", "content", "delivery", "pack"]),
    ("stack", &[]),
    (
        "tests",
        &["cognito", "content", "edge-auth", "gate", "backend", "delivery", "pack", "web", "ops", "stack"],
    ),
];

#[test]
fn a_crate_imports_only_what_the_architecture_allows() {
    let violations = violations(&imports(&metadata()));
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn a_forbidden_import_and_an_unknown_crate_are_found() {
    let found = |importer: &str, imported: &[&str]| {
        let imported = imported.iter().map(|&name| name.to_owned()).collect();
        violations(&BTreeMap::from([(importer.to_owned(), imported)]))
    };
    assert!(found("backend", &["cognito", "content", "delivery"]).is_empty());
    for (importer, imported) in
        [("edge-auth", "stack"), ("cognito", "content"), ("ops", "cognito"), ("stack", "tests")]
    {
        assert_eq!(found(importer, &[imported]).len(), 1, "{importer} -> {imported}");
    }
    assert_eq!(found("shared", &[]).len(), 1);
}

/// The crates that the gate's decisions are made with: none of them opens a file or a connection.
const GATE_DEPENDS_ON: [&str; 14] = [
    "base64",
    "cognito",
    "cookie",
    "form_urlencoded",
    "http",
    "maud",
    "memchr",
    "percent-encoding",
    "ring",
    "serde",
    "serde_json",
    "subtle",
    "thiserror",
    "time",
];

#[test]
fn the_gate_depends_on_nothing_that_does_io() {
    let metadata = metadata();
    let gate =
        metadata.workspace_packages().into_iter().find(|member| member.name.as_str() == "gate").unwrap();
    let normal = gate.dependencies.iter().filter(|used| used.kind == cargo_metadata::DependencyKind::Normal);
    let unknown: Vec<_> = normal.filter(|used| !GATE_DEPENDS_ON.contains(&used.name.as_str())).collect();
    assert!(unknown.is_empty(), "may they do I/O? {unknown:?}");
}

fn violations(imports: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut violations = Vec::new();
    for (importer, imported) in imports {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| name == importer) else {
            violations.push(format!("{importer} has no place in the architecture"));
            continue;
        };
        let forbidden = imported.iter().filter(|name| !allowed.contains(&name.as_str()));
        violations.extend(forbidden.map(|name| format!("{importer} must not import {name}")));
    }
    violations
}

/// Every member with the members that it imports: for its code, its tests, its build script, for whatever target.
fn imports(metadata: &Metadata) -> BTreeMap<String, Vec<String>> {
    let members = metadata.workspace_packages();
    let is_ours = |name: &str| members.iter().any(|member| member.name.as_str() == name);
    let imported_by = |member: &cargo_metadata::Package| {
        let ours = member.dependencies.iter().filter(|dependency| is_ours(&dependency.name));
        ours.filter(|dependency| dependency.path.is_some())
            .map(|dependency| dependency.name.clone())
            .collect()
    };
    members.iter().map(|member| (member.name.to_string(), imported_by(member))).collect()
}

/// Without dependencies of dependencies: only what the manifests of the workspace say is asked, and nothing is
/// fetched for it.
pub(super) fn metadata() -> Metadata {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap()
}
