//! `parapet`, the operator's command line: reads the arguments, runs one subcommand, prints what it did.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use ops::package::{self, Package};

/// Deploys and runs Parapet.
#[derive(Parser)]
#[command(name = "parapet", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the Lambda@Edge package: the same bytes for the same inputs
    Package {
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
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Package { binary, handler, config, out } => {
            let size = Package { binary, handler, config }.write(&out)?;
            writeln!(io::stdout(), "{}: {size} of {} bytes", out.display(), package::LIMIT)?;
        }
    }
    Ok(())
}
