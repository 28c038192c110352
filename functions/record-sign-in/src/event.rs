//! The user pool's event, read for who has signed in where.

use serde::Deserialize;
use serde_json::Value;

/// Who has signed in where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignIn {
    /// The claim `sub`; the user name where the event has none.
    pub(crate) sub: String,
    pub(crate) username: String,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    /// The app client.
    pub(crate) client: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    trigger_source: String,
    user_name: String,
    #[serde(default)]
    caller_context: CallerContext,
    request: Request,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CallerContext {
    client_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    #[serde(default)]
    user_attributes: Attributes,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Attributes {
    sub: Option<String>,
    email: Option<String>,
    name: Option<String>,
}

/// An event that tells of no sign-in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSignIn {
    /// It has not the form.
    #[error("expected the event of a user pool")]
    Form(#[from] serde_json::Error),
    /// It is of another trigger.
    #[error("expected the trigger PostAuthentication, found {0:?}")]
    Trigger(String),
    /// It names nobody.
    #[error("expected a user name")]
    Nobody,
}

impl SignIn {
    /// Reads an event.
    pub(crate) fn read(event: &Value) -> Result<SignIn, NoSignIn> {
        let event = Event::deserialize(event)?;
        if !event.trigger_source.starts_with("PostAuthentication_") {
            return Err(NoSignIn::Trigger(event.trigger_source));
        }
        let said = |text: Option<String>| text.filter(|text| !text.is_empty());
        let attributes = event.request.user_attributes;
        let sub = said(attributes.sub).unwrap_or_else(|| event.user_name.clone());
        if sub.is_empty() {
            return Err(NoSignIn::Nobody);
        }
        Ok(SignIn {
            sub,
            username: event.user_name,
            email: said(attributes.email),
            name: said(attributes.name),
            client: event.caller_context.client_id,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_signed_in_is_read() {
        let event = json!({
            "version": "1", "triggerSource": "PostAuthentication_Authentication", "region": "eu-west-1",
            "userPoolId": "eu-west-1_EXAMPLE", "userName": "rae", "callerContext": {"awsSdkVersion": "x", "clientId": "c"},
            "request": {"newDeviceUsed": false, "userAttributes": {"sub": "s", "email": "rae@example.com", "email_verified": "true"}},
            "response": {},
        });
        let expected = SignIn {
            sub: "s".into(),
            username: "rae".into(),
            email: Some("rae@example.com".into()),
            name: None,
            client: "c".into(),
        };
        assert_eq!(SignIn::read(&event).unwrap(), expected);
    }

    #[test]
    fn other_events_tell_of_no_sign_in() {
        let other = json!({"triggerSource": "PreSignUp_SignUp", "userName": "rae", "request": {}});
        assert!(matches!(SignIn::read(&other), Err(NoSignIn::Trigger(_))));
        let nobody =
            json!({"triggerSource": "PostAuthentication_Authentication", "userName": "", "request": {}});
        assert!(matches!(SignIn::read(&nobody), Err(NoSignIn::Nobody)));
        assert!(matches!(SignIn::read(&json!("x")), Err(NoSignIn::Form(_))));
    }
}
