//! Who is asking: the person of a verified access token, and their role.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header;
use axum::http::request::Parts;
use cognito::{AccessClaims, ClientId, TokenError, UnixTime, Unverified, UserPool};
use content::permission::{Permission, Role, RoleGroups};
use content::wire::PersonId;
use time::OffsetDateTime;

use super::Api;
use super::failure::{Answer, Failure};
use super::key_ring::KeyRing;

/// The person who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The `sub` of the token.
    pub(crate) id: PersonId,
    /// The user name in the pool.
    pub(crate) username: String,
    /// The groups of the token.
    pub(crate) groups: Vec<String>,
    /// The role that the groups come to.
    pub(crate) role: Role,
}

/// Somebody, or nobody: for what is there without a token, too.
pub(crate) struct MaybeCaller(pub(crate) Option<Caller>);

/// What access tokens are held against.
#[derive(Debug)]
pub struct Verifier {
    /// The user pool and the first of the clients.
    pub user_pool: UserPool,
    /// The other clients.
    pub more_clients: Vec<ClientId>,
    /// The keys.
    pub keys: KeyRing,
    /// The groups that give the roles.
    pub groups: RoleGroups,
}

impl Verifier {
    async fn verify(&self, token: &str, now: OffsetDateTime) -> Answer<Caller> {
        let refused =
            |error: TokenError| Failure::unauthorized(format!("the access token is not valid: {error}"));
        let token = Unverified::parse(token).map_err(refused)?;
        let keys = self.keys.holding(token.unverified_kid(), now).await;
        let keys = keys.map_err(|error| Failure::unavailable(&error))?;
        let seconds = UnixTime(u64::try_from(now.unix_timestamp()).unwrap_or_default());
        let claims = self.user_pool.verify_access_token(&token, &keys, seconds, &self.more_clients);
        Ok(self.caller(&claims.map_err(refused)?))
    }

    fn caller(&self, claims: &AccessClaims) -> Caller {
        let groups: Vec<String> = claims.groups().iter().map(|group| group.as_str().to_owned()).collect();
        Caller {
            id: PersonId::from(claims.subject().as_str()),
            username: claims.username().as_str().to_owned(),
            role: self.groups.role(groups.iter().map(String::as_str)),
            groups,
        }
    }

    /// Refuses whoever lacks a permission, and says who has it.
    pub(crate) fn require(&self, caller: &Caller, permission: Permission) -> Answer<()> {
        if caller.role.may(permission) {
            return Ok(());
        }
        Err(Failure::lacks(permission, &self.groups.holders(permission)))
    }
}

impl FromRequestParts<Api> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Answer<Caller> {
        let token = bearer(&parts.headers)?
            .ok_or_else(|| Failure::unauthorized("an access token is needed, as a bearer token"))?;
        api.verifier.verify(token, api.ambient.now()).await
    }
}

impl FromRequestParts<Api> for MaybeCaller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Answer<MaybeCaller> {
        match bearer(&parts.headers)? {
            None => Ok(MaybeCaller(None)),
            Some(token) => Ok(MaybeCaller(Some(api.verifier.verify(token, api.ambient.now()).await?))),
        }
    }
}

/// The bearer token (RFC 6750 section 2.1).
fn bearer(headers: &HeaderMap) -> Answer<Option<&str>> {
    let mut fields = headers.get_all(header::AUTHORIZATION).iter();
    let Some(field) = fields.next() else { return Ok(None) };
    let expected = || Failure::unauthorized("authorization has to be one bearer token");
    if fields.next().is_some() {
        return Err(expected());
    }
    let (scheme, token) = field.to_str().ok().and_then(|field| field.split_once(' ')).ok_or_else(expected)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(expected());
    }
    Ok(Some(token.trim()))
}
