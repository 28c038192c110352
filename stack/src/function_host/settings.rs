//! What a function is and how much of it may run.

use std::path::PathBuf;
use std::time::Duration;

/// Which executable to run, as which function, within which limits.
#[derive(Debug, Clone)]
pub struct HostSettings {
    /// The program. A name without a separator is looked up in the function's `PATH`; a path may be relative to
    /// the current directory.
    pub executable: PathBuf,
    /// Its arguments, such as `["-m", "awslambdaric", "index.handler"]`.
    pub args: Vec<String>,
    /// The unpacked package: the working directory and `LAMBDA_TASK_ROOT`.
    pub task_root: PathBuf,
    /// The function's name. A replica of Lambda@Edge is called `us-east-1.<name>`.
    pub function_name: String,
    /// `_HANDLER`.
    pub handler: String,
    /// `AWS_REGION`: where it runs, not where it was made.
    pub region: String,
    /// `AWS_LAMBDA_FUNCTION_MEMORY_SIZE`, in MB. Told, not enforced.
    pub memory_mb: u32,
    /// How many events may be handled at once.
    pub instances: usize,
    /// How many further events may wait for an instance; beyond that they are throttled. Lambda throttles at
    /// once, but has a thousand instances.
    pub queue: usize,
    /// From the start of a process to its first request for an event.
    pub init_timeout: Duration,
    /// From handing over an event to the request for the next. Time in which this machine stood still is not counted.
    pub timeout: Duration,
    /// Further variables, which also win over the reserved ones. Lambda@Edge allows none: for tests.
    pub extra_env: Vec<(String, String)>,
}

impl HostSettings {
    /// A viewer-request function with the limits that the project plans for (128 MB, 5 s, 10 s to initialise) and
    /// two instances.
    #[must_use]
    pub fn new(executable: impl Into<PathBuf>, task_root: impl Into<PathBuf>) -> Self {
        Self {
            executable: executable.into(),
            args: Vec::new(),
            task_root: task_root.into(),
            function_name: "us-east-1.parapet-edge-auth".to_owned(),
            handler: "index.handler".to_owned(),
            region: "us-east-1".to_owned(),
            memory_mb: 128,
            instances: 2,
            queue: 1_000,
            init_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(5),
            extra_env: Vec::new(),
        }
    }
}
