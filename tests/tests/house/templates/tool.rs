//! The Python tools that read, lint and scan templates, where the set-up has put them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The project's own rules for cfn-lint.
const RULES: &str = "infra/rules";

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The templates that are deployed, in the order of their names.
pub(super) fn template_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("infra"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .filter(|path| !part(path).starts_with('.'))
        .collect();
    files.sort();
    files
}

/// The part that a template's file is named after.
pub(super) fn part(file: &Path) -> String {
    file.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// What cfn-lint finds in the files, as it lists it in JSON. Without `own_alone`, by its own rules as well.
pub(super) fn cfn_lint(files: &[PathBuf], own_alone: bool) -> Vec<Value> {
    let mut command = tool("cfn-lint", "cfn-lint");
    command.arg("--append-rules").arg(root().join(RULES)).args(["--format", "json"]);
    if own_alone {
        // Its own rules have their own tests; the project's begin with E9.
        command.args(["--ignore-checks", "E1", "E2", "E3", "E4", "E6", "E7", "E8", "W", "I"]);
    }
    command.arg("--template").args(files);
    match json_of(&mut command, "") {
        Value::Array(findings) => findings,
        other => panic!("expected a list of findings: {other}"),
    }
}

/// What checkov says about everything in a folder, as it says it in JSON.
pub(super) fn checkov(folder: &Path) -> Value {
    let mut command = tool("checkov", "checkov");
    command.arg("--config-file").arg(root().join("infra/.checkov.yaml"));
    json_of(command.arg("--directory").arg(folder).args(["--output", "json"]), "")
}

/// What a Python program prints in JSON, run where cfn-lint is.
pub(super) fn python(program: &str, arguments: &[PathBuf], input: &Value) -> Value {
    json_of(tool("cfn-lint", "python").arg("-c").arg(program).args(arguments), &input.to_string())
}

/// Terraform's configuration, as checkov's parser reads it: every value is in a list.
pub(super) fn terraform(file: &Path) -> Value {
    let program = "import hcl2, json, sys; json.dump(hcl2.load(open(sys.argv[1])), sys.stdout)";
    json_of(tool("checkov", "python").args(["-c", program]).arg(file), "")
}

fn tool(environment: &str, name: &str) -> Command {
    let path = root().join(".local").join(environment).join("bin").join(name);
    assert!(path.exists(), "{} is missing: run setup/python.sh", path.display());
    let mut command = Command::new(path);
    command.current_dir(root());
    command
}

fn json_of(command: &mut Command, input: &str) -> Value {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let printed = String::from_utf8_lossy(&output.stdout);
        panic!("expected JSON ({error}): {printed}\n{}", String::from_utf8_lossy(&output.stderr))
    })
}
