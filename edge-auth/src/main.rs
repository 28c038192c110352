//! The gate as a Lambda@Edge function.
//!
//! This is the thin shell around the crate `gate`: it reads the configuration, the clock and randomness, talks to the
//! Lambda Runtime API and to the user pool, and writes the log. Every decision is the crate's.
//!
//! It is started by the handler module `index.py`, which replaces the managed runtime's process by this binary.

mod shell;

use std::process::ExitCode;

use shell::{Instance, panic, start_log};

/// musl's own allocator gives each buffer of 16 KB back to the kernel and asks for it again with the next event, which
/// is a quarter of the CPU time of an event with a known token. This one takes no lock where it is not needed, either.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the handler module says when it replaces its process by this one.
const BEHIND_HANDLER: &str = "behind-handler";

fn main() -> ExitCode {
    panic::install_hook();
    let instance = match Instance::from_task_root() {
        Ok(instance) => instance,
        Err(error) => {
            start_log::config_refused(&error);
            // Lambda would start the process again for every request, and each would wait for it to die.
            if std::env::args().nth(1).as_deref() != Some(BEHIND_HANDLER) {
                return ExitCode::FAILURE;
            }
            return ended(shell::serve_unavailable());
        }
    };
    ended(shell::serve(instance))
}

fn ended(served: Result<(), lambda_runtime::Error>) -> ExitCode {
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            start_log::stopped(&error.to_string());
            ExitCode::FAILURE
        }
    }
}
