//! A running cloud, and files that the command reads.

use std::path::{Path, PathBuf};

use stack::local::{Stack, StackListeners, StackSettings};
use stack::pool::PoolSettings;
use tempfile::TempDir;
use tests::cloud::fixture_site;

/// The cloud on this machine, with a session of an editor at hand.
pub(super) struct Ground {
    pub(super) stack: Stack,
    folder: TempDir,
}

impl Ground {
    /// With a few pages.
    pub(super) async fn healthy() -> Ground {
        Ground::with(&fixture_site(), |_| {}).await
    }

    /// With these documents, and a gate whose configuration was changed.
    pub(super) async fn with(
        site: &Path,
        adjust: impl Fn(&mut serde_json::Value) + Send + Sync + 'static,
    ) -> Ground {
        let settings = StackSettings {
            adjust_gate: Box::new(adjust),
            ..StackSettings::new(dist("edge-auth/edge-auth"), site)
        };
        let stack = Stack::start(settings, StackListeners::anywhere().await.unwrap()).await.unwrap();
        let tokens =
            stack.pool().issue_tokens("editor@example.com", PoolSettings::LOCAL_CLIENT_ID, None).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let cookie = format!(
            "__Host-id-token={}; __Host-access-token={}; __Host-refresh-token={}",
            tokens.id_token.unwrap(),
            tokens.access_token,
            tokens.refresh_token.unwrap()
        );
        std::fs::write(folder.path().join("cookie.txt"), cookie).unwrap();
        Ground { stack, folder }
    }

    /// The gate's `edge-auth.json`.
    pub(super) fn config(&self) -> String {
        self.stack.package().join("edge-auth.json").to_str().unwrap().to_owned()
    }

    /// A file with the session's cookies.
    pub(super) fn cookie_file(&self) -> String {
        self.folder.path().join("cookie.txt").to_str().unwrap().to_owned()
    }

    /// A project file that is not there.
    pub(super) fn no_project(&self) -> String {
        self.folder.path().join("parapet.toml").to_str().unwrap().to_owned()
    }
}

fn dist(part: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist").join(part);
    assert!(path.exists(), "{} is missing; `make build` makes it", path.display());
    path
}
