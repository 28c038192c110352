//! What can be set about the CMS on this machine.

use std::{path::PathBuf, time::Duration};

/// What can be set about the CMS.
#[derive(Clone, Debug)]
pub struct CmsSettings {
    /// The API's binary.
    pub backend: PathBuf,
    /// The functions' binaries: a folder for each.
    pub functions: PathBuf,
    /// Where everything is kept from one start to the next; without it, until the end.
    pub data: Option<PathBuf>,
    /// `DATABASE_URL`, where it is not the SQLite file of the data.
    pub database_url: Option<String>,
    /// How long `announce` is held back, so that a publication's steps can be watched.
    pub publish_delay: Option<u64>,
    /// The first site's folder, published on the first start.
    pub first_site: Option<PathBuf>,
    /// Further variables for the API, which win.
    pub backend_environment: Vec<(String, String)>,
    /// How often schedules run, instead of each minute.
    pub schedule_every: Option<Duration>,
    /// How long a function's event waits until it is tried again, the first time.
    pub first_retry_after: Duration,
    /// How often an event of a bucket comes: at least once.
    pub copies_of_events: u32,
    /// How late an event of a bucket comes.
    pub events_late_by: Duration,
    /// Told how far the first site is.
    pub say: fn(&str),
}

impl CmsSettings {
    /// These binaries, with nothing kept and no first site.
    #[must_use]
    pub fn new(backend: impl Into<PathBuf>, functions: impl Into<PathBuf>) -> CmsSettings {
        CmsSettings {
            backend: backend.into(),
            functions: functions.into(),
            data: None,
            database_url: None,
            publish_delay: None,
            first_site: None,
            backend_environment: Vec::new(),
            schedule_every: None,
            first_retry_after: Duration::from_secs(1),
            copies_of_events: 1,
            events_late_by: Duration::ZERO,
            say: |_| {},
        }
    }
}
