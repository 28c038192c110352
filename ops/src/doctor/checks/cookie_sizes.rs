//! Do a session's cookies fit into browsers and CloudFront, and the access token into the API's header fields? The 8,192
//! bytes that S3 takes are no limit here: the gate's cookies reach no origin.

use gate::cookie::Layout;
use gate::route::Access;

use super::Check;
use crate::doctor::facts::{AppClient, GateSettings, UserPool};
use crate::doctor::{Facts, Found, Unknown};
use crate::report::Count;

pub(super) const CHECK: Check = Check {
    name: "cookie-sizes",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html",
    run,
};

/// The longest that the gate lets the three tokens be together, in bytes; more would not fit into the 20,480 bytes of
/// header fields that CloudFront takes, beside what else a browser sends.
const SESSION: usize = 14_000;
/// The longest cookie that browsers keep, name and value (RFC 6265bis section 5.6).
const COOKIE: usize = 4_096;
/// What API Gateway takes of header fields, less what else a browser sends.
const BEARER: usize = 8_000;
/// Tokens of people without groups, as Cognito makes them.
const ID: usize = 1_500;
const ACCESS: usize = 1_100;
const REFRESH: usize = 1_900;
/// What an attribute adds to an ID token: name, value and signs.
const ATTRIBUTE: usize = 50;
/// Cognito's own claims count in [`ID`].
const USUAL_ATTRIBUTES: usize = 4;

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let gate = facts.gate.known()?;
    let measured = facts.session_cookies.known()?;
    if let Some(cookies) = measured {
        weigh(cookies, found);
    }
    let pool = facts.pool.known();
    if let Ok(pool) = &pool
        && pool.adds_claims
        && measured.is_none()
    {
        return Err(Unknown::because(
            "a trigger of the user pool adds claims, so that only real cookies tell (--cookie-file)",
        ));
    }
    let size = Size::of(gate, pool.ok(), facts.client.known().ok());
    size.judge(gate, found);
    Ok(())
}

/// Real cookies.
fn weigh(cookies: &[(String, usize)], found: &mut Found) {
    let total: usize = cookies.iter().map(|(name, length)| name.len() + length).sum();
    for (name, length) in cookies.iter().filter(|(name, length)| name.len() + length > COOKIE) {
        found.broken(
            format!("the cookie {name} has {length} bytes; browsers drop cookies of more than {COOKIE}"),
            "set cookies = \"host\" under [gate], which splits long tokens, and run parapet deploy edge",
        );
    }
    if total > SESSION {
        found.broken(
            format!("a session's cookies have {total} bytes, of at most {SESSION}"),
            "let fewer groups and attributes stand in tokens, or ask for fewer scopes",
        );
    }
}

/// An estimate of somebody's tokens who is in every group.
struct Size {
    id: usize,
    access: usize,
    groups: usize,
}

impl Size {
    fn of(gate: &GateSettings, pool: Option<&UserPool>, client: Option<&AppClient>) -> Size {
        let (groups, roles): (Vec<String>, usize) = match pool.and_then(|pool| pool.groups.known().ok()) {
            Some(groups) => (
                groups.iter().map(|group| group.name.clone()).collect(),
                groups
                    .iter()
                    .map(|group| group.role_length)
                    .filter(|length| *length > 0)
                    .map(|length| length + 3)
                    .sum(),
            ),
            None => (named_by_routes(gate), 0),
        };
        let names: usize = groups.iter().map(|name| name.len() + 3).sum();
        let attributes =
            client.map_or(0, |client| client.attributes.saturating_sub(USUAL_ATTRIBUTES)) * ATTRIBUTE;
        // Base64 makes four bytes of three.
        let encoded = |bytes: usize| bytes.div_ceil(3) * 4;
        Size {
            id: ID + encoded(names + roles + attributes),
            access: ACCESS + encoded(names),
            groups: groups.len(),
        }
    }

    fn judge(&self, gate: &GateSettings, found: &mut Found) {
        let Size { id, access, groups } = self;
        let total = id + access + REFRESH;
        let who = match groups {
            0 | 1 => format!("somebody in {}", Count::of(*groups, "group")),
            _ => format!("somebody in all {groups} groups"),
        };
        if total > SESSION {
            found.risky(
                format!(
                    "the tokens of {who} have about {total} bytes, of at most {SESSION}: the gate \
                 refuses them (session_too_long)"
                ),
                "have fewer or shorter groups, or put nobody into all of them",
            );
        } else if *id > COOKIE - 200 && gate.layout == Layout::Amplify {
            found.risky(
                format!(
                    "the ID token of {who} has about {id} bytes; the layout amplify cannot split it, \
                 and browsers drop it above {COOKIE}"
                ),
                "set cookies = \"host\" under [gate] once everybody has moved over, and run parapet deploy \
                 edge",
            );
        }
        if *access > BEARER {
            found.risky(
                format!(
                    "the access token of {who} has about {access} bytes, which API Gateway refuses \
                 beside a browser's other header fields"
                ),
                "have fewer or shorter groups",
            );
        }
    }
}

fn named_by_routes(gate: &GateSettings) -> Vec<String> {
    let groups = gate.routes.routes().iter().filter_map(|route| match &route.access {
        Access::Groups(groups) => Some(groups),
        _ => None,
    });
    let mut names: Vec<String> = groups.flatten().map(|group| group.as_str().to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{finds, group, known, silent};
    use crate::doctor::{Fact, Severity};

    fn with_groups(count: usize, facts: &mut Facts) {
        let groups = (0..count).map(|number| group(&format!("group-number-{number:03}"))).collect();
        known(&mut facts.pool).groups = Fact::Known(groups);
    }

    #[test]
    fn many_groups_are_too_much() {
        silent(&CHECK, |facts| with_groups(100, facts));
        finds(&CHECK, Severity::Risky, "session_too_long", |facts| with_groups(200, facts));
    }

    #[test]
    fn the_layout_amplify_splits_nothing() {
        finds(&CHECK, Severity::Risky, "cannot split", |facts| {
            known(&mut facts.gate).layout = Layout::Amplify;
            with_groups(100, facts);
        });
        silent(&CHECK, |facts| {
            known(&mut facts.gate).layout = Layout::Amplify;
            with_groups(60, facts);
        });
    }

    #[test]
    fn real_cookies_are_weighed() {
        finds(&CHECK, Severity::Broken, "browsers drop", |facts| {
            facts.session_cookies = Fact::Known(Some(vec![("a".to_owned(), COOKIE)]));
        });
        silent(&CHECK, |facts| facts.session_cookies = Fact::Known(Some(vec![("a".to_owned(), COOKIE - 1)])));
        finds(&CHECK, Severity::Broken, "of at most 14000", |facts| {
            let cookies = (0..4).map(|part| (format!("__Host-id-token-{part}"), 3_900)).collect();
            facts.session_cookies = Fact::Known(Some(cookies));
        });
    }

    #[test]
    fn claims_of_a_trigger_cannot_be_estimated() {
        let mut facts = crate::doctor::checks::healthy::facts();
        facts.session_cookies = Fact::Known(None);
        known(&mut facts.pool).adds_claims = true;
        assert!(run(&facts, &mut Found::by(CHECK.name, CHECK.reference)).is_err());
    }
}
