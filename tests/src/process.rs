//! What the kernel knows of a process: proc_pid_stat(5), proc_pid_status(5).

use std::fs;
use std::io;
use std::path::Path;

/// The kernel counts CPU time in hundredths of a second (`USER_HZ`); this in milliseconds.
const TICK: f64 = 10.0;

/// The processes that run in a folder.
///
/// # Errors
/// If there is no such folder.
pub fn running_in(folder: &Path) -> io::Result<Vec<u32>> {
    let folder = folder.canonicalize()?;
    let processes = fs::read_dir("/proc")?.filter_map(Result::ok);
    let number = |entry: fs::DirEntry| entry.file_name().to_str()?.parse().ok();
    let is_its = |number: &u32| fs::read_link(format!("/proc/{number}/cwd")).is_ok_and(|its| its == folder);
    Ok(processes.filter_map(number).filter(is_its).collect())
}

/// CPU time in user and kernel mode of all threads so far, in milliseconds.
///
/// # Errors
/// If there is no such process.
pub fn cpu_time(process: u32) -> io::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program, in parentheses, may hold anything; utime is field 14, and field 3 comes after it.
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    let ticks: f64 = ticks.collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?.into_iter().sum();
    Ok(ticks * TICK)
}

/// Resident memory in kB of 1,024 bytes.
///
/// # Errors
/// If there is no such process.
pub fn resident(process: u32) -> io::Result<u64> {
    said(process, "VmRSS:")
}

/// The most resident memory so far, in kB of 1,024 bytes.
///
/// # Errors
/// If there is no such process.
pub fn most_resident(process: u32) -> io::Result<u64> {
    said(process, "VmHWM:")
}

fn said(process: u32, name: &str) -> io::Result<u64> {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(&path)?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let figure = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    figure.ok_or_else(|| io::Error::other(format!("{path} holds no {name}")))
}
