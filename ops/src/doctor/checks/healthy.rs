//! The facts of a deployment in which all is well; a test sabotages one of them.

use std::collections::BTreeSet;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::Check;
use crate::doctor::facts::*;
use crate::doctor::{Fact, Facts, Finding, Found, Severity};
use crate::moment::Moment;

pub(crate) const HOST: &str = "cms.example.com";
const POOL: &str = "eu-central-1_EXAMPLE";
const CLIENT: &str = "1example23456789";
const VERSION: &str = "arn:aws:lambda:us-east-1:123456789012:function:cms-production-edge-auth:7";

/// Runs one check on the healthy facts after `sabotage`.
pub(crate) fn run(check: &Check, sabotage: impl FnOnce(&mut Facts)) -> Vec<Finding> {
    let mut facts = facts();
    sabotage(&mut facts);
    let mut found = Found::by(check.name, check.reference);
    (check.run)(&facts, &mut found).unwrap();
    found.into_findings()
}

/// Runs one check and expects exactly one finding, of this severity, which says this.
pub(crate) fn finds(check: &Check, severity: Severity, says: &str, sabotage: impl FnOnce(&mut Facts)) {
    let findings = run(check, sabotage);
    let [finding] = findings.as_slice() else { panic!("expected one finding, got {findings:#?}") };
    assert_eq!(finding.severity, severity, "{finding:#?}");
    assert!(finding.problem.contains(says), "{finding:#?}");
    assert!(!finding.mend.is_empty(), "{finding:#?}");
}

/// Runs one check and expects it to be content.
pub(crate) fn silent(check: &Check, change: impl FnOnce(&mut Facts)) {
    assert_eq!(run(check, change), []);
}

/// The fact, to be changed.
pub(crate) fn known<T>(fact: &mut Fact<T>) -> &mut T {
    match fact {
        Fact::Known(fact) => fact,
        Fact::Unknown(why) => panic!("{why}"),
    }
}

/// An answer with these header fields.
pub(crate) fn answer(status: u16, fields: &[(&'static str, &str)]) -> Answer {
    let fields = fields.iter();
    let headers: HeaderMap = fields
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
        .collect();
    let status = StatusCode::from_u16(status).unwrap();
    Answer { url: format!("https://{HOST}/"), status, headers, body: String::new() }
}

pub(crate) fn facts() -> Facts {
    let session =
        [("__Host-id-token", 1_700), ("__Host-access-token", 1_100), ("__Host-refresh-token", 1_900)];
    let gate = gate();
    let stored_keys = gate.sealing_keys.known().unwrap().prints.clone();
    Facts {
        gate: Fact::Known(gate),
        config_problems: Vec::new(),
        pool: Fact::Known(UserPool {
            id: POOL.to_owned(),
            prefix: Some("cms".to_owned()),
            domain: None,
            adds_claims: false,
            groups: Fact::Known(["authors", "editors", "admins"].map(group).to_vec()),
        }),
        client: Fact::Known(client()),
        hosted_ui: Fact::Known(Some(HostedUi {
            host: "cms.auth.eu-central-1.amazoncognito.com".to_owned(),
            status: "ACTIVE".to_owned(),
            pool: POOL.to_owned(),
        })),
        discovery: Fact::Known(Answer { body: discovery(), ..answer(200, &[]) }),
        served_keys: Fact::Known(vec!["k1".to_owned(), "k2".to_owned()]),
        distribution: Fact::Known(distribution()),
        certificate: Fact::Known(Some(Certificate {
            arn: "arn:aws:acm:us-east-1:123456789012:certificate/1".to_owned(),
            status: "ISSUED".to_owned(),
            names: vec![HOST.to_owned()],
            not_after: Some(Moment::from_unix(4_000_000_000)),
            renews: true,
        })),
        stored_keys: Fact::Known(Some(stored_keys)),
        newest_version: Fact::Known(VERSION.to_owned()),
        log_groups: vec![("us-east-1".to_owned(), Fact::Known(Some(LogGroup { retention_days: Some(90) })))],
        signed_out: Fact::Known(answer(302, &[("location", &authorization_request())])),
        authorization: Fact::Known(answer(302, &[("location", "https://cms.example/login?x")])),
        missing: Fact::Known(answer(404, &[])),
        cms_api: Fact::Known(Some(CmsApi { shown: answer(200, &[]), hidden: answer(403, &[]) })),
        plain_http: Fact::Known(Some(answer(301, &[("location", "https://cms.example.com/")]))),
        pages: vec![Fact::Known(page())],
        clocks: Fact::Known(vec![ClockReading { host: HOST.to_owned(), ahead: 1 }]),
        session_cookies: Fact::Known(Some(session.map(|(name, length)| (name.to_owned(), length)).to_vec())),
        tls_problems: Vec::new(),
        now: Moment::from_unix(1_795_264_200),
    }
}

/// Of nothing anything is known.
pub(crate) fn nothing_known() -> Facts {
    fn unknown<T>() -> Fact<T> {
        Fact::unknown("nobody asked")
    }
    Facts {
        gate: unknown(),
        config_problems: Vec::new(),
        pool: unknown(),
        client: unknown(),
        hosted_ui: unknown(),
        discovery: unknown(),
        served_keys: unknown(),
        distribution: unknown(),
        certificate: unknown(),
        stored_keys: unknown(),
        newest_version: unknown(),
        log_groups: vec![("us-east-1".to_owned(), unknown())],
        signed_out: unknown(),
        authorization: unknown(),
        missing: unknown(),
        cms_api: unknown(),
        plain_http: unknown(),
        pages: vec![unknown()],
        clocks: unknown(),
        session_cookies: unknown(),
        tls_problems: Vec::new(),
        now: Moment::from_unix(1_795_264_200),
    }
}

fn gate() -> GateSettings {
    let issuer = format!("https://cognito-idp.eu-central-1.amazonaws.com/{POOL}");
    let newer = format!("https://issuer-cognito-idp.eu-central-1.amazonaws.com/{POOL}");
    let key: [u8; 32] = crate::moment::random().unwrap();
    let key = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, key);
    let text = include_str!("../../../../edge-auth/edge-auth.local.json");
    let mut document: serde_json::Value = serde_json::from_str(text).unwrap();
    document["hosts"] = serde_json::json!([HOST]);
    document["user_pool"]["issuers"] = serde_json::json!([issuer, newer]);
    document["user_pool"]["jwks_uri"] = format!("{issuer}/.well-known/jwks.json").into();
    document["user_pool"]["domain"] = "https://cms.auth.eu-central-1.amazoncognito.com".into();
    document["user_pool"]["client_id"] = CLIENT.into();
    document["cookies"]["sealing_keys"] = serde_json::json!([key]);
    let source = Source::Package("edge-auth/1.zip".to_owned());
    let mut gate = GateSettings::read(source, &document.to_string()).unwrap();
    gate.baked_keys = Fact::Known(vec!["k1".to_owned(), "k2".to_owned()]);
    gate
}

fn client() -> AppClient {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    AppClient {
        id: CLIENT.to_owned(),
        callback_urls: texts(&["https://cms.example.com/auth/callback"]),
        logout_urls: texts(&["https://cms.example.com/auth/signed-out"]),
        may_use_oauth: true,
        flows: texts(&["code"]),
        scopes: texts(&["openid", "email", "profile"]),
        identity_providers: texts(&["COGNITO"]),
        secret: None,
        revokes_tokens: true,
        rotation_grace: Some(60),
        refresh_seconds: 30 * 86_400,
        id_seconds: 3_600,
        hides_who_exists: true,
        attributes: 4,
    }
}

pub(crate) fn group(name: &str) -> Group {
    Group { name: name.to_owned(), role_length: 0 }
}

fn discovery() -> String {
    let issuer = format!("https://cognito-idp.eu-central-1.amazonaws.com/{POOL}");
    serde_json::json!({ "issuer": issuer, "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "authorization_endpoint": "https://cms.auth.eu-central-1.amazoncognito.com/oauth2/authorize" })
    .to_string()
}

pub(crate) fn authorization_request() -> String {
    format!(
        "https://cms.auth.eu-central-1.amazoncognito.com/oauth2/authorize?client_id={CLIENT}&redirect_uri=\
         https%3A%2F%2F{HOST}%2Fauth%2Fcallback&code_challenge=x&response_type=code"
    )
}

pub(crate) fn page() -> Page {
    let html = "<link rel=stylesheet href=/admin/app.css><script type=module src=/admin/boot.js></script>\
                <link rel=preload as=fetch href=/admin/web_bg.wasm>";
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                  connect-src 'self'; form-action 'self'";
    Page {
        path: "/admin/index.html".to_owned(),
        from: "the bucket".to_owned(),
        html: html.to_owned(),
        policies: vec![policy.to_owned()],
        transport_security: Some("max-age=31536000".to_owned()),
        is_app: true,
    }
}

pub(crate) fn distribution() -> Distribution {
    let origin = |id: &str, domain: &str, kind| {
        let path = if id == "site" { "/site" } else { "" };
        Origin { id: id.to_owned(), domain_name: domain.to_owned(), path: path.to_owned(), kind }
    };
    Distribution {
        id: "E1EXAMPLE".to_owned(),
        domain_name: "d111111abcdef8.cloudfront.net".to_owned(),
        enabled: true,
        aliases: vec![HOST.to_owned()],
        certificate: Some("arn:aws:acm:us-east-1:123456789012:certificate/1".to_owned()),
        minimum_protocol: Some("TLSv1.2_2021".to_owned()),
        default_root_object: String::new(),
        origins: vec![
            origin("site", "cms-site.s3.eu-central-1.amazonaws.com", OriginKind::Bucket { signed: true }),
            origin(
                "api",
                "a1.execute-api.eu-central-1.amazonaws.com",
                OriginKind::Server { https_only: true },
            ),
        ],
        behaviors: vec![
            behavior("/api/*", "api", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"),
            behavior("/admin/*", "site", "658327ea-f89d-4fab-a63d-7e88639e58f6"),
            behavior("*", "site", "658327ea-f89d-4fab-a63d-7e88639e58f6"),
        ],
        error_responses: vec![ErrorResponse { status: 404, page: None, answered: None }],
    }
}

fn behavior(pattern: &str, origin: &str, cache: &str) -> Behavior {
    let is_api = origin == "api";
    let policy = || ResponsePolicy {
        name: "pages".to_owned(),
        content_security_policy: Some("default-src 'self'".to_owned()),
        transport_security_seconds: Some(31_536_000),
    };
    let origin_request = if is_api {
        ("AllViewerExceptHostHeader".to_owned(), Forwarded::AllBut(vec!["host".to_owned()]))
    } else {
        ("none".to_owned(), Forwarded::None)
    };
    let methods: BTreeSet<&str> =
        BTreeSet::from(["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]);
    Behavior {
        pattern: pattern.to_owned(),
        origin: origin.to_owned(),
        viewer_protocol: "redirect-to-https".to_owned(),
        methods: methods.into_iter().map(str::to_owned).collect(),
        compress: !is_api,
        functions: vec![Association {
            arn: VERSION.to_owned(),
            event: "viewer-request".to_owned(),
            include_body: false,
        }],
        cloudfront_functions: Vec::new(),
        cache: Fact::Known(CachePolicy::managed(cache).unwrap()),
        origin_request: Fact::Known(origin_request),
        response: Fact::Known((!is_api).then(policy)),
    }
}
