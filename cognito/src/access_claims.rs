//! Claims of a verified access token.

use crate::claim::Claim;
use crate::identifier::{ClientId, Group, Issuer, Subject, Username};
use crate::payload::Payload;
use crate::token_error::TokenError;
use crate::unix_time::UnixTime;
use crate::unverified::Authentic;
use crate::user_pool::{UserPool, check_token_use};
use crate::validity::Validity;

/// The claims of a verified access token. Only [`UserPool::verify_access_token`] makes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessClaims {
    issuer: Issuer,
    client_id: ClientId,
    subject: Subject,
    username: Username,
    scope: Option<String>,
    groups: Vec<Group>,
    validity: Validity,
}

impl AccessClaims {
    /// The user pool that issued the token.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The person; for a token of the client credentials grant, the client itself.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// `username`; the subject for a token of the client credentials grant, which has no `username`.
    pub fn username(&self) -> &Username {
        &self.username
    }

    /// The app client that the token was issued to: ours, or one of those also accepted.
    pub fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// `scope`: space-separated scopes (RFC 6749 section 3.3).
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// `cognito:groups`, in the order of the token; none if the claim is not an array of strings.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// `iat`.
    pub fn issued_at(&self) -> UnixTime {
        self.validity.issued_at
    }

    /// `exp`: from this second on the token is not accepted.
    pub fn expires_at(&self) -> UnixTime {
        self.validity.expires_at
    }

    /// In the order of RFC 7519 section 4.1 as RFC 8725 sections 3.8 to 3.12 sharpen it, the expiry last.
    pub(crate) fn verify(
        pool: &UserPool,
        also_accepted: &[ClientId],
        token: &Authentic<'_>,
        now: UnixTime,
    ) -> Result<AccessClaims, TokenError> {
        let payload = token.payload();
        // RFC 8725 section 3.8.
        let issuer = pool.issuer_of(payload)?.clone();
        let subject = Subject::new(payload.required_text(Claim::Sub)?);
        // RFC 8725 section 3.9. Cognito's access tokens say whom they are for in `client_id`; `aud` is there
        // only with resource binding and names the API, which is for the API to check.
        let client_id = accepted_client(pool, also_accepted, payload)?.clone();
        payload.text_or_texts(Claim::Aud)?;
        // RFC 8725 section 3.12.
        check_token_use(payload, "access")?;
        let validity = Validity::started(payload, now)?;
        let username = payload.nonempty_text(Claim::Username)?;
        let claims = AccessClaims {
            issuer,
            client_id,
            username: username.map_or_else(|| Username::from(subject.as_str()), Username::new),
            subject,
            scope: payload.text(Claim::Scope)?.map(Into::into),
            groups: payload.groups(),
            validity,
        };
        validity.not_expired(&claims.subject, now)?;
        Ok(claims)
    }
}

fn accepted_client<'c>(
    pool: &'c UserPool,
    also_accepted: &'c [ClientId],
    payload: &Payload,
) -> Result<&'c ClientId, TokenError> {
    let client_id = payload.required_text(Claim::ClientId)?;
    std::iter::once(&pool.client_id)
        .chain(also_accepted)
        .find(|accepted| accepted.as_str() == client_id)
        .ok_or(TokenError::WrongAudience)
}
