//! The handler module `package/index.py`, where the binary cannot be run as it lies in the package.

#[cfg(test)]
mod handler {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;
    use std::process::{Command, Output};

    use serde_json::Value;
    use tempfile::TempDir;

    const HANDLER: &str = include_str!("../package/index.py");

    /// A package with the handler and, if there is one, a binary without the right to be run.
    fn package(binary: Option<&str>) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.py"), HANDLER).unwrap();
        if let Some(binary) = binary {
            let path = folder.path().join("edge-auth");
            fs::write(&path, binary).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        }
        folder
    }

    /// Imports the handler, as AWS's runtime client does, and asks it twice.
    fn import(package: &Path, copies: &Path) -> Output {
        let script = "import json, index; print(json.dumps([index.handler({}, None) for _ in range(2)]))";
        let mut python = Command::new("python3");
        python.args(["-B", "-c", script]).current_dir(package).env("TMPDIR", copies).output().unwrap()
    }

    #[test]
    fn a_binary_that_lost_its_mode_is_run_from_a_copy() {
        let (package, copies) =
            (package(Some("#!/bin/sh\necho \"run: $1\"\n")), tempfile::tempdir().unwrap());
        let output = import(package.path(), copies.path());
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "run: behind-handler\n");
    }

    #[test]
    fn without_a_binary_everybody_is_told_to_come_back_and_the_log_says_why_once() {
        for binary in [None, Some("\u{7f}ELF no program")] {
            let (package, copies) = (package(binary), tempfile::tempdir().unwrap());
            let output = import(package.path(), copies.path());
            let stdout = String::from_utf8(output.stdout).unwrap();
            let lines: Vec<&str> = stdout.lines().collect();
            let [said, answers] = lines.as_slice() else { panic!("{stdout}") };
            let said: Value = serde_json::from_str(said).unwrap();
            assert!(said["detail"].as_str().unwrap().starts_with("the binary cannot be run: "), "{said}");
            let answers: Vec<Value> = serde_json::from_str(answers).unwrap();
            assert_eq!(answers.len(), 2);
            for answer in answers {
                assert_eq!(answer["status"], "503");
                assert_eq!(answer["headers"]["cache-control"][0]["value"], "no-store");
            }
        }
    }
}
