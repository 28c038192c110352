//! How long a token lives: what Cognito revokes, the site notices when the token that exists already has ended.

use std::fmt;

use aws_sdk_cognitoidentityprovider::types::{TimeUnitsType, UserPoolClientType};

/// Cognito's default.
const USUAL: i64 = 3_600;

/// How long an ID token or an access token lives at most, in seconds, where that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TokenLife(Option<i64>);

impl TokenLife {
    /// That of an app client's tokens; the longer of the two.
    #[must_use]
    pub fn of(client: Option<&UserPoolClientType>) -> TokenLife {
        TokenLife(client.map(|client| {
            let units = client.token_validity_units.as_ref();
            let id = seconds(client.id_token_validity, units.and_then(|it| it.id_token.as_ref()));
            let access = seconds(client.access_token_validity, units.and_then(|it| it.access_token.as_ref()));
            id.max(access)
        }))
    }

    /// For programs.
    #[must_use]
    pub fn seconds(self) -> Option<i64> {
        self.0
    }
}

/// As the end of a sentence about a token: `until it ends, at most an hour`.
impl fmt::Display for TokenLife {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("until it ends")?;
        let Some(seconds) = self.0 else { return Ok(()) };
        match (seconds.checked_div(3_600), seconds.checked_rem(3_600)) {
            (Some(1), Some(0)) => f.write_str(", at most an hour"),
            (Some(hours), Some(0)) => write!(f, ", at most {hours} hours"),
            _ => write!(f, ", at most {} minutes", seconds.div_euclid(60)),
        }
    }
}

/// Hours, unless the client says otherwise (Cognito API reference, `CreateUserPoolClient`).
fn seconds(count: Option<i32>, unit: Option<&TimeUnitsType>) -> i64 {
    let unit = match unit {
        Some(TimeUnitsType::Days) => 86_400,
        Some(TimeUnitsType::Minutes) => 60,
        Some(TimeUnitsType::Seconds) => 1,
        _ => 3_600,
    };
    match count {
        Some(count) if count > 0 => i64::from(count).saturating_mul(unit),
        _ => USUAL,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_cognitoidentityprovider::types::TokenValidityUnitsType;

    use super::*;

    #[test]
    fn the_longer_token_counts_in_its_unit() {
        let minutes = TokenValidityUnitsType::builder()
            .id_token(TimeUnitsType::Minutes)
            .access_token(TimeUnitsType::Minutes)
            .build();
        let client = UserPoolClientType::builder()
            .id_token_validity(15)
            .access_token_validity(20)
            .token_validity_units(minutes)
            .build();
        assert_eq!(TokenLife::of(Some(&client)).to_string(), "until it ends, at most 20 minutes");
        let client = UserPoolClientType::builder().id_token_validity(24).build();
        assert_eq!(TokenLife::of(Some(&client)).to_string(), "until it ends, at most 24 hours");
        let client = UserPoolClientType::builder().build();
        assert_eq!(TokenLife::of(Some(&client)).to_string(), "until it ends, at most an hour");
        assert_eq!(TokenLife::of(None).to_string(), "until it ends");
    }
}
