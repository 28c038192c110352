//! The reserved environment variables, and nothing else: Lambda@Edge allows no variable of one's own, and a
//! variable inherited from this machine would hide that a function needs it.

use std::path::Path;

use super::HostSettings;

/// The reserved variables that are the same for every instance.
pub(super) fn reserved(settings: &HostSettings, task_root: &Path) -> Vec<(String, String)> {
    let task_root = task_root.to_string_lossy();
    [
        ("AWS_LAMBDA_FUNCTION_NAME", settings.function_name.as_str()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &settings.memory_mb.to_string()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &format!("/aws/lambda/{}", settings.function_name)),
        ("AWS_REGION", &settings.region),
        ("AWS_DEFAULT_REGION", &settings.region),
        ("LAMBDA_TASK_ROOT", &task_root),
        ("LAMBDA_RUNTIME_DIR", "/var/runtime"),
        ("_HANDLER", &settings.handler),
        ("TZ", ":UTC"),
        ("LANG", "en_US.UTF-8"),
        ("PATH", "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// The reserved variables that belong to one instance.
pub(super) fn of_instance(number: u64, runtime_api: &str) -> [(&'static str, String); 2] {
    [
        ("AWS_LAMBDA_RUNTIME_API", runtime_api.to_owned()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", format!("1970/01/01/[1]{number:032x}")),
    ]
}
