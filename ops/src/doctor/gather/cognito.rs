//! User pool, app client and hosted UI, from Cognito's words into the checks'.

use aws_sdk_cognitoidentityprovider::types::{
    FeatureType, PreventUserExistenceErrorTypes, TimeUnitsType, UserPoolClientType, UserPoolType,
};

use crate::aws::Cloud;
use crate::doctor::Fact;
use crate::doctor::facts::{AppClient, Group, HostedUi, SecretPrint, UserPool};

pub(super) async fn pool(cloud: &Cloud, id: &str) -> Fact<UserPool> {
    let described = match cloud.user_pool(id).await {
        Ok(described) => described,
        Err(error) => return Fact::unknown(error),
    };
    let groups = Fact::from(cloud.groups(id).await).map(|groups| {
        let groups = groups.into_iter().map(|group| Group {
            name: group.group_name.unwrap_or_default(),
            role_length: group.role_arn.map_or(0, |arn| arn.len()),
        });
        groups.collect()
    });
    Fact::Known(UserPool {
        id: id.to_owned(),
        adds_claims: adds_claims(&described),
        prefix: described.domain,
        domain: described.custom_domain,
        groups,
    })
}

fn adds_claims(pool: &UserPoolType) -> bool {
    let triggers = pool.lambda_config.as_ref();
    triggers.is_some_and(|it| it.pre_token_generation.is_some() || it.pre_token_generation_config.is_some())
}

pub(super) async fn client(cloud: &Cloud, pool: &str, id: &str) -> Fact<AppClient> {
    Fact::from(cloud.app_client(pool, id).await).map(|described| app_client(id, described))
}

fn app_client(id: &str, client: UserPoolClientType) -> AppClient {
    let units = client.token_validity_units.as_ref();
    // Cognito's defaults: 30 days and an hour.
    let refresh =
        seconds(client.refresh_token_validity, units.and_then(|it| it.refresh_token.as_ref()), 86_400);
    let id_token =
        seconds(client.id_token_validity.unwrap_or(0), units.and_then(|it| it.id_token.as_ref()), 3_600);
    let rotation = client.refresh_token_rotation.filter(|rotation| rotation.feature == FeatureType::Enabled);
    let flows = client.allowed_o_auth_flows.unwrap_or_default();
    AppClient {
        id: id.to_owned(),
        callback_urls: client.callback_urls.unwrap_or_default(),
        logout_urls: client.logout_urls.unwrap_or_default(),
        may_use_oauth: client.allowed_o_auth_flows_user_pool_client == Some(true),
        flows: flows.iter().map(|flow| flow.as_str().to_owned()).collect(),
        scopes: client.allowed_o_auth_scopes.unwrap_or_default(),
        identity_providers: client.supported_identity_providers.unwrap_or_default(),
        secret: client.client_secret.as_deref().map(SecretPrint::of),
        revokes_tokens: client.enable_token_revocation == Some(true),
        rotation_grace: rotation.map(|rotation| rotation.retry_grace_period_seconds.unwrap_or(0)),
        refresh_seconds: if refresh == 0 { 30 * 86_400 } else { refresh },
        id_seconds: if id_token == 0 { 3_600 } else { id_token },
        hides_who_exists: client.prevent_user_existence_errors
            == Some(PreventUserExistenceErrorTypes::Enabled),
        attributes: client.read_attributes.map_or(0, |attributes| attributes.len()),
    }
}

/// A validity in its unit; without one, in `usual_unit` seconds.
fn seconds(count: i32, unit: Option<&TimeUnitsType>, usual_unit: i64) -> i64 {
    let unit = match unit {
        Some(TimeUnitsType::Days) => 86_400,
        Some(TimeUnitsType::Hours) => 3_600,
        Some(TimeUnitsType::Minutes) => 60,
        Some(TimeUnitsType::Seconds) => 1,
        _ => usual_unit,
    };
    i64::from(count) * unit
}

/// `url` is the hosted UI's, with Cognito's own domain or another.
pub(super) async fn hosted_ui(cloud: &Cloud, url: &str) -> Fact<Option<HostedUi>> {
    let host = url.trim_start_matches("https://");
    let domain = match host.split_once(".auth.") {
        Some((prefix, rest)) if rest.ends_with(".amazoncognito.com") => prefix,
        _ => host,
    };
    Fact::from(cloud.hosted_ui(domain).await).map(|described| {
        described.map(|described| HostedUi {
            host: host.to_owned(),
            // moto leaves it out.
            status: described.status.map_or("ACTIVE".to_owned(), |status| status.as_str().to_owned()),
            pool: described.user_pool_id.unwrap_or_default(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validities_are_read_in_their_units() {
        for (unit, expected) in
            [(Some(TimeUnitsType::Minutes), 1_800), (Some(TimeUnitsType::Hours), 108_000), (None, 2_592_000)]
        {
            assert_eq!(seconds(30, unit.as_ref(), 86_400), expected);
        }
    }

    #[test]
    fn a_client_is_read_with_cognitos_defaults() {
        let described =
            UserPoolClientType::builder().client_secret("s").enable_token_revocation(true).build();
        let client = app_client("c", described);
        assert_eq!((client.refresh_seconds, client.id_seconds), (2_592_000, 3_600));
        assert_eq!(client.secret, Some(SecretPrint::of("s")));
        assert!(client.rotation_grace.is_none() && client.revokes_tokens && !client.may_use_oauth);
    }
}
