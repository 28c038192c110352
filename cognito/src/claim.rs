//! Claim names that are read; all others are skipped.

/// A claim of an ID or access token (RFC 7519 section 4.1, OpenID Connect Core 2, Cognito's own).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    Aud,
    AuthTime,
    ClientId,
    CognitoGroups,
    CognitoUsername,
    Email,
    Exp,
    Iat,
    Iss,
    Nbf,
    Nonce,
    Scope,
    Sub,
    TokenUse,
    Username,
}

impl Claim {
    /// How many claims there are.
    pub(crate) const COUNT: usize = Claim::Username as usize + 1;

    pub(crate) fn named(name: &str) -> Option<Claim> {
        Some(match name {
            "aud" => Claim::Aud,
            "auth_time" => Claim::AuthTime,
            "client_id" => Claim::ClientId,
            "cognito:groups" => Claim::CognitoGroups,
            "cognito:username" => Claim::CognitoUsername,
            "email" => Claim::Email,
            "exp" => Claim::Exp,
            "iat" => Claim::Iat,
            "iss" => Claim::Iss,
            "nbf" => Claim::Nbf,
            "nonce" => Claim::Nonce,
            "scope" => Claim::Scope,
            "sub" => Claim::Sub,
            "token_use" => Claim::TokenUse,
            "username" => Claim::Username,
            _ => return None,
        })
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Claim::Aud => "aud",
            Claim::AuthTime => "auth_time",
            Claim::ClientId => "client_id",
            Claim::CognitoGroups => "cognito:groups",
            Claim::CognitoUsername => "cognito:username",
            Claim::Email => "email",
            Claim::Exp => "exp",
            Claim::Iat => "iat",
            Claim::Iss => "iss",
            Claim::Nbf => "nbf",
            Claim::Nonce => "nonce",
            Claim::Scope => "scope",
            Claim::Sub => "sub",
            Claim::TokenUse => "token_use",
            Claim::Username => "username",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_is_found_by_its_own_name() {
        let names = "aud auth_time client_id cognito:groups cognito:username email exp iat iss nbf nonce \
                     scope sub token_use username";
        let claims: Vec<Claim> = names.split_whitespace().filter_map(Claim::named).collect();
        assert_eq!(claims.len(), Claim::COUNT);
        for (position, claim) in claims.into_iter().enumerate() {
            assert_eq!(claim as usize, position);
            assert_eq!(Claim::named(claim.name()), Some(claim));
        }
    }

    #[test]
    fn names_are_exact() {
        for name in ["", "EXP", "exp ", "groups", "cognito:Groups"] {
            assert_eq!(Claim::named(name), None, "{name:?}");
        }
    }
}
