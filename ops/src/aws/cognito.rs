//! Amazon Cognito: a user pool, its app clients, its groups and its hosted UI. Nothing is changed here: the identity
//! stack does that, and its people have a file of their own.

use aws_sdk_cognitoidentityprovider::types::{
    DomainDescriptionType, GroupType, UserPoolClientType, UserPoolType,
};

use super::{CallError, Cloud};

/// How many groups, or user pools, one call lists.
const PAGE: i32 = 60;

impl Cloud {
    /// A user pool of this region.
    ///
    /// # Errors
    ///
    /// When the call fails; with the code `ResourceNotFoundException` there is none.
    pub async fn user_pool(&self, id: &str) -> Result<UserPoolType, CallError> {
        let doing = || format!("reading the user pool {id}");
        let answer = self.cognito().describe_user_pool().user_pool_id(id).send().await;
        let answer = answer.map_err(|error| CallError::new(doing(), error))?;
        answer.user_pool.ok_or_else(|| CallError::incomplete(doing(), "UserPool"))
    }

    /// The ids of the user pools of this region with this name.
    ///
    /// # Errors
    ///
    /// When a call fails.
    pub async fn user_pools_named(&self, name: &str) -> Result<Vec<String>, CallError> {
        let mut ids = Vec::new();
        let mut pages = self.cognito().list_user_pools().max_results(PAGE).into_paginator().items().send();
        while let Some(pool) = pages.next().await {
            let pool = pool.map_err(|error| {
                CallError::new(format!("listing the user pools in {}", self.region()), error)
            })?;
            if pool.name() == Some(name) {
                ids.extend(pool.id);
            }
        }
        Ok(ids)
    }

    /// An app client of a user pool, with its secret if it has one.
    ///
    /// # Errors
    ///
    /// When the call fails; with the code `ResourceNotFoundException` there is none.
    pub async fn app_client(&self, pool: &str, client: &str) -> Result<UserPoolClientType, CallError> {
        let doing = || format!("reading the app client {client} of the user pool {pool}");
        let request = self.cognito().describe_user_pool_client().user_pool_id(pool).client_id(client);
        let answer = request.send().await.map_err(|error| CallError::new(doing(), error))?;
        answer.user_pool_client.ok_or_else(|| CallError::incomplete(doing(), "UserPoolClient"))
    }

    /// A user pool's groups.
    ///
    /// # Errors
    ///
    /// When a call fails.
    pub async fn groups(&self, pool: &str) -> Result<Vec<GroupType>, CallError> {
        let mut groups = Vec::new();
        let mut token = None;
        loop {
            let request = self.cognito().list_groups().user_pool_id(pool).limit(PAGE);
            let page = request.set_next_token(token).send().await;
            let page =
                page.map_err(|error| CallError::new(format!("listing the groups of {pool}"), error))?;
            groups.extend(page.groups.unwrap_or_default());
            token = page.next_token;
            if token.is_none() {
                return Ok(groups);
            }
        }
    }

    /// The hosted UI of a domain: the prefix in Cognito's own domain, or a host name. `None` if Cognito knows of none.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn hosted_ui(&self, domain: &str) -> Result<Option<DomainDescriptionType>, CallError> {
        let answer = self.cognito().describe_user_pool_domain().domain(domain).send().await;
        let answer =
            answer.map_err(|error| CallError::new(format!("reading the hosted UI {domain}"), error))?;
        // Of a domain that is not there, an empty description comes.
        Ok(answer.domain_description.filter(|description| description.user_pool_id.is_some()))
    }
}
