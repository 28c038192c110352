//! A packaged function in the function host.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use stack::function_host::{FunctionHost, HostError, HostSettings, InvokeError};

use crate::local_aws::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};

/// How long an event may take, unless a test says otherwise.
const UNHURRIED: Duration = Duration::from_secs(60);
/// How long a line of the log may take to come through its pipe.
const PATIENCE: Duration = Duration::from_secs(10);

/// The function, until it is dropped.
pub struct Running {
    /// Where it runs.
    pub host: FunctionHost,
}

/// What was expected of a function and did not come.
#[derive(Debug, thiserror::Error)]
pub enum FunctionError {
    /// It does not start.
    #[error("the function does not start; `make build` makes it")]
    Host(#[from] HostError),
    /// It reports an error, or ended.
    #[error(transparent)]
    Invoke(#[from] InvokeError),
    /// Its answer is no JSON.
    #[error("the function's answer is no JSON")]
    Answer(#[from] serde_json::Error),
    /// It did well where it should not have.
    #[error("expected the function to fail, found the answer {0}")]
    Answered(Value),
    /// It failed in another way than it should have.
    #[error("expected the function to fail in another way: {0}")]
    Ended(InvokeError),
    /// The log has no such line.
    #[error("a line of the log did not come")]
    NoLine,
}

impl Running {
    /// Starts the function that `make build` left, for which AWS is at `endpoint`. `FUNCTIONS_DIR` puts other builds in the
    /// place of the packaged ones.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(
        name: &str,
        endpoint: &str,
        environment: &[(&str, &str)],
    ) -> Result<Running, FunctionError> {
        Running::from_folder(name, &packaged(name), endpoint, environment).await
    }

    /// The same, with so much time for an event as the template would give it.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn with_timeout(
        name: &str,
        endpoint: &str,
        environment: &[(&str, &str)],
        timeout: Duration,
    ) -> Result<Running, FunctionError> {
        let settings = settings(name, &packaged(name), endpoint, environment);
        Ok(Running { host: FunctionHost::start(HostSettings { timeout, ..settings }).await? })
    }

    /// The program `bootstrap` of a folder as a function.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn from_folder(
        name: &str,
        folder: &Path,
        endpoint: &str,
        environment: &[(&str, &str)],
    ) -> Result<Running, FunctionError> {
        Ok(Running { host: FunctionHost::start(settings(name, folder, endpoint, environment)).await? })
    }

    /// Hands it an event.
    ///
    /// # Errors
    /// If it reports one, or ends.
    pub async fn call(&self, event: &Value) -> Result<Value, FunctionError> {
        let answer = self.host.invoke(event.to_string().as_bytes()).await?;
        Ok(serde_json::from_slice(&answer)?)
    }

    /// Hands it an event with which it fails, so that Lambda would try again; gives what it says.
    ///
    /// # Errors
    /// If it does not report an error.
    pub async fn fails(&self, event: &Value) -> Result<String, FunctionError> {
        match self.call(event).await {
            Err(FunctionError::Invoke(InvokeError::Function { message, .. })) => Ok(message),
            Err(FunctionError::Invoke(other)) => Err(FunctionError::Ended(other)),
            Err(other) => Err(other),
            Ok(answer) => Err(FunctionError::Answered(answer)),
        }
    }

    /// Hands it an event for which its time does not suffice: Lambda ends the process, and tries again with another.
    ///
    /// # Errors
    /// If it answers, or ends by itself.
    pub async fn runs_out_of_time(&self, event: &Value) -> Result<(), FunctionError> {
        match self.call(event).await {
            Err(FunctionError::Invoke(InvokeError::TimedOut { .. })) => Ok(()),
            Err(FunctionError::Invoke(other)) => Err(FunctionError::Ended(other)),
            Err(other) => Err(other),
            Ok(answer) => Err(FunctionError::Answered(answer)),
        }
    }

    /// The log's line, as JSON, for which `wanted` holds.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn line(&self, wanted: impl Fn(&Value) -> bool) -> Result<Value, FunctionError> {
        let mut log = self.host.logs();
        let found = async {
            loop {
                let line = log.next_line().await;
                if let Ok(line) = serde_json::from_str::<Value>(&line.text)
                    && wanted(&line)
                {
                    return line;
                }
            }
        };
        tokio::time::timeout(PATIENCE, found).await.map_err(|_| FunctionError::NoLine)
    }
}

/// Where `make build` leaves a function.
fn packaged(name: &str) -> PathBuf {
    let folder = std::env::var_os("FUNCTIONS_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/functions"), PathBuf::from);
    folder.join(name)
}

fn settings(name: &str, folder: &Path, endpoint: &str, environment: &[(&str, &str)]) -> HostSettings {
    let aws = [
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY),
    ];
    let environment = aws.iter().chain(environment);
    HostSettings {
        function_name: name.to_owned(),
        region: "ap-southeast-1".to_owned(),
        instances: 1,
        timeout: UNHURRIED,
        init_timeout: UNHURRIED,
        extra_env: environment.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..HostSettings::new(folder.join("bootstrap"), folder)
    }
}
