//! Amazon Cognito: the people of a user pool, and the groups they are in.

use std::fmt;

use aws_sdk_cognitoidentityprovider::config::Config;
use aws_sdk_cognitoidentityprovider::operation::admin_create_user::AdminCreateUserError;
use aws_sdk_cognitoidentityprovider::types::{
    AttributeType, DeliveryMediumType, MessageActionType, UserType,
};

use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};

use super::{CallError, Cloud};

/// How many people, or groups, one call lists.
const PAGE: i32 = 60;

/// Somebody who is to be invited.
pub struct Invitee<'a> {
    /// The user name; the email address, where people sign in by it.
    pub username: &'a str,
    /// Where the invitation goes.
    pub email: &'a str,
    /// Their full name.
    pub name: Option<&'a str>,
    /// What they sign in with for the first time. The invitation tells it.
    pub temporary_password: &'a str,
}

/// The temporary password is a secret.
impl fmt::Debug for Invitee<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitee").field("username", &self.username).finish_non_exhaustive()
    }
}

/// Tells the SDK, which takes any limit for throttling, that no patience brings tomorrow's mails.
#[derive(Debug)]
struct MailLimit;

impl ClassifyRetry for MailLimit {
    fn classify_retry(&self, call: &InterceptorContext) -> RetryAction {
        let error = call.output_or_error().and_then(|outcome| outcome.err());
        let error = error.and_then(|error| error.as_operation_error());
        match error.and_then(|error| error.downcast_ref::<AdminCreateUserError>()) {
            Some(error) if error.meta().code() == Some("LimitExceededException") => {
                RetryAction::RetryForbidden
            }
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "limit of mails"
    }
}

impl Cloud {
    /// Everybody in a user pool. What was changed a moment ago may be missing: Cognito's lists are eventually consistent.
    ///
    /// # Errors
    ///
    /// When a call fails; with the code `ResourceNotFoundException` there is no such pool.
    pub async fn people(&self, pool: &str) -> Result<Vec<UserType>, CallError> {
        let request = self.cognito().list_users().user_pool_id(pool).limit(PAGE);
        let people = request.into_paginator().items().send().try_collect().await;
        people.map_err(|error| CallError::new(format!("listing the people of {pool}"), error))
    }

    /// The user names of everybody in a group.
    ///
    /// # Errors
    ///
    /// When a call fails.
    pub async fn people_in_group(&self, pool: &str, group: &str) -> Result<Vec<String>, CallError> {
        let request = self.cognito().list_users_in_group().user_pool_id(pool).group_name(group).limit(PAGE);
        let people: Result<Vec<UserType>, _> = request.into_paginator().items().send().try_collect().await;
        let people =
            people.map_err(|error| CallError::new(format!("listing who is in {group} of {pool}"), error))?;
        Ok(people.into_iter().filter_map(|person| person.username).collect())
    }

    /// The person with this user name or `sub`, or with this email address where people sign in by it; as of this moment.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn person(&self, pool: &str, username: &str) -> Result<Option<UserType>, CallError> {
        let call = self.cognito().admin_get_user().user_pool_id(pool).username(username);
        match call.send().await {
            Ok(person) => Ok(Some(
                UserType::builder()
                    .username(person.username)
                    .set_attributes(person.user_attributes)
                    .set_user_create_date(person.user_create_date)
                    .enabled(person.enabled)
                    .set_user_status(person.user_status)
                    .build(),
            )),
            Err(error) => match CallError::new(format!("looking for {username} in {pool}"), error) {
                error if error.is("UserNotFoundException") => Ok(None),
                error => Err(error),
            },
        }
    }

    /// The names of the groups that somebody is in.
    ///
    /// # Errors
    ///
    /// When a call fails.
    pub async fn groups_of(&self, pool: &str, username: &str) -> Result<Vec<String>, CallError> {
        let request =
            self.cognito().admin_list_groups_for_user().user_pool_id(pool).username(username).limit(PAGE);
        let mut pages = request.into_paginator().items().send();
        let mut groups = Vec::new();
        while let Some(group) = pages.next().await {
            let group =
                group.map_err(|error| CallError::new(format!("listing the groups of {username}"), error))?;
            groups.extend(group.group_name);
        }
        Ok(groups)
    }

    /// Makes somebody's account; Cognito sends them an invitation by email. Whoever reads it has the mailbox, so the address
    /// counts as verified.
    ///
    /// # Errors
    ///
    /// When the call fails; with the code `UsernameExistsException` they are there already.
    pub async fn invite_person(&self, pool: &str, invitee: &Invitee<'_>) -> Result<UserType, CallError> {
        let doing = || format!("inviting {}", invitee.email);
        let attribute = |name: &str, value: &str| {
            let attribute = AttributeType::builder().name(name).value(value).build();
            attribute.map_err(|_| CallError::incomplete(doing(), name))
        };
        let mut call = self
            .cognito()
            .admin_create_user()
            .user_pool_id(pool)
            .username(invitee.username)
            .temporary_password(invitee.temporary_password)
            .desired_delivery_mediums(DeliveryMediumType::Email)
            .user_attributes(attribute("email", invitee.email)?)
            .user_attributes(attribute("email_verified", "true")?);
        if let Some(name) = invitee.name {
            call = call.user_attributes(attribute("name", name)?);
        }
        let answer =
            call.customize().config_override(Config::builder().retry_classifier(MailLimit)).send().await;
        let answer = answer.map_err(|error| CallError::new(doing(), error))?;
        answer.user.ok_or_else(|| CallError::incomplete(doing(), "User"))
    }

    /// Sends somebody's invitation again, with another temporary password.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn invite_person_again(
        &self,
        pool: &str,
        username: &str,
        temporary_password: &str,
    ) -> Result<(), CallError> {
        let call = self
            .cognito()
            .admin_create_user()
            .user_pool_id(pool)
            .username(username)
            .temporary_password(temporary_password)
            .desired_delivery_mediums(DeliveryMediumType::Email)
            .message_action(MessageActionType::Resend);
        let sent =
            call.customize().config_override(Config::builder().retry_classifier(MailLimit)).send().await;
        sent.map_err(|error| CallError::new(format!("inviting {username} again"), error))?;
        Ok(())
    }

    /// Puts somebody into a group; whoever is in it already stays in it.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn add_to_group(&self, pool: &str, username: &str, group: &str) -> Result<(), CallError> {
        let call =
            self.cognito().admin_add_user_to_group().user_pool_id(pool).username(username).group_name(group);
        let added = call.send().await;
        added.map_err(|error| CallError::new(format!("putting {username} into {group}"), error))?;
        Ok(())
    }

    /// Takes somebody out of a group.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn remove_from_group(&self, pool: &str, username: &str, group: &str) -> Result<(), CallError> {
        let call = self
            .cognito()
            .admin_remove_user_from_group()
            .user_pool_id(pool)
            .username(username)
            .group_name(group);
        let removed = call.send().await;
        removed.map_err(|error| CallError::new(format!("taking {username} out of {group}"), error))?;
        Ok(())
    }

    /// Lets nobody sign in as this person, nor be renewed.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn disable_person(&self, pool: &str, username: &str) -> Result<(), CallError> {
        let done = self.cognito().admin_disable_user().user_pool_id(pool).username(username).send().await;
        done.map_err(|error| CallError::new(format!("disabling {username}"), error))?;
        Ok(())
    }

    /// Lets a person who was disabled sign in again.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn enable_person(&self, pool: &str, username: &str) -> Result<(), CallError> {
        let done = self.cognito().admin_enable_user().user_pool_id(pool).username(username).send().await;
        done.map_err(|error| CallError::new(format!("enabling {username}"), error))?;
        Ok(())
    }

    /// Revokes all refresh tokens of a person.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn sign_out_person(&self, pool: &str, username: &str) -> Result<(), CallError> {
        let call = self.cognito().admin_user_global_sign_out().user_pool_id(pool).username(username);
        let done = call.send().await;
        done.map_err(|error| CallError::new(format!("signing {username} out"), error))?;
        Ok(())
    }

    /// Deletes a person's account.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn delete_person(&self, pool: &str, username: &str) -> Result<(), CallError> {
        let done = self.cognito().admin_delete_user().user_pool_id(pool).username(username).send().await;
        done.map_err(|error| CallError::new(format!("removing {username}"), error))?;
        Ok(())
    }
}
