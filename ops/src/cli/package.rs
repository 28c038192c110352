//! `parapet package`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Session;
use crate::failure::{Exit, Failure};
use crate::package::{self, Package, PackageError};

/// Make the Lambda@Edge package: the same bytes for the same inputs
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  parapet package --binary dist/edge-auth/edge-auth --handler edge-auth/package/index.py \\\n      --config edge-auth.json --out dist/edge-auth.zip"
)]
pub(super) struct Arguments {
    /// The binary `edge-auth`, static for x86-64
    #[arg(long, value_name = "PATH")]
    binary: PathBuf,
    /// The Python handler module that starts the binary
    #[arg(long, value_name = "PATH")]
    handler: PathBuf,
    /// The configuration of the gate, `edge-auth.json`
    #[arg(long, value_name = "PATH")]
    config: PathBuf,
    /// Where to write the package
    #[arg(long, value_name = "PATH", default_value = "dist/edge-auth.zip")]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let Arguments { binary, handler, config, out } = arguments;
    let package = Package { binary: binary.clone(), handler: handler.clone(), config: config.clone() };
    let archive = package.archive()?;
    if !session.options.dry_run {
        archive.write(out).map_err(PackageError::from)?;
    }
    let size = archive.size();
    session.report.say(format_args!("{}: {size} of {} bytes", out.display(), package::LIMIT));
    session.report.result(
        &json!({ "package": out, "size": size, "limit": package::LIMIT, "sha256": package::code_sha256(&archive) }),
    );
    Ok(Exit::Done)
}
