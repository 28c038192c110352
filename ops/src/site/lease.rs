//! Who deploys a site at this moment: a lease in the journal, renewed while the deploy works.
//!
//! An interrupted deploy and a running one leave the same journal. The lease tells them apart: one that is not renewed any
//! more may be taken over, and so may that of a process of this machine that is gone.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use crate::moment::Moment;

/// How long a lease lasts without being renewed, in seconds.
const LASTS: i64 = 60;
/// How often it is renewed.
pub(super) const RENEWAL: Duration = Duration::from_secs(15);

/// The deploys of this process.
static RUNNING: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(Mutex::default);

/// Who deploys, and until when that is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The machine and the process: `build-7/1234`.
    pub holder: String,
    /// When it ends unless it is renewed.
    pub until: Moment,
}

/// A deploy that runs in this process, until it is dropped.
pub(super) struct Running(String);

impl Lease {
    /// That of this process.
    pub(super) fn of_this_process(now: Moment) -> Lease {
        Lease { holder: format!("{}/{}", machine(), std::process::id()), until: now.plus(LASTS) }
    }

    /// Whether the deploy with this id still works, as far as can be told.
    pub(super) fn is_held(&self, deploy: &str, now: Moment) -> bool {
        let (machine_of_holder, process) = self.holder.rsplit_once('/').unwrap_or((&self.holder, ""));
        if self.until <= now {
            return false;
        }
        if machine_of_holder != machine() {
            return true;
        }
        if process == std::process::id().to_string() {
            return RUNNING.lock().unwrap_or_else(PoisonError::into_inner).contains(deploy);
        }
        Path::new("/proc").join(process).exists() || !Path::new("/proc/self").exists()
    }
}

impl Running {
    /// Notes that this deploy works.
    pub(super) fn begin(deploy: &str) -> Running {
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner).insert(deploy.to_owned());
        Running(deploy.to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// The machine's name; where there is none, all are the same.
fn machine() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .map(|name| name.trim().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_unix(1_000);

    #[test]
    fn a_lease_ends_by_itself() {
        let elsewhere = Lease { holder: "elsewhere/1".into(), until: NOW.plus(1) };
        assert!(elsewhere.is_held("d", NOW) && !elsewhere.is_held("d", NOW.plus(1)));
    }

    #[test]
    fn a_process_of_this_machine_that_is_gone_holds_none() {
        let lease = Lease::of_this_process(NOW);
        assert!(!lease.is_held("lease-test", NOW));
        let running = Running::begin("lease-test");
        assert!(lease.is_held("lease-test", NOW) && !lease.is_held("another", NOW));
        drop(running);
        assert!(!lease.is_held("lease-test", NOW));
        let gone = Lease { holder: format!("{}/999999999", machine()), until: NOW.plus(10) };
        assert!(!gone.is_held("d", NOW));
    }
}
