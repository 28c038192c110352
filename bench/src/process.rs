//! What the kernel knows of a process: proc_pid_stat(5), proc_pid_status(5).

use std::fs;

use anyhow::{Context, bail};

/// CPU time in user and kernel mode of all threads so far, in microseconds. The kernel counts in ticks of 10 ms.
pub(crate) fn cpu_time(process: u32) -> anyhow::Result<f64> {
    let path = format!("/proc/{process}/stat");
    let stat = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    // The name of the program, in parentheses, may hold anything; utime is field 14, and field 3 comes after it.
    let (_, fields) = stat.rsplit_once(')').with_context(|| format!("{path} names no program"))?;
    let mut ticks = fields.split_whitespace().skip(11).map(str::parse::<u32>);
    let (Some(Ok(user)), Some(Ok(kernel))) = (ticks.next(), ticks.next()) else {
        bail!("{path} counts no ticks");
    };
    Ok(f64::from(user + kernel) * 1e6 / clock_ticks())
}

/// Resident memory in kB of 1,024 bytes.
pub(crate) fn resident(process: u32) -> anyhow::Result<u32> {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let figure = line.and_then(|line| line.split_whitespace().next());
    figure.and_then(|figure| figure.parse().ok()).with_context(|| format!("{path} holds no VmRSS"))
}

#[expect(clippy::cast_precision_loss, reason = "it is 100")]
fn clock_ticks() -> f64 {
    rustix::param::clock_ticks_per_second() as f64
}
