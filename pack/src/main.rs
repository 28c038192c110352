//! `pack`: functions into zip archives, a program into an image.

mod command;

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match command::run(std::env::args().skip(1)) {
        Ok(said) => {
            let _ = writeln!(std::io::stdout(), "{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "pack: {}", command::chain(&error));
            ExitCode::FAILURE
        }
    }
}
