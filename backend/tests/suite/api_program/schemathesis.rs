//! Schemathesis asks the server for everything that its description allows, and for much that it does not.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::api_program::aws;
use crate::api_program::server::Server;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_answered_that_the_description_does_not_say() {
    let program = repository().join(".local/schemathesis/bin/st");
    assert!(program.exists(), "schemathesis is not installed: setup/python.sh");
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), &aws::start().await).await;
    server.entry("One").await;
    // What is sent may well be refused for what no schema can say (an address that is taken), so that the acceptance of
    // whatever the schema allows is not looked at; nor is what comes of a missing If-Match, since 428 is not known there.
    let checks = [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
        "negative_data_rejection",
        "unsupported_method",
        "ignored_auth",
    ];
    let output = tokio::process::Command::new(program)
        .arg("run")
        .arg(repository().join("backend/openapi.json"))
        .args(["--url", &format!("{}/api/v1", server.address)])
        .args(["--header", &format!("Authorization: {}", server.authorization())])
        .args(["--checks", &checks.join(",")])
        .args(["--max-examples", "15", "--seed", "1", "--no-color", "--generation-database", "none"])
        .current_dir(folder.path())
        .output()
        .await
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}
