//! One function: called by somebody who waits, or sent an event that is tried again.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::Value;
use tokio::{runtime::Handle, task::JoinSet};

use super::{DeclaredFunction, FailedEvent, FailedEvents, text};
use crate::function_host::{FunctionHost, InvokeError};

/// How long a throttled event waits; that is no try.
const THROTTLED: Duration = Duration::from_millis(200);

/// A function and what is on its way to it.
#[derive(Debug)]
pub struct Function {
    declared: DeclaredFunction,
    host: Arc<FunctionHost>,
    failed: FailedEvents,
    first_retry_after: Duration,
    on_their_way: Mutex<JoinSet<()>>,
    /// Events also come from threads that are not the runtime's.
    runtime: Handle,
}

impl Function {
    pub(super) fn new(
        declared: DeclaredFunction,
        host: FunctionHost,
        failed: FailedEvents,
        first_retry_after: Duration,
    ) -> Self {
        let (host, runtime) = (Arc::new(host), Handle::current());
        Self { declared, host, failed, first_retry_after, on_their_way: Mutex::default(), runtime }
    }

    /// As the template declares it.
    #[must_use]
    pub fn declared(&self) -> &DeclaredFunction {
        &self.declared
    }

    /// Its instances and its log.
    #[must_use]
    pub fn host(&self) -> &FunctionHost {
        &self.host
    }

    /// Calls it and waits for its answer.
    ///
    /// # Errors
    /// When it gives none, or one that is no JSON.
    pub async fn call(&self, event: &Value) -> Result<Value, InvokeError> {
        let answer = self.host.invoke(&text(event)).await?;
        serde_json::from_slice(&answer).map_err(|error| InvokeError::Function {
            error_type: "Runtime.MarshalError".to_owned(),
            message: format!("expected JSON: {error}"),
        })
    }

    /// Sends it an event, which is tried again as often as the template says.
    pub fn send(&self, event: Value) {
        self.send_after(Duration::ZERO, event);
    }

    /// The same, some time later.
    pub(super) fn send_after(&self, delay: Duration, event: Value) {
        let delivery = Delivery {
            host: Arc::clone(&self.host),
            failed: self.failed.clone(),
            function: self.declared.short_name.clone(),
            retries: self.declared.retries,
            wait: self.first_retry_after,
        };
        let mut on_their_way = self.on_their_way.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that have arrived are forgotten on the way.
        while on_their_way.try_join_next().is_some() {}
        on_their_way.spawn_on(
            async move {
                tokio::time::sleep(delay).await;
                delivery.deliver(event).await;
            },
            &self.runtime,
        );
    }

    pub(super) async fn stop(self: Arc<Self>) {
        let mut on_their_way =
            std::mem::take(&mut *self.on_their_way.lock().unwrap_or_else(PoisonError::into_inner));
        on_their_way.shutdown().await;
        let Some(function) = Arc::into_inner(self) else { return };
        if let Some(host) = Arc::into_inner(function.host) {
            host.stop().await;
        }
    }
}

/// An event on its way.
struct Delivery {
    host: Arc<FunctionHost>,
    failed: FailedEvents,
    function: String,
    retries: u32,
    wait: Duration,
}

impl Delivery {
    async fn deliver(mut self, event: Value) {
        let body = text(&event);
        let mut attempts = 0;
        loop {
            let error = match self.host.invoke(&body).await {
                Ok(_) | Err(InvokeError::Stopped) => return,
                Err(InvokeError::Throttled { .. }) => {
                    tokio::time::sleep(THROTTLED).await;
                    continue;
                }
                Err(error) => error.to_string(),
            };
            attempts += 1;
            if attempts > self.retries {
                return self.failed.add(FailedEvent { function: self.function, event, attempts, error });
            }
            tracing::warn!(function = self.function, attempts, "an event is tried again: {error}");
            tokio::time::sleep(self.wait).await;
            self.wait *= 2;
        }
    }
}
