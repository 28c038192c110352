//! What can be set about the functions on this machine.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use super::DeclaredFunction;

/// Where the functions are, and how their events come.
#[derive(Clone, Debug)]
pub struct FunctionsSettings {
    /// A folder for each function, with its `bootstrap`.
    pub folder: PathBuf,
    /// `AWS_REGION`.
    pub region: String,
    /// Variables for all of them beside those of the template: where AWS is, and as whom to ask it.
    pub environment: Vec<(String, String)>,
    /// Further variables by function, such as `announce`.
    pub more_environment: BTreeMap<String, Vec<(String, String)>>,
    /// How long until an event is tried again, the first time; twice as long the second time. Lambda waits a minute.
    pub first_retry_after: Duration,
    /// How often an event of a bucket comes: at least once.
    pub copies_of_events: u32,
    /// How late an event of a bucket comes.
    pub events_late_by: Duration,
    /// How often schedules run, instead of as often as they say.
    pub schedule_every: Option<Duration>,
}

impl FunctionsSettings {
    /// Functions of this folder, with events that come once and at once, and are tried again soon.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            region: "ap-southeast-1".to_owned(),
            environment: Vec::new(),
            more_environment: BTreeMap::new(),
            first_retry_after: Duration::from_secs(1),
            copies_of_events: 1,
            events_late_by: Duration::ZERO,
            schedule_every: None,
        }
    }

    pub(super) fn environment_of(&self, function: &DeclaredFunction) -> Vec<(String, String)> {
        let more = self.more_environment.get(&function.short_name).into_iter().flatten();
        function.environment.iter().chain(&self.environment).chain(more).cloned().collect()
    }
}
