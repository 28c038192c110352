//! What a user pool asks of its people's user names and passwords.

use aws_sdk_cognitoidentityprovider::types::{AliasAttributeType, UserPoolType, UsernameAttributeType};

use super::PeopleError;

/// What a user pool asks of its people's user names and passwords.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolRules {
    /// People sign in by their email address, and Cognito makes their user names.
    pub names_by_email: bool,
    /// The email address stands for the user name, which therefore cannot be one.
    pub email_is_alias: bool,
    /// How long a password is at least.
    pub shortest_password: usize,
}

impl PoolRules {
    /// Those of this pool.
    #[must_use]
    pub fn of(pool: &UserPoolType) -> PoolRules {
        let password = pool.policies.as_ref().and_then(|policies| policies.password_policy.as_ref());
        let shortest = password.and_then(|policy| policy.minimum_length).unwrap_or_default();
        PoolRules {
            names_by_email: pool.username_attributes().contains(&UsernameAttributeType::Email),
            email_is_alias: pool.alias_attributes().contains(&AliasAttributeType::Email),
            shortest_password: usize::try_from(shortest).unwrap_or_default(),
        }
    }

    /// The user name of somebody new.
    ///
    /// # Errors
    ///
    /// When one has to be given and is not, or the other way round.
    pub fn username(&self, email: &str, given: Option<&str>) -> Result<String, PeopleError> {
        match given {
            Some(_) if self.names_by_email => Err(PeopleError::NoUserNames),
            Some(given) => Ok(given.to_owned()),
            None if self.email_is_alias && !self.names_by_email => Err(PeopleError::NeedsUserName),
            None => Ok(email.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "ada@example.com";

    #[test]
    fn a_user_name_is_wanted_where_the_address_cannot_be_one() {
        let named = |by_email, alias, given| {
            let rules = PoolRules { names_by_email: by_email, email_is_alias: alias, shortest_password: 0 };
            rules.username(ADDRESS, given)
        };
        assert_eq!(named(true, false, None).unwrap(), ADDRESS);
        assert!(matches!(named(true, false, Some("ada")), Err(PeopleError::NoUserNames)));
        assert!(matches!(named(false, true, None), Err(PeopleError::NeedsUserName)));
        assert_eq!(named(false, true, Some("ada")).unwrap(), "ada");
        assert_eq!(named(false, false, None).unwrap(), ADDRESS);
    }

    #[test]
    fn a_pool_says_what_it_asks() {
        let pool = UserPoolType::builder().username_attributes(UsernameAttributeType::Email).build();
        let expected = PoolRules { names_by_email: true, email_is_alias: false, shortest_password: 0 };
        assert_eq!(PoolRules::of(&pool), expected);
    }
}
