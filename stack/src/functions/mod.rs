//! The functions beside the API, as `infra/functions.yaml` declares them: what starts them, with which environment, how
//! often an event is tried again, and what becomes of one that failed for good.
//!
//! They run in the function host, as the very binaries that are deployed. Permissions are held where AWS holds them when
//! a trigger is set up; what a role may do is not held here, but by reading the template.

mod bucket_event;
mod declared;
mod failed;
mod function;
mod invoke_api;
mod notification;
mod schedule;
mod settings;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use tokio::task::JoinHandle;

pub use declared::{Declared, DeclaredError, DeclaredFunction};
pub use failed::{FailedEvent, FailedEvents};
pub use function::Function;
pub use invoke_api::InvokeApi;
pub use notification::BucketNotification;
pub use schedule::{Rate, Schedule};
pub use settings::FunctionsSettings;

use crate::{
    bucket::Bucket,
    function_host::{FunctionHost, HostError, HostSettings},
    pool::PostAuthentication,
};

/// Why the functions do not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FunctionsError {
    /// Some are not built.
    #[error("{} missing; `make build` makes {}", missing(.0), if .0.len() == 1 { "it" } else { "them" })]
    NotBuilt(Vec<PathBuf>),
    /// The host does not take one.
    #[error("the function {name} cannot be hosted")]
    Host {
        /// Its name.
        name: String,
        /// Why.
        source: HostError,
    },
    /// A trigger names a function that there is not, or one that may not be started by it.
    #[error("{0}")]
    Trigger(String),
}

fn missing(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    format!("{} {}", names.join(", "), if paths.len() == 1 { "is" } else { "are" })
}

/// All functions. They end when this is stopped or dropped.
#[derive(Debug)]
pub struct Functions {
    declared: Declared,
    by_arn: BTreeMap<String, Arc<Function>>,
    failed: FailedEvents,
    settings: FunctionsSettings,
    schedules: Mutex<Vec<JoinHandle<()>>>,
}

impl Functions {
    /// Takes them on. No process starts before the first event.
    ///
    /// # Errors
    /// When one is not built, or cannot be hosted.
    pub async fn start(declared: Declared, settings: FunctionsSettings) -> Result<Functions, FunctionsError> {
        let bootstrap =
            |function: &DeclaredFunction| settings.folder.join(&function.short_name).join("bootstrap");
        let absent: Vec<_> =
            declared.functions.iter().map(bootstrap).filter(|path| !path.is_file()).collect();
        if !absent.is_empty() {
            return Err(FunctionsError::NotBuilt(absent));
        }
        let failed = FailedEvents::default();
        let mut by_arn = BTreeMap::new();
        for function in &declared.functions {
            let executable = bootstrap(function);
            let task_root = settings.folder.join(&function.short_name);
            let host = HostSettings {
                function_name: function.name.clone(),
                handler: "bootstrap".to_owned(),
                region: settings.region.clone(),
                memory_mb: function.memory_mb,
                instances: function.instances.unwrap_or(4).clamp(1, 10),
                timeout: function.timeout,
                extra_env: settings.environment_of(function),
                ..HostSettings::new(executable, task_root)
            };
            let host = FunctionHost::start(host).await;
            let host = host.map_err(|source| FunctionsError::Host { name: function.name.clone(), source })?;
            let function_ = Function::new(function.clone(), host, failed.clone(), settings.first_retry_after);
            by_arn.insert(function.arn.clone(), Arc::new(function_));
        }
        Ok(Functions { declared, by_arn, failed, settings, schedules: Mutex::default() })
    }

    /// Has a bucket tell of what is put into it. S3 sends a test event first.
    ///
    /// # Errors
    /// When a function is not there, or does not let the bucket start it: S3 refuses such a configuration.
    pub fn listen_to(
        &self,
        bucket: &Bucket,
        notifications: &[BucketNotification],
    ) -> Result<(), FunctionsError> {
        let name = bucket.settings().name.clone();
        for notification in notifications {
            let source = format!("arn:aws:s3:::{name}");
            let function = self.permitted(&notification.function, "s3.amazonaws.com", &source)?;
            let clock = bucket.settings().clock.clone();
            function.send(bucket_event::test_event(&name, clock.now()));
            let (notification, settings, name) = (notification.clone(), self.settings.clone(), name.clone());
            bucket.on_created(move |created| {
                if notification.covers(&created.object.key) {
                    let event = bucket_event::created(&name, &settings.region, created, clock.now());
                    for _ in 0..settings.copies_of_events.max(1) {
                        function.send_after(settings.events_late_by, event.clone());
                    }
                }
            });
        }
        Ok(())
    }

    /// The trigger for the user pool of this ARN, if a function lets it start it.
    #[must_use]
    pub fn post_authentication(&self, pool_arn: &str) -> Option<PostAuthentication> {
        let functions = self.by_arn.values();
        let allowed = |function: &&Arc<Function>| {
            self.declared.permits(&function.declared().name, "cognito-idp.amazonaws.com", pool_arn)
        };
        let function = Arc::clone(functions.into_iter().find(allowed)?);
        Some(PostAuthentication::new(move |event| {
            let function = Arc::clone(&function);
            Box::pin(async move { function.call(&event).await.map_err(|error| error.to_string()) })
        }))
    }

    /// Starts the schedules.
    ///
    /// # Errors
    /// When one names a function that is not there.
    pub fn start_schedules(&self) -> Result<(), FunctionsError> {
        for schedule in &self.declared.schedules {
            let function = self.by_arn.get(&schedule.function).cloned().ok_or_else(|| {
                FunctionsError::Trigger(format!(
                    "the schedule {}: expected its target to be a function",
                    schedule.name
                ))
            })?;
            let every = self.settings.schedule_every.unwrap_or(schedule.rate.0);
            let running = schedule::run(function, every, schedule.input.clone());
            self.schedules.lock().unwrap_or_else(PoisonError::into_inner).push(tokio::spawn(running));
        }
        Ok(())
    }

    /// What the template declares.
    #[must_use]
    pub fn declared(&self) -> &Declared {
        &self.declared
    }

    /// A function by the last part of its name, such as `announce`.
    #[must_use]
    pub fn named(&self, short_name: &str) -> Option<&Arc<Function>> {
        self.by_arn.values().find(|function| function.declared().short_name == short_name)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Function>> {
        self.by_arn.values()
    }

    /// Events that failed for good.
    #[must_use]
    pub fn failed(&self) -> &FailedEvents {
        &self.failed
    }

    fn permitted(&self, arn: &str, principal: &str, source: &str) -> Result<Arc<Function>, FunctionsError> {
        let function = self.by_arn.get(arn).ok_or_else(|| {
            FunctionsError::Trigger(format!("{source} tells a function that is not there: {arn}"))
        })?;
        match self.declared.permits(&function.declared().name, principal, source) {
            true => Ok(Arc::clone(function)),
            false => Err(FunctionsError::Trigger(format!(
                "{source} may not start {}: expected a permission for {principal}",
                function.declared().name
            ))),
        }
    }

    /// Stops all of them; events on their way are given up.
    pub async fn stop(self) {
        for schedule in self.schedules.into_inner().unwrap_or_else(PoisonError::into_inner) {
            schedule.abort();
        }
        for (_, function) in self.by_arn {
            function.stop().await;
        }
    }
}

/// The event as text, for a function.
pub(crate) fn text(event: &Value) -> Vec<u8> {
    // A JSON value always serialises.
    serde_json::to_vec(event).unwrap_or_default()
}
