//! Settings that were found to be usable: paths made absolute, the environment and the ARN written once.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use http::HeaderValue;

use super::{HostSettings, environment};

/// Why a function cannot be hosted.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// `instances` is 0.
    #[error("instances is 0, expected at least 1")]
    NoInstances,
    /// `instances` is more than a semaphore counts.
    #[error("instances is {0}, expected at most {1}")]
    TooManyInstances(usize, usize),
    /// The task root is not a directory.
    #[error("task root {path} is not a directory")]
    TaskRoot {
        /// The path that was given.
        path: PathBuf,
        /// Why it could not be read, if that was the reason.
        source: Option<io::Error>,
    },
    /// The executable is not a file.
    #[error("executable {path} is not a file; has it been built?")]
    Executable {
        /// The path that was given.
        path: PathBuf,
        /// Why it could not be read, if that was the reason.
        source: Option<io::Error>,
    },
    /// The function's name or region cannot stand in a header.
    #[error("function name {0:?} is not printable text")]
    FunctionName(String),
}

#[derive(Debug)]
pub(super) struct Launch {
    pub(super) executable: PathBuf,
    pub(super) args: Vec<String>,
    pub(super) task_root: PathBuf,
    pub(super) environment: Vec<(String, String)>,
    pub(super) extra_env: Vec<(String, String)>,
    pub(super) arn: HeaderValue,
    pub(super) instances: usize,
    pub(super) queue: usize,
    pub(super) init_timeout: Duration,
    pub(super) timeout: Duration,
}

impl Launch {
    pub(super) async fn new(settings: HostSettings) -> Result<Self, HostError> {
        let most = tokio::sync::Semaphore::MAX_PERMITS.min(u32::MAX as usize);
        match settings.instances {
            0 => return Err(HostError::NoInstances),
            n if n > most => return Err(HostError::TooManyInstances(n, most)),
            _ => {}
        }
        let task_root = tokio::fs::canonicalize(&settings.task_root).await.map_err(|source| {
            HostError::TaskRoot { path: settings.task_root.clone(), source: Some(source) }
        })?;
        if !task_root.is_dir() {
            return Err(HostError::TaskRoot { path: settings.task_root, source: None });
        }
        let arn =
            format!("arn:aws:lambda:{}:123456789012:function:{}:1", settings.region, settings.function_name);
        let arn =
            arn.try_into().map_err(|_invalid| HostError::FunctionName(settings.function_name.clone()))?;
        Ok(Self {
            executable: absolute(&settings.executable)?,
            environment: environment::reserved(&settings, &task_root),
            args: settings.args,
            task_root,
            extra_env: settings.extra_env,
            arn,
            instances: settings.instances,
            queue: settings.queue,
            init_timeout: settings.init_timeout,
            timeout: settings.timeout,
        })
    }
}

/// The child starts in the task root, so a relative path would mean another file there.
fn absolute(executable: &Path) -> Result<PathBuf, HostError> {
    if executable.components().count() == 1 && executable.is_relative() {
        return Ok(executable.to_owned());
    }
    let failed = |source| HostError::Executable { path: executable.to_owned(), source };
    let path = std::path::absolute(executable).map_err(|source| failed(Some(source)))?;
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => Ok(path),
        Ok(_other) => Err(failed(None)),
        Err(source) => Err(failed(Some(source))),
    }
}
