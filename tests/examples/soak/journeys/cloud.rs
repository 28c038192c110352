//! The cloud of the run: as `make up` starts it, with tokens that end soon.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use stack::local::{Stack, StackListeners, StackSettings};
use stack::pool::TokenLifetimes;
use tests::cloud::fixture_site;

use tests::process;

/// How long ID and access tokens last. The gate renews them when half of it is over.
pub(super) const TOKENS_LAST: Duration = Duration::from_secs(12);

/// The running cloud.
pub(super) struct Cloud {
    pub(super) stack: Stack,
}

impl Cloud {
    /// Starts everything on ports of its own.
    pub(super) async fn start() -> anyhow::Result<Cloud> {
        let gate = match std::env::var_os("EDGE_AUTH_BINARY") {
            Some(gate) => gate.into(),
            None => built("dist/edge-auth/edge-auth")?,
        };
        let lifetimes = TokenLifetimes {
            id_seconds: TOKENS_LAST.as_secs(),
            access_seconds: TOKENS_LAST.as_secs(),
            ..TokenLifetimes::default()
        };
        let settings =
            StackSettings { token_lifetimes: lifetimes, ..StackSettings::new(gate, fixture_site()) };
        Ok(Cloud { stack: Stack::start(settings, StackListeners::anywhere().await?).await? })
    }

    /// The address of a page of the site.
    pub(super) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.stack.site_url())
    }

    /// What the cloud's parts counted.
    pub(super) fn account(&self) -> anyhow::Result<String> {
        let (pool, function, cdn) =
            (self.stack.pool(), self.stack.function().counts(), self.stack.cdn().stats());
        let tokens = pool.token_requests();
        let memory: Vec<String> = self.instances()?.iter().map(u64::to_string).collect();
        Ok(format!(
            "{} requests of viewers, {} events of the gate on {} instances ({} kB resident), {} sign-ins, {} renewals, \
             {} revocations, {} key fetches, {} cache hits",
            cdn.requests,
            function.invocations,
            function.cold_starts,
            memory.join(", "),
            tokens.authorization_code,
            tokens.refresh_token,
            pool.revoke_requests(),
            pool.jwks_requests(),
            cdn.hits,
        ))
    }

    /// The resident memory of each instance of the gate, in kB.
    fn instances(&self) -> anyhow::Result<Vec<u64>> {
        let running = process::running_in(self.stack.package())?.into_iter();
        Ok(running.map(process::resident).collect::<std::io::Result<_>>()?)
    }
}

fn built(path: &str) -> anyhow::Result<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    ensure!(path.exists(), "{} is missing; `make build` makes it", path.display());
    fs::canonicalize(&path).with_context(|| format!("{} cannot be read", path.display()))
}
