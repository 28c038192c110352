//! Gathers the facts, once and side by side. Nothing is changed anywhere.

mod account;
mod cognito;
mod distribution;
mod gate;
mod pages;
mod policies;
mod visits;

use std::path::PathBuf;

use ::gate::cookie::Names;

use super::facts::{Answer, Facts, GateSettings};
use super::{Fact, Unknown};
use crate::aws::Cloud;
use crate::moment::Moment;
use crate::project::Project;
use crate::web_client::WebClient;
use account::Account;
use pages::Shelves;
use visits::Visitor;

/// What is to be looked at.
#[derive(Default)]
pub struct Subject {
    /// The project, if there is one.
    pub project: Option<Project>,
    /// The account, unless none is to be asked.
    pub cloud: Option<Cloud>,
    /// An `edge-auth.json` of this machine: its name and its text.
    pub config: Option<(String, String)>,
    /// The site's address, instead of the first host's.
    pub url: Option<String>,
    /// The distribution's id, instead of the project's.
    pub distribution: Option<String>,
    /// A session's `Cookie` header.
    pub cookie: Option<String>,
    /// The folder with the site's documents.
    pub site: Option<PathBuf>,
}

/// Gathers all facts that can be had; without a `web`, the account's alone.
pub async fn facts(subject: &Subject, web: Option<&WebClient>) -> Facts {
    let account = Account::open(subject).await;
    let distribution = account.distribution(subject).await;
    let (gate, config_problems) = gate::read(subject, &account, &distribution).await;
    let known_gate = gate.known().ok();
    let (identity, certificate, log_groups, stored_keys) = tokio::join!(
        account.identity(known_gate),
        account.certificate(&distribution, subject),
        account.log_groups(&distribution, subject),
        account.stored_keys(subject)
    );
    let mut visitor = Visitor::new(web, subject.cookie.as_deref());
    let base = address(subject, known_gate);
    let visited = visit(&mut visitor, base.as_ref(), known_gate).await;
    let pages = match known_gate {
        Some(gate) => {
            let shelves = Shelves {
                base: base.as_ref().ok().map(String::as_str),
                bucket: account.bucket(subject),
                folder: subject.site.clone(),
                distribution: distribution.known().ok(),
            };
            pages::read(gate, &shelves, &mut visitor).await
        }
        None => vec![Fact::unknown("the gate's routes are not known")],
    };
    let cms_api = match account.cms_api(subject).await {
        Fact::Known(Some((host, secret))) => visitor.cms_api(&host, &secret).await.map(Some),
        Fact::Known(None) => Fact::Known(None),
        Fact::Unknown(why) => Fact::Unknown(why),
    };
    let (clocks, tls_problems) = visitor.notes();
    Facts {
        config_problems,
        pool: identity.pool,
        client: identity.client,
        hosted_ui: identity.hosted_ui,
        discovery: visited.discovery,
        served_keys: visited.served_keys,
        certificate,
        stored_keys,
        newest_version: account.newest_version(),
        log_groups,
        signed_out: visited.signed_out,
        authorization: visited.authorization,
        missing: visited.missing,
        cms_api,
        plain_http: visited.plain_http,
        pages,
        clocks,
        session_cookies: Fact::Known(subject.cookie.as_deref().map(session_cookies)),
        tls_problems,
        now: Moment::now(),
        distribution,
        gate,
    }
}

/// What the web answers.
struct Visited {
    discovery: Fact<Answer>,
    served_keys: Fact<Vec<String>>,
    signed_out: Fact<Answer>,
    authorization: Fact<Answer>,
    missing: Fact<Answer>,
    plain_http: Fact<Option<Answer>>,
}

async fn visit(
    visitor: &mut Visitor<'_>,
    base: Result<&String, &Unknown>,
    gate: Option<&GateSettings>,
) -> Visited {
    let (discovery, served_keys) = match gate {
        Some(gate) => (visitor.discovery(gate).await, visitor.served_keys(gate).await),
        None => {
            let why = Unknown::because("the issuer is not known");
            (Fact::Unknown(why.clone()), Fact::Unknown(why))
        }
    };
    let base = match base {
        Ok(base) => base,
        Err(why) => {
            let unknown = || Fact::Unknown(why.clone());
            let plain_http = Fact::Unknown(why.clone());
            return Visited {
                discovery,
                served_keys,
                signed_out: unknown(),
                authorization: unknown(),
                missing: unknown(),
                plain_http,
            };
        }
    };
    let signed_out = visitor.signed_out(base, gate).await;
    let authorization = visitor.authorization(&signed_out).await;
    let missing = visitor.missing(base, gate).await;
    let plain_http = visitor.plain_http(base, &signed_out).await;
    Visited { discovery, served_keys, signed_out, authorization, missing, plain_http }
}

/// Where the site is, without a slash at the end.
fn address(subject: &Subject, gate: Option<&GateSettings>) -> Result<String, Unknown> {
    let first = || gate.and_then(|gate| gate.hosts.first()).map(|host| host.url(""));
    let address = subject.url.clone().or_else(first);
    let address = address.ok_or_else(|| Unknown::because("the site's address is not known (--url)"))?;
    Ok(address.trim_end_matches('/').to_owned())
}

/// Name and length of each of the gate's cookies.
fn session_cookies(header: &str) -> Vec<(String, usize)> {
    let pairs = header.split(';').filter_map(|pair| pair.split_once('='));
    let pairs = pairs.map(|(name, value)| (name.trim(), value.trim()));
    pairs
        .filter(|(name, _)| Names::is_ours(name))
        .map(|(name, value)| (name.to_owned(), value.len()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_gates_cookies_count() {
        let cookies = session_cookies("theme=dark; __Host-id-token=abc;__Host-access-token=ab");
        assert_eq!(cookies, [("__Host-id-token".to_owned(), 3), ("__Host-access-token".to_owned(), 2)]);
    }

    #[test]
    fn the_address_is_given_or_the_first_hosts() {
        let subject = Subject { url: Some("http://localhost:8080/".to_owned()), ..Subject::default() };
        assert_eq!(address(&subject, None).unwrap(), "http://localhost:8080");
        assert!(address(&Subject::default(), None).is_err());
    }
}
