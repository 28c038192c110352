//! Functions written in Python that speak the Lambda Runtime API, with nothing but the standard library.

use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use stack::function_host::{FunctionHost, HostSettings};
use tempfile::TempDir;

/// The interpreter itself: a version manager's launcher needs an environment that functions do not have.
static PYTHON: LazyLock<String> = LazyLock::new(|| {
    let found = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output().unwrap();
    assert!(found.status.success(), "python3 is needed on the PATH");
    String::from_utf8(found.stdout).unwrap().trim().to_owned()
});

/// Speaks the Runtime API for the functions.
const RUNTIME: &str = include_str!("runtime.py");

/// A host for a function with this source after [`RUNTIME`]; the folder must outlive it.
pub(crate) async fn host(source: &str, change: impl FnOnce(&mut HostSettings)) -> (FunctionHost, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("function.py"), format!("{RUNTIME}\n{source}")).unwrap();
    let mut settings = HostSettings::new(&*PYTHON, folder.path());
    settings.args = vec!["-u".to_owned(), "function.py".to_owned()];
    // Not what these tests are about, on a machine busy with other tests.
    settings.timeout = std::time::Duration::from_secs(60);
    settings.init_timeout = std::time::Duration::from_secs(60);
    change(&mut settings);
    (FunctionHost::start(settings).await.unwrap(), folder)
}

/// What the function answered to this event.
pub(crate) async fn json(host: &FunctionHost, event: &str) -> serde_json::Value {
    serde_json::from_slice(&host.invoke(event.as_bytes()).await.unwrap()).unwrap()
}
