//! The trigger that runs when somebody has proven who they are, before there are tokens.
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html>
//!
//! Cognito waits for the function, and not for long. Whatever goes wrong in it ends the sign-in.

use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{settings::PoolSettings, user::User};

/// How long the function may take.
const LIMIT: Duration = Duration::from_secs(5);
/// How often it is called if it takes longer. Cognito calls again, without saying how often.
const CALLS: usize = 2;

/// What a call comes to: the function's answer, or why there is none.
pub type Called = Pin<Box<dyn Future<Output = Result<Value, String>> + Send>>;

/// The function that is called, from outside of the pool.
#[derive(Clone)]
pub struct PostAuthentication(Arc<dyn Fn(Value) -> Called + Send + Sync>);

impl PostAuthentication {
    /// Calls `function` with the event.
    pub fn new(function: impl Fn(Value) -> Called + Send + Sync + 'static) -> Self {
        Self(Arc::new(function))
    }

    /// Tells the function of a sign-in; the text that Cognito shows if that went wrong.
    pub(crate) async fn tell(&self, event: &Value) -> Result<(), String> {
        for _ in 0..CALLS {
            match tokio::time::timeout(LIMIT, (self.0)(event.clone())).await {
                Ok(Ok(answer)) if answer.get("response").is_some_and(Value::is_object) => return Ok(()),
                Ok(Ok(_)) => return Err("Unrecognizable lambda output".to_owned()),
                Ok(Err(message)) => return Err(format!("PostAuthentication failed with error {message}.")),
                Err(_late) => {}
            }
        }
        Err("PostAuthentication invocation failed due to error Socket timeout while invoking Lambda function."
            .to_owned())
    }
}

impl fmt::Debug for PostAuthentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostAuthentication")
    }
}

/// The event, as AWS's recorded one is.
pub(crate) fn event(settings: &PoolSettings, client_id: &str, user: &User) -> Value {
    let mut attributes = json!({
        "sub": user.sub,
        "email_verified": user.confirmed.to_string(),
        "cognito:user_status": "CONFIRMED",
        "email": user.email,
    });
    if let (Some(name), Some(members)) = (&user.name, attributes.as_object_mut()) {
        members.insert("name".to_owned(), name.as_str().into());
    }
    json!({
        "version": "1",
        "region": settings.region,
        "userPoolId": settings.pool_id,
        "userName": user.username,
        "callerContext": { "awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client_id },
        "triggerSource": "PostAuthentication_Authentication",
        "request": { "userAttributes": attributes, "newDeviceUsed": false },
        "response": {},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(answer: Result<Value, String>) -> PostAuthentication {
        PostAuthentication::new(move |_| {
            let answer = answer.clone();
            Box::pin(async move { answer })
        })
    }

    #[tokio::test]
    async fn only_the_event_itself_lets_the_sign_in_go_on() {
        let event = json!({"response": {}});
        assert_eq!(answers(Ok(event.clone())).tell(&event).await, Ok(()));
        assert!(answers(Ok(json!({}))).tell(&event).await.is_err());
        let failed = answers(Err("no".to_owned())).tell(&event).await.unwrap_err();
        assert_eq!(failed, "PostAuthentication failed with error no.");
    }

    #[tokio::test(start_paused = true)]
    async fn a_function_that_takes_longer_than_five_seconds_is_called_again_and_ends_the_sign_in() {
        let slow = PostAuthentication::new(|event| {
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(5_001)).await;
                Ok(event)
            })
        });
        let event = json!({"response": {}});
        assert!(slow.tell(&event).await.unwrap_err().contains("timeout"));
        let just_in_time = PostAuthentication::new(|event| {
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(4_999)).await;
                Ok(event)
            })
        });
        assert_eq!(just_in_time.tell(&event).await, Ok(()));
    }
}
