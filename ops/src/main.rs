//! `parapet`, the operator's command line.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    ops::cli::main().await
}
