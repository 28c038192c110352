//! Claims of a verified ID token.

use crate::claim::Claim;
use crate::identifier::{Group, Issuer, Nonce, Subject, Username};
use crate::token_error::TokenError;
use crate::unix_time::UnixTime;
use crate::unverified::Authentic;
use crate::user_pool::{UserPool, check_token_use};
use crate::validity::Validity;

/// The claims of a verified ID token. Only [`UserPool::verify_id_token`] makes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdClaims {
    issuer: Issuer,
    subject: Subject,
    username: Username,
    groups: Vec<Group>,
    email: Option<String>,
    nonce: Option<Nonce>,
    auth_time: Option<UnixTime>,
    validity: Validity,
}

impl IdClaims {
    /// The user pool that issued the token.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The person, the same for as long as the account exists.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// `cognito:username`: the name that the person signs in with, or the identity provider's for them.
    pub fn username(&self) -> &Username {
        &self.username
    }

    /// `cognito:groups`, in the order of the token; none if the claim is not an array of strings.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// `email`, which may be unverified: for showing, not for deciding.
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// To be compared with the nonce of the authorization request (OpenID Connect Core 3.1.3.7 step 11).
    pub fn nonce(&self) -> Option<&Nonce> {
        self.nonce.as_ref()
    }

    /// `iat`.
    pub fn issued_at(&self) -> UnixTime {
        self.validity.issued_at
    }

    /// `exp`: from this second on the token is not accepted.
    pub fn expires_at(&self) -> UnixTime {
        self.validity.expires_at
    }

    /// When the person signed in, which refreshing does not change.
    pub fn auth_time(&self) -> Option<UnixTime> {
        self.auth_time
    }

    /// OpenID Connect Core 3.1.3.7. Step 1 is not used by Cognito, steps 6 and 7 have made the token
    /// authentic, step 8 is about MACs, step 11 is the caller's, steps 12 and 13 were not asked for.
    pub(crate) fn verify(
        pool: &UserPool,
        token: &Authentic<'_>,
        now: UnixTime,
    ) -> Result<IdClaims, TokenError> {
        let payload = token.payload();
        // Step 2.
        let issuer = pool.issuer_of(payload)?.clone();
        // Steps 3 to 5. Cognito writes one string; an array, even of our client alone, is not Cognito's. So
        // there is no second audience, for which alone `azp` would matter.
        if payload.required_text(Claim::Aud)? != pool.client_id.as_str() {
            return Err(TokenError::WrongAudience);
        }
        check_token_use(payload, "id")?;
        // Step 10, and `nbf`.
        let validity = Validity::started(payload, now)?;
        let claims = IdClaims {
            issuer,
            subject: Subject::new(payload.required_text(Claim::Sub)?),
            username: Username::new(payload.required_text(Claim::CognitoUsername)?),
            groups: payload.groups(),
            email: payload.text(Claim::Email)?.map(Into::into),
            nonce: payload.text(Claim::Nonce)?.map(Nonce::new),
            auth_time: payload.time(Claim::AuthTime)?,
            validity,
        };
        // Step 9.
        validity.not_expired(&claims.subject, now)?;
        Ok(claims)
    }
}
