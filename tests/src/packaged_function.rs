//! A packaged function in the function host.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::local_aws::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};
use serde_json::Value;
use stack::function_host::{FunctionHost, HostError, HostSettings, InvokeError};

/// The function, until it is dropped.
pub struct Running {
    /// Where it runs.
    pub host: FunctionHost,
}

impl Running {
    /// Starts the function that `make build` left, for which AWS is at `endpoint`. `FUNCTIONS_DIR` puts other builds in the
    /// place of the packaged ones.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start(name: &str, endpoint: &str, environment: &[(&str, &str)]) -> Running {
        let folder = std::env::var_os("FUNCTIONS_DIR")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/functions"), PathBuf::from);
        let host = Running::host(name, &folder.join(name), endpoint, environment).await;
        Running { host: host.expect("`make build` makes the functions") }
    }

    /// The program `bootstrap` of a folder as a function.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn host(
        name: &str,
        folder: &Path,
        endpoint: &str,
        environment: &[(&str, &str)],
    ) -> Result<FunctionHost, HostError> {
        let aws = [
            ("AWS_ENDPOINT_URL", endpoint),
            ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID),
            ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY),
        ];
        let environment = aws.iter().chain(environment);
        let settings = HostSettings {
            function_name: name.to_owned(),
            region: "ap-southeast-1".to_owned(),
            instances: 1,
            timeout: Duration::from_secs(60),
            init_timeout: Duration::from_secs(60),
            extra_env: environment.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            ..HostSettings::new(folder.join("bootstrap"), folder)
        };
        FunctionHost::start(settings).await
    }

    /// Hands it an event.
    ///
    /// # Errors
    /// If it reports one, or ends.
    ///
    /// # Panics
    /// If it answers something else than JSON.
    pub async fn call(&self, event: &Value) -> Result<Value, InvokeError> {
        let answer = self.host.invoke(event.to_string().as_bytes()).await?;
        Ok(serde_json::from_slice(&answer).expect("an answer is JSON"))
    }

    /// Hands it an event with which it fails, so that Lambda would try again; gives what it says.
    ///
    /// # Panics
    /// If it does not report an error.
    pub async fn fails(&self, event: &Value) -> String {
        match self.call(event).await {
            Err(InvokeError::Function { message, .. }) => message,
            other => panic!("expected the function to report an error, found {other:?}"),
        }
    }

    /// The log's lines as JSON, once it has one for which `wanted` holds.
    ///
    /// # Panics
    /// If it does not come.
    pub async fn line(&self, wanted: impl Fn(&Value) -> bool) -> Value {
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
        tokio::time::timeout(Duration::from_secs(10), found).await.expect("a line of the log")
    }
}
