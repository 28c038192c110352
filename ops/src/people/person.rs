//! A user of the pool.

use std::fmt;

use aws_sdk_cognitoidentityprovider::types::{UserStatusType, UserType};
use serde::{Serialize, Serializer};

use crate::moment::Moment;

/// A user of the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The user name, which Cognito makes itself where people sign in by their email address.
    pub username: String,
    /// The subject of their tokens.
    pub sub: Option<String>,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// Their full name.
    pub name: Option<String>,
    /// Whether they can sign in.
    pub status: Status,
    /// When the account was made.
    pub created: Option<Moment>,
}

/// Whether somebody can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Yes.
    Confirmed,
    /// They were sent a temporary password and have not signed in with it.
    Invited,
    /// An operator has turned them off.
    Disabled,
    /// They have to set a new password first.
    MustChangePassword,
    /// They have signed up by themselves and have not proved their address.
    Unconfirmed,
    /// Another identity provider signs them in.
    External,
    /// Cognito's word for anything else.
    Other(String),
}

impl Status {
    fn of(enabled: bool, status: Option<&UserStatusType>) -> Status {
        match status {
            _ if !enabled => Status::Disabled,
            Some(UserStatusType::Confirmed) => Status::Confirmed,
            Some(UserStatusType::ForceChangePassword) => Status::Invited,
            Some(UserStatusType::ResetRequired) => Status::MustChangePassword,
            Some(UserStatusType::Unconfirmed) => Status::Unconfirmed,
            Some(UserStatusType::ExternalProvider) => Status::External,
            other => Status::Other(other.map_or("unknown", UserStatusType::as_str).to_lowercase()),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Confirmed => "confirmed",
            Status::Invited => "invited",
            Status::Disabled => "disabled",
            Status::MustChangePassword => "must change password",
            Status::Unconfirmed => "unconfirmed",
            Status::External => "external provider",
            Status::Other(word) => word,
        })
    }
}

/// In the words that people see, with `_` between them.
impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string().replace(' ', "_"))
    }
}

impl Person {
    /// What an operator calls them: the email address, else the user name.
    #[must_use]
    pub fn label(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.username)
    }
}

impl From<UserType> for Person {
    fn from(user: UserType) -> Person {
        let attribute = |name: &str| {
            let found = user.attributes().iter().find(|attribute| attribute.name() == name);
            found.and_then(|attribute| attribute.value.clone()).filter(|value| !value.is_empty())
        };
        Person {
            sub: attribute("sub"),
            email: attribute("email"),
            name: attribute("name"),
            status: Status::of(user.enabled, user.user_status.as_ref()),
            created: user.user_create_date.map(|moment| Moment::from_unix(moment.secs())),
            username: user.username.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use aws_sdk_cognitoidentityprovider::types::AttributeType;

    use super::*;

    /// Somebody with an address at example.com.
    pub(in crate::people) fn person(username: &str, local_part: &str, name: Option<&str>) -> Person {
        Person {
            username: username.to_owned(),
            sub: Some(format!("sub-of-{username}")),
            email: Some(format!("{local_part}@example.com")),
            name: name.map(str::to_owned),
            status: Status::Confirmed,
            created: Some(Moment::from_unix(1_795_264_200)),
        }
    }

    #[test]
    fn who_is_disabled_is_so_whatever_else_they_are() {
        for (enabled, status, said) in [
            (true, UserStatusType::Confirmed, "confirmed"),
            (false, UserStatusType::Confirmed, "disabled"),
            (true, UserStatusType::ForceChangePassword, "invited"),
            (false, UserStatusType::ForceChangePassword, "disabled"),
            (true, UserStatusType::ResetRequired, "must change password"),
            (true, UserStatusType::ExternalProvider, "external provider"),
            (true, UserStatusType::Compromised, "compromised"),
            (true, UserStatusType::from("NEWER_THAN_THIS"), "newer_than_this"),
        ] {
            assert_eq!(Status::of(enabled, Some(&status)).to_string(), said);
        }
        assert_eq!(serde_json::json!(Status::MustChangePassword), "must_change_password");
    }

    #[test]
    fn a_user_is_read_with_what_it_lacks() {
        let with =
            |name: &str, value: &str| AttributeType::builder().name(name).value(value).build().unwrap();
        let user = UserType::builder().username("u").attributes(with("name", "")).enabled(true).build();
        let read = Person::from(user);
        assert_eq!((read.label(), &read.name, read.created), ("u", &None, None));
        let user = UserType::builder().username("u").attributes(with("email", "ada@example.com")).build();
        assert_eq!(Person::from(user).label(), "ada@example.com");
    }
}
