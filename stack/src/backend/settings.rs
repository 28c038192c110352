//! Which program is the API, and what its environment is.

use std::path::PathBuf;

/// The program and its environment, which is all that it has.
#[derive(Clone, Debug)]
pub struct BackendSettings {
    /// The binary.
    pub program: PathBuf,
    /// Its variables, but for `LISTEN`.
    pub environment: Vec<(String, String)>,
}
