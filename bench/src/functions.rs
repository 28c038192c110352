//! Everything that is measured, as `make build` and `setup/peers.sh` leave it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::event::{HOST, Layout};
use crate::function::Function;
use crate::tokens::{CLIENT, ISSUER};

/// The functions, and the folders that they run in.
pub(crate) struct Functions {
    /// The gate's binary by itself.
    pub(crate) gate: Function,
    /// The gate as it is deployed: AWS's Python runtime client, replaced by the binary.
    pub(crate) gate_behind_handler: Function,
    /// A function on `lambda_runtime` that does nothing, built as the gate is.
    pub(crate) floor: Function,
    /// The same behind the Python handler.
    pub(crate) floor_behind_handler: Function,
    /// cognito-at-edge under AWS's Node.js runtime client.
    pub(crate) cognito_at_edge: Function,
    /// A Node.js function that does nothing.
    pub(crate) node: Function,
    _roots: [TempDir; 2],
}

impl Functions {
    /// With these keys in the configuration.
    pub(crate) fn prepare(project: &Path, jwks: &Value) -> anyhow::Result<Functions> {
        let gate_root = task_root(project, &project.join("dist/edge-auth/edge-auth"), jwks)?;
        let floor_root = task_root(project, &floor_binary(project), jwks)?;
        let python = project.join(".local/venv/bin/python");
        let peers = project.join(".local/peers");
        let of_root = |name, root: &TempDir, command: Vec<OsString>| Function {
            name,
            layout: Layout::Host,
            handler: "index.handler",
            command,
            task_root: root.path().to_owned(),
            config: root.path().join("edge-auth.json"),
        };
        let alone = |root: &TempDir| vec![root.path().join("edge-auth").into()];
        let handled = || {
            [python.as_os_str(), "-m".as_ref(), "awslambdaric".as_ref(), "index.handler".as_ref()]
                .map(OsString::from)
                .to_vec()
        };
        let under_node = |name, handler| Function {
            name,
            layout: Layout::Amplify,
            handler,
            command: vec![
                peers.join("node_modules/node/bin/node").into(),
                peers.join("node_modules/aws-lambda-ric/index.mjs").into(),
            ],
            task_root: peers.clone(),
            config: gate_root.path().join("edge-auth.json"),
        };
        Ok(Functions {
            gate: of_root("the gate", &gate_root, alone(&gate_root)),
            gate_behind_handler: of_root("the gate, through the Python handler", &gate_root, handled()),
            floor: of_root("a Rust function that does nothing", &floor_root, alone(&floor_root)),
            floor_behind_handler: of_root("the same, through the Python handler", &floor_root, handled()),
            cognito_at_edge: under_node("cognito-at-edge 1.5.5, Node.js 24", "cognito_at_edge.handler"),
            node: under_node("a Node.js function that does nothing", "pass_through.handler"),
            _roots: [gate_root, floor_root],
        })
    }
}

/// Where cargo left the binary that does nothing.
pub(crate) fn floor_binary(project: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project.join("target"), PathBuf::from);
    target.join("x86_64-unknown-linux-musl/edge/floor")
}

/// An unpacked package with this binary in it.
fn task_root(project: &Path, binary: &Path, jwks: &Value) -> anyhow::Result<TempDir> {
    let root = TempDir::new()?;
    let copy = |from: &Path, name: &str| {
        fs::copy(from, root.path().join(name)).with_context(|| format!("{} cannot be copied", from.display()))
    };
    copy(binary, "edge-auth")?;
    copy(&project.join("edge-auth/package/index.py"), "index.py")?;
    fs::write(root.path().join("edge-auth.json"), config(jwks).to_string())?;
    Ok(root)
}

/// The gate's configuration.
pub(crate) fn config(jwks: &Value) -> Value {
    json!({
        "hosts": [HOST],
        "user_pool": { "issuers": [ISSUER], "jwks": jwks, "domain": "https://login.example.com", "client_id": CLIENT },
        "cookies": { "sealing_keys": ["c2VhbGluZyBrZXkgb2YgdGhlIGJsYWNrIGJveCB0ZXM"] },
        "routes": [
            { "path": "/public/*", "kind": "site", "access": "public" },
            { "path": "/api/*", "kind": "api", "access": "signed-in" },
            { "path": "/admin/*", "kind": "app", "access": { "groups": ["editors", "admins"] }, "entry": "/admin/index.html" },
            { "path": "/*", "kind": "site", "access": "signed-in" },
        ],
        "response_headers": { "strict-transport-security": "max-age=31536000" },
    })
}
