//! The greeting of Parameter Store, remembered for a minute.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use aws_sdk_ssm::{Client, error::DisplayErrorContext};
use time::OffsetDateTime;

/// How long it is remembered.
const REMEMBERED: time::Duration = time::Duration::minutes(1);
/// How long it is waited for: a sign-in without a greeting is better than a late one.
const PATIENCE: Duration = Duration::from_millis(400);

/// The greeting.
pub(crate) struct Greeting {
    client: Client,
    parameter: String,
    known: Mutex<Option<(String, OffsetDateTime)>>,
}

impl Greeting {
    pub(crate) fn new(client: Client, parameter: String) -> Greeting {
        Greeting { client, parameter, known: Mutex::new(None) }
    }

    /// The greeting, or the one known before where it cannot be read now.
    pub(crate) async fn read(&self, now: OffsetDateTime) -> Option<String> {
        let known = self.known();
        if let Some((text, since)) = &known
            && now - *since < REMEMBERED
        {
            return Some(text.clone());
        }
        let asked = self.client.get_parameter().name(&self.parameter).send();
        let problem = match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => match answer.parameter.and_then(|parameter| parameter.value) {
                Some(text) => {
                    *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((text.clone(), now));
                    return Some(text);
                }
                None => "it has no value".to_owned(),
            },
            Ok(Err(error)) => DisplayErrorContext(error).to_string(),
            Err(_late) => format!("no answer after {} ms", PATIENCE.as_millis()),
        };
        tracing::warn!(parameter = self.parameter, problem, "the greeting could not be read");
        known.map(|(text, _)| text)
    }

    fn known(&self) -> Option<(String, OffsetDateTime)> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
