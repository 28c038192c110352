//! The documents that people open: from the site itself, from its bucket, or from the folder that is deployed.

use std::path::PathBuf;

use delivery::Bucket;
use gate::route::{Access, RouteKind};
use http::header;

use super::visits::Visitor;
use crate::doctor::Fact;
use crate::doctor::facts::{Answer, Distribution, GateSettings, Page};

/// The longest document that is read, in bytes.
const LONGEST: usize = 1_048_576;

/// Where documents can be read without a session.
pub(super) struct Shelves<'a> {
    /// The site's address, if it is asked.
    pub(super) base: Option<&'a str>,
    /// The bucket, and where in it the site lies.
    pub(super) bucket: Option<(Bucket, String)>,
    /// The folder that is deployed.
    pub(super) folder: Option<PathBuf>,
    /// What adds the policies.
    pub(super) distribution: Option<&'a Distribution>,
}

/// The home page and each app's entry document.
pub(super) async fn read(
    gate: &GateSettings,
    shelves: &Shelves<'_>,
    visitor: &mut Visitor<'_>,
) -> Vec<Fact<Page>> {
    let apps = gate.routes.routes().iter().filter_map(|route| match &route.kind {
        RouteKind::App { entry } => Some((entry.clone(), true)),
        _ => None,
    });
    let has_home = gate.route("/").is_some_and(|route| route.kind == RouteKind::Site);
    let home = has_home.then(|| ("/index.html".to_owned(), false));
    let mut pages: Vec<Fact<Page>> = Vec::new();
    for (path, is_app) in apps.chain(home) {
        pages.push(page(&path, is_app, gate, shelves, visitor).await);
    }
    pages
}

async fn page(
    path: &str,
    is_app: bool,
    gate: &GateSettings,
    shelves: &Shelves<'_>,
    visitor: &mut Visitor<'_>,
) -> Fact<Page> {
    let is_public = gate.route(path).is_some_and(|route| route.access == Access::Public);
    if let Some(base) = shelves.base
        && (is_public || visitor.is_signed_in())
        && let Fact::Known(answer) = visitor.open(&format!("{base}{path}"), true).await
        && answer.status.is_success()
    {
        return Fact::Known(delivered(path, is_app, answer));
    }
    let Some((from, html)) = stored(path, shelves).await else {
        return Fact::unknown(format!(
            "{path} wants a session, and neither bucket nor folder holds it (--cookie-file, --site)"
        ));
    };
    match policies(path, shelves) {
        Ok((policies, transport_security)) => {
            Fact::Known(Page { path: path.to_owned(), from, html, policies, transport_security, is_app })
        }
        Err(why) => Fact::unknown(why),
    }
}

fn delivered(path: &str, is_app: bool, answer: Answer) -> Page {
    let policies = answer.headers.get_all(header::CONTENT_SECURITY_POLICY).iter();
    Page {
        path: path.to_owned(),
        from: answer.url.clone(),
        policies: policies.filter_map(|policy| Some(policy.to_str().ok()?.to_owned())).collect(),
        transport_security: answer.header("strict-transport-security").map(str::to_owned),
        html: answer.body,
        is_app,
    }
}

async fn stored(path: &str, shelves: &Shelves<'_>) -> Option<(String, String)> {
    let name = path.trim_start_matches('/');
    if let Some((bucket, prefix)) = &shelves.bucket {
        let key = format!("{prefix}/{name}");
        if let Ok(Some(document)) = bucket.read(&key, LONGEST).await {
            let html = String::from_utf8_lossy(&document.bytes).into_owned();
            return Some((format!("{key} of the bucket {}", bucket.name()), html));
        }
    }
    let file = shelves.folder.as_ref()?.join(name);
    let html = std::fs::read_to_string(&file).ok()?;
    Some((file.display().to_string(), html))
}

/// What the distribution adds to the document.
fn policies(path: &str, shelves: &Shelves<'_>) -> Result<(Vec<String>, Option<String>), String> {
    let distribution = shelves
        .distribution
        .ok_or_else(|| format!("the policy that {path} is delivered with is not known"))?;
    let behavior =
        distribution.behavior(path).ok_or_else(|| format!("the distribution has no behavior for {path}"))?;
    let policy = behavior.response.known().map_err(|why| why.to_string())?.as_ref();
    let transport_security = policy.and_then(|policy| policy.transport_security_seconds);
    Ok((
        policy.and_then(|policy| policy.content_security_policy.clone()).into_iter().collect(),
        transport_security.map(|seconds| format!("max-age={seconds}")),
    ))
}
