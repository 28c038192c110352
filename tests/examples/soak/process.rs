//! What the kernel knows of the gate's processes: proc_pid_status(5).

use std::fs;
use std::path::Path;

use anyhow::Context;

/// The processes that run in a folder.
///
/// # Errors
/// If there is no such folder.
pub(crate) fn running_in(folder: &Path) -> anyhow::Result<Vec<u32>> {
    let folder = folder.canonicalize()?;
    let processes = fs::read_dir("/proc")?.filter_map(Result::ok);
    let number = |entry: fs::DirEntry| entry.file_name().to_str()?.parse().ok();
    let is_its = |number: &u32| fs::read_link(format!("/proc/{number}/cwd")).is_ok_and(|its| its == folder);
    Ok(processes.filter_map(number).filter(is_its).collect())
}

/// The resident memory of a process in kB of 1,024 bytes.
///
/// # Errors
/// If there is no such process.
pub(crate) fn resident(process: u32) -> anyhow::Result<u64> {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let figure = line.and_then(|line| line.split_whitespace().next());
    figure.and_then(|figure| figure.parse().ok()).with_context(|| format!("{path} holds no VmRSS"))
}
