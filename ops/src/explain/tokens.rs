//! What each token of a request comes to.

use gate::auth_paths::Endpoint;
use gate::config::Config;
use gate::cookie::{FoundToken, Pair, pairs};
use gate::memory::Memory;
use gate::moment::UnixTime;
use gate::request::Request;
use gate::route::{Access, Kind};
use gate::session::{self, Claims, TokenState};

use super::who_and_what::Target;
use super::{Finding, token};
use crate::moment::Moment;
use crate::report::Count;

/// Which token decides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Id,
    Access,
}

/// What the request's tokens come to; nothing where the gate looks at none.
pub(super) fn findings(
    config: &Config,
    request: &Request<'_>,
    target: &Target<'_>,
    mut memory: Memory,
    now: UnixTime,
) -> Vec<Finding> {
    let is_api = matches!(target, Target::Route(route) if route.kind == Kind::Api);
    match target {
        Target::Nothing | Target::Endpoint(Endpoint::SignIn) => return Vec::new(),
        Target::Route(route) if route.access == Access::Public && !is_api && request.is_safe() => {
            return vec![Finding::new("tokens", "not looked at: everybody may read this")];
        }
        _ => {}
    }
    if is_api && let Some(finding) = own_bearer(config, request, &mut memory, now) {
        return vec![finding];
    }
    let pairs: Vec<Pair<'_>> = pairs(&request.headers).collect();
    let found = config.cookies.read(&pairs);
    let mut one = |about, candidates: &[FoundToken<'_>], usage| {
        token_finding(about, candidates, usage, config, &mut memory, now)
    };
    let id = one("ID token", &found.id, Use::Id);
    let access = one("access token", &found.access, Use::Access);
    let refresh = match session::refresh_token(&found, &memory) {
        Some(refresh) => {
            let bytes = Count::of(refresh.token.len(), "byte");
            format!("there, {bytes}; only the user pool can tell whether it is good")
        }
        None if found.refresh.is_empty() => "none: the session cannot be renewed".to_owned(),
        None => "there, and nothing that the user pool ever issued".to_owned(),
    };
    let decides = if is_api { "the access token decides" } else { "the ID token decides" };
    let mut findings = vec![id, access, Finding::new("refresh token", refresh)];
    if let Some(deciding) = findings.get_mut(usize::from(is_api)) {
        deciding.details.insert(0, decides.to_owned());
    }
    findings
}

/// A bearer token of the client's own decides alone.
fn own_bearer(config: &Config, request: &Request<'_>, memory: &mut Memory, now: UnixTime) -> Option<Finding> {
    let fields = request.headers.all("authorization").map(str::trim);
    let mut tokens = fields.filter_map(|field| {
        let (scheme, token) = field.split_once([' ', '\t']).unwrap_or((field, ""));
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let token = tokens.next()?;
    if tokens.next().is_some() {
        return Some(Finding::new("bearer token", "there are several: refused"));
    }
    let pool = &config.user_pool.tokens;
    let says = match memory.access_token(pool, token, now, &config.api_clients) {
        Ok(claims) => alive(&Claims::Access(claims), config, now),
        Err(error) => error.to_string(),
    };
    let state = session::bearer_token(token, config, memory, now);
    let details = if matches!(state, TokenState::Alive { .. }) { Vec::new() } else { token::claims(token) };
    let says = format!("{}, the client's own, decides alone: {says}", Count::of(token.len(), "byte"));
    Some(Finding::new("bearer token", says).with(details))
}

fn token_finding(
    about: &'static str,
    candidates: &[FoundToken<'_>],
    usage: Use,
    config: &Config,
    memory: &mut Memory,
    now: UnixTime,
) -> Finding {
    let count = candidates.len();
    let says = match count {
        0 => return Finding::new(about, "none"),
        1 => String::new(),
        _ => format!("{count} cookies of this name; the best one counts: "),
    };
    let told = candidates.iter().take(4).map(|found| {
        let token = &found.token;
        let verdict = verdict(found, usage, config, memory, now);
        (
            format!(
                "{}: {}",
                Count::of(token.len(), "byte"),
                verdict.as_ref().map_or_else(String::clone, String::clone)
            ),
            verdict.is_err(),
            token,
        )
    });
    let told: Vec<(String, bool, &std::borrow::Cow<'_, str>)> = told.collect();
    let says =
        format!("{says}{}", told.iter().map(|(says, ..)| says.as_str()).collect::<Vec<_>>().join("; "));
    let details =
        told.iter().filter(|(_, is_refused, _)| *is_refused).flat_map(|(_, _, token)| token::claims(token));
    Finding::new(about, says).with(details)
}

/// What is the case with a token, and whether that is good.
fn verdict(
    found: &FoundToken<'_>,
    usage: Use,
    config: &Config,
    memory: &mut Memory,
    now: UnixTime,
) -> Result<String, String> {
    let pool = &config.user_pool.tokens;
    let claims = match usage {
        Use::Id => memory.id_token(pool, &found.token, now).map(Claims::Id),
        Use::Access => memory.access_token(pool, &found.token, now, &[]).map(Claims::Access),
    };
    let claims = claims.map_err(|error| match since(&found.token, error.code()) {
        Some(since) => format!("expired since {since}; everything else about it is right"),
        None => error.to_string(),
    })?;
    let who = claims.who();
    let username = who.username.as_deref().unwrap_or_default();
    if found.may_belong_to(username) {
        Ok(alive(&claims, config, now))
    } else {
        Err("it is of another user than its cookie's name says".to_owned())
    }
}

fn alive(claims: &Claims, config: &Config, now: UnixTime) -> String {
    let ends = claims.expires_at();
    let left = ends.since(now);
    let time = Moment::from_unix(i64::try_from(ends.seconds()).unwrap_or(i64::MAX)).rfc3339();
    let groups: Vec<&str> = claims.groups().iter().map(|group| group.as_str()).collect();
    let groups =
        if groups.is_empty() { "in no group".to_owned() } else { format!("in {}", groups.join(", ")) };
    let due = if claims.renewal_is_due(config.renew_within, now) { ", to be renewed now" } else { "" };
    let username = claims.who().username.unwrap_or_default();
    format!("good for {left} s more (until {time}){due}; user {username}, {groups}")
}

/// The end of a token whose expiry is all that is wrong with it.
fn since(token: &str, code: &str) -> Option<String> {
    let told = token::claims(token);
    let ends = told.iter().find_map(|line| line.strip_prefix("says exp is "))?;
    (code == "expired").then(|| ends.to_owned())
}
