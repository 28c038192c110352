//! The question that follows a new gate: is it this one that answers at the distribution? If not, the one before comes back.

use std::time::Duration;

use gate::auth_paths::Endpoint;
use http::{HeaderMap, HeaderValue, header};

use super::Session;
use super::rollback;
use crate::aws::Cloud;
use crate::doctor::facts::Answer;
use crate::failure::{Failure, NextStep};
use crate::stacks::{Deployed, Part};
use crate::web_client::WebClient;

/// How often an answer that is wrong is asked for again: locations of CloudFront get a function one after the other.
const ATTEMPTS: u32 = 7;
/// Before the second time; doubled each time.
const PAUSE: Duration = Duration::from_millis(50);

/// Another answers than the gate that was deployed.
#[derive(Debug, thiserror::Error)]
#[error("{url} {found}, expected the gate to send people on to {expected}; {then}")]
struct Otherwise {
    url: String,
    found: String,
    expected: String,
    then: String,
}

impl NextStep for Otherwise {
    fn next_step(&self) -> String {
        "parapet doctor says what is wrong; parapet logs shows what the gate said".to_owned()
    }
}

/// What came of the question.
enum Found {
    /// The gate of this project.
    ThisGate,
    /// Nothing: the name may not lead there yet.
    Nothing(String),
    /// Something else.
    Otherwise(String),
}

/// The version of the gate that the distribution asks.
pub(super) fn associated(deployed: &Deployed) -> Option<String> {
    let site = deployed.stack(Part::Site)?;
    site.parameters.get("FunctionVersionArn").filter(|arn| !arn.is_empty()).cloned()
}

/// Asks the distribution for the gate's sign-in once another version than `before` stands in front of it. If somebody else
/// answers, `before` comes back.
pub(super) async fn ask(
    session: &Session,
    cloud: &Cloud,
    deployed: &mut Deployed,
    before: Option<&str>,
) -> Result<(), Failure> {
    let is_ours = deployed.project().site.distribution.is_none();
    let is_new = associated(deployed).as_deref() != before;
    if session.options.dry_run || !is_ours || !is_new {
        return Ok(());
    }
    let Some(host) = deployed.hosts()?.into_iter().next() else { return Ok(()) };
    let path = deployed.project().gate.auth_paths.path(Endpoint::SignIn);
    let expected = format!("{}/oauth2/authorize", deployed.hosted_ui()?);
    let url = format!("https://{host}{path}");
    let found = {
        let _asking = session.report.waiting(format_args!("asking {url}"));
        patiently(session, &host, &path, &expected, deployed.client()?).await?
    };
    let found = match found {
        Found::ThisGate => {
            session.report.say(format_args!("the gate answers at https://{host}"));
            return Ok(());
        }
        Found::Nothing(why) => {
            session.report.warn(format_args!(
                "whether the gate answers could not be asked, because {why}; when the name leads to the distribution: \
                 parapet doctor"
            ));
            return Ok(());
        }
        Found::Otherwise(found) => found,
    };
    let then = match before {
        Some(before) => {
            session.report.warn(format_args!("{url} {found}: the gate before comes back"));
            let number = rollback::back_to(session, cloud, deployed, before).await?;
            format!("the package of version {number} is there again")
        }
        None => "there is no gate before it that could come back".to_owned(),
    };
    Err(Otherwise { url, found, expected, then }.into())
}

async fn patiently(
    session: &Session,
    host: &str,
    path: &str,
    expected: &str,
    client: &str,
) -> Result<Found, Failure> {
    let web = WebClient::new()?;
    let mut found = Found::Nothing(String::new());
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            tokio::time::sleep(PAUSE * 2_u32.pow(attempt - 1)).await;
        }
        found = once(session, &web, host, path, expected, client).await;
        if !matches!(found, Found::Otherwise(_)) {
            break;
        }
    }
    Ok(found)
}

async fn once(
    session: &Session,
    web: &WebClient,
    host: &str,
    path: &str,
    expected: &str,
    client: &str,
) -> Found {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
    headers.insert("sec-fetch-dest", HeaderValue::from_static("document"));
    headers.insert("sec-fetch-mode", HeaderValue::from_static("navigate"));
    // A double of AWS answers for the site, too.
    let url = match &session.options.endpoint_url {
        Some(endpoint) => {
            headers.extend(HeaderValue::from_str(host).map(|host| (header::HOST, host)));
            format!("{}{path}", endpoint.trim_end_matches('/'))
        }
        None => format!("https://{host}{path}"),
    };
    match web.get(&url, headers).await {
        Ok(answer) => is_of(&Answer::to(url, answer), expected, client),
        Err(error) => Found::Nothing(error.to_string()),
    }
}

fn is_of(answer: &Answer, expected: &str, client: &str) -> Found {
    let location = answer.header("location").unwrap_or_default();
    let to = location.split('?').next().unwrap_or_default();
    if !answer.is_authorization_request() {
        return Found::Otherwise(format!("answers {}", answer.status));
    }
    match answer.location_parameter("client_id") {
        Some(id) if to == expected && id == client => Found::ThisGate,
        Some(id) if to == expected => Found::Otherwise(format!("sends people on for the client {id}")),
        _ => Found::Otherwise(format!("sends people on to {to}")),
    }
}
