//! The layout `amplify`: the cookies of AWS Amplify, cognito-at-edge and cloudfront-authorization-at-edge.
//!
//! ```text
//! CognitoIdentityServiceProvider.<client id>.LastAuthUser = <user name>
//! CognitoIdentityServiceProvider.<client id>.<user name>.idToken (accessToken, refreshToken, tokenScopesString)
//! ```
//!
//! A site that moves over keeps everybody signed in. Names and values are percent-encoded as cognito-at-edge
//! does, and read raw or encoded. cognito-at-edge sets them with a Domain attribute; where such a cookie and one
//! of ours are both there, it is taken away.

use std::borrow::Cow;
use std::cmp::Reverse;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::tokens::{FoundToken, FoundTokens, FreshTokens};
use super::{Pair, SESSION_MAX_AGE, SetCookie};

const PREFIX: &str = "CognitoIdentityServiceProvider.";
const LAST_USER: &str = "LastAuthUser";

/// The characters of an RFC 6265 token, without the percent sign.
const IN_NAMES: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'*')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// The characters of an RFC 6265 cookie-octet, without the percent sign.
const IN_VALUES: &AsciiSet = &IN_NAMES
    .remove(b'(')
    .remove(b')')
    .remove(b'/')
    .remove(b':')
    .remove(b'<')
    .remove(b'=')
    .remove(b'>')
    .remove(b'?')
    .remove(b'@')
    .remove(b'[')
    .remove(b']')
    .remove(b'{')
    .remove(b'}');

pub(super) fn is_ours(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Reads the tokens of the last user. Another user's cookies may still lie in the browser: they are not looked at.
pub(super) fn read<'r>(client_id: &str, pairs: &[Pair<'r>]) -> FoundTokens<'r> {
    let mine: Vec<Pair<'r>> = pairs.iter().filter_map(|pair| within_client(pair, client_id)).collect();
    let last_users: Vec<Cow<'r, str>> =
        mine.iter().filter(|pair| pair.name == LAST_USER).map(|pair| decoded(pair.value)).collect();
    let tokens_of = |kind: &str| -> Vec<FoundToken<'r>> {
        mine.iter()
            .filter_map(|pair| {
                let owner = decoded(pair.name.strip_suffix(kind)?.strip_suffix('.')?);
                last_users
                    .contains(&owner)
                    .then(|| FoundToken { token: decoded(pair.value), owner: Some(owner) })
            })
            .collect()
    };
    FoundTokens {
        id: tokens_of("idToken"),
        access: tokens_of("accessToken"),
        refresh: tokens_of("refreshToken"),
    }
}

pub(super) fn write(
    client_id: &str,
    scopes: &str,
    tokens: &FreshTokens,
    pairs: &[Pair<'_>],
    domain: &str,
) -> Vec<SetCookie> {
    let base = format!("{PREFIX}{}", encoded_name(client_id));
    let user = format!("{base}.{}", encoded_name(&tokens.username));
    let mut values = vec![
        (format!("{user}.idToken"), tokens.id.clone()),
        (format!("{user}.accessToken"), tokens.access.clone()),
        (format!("{user}.tokenScopesString"), encoded_value(scopes)),
        (format!("{base}.{LAST_USER}"), encoded_value(&tokens.username)),
    ];
    if let Some(refresh) = &tokens.refresh {
        values.push((format!("{user}.refreshToken"), refresh.clone()));
    }
    let is_written = |name: &str| values.iter().any(|(written, _)| written == name);
    let mut lines = Vec::new();
    for pair in each_name_once(client_id, pairs) {
        if !is_written(pair.name) {
            lines.push(SetCookie::delete(pair.name));
        }
        if !is_written(pair.name) || pairs.iter().filter(|other| other.name == pair.name).count() > 1 {
            lines.push(SetCookie::delete_from_domain(pair.name, domain));
        }
    }
    lines.extend(values.iter().map(|(name, value)| SetCookie::set(name, value, SESSION_MAX_AGE)));
    lines
}

pub(super) fn clear(client_id: &str, pairs: &[Pair<'_>], domain: &str) -> Vec<SetCookie> {
    each_name_once(client_id, pairs)
        .into_iter()
        .flat_map(|pair| [SetCookie::delete(pair.name), SetCookie::delete_from_domain(pair.name, domain)])
        .collect()
}

/// This client's cookies that the request brought, by their full names. What a session hangs on comes first: the
/// last user's name, then the longest, since tokens are long and only few long cookies fit into a request.
fn each_name_once<'r>(client_id: &str, pairs: &[Pair<'r>]) -> Vec<Pair<'r>> {
    let mut found: Vec<Pair<'r>> = Vec::new();
    for (position, pair) in pairs.iter().enumerate() {
        if within_client(pair, client_id).is_some()
            && fits_a_header(pair.name)
            && pairs.iter().take(position).all(|earlier| earlier.name != pair.name)
        {
            found.push(*pair);
        }
    }
    found.sort_by_key(|pair| (!pair.name.ends_with(LAST_USER), Reverse(pair.value.len())));
    found
}

/// The cookie with its name cut down to what follows the client id, if it is of this client.
fn within_client<'r>(pair: &Pair<'r>, client_id: &str) -> Option<Pair<'r>> {
    let name = pair.name.strip_prefix(PREFIX)?.strip_prefix(client_id)?.strip_prefix('.')?;
    Some(Pair { name, value: pair.value })
}

/// Whether an answer can repeat a name (RFC 9110 section 5.5). Where it cannot, the cookie stays: an answer that
/// CloudFront refuses would be worse.
fn fits_a_header(name: &str) -> bool {
    name.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

fn encoded_name(text: &str) -> String {
    utf8_percent_encode(text, IN_NAMES).to_string()
}

fn encoded_value(text: &str) -> String {
    utf8_percent_encode(text, IN_VALUES).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: &str = "1example";

    fn pair<'r>(name: &'r str, value: &'r str) -> Pair<'r> {
        Pair { name, value }
    }

    #[test]
    fn a_user_name_is_read_raw_or_encoded() {
        for user in ["ada@example.com", "ada%40example.com"] {
            let name = format!("CognitoIdentityServiceProvider.1example.{user}.idToken");
            let last = "CognitoIdentityServiceProvider.1example.LastAuthUser";
            let found = read(CLIENT, &[pair(&name, "token"), pair(last, user)].map(|p| p));
            assert_eq!(found.id[0].owner.as_deref(), Some("ada@example.com"));
        }
    }

    #[test]
    fn only_the_last_user_counts() {
        let found = read(
            CLIENT,
            &[
                pair("CognitoIdentityServiceProvider.1example.a.idToken", "of a"),
                pair("CognitoIdentityServiceProvider.1example.b.idToken", "of b"),
                pair("CognitoIdentityServiceProvider.1example.LastAuthUser", "b"),
                pair("CognitoIdentityServiceProvider.other.b.idToken", "of another client"),
            ],
        );
        assert_eq!(found.id.iter().map(|found| &*found.token).collect::<Vec<_>>(), ["of b"]);
    }

    #[test]
    fn without_a_last_user_there_is_no_session() {
        let found = read(CLIENT, &[pair("CognitoIdentityServiceProvider.1example.a.idToken", "of a")]);
        assert_eq!(found, FoundTokens::default());
    }

    #[test]
    fn a_name_that_fits_into_no_header_is_not_repeated() {
        for name in [
            "CognitoIdentityServiceProvider.1example.\u{e9}.idToken",
            "CognitoIdentityServiceProvider.1example.\t.x",
        ] {
            assert!(clear(CLIENT, &[pair(name, "x")], "cms.example.com").is_empty(), "{name:?}");
        }
    }

    #[test]
    fn another_users_cookies_go_when_somebody_signs_in() {
        let tokens = FreshTokens {
            id: "id".into(),
            access: "access".into(),
            refresh: Some("refresh".into()),
            username: "b@c".into(),
        };
        let old = "CognitoIdentityServiceProvider.1example.a.refreshToken";
        let lines: Vec<String> = write(CLIENT, "openid email", &tokens, &[pair(old, "x")], "cms.example.com")
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(lines[0].starts_with(&format!("{old}=; ")) && lines[0].contains("Max-Age=0"));
        assert!(lines[1].contains("Domain=cms.example.com"));
        assert!(
            lines.iter().any(|l| l.starts_with("CognitoIdentityServiceProvider.1example.b%40c.idToken=id;"))
        );
        assert!(lines.iter().any(|l| l.contains("LastAuthUser=b@c;")));
        assert!(lines.iter().any(|l| l.contains("tokenScopesString=openid%20email;")));
    }
}
