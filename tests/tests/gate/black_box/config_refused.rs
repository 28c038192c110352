//! Security case 65: with a configuration that is wrong in whatever place, the gate does not start; it names every
//! problem in one go, and no secret.

use std::process::Stdio;

use serde_json::{Value, json};
use stack::function_host::{InitFailure, InvokeError};
use tokio::process::Command;

use super::config::{SEALING_KEY, config};
use super::event::event;
use super::gate::{Gate, binary};

const SECRET: &str = "5ecret5ecret5ecret5ecret";

/// A place in the configuration, what stands there, and how the problem is named.
fn wrong_members() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("/hosts", json!([]), "hosts: "),
        ("/hosts/0", json!("https://cms.example.com"), "hosts[0]: "),
        ("/auth_prefix", json!("auth/"), "auth_prefix: "),
        ("/user_pool/issuers", json!("https://one.example"), "user_pool.issuers: "),
        ("/user_pool/issuers/0", json!("http://cognito-idp.example/pool"), "user_pool.issuers[0]: "),
        ("/user_pool/jwks_uri", json!("ftp://x.example"), "user_pool.jwks_uri: "),
        ("/user_pool/jwks", json!({ "keys": {} }), "user_pool.jwks: "),
        ("/user_pool/domain", json!("login.example.com"), "user_pool.domain: "),
        ("/user_pool/domain", json!("http://login.example.com"), "user_pool.domain: "),
        ("/user_pool/client_id", json!("a b"), "user_pool.client_id: "),
        ("/user_pool/client_secret", json!(""), "user_pool.client_secret: "),
        ("/user_pool/client_secret", json!([SECRET]), "user_pool.client_secret: "),
        ("/user_pool/scopes", json!(["email"]), "user_pool.scopes: "),
        ("/user_pool/scopes/0", json!("openid email"), "user_pool.scopes[0]: "),
        ("/cookies/layout", json!("Host"), "cookies.layout: "),
        ("/cookies/sealing_keys", json!([]), "cookies.sealing_keys: "),
        ("/cookies/sealing_keys", json!(SEALING_KEY), "cookies.sealing_keys: "),
        ("/cookies/sealing_keys/0", json!(format!("{SEALING_KEY}{SECRET}")), "cookies.sealing_keys[0]: "),
        ("/session/renew_within_seconds", json!(-1), "session.renew_within_seconds: "),
        ("/session/renew_within_seconds", json!("300"), "session.renew_within_seconds: "),
        ("/routes", json!([]), "routes: "),
        ("/routes/0/path", json!("public/*"), "routes[0].path: "),
        ("/routes/1/kind", json!("rest"), "routes[1].kind: "),
        ("/routes/1/access", json!("everybody"), "routes[1].access: "),
        ("/routes/2/access/groups", json!([]), "routes[2].access.groups: "),
        ("/routes/2/entry", json!(null), "routes[2].entry: "),
        ("/routes/3", json!("/*"), "routes[3]: "),
        ("/response_headers", json!({ "x-cache": "Hit" }), "response_headers.x-cache: "),
        ("/response_headers", json!({ "x-a": "b\r\nset-cookie: c=d" }), "response_headers.x-a: "),
        ("/api_clients", json!([1]), "api_clients[0]: "),
        ("/log", json!("verbose"), "log: "),
    ]
}

/// Members that must be there.
const REQUIRED: [(&str, &str); 8] = [
    ("", "hosts"),
    ("", "user_pool"),
    ("/user_pool", "issuers"),
    ("/user_pool", "domain"),
    ("/user_pool", "client_id"),
    ("", "cookies"),
    ("/cookies", "sealing_keys"),
    ("", "routes"),
];

#[tokio::test]
async fn each_wrong_member_is_named() {
    for (place, value, problem) in wrong_members() {
        let mut config = good();
        *config.pointer_mut(place).unwrap() = value;
        names(&config, &[problem]).await;
    }
    for (section, member) in REQUIRED {
        let mut config = good();
        config.pointer_mut(section).unwrap().as_object_mut().unwrap().remove(member).unwrap();
        names(&config, &[&format!("{member}: missing")]).await;
    }
    for section in ["", "/user_pool", "/cookies", "/session", "/routes/0", "/routes/2/access"] {
        let mut config = good();
        config.pointer_mut(section).unwrap()["surplus"] = json!(SECRET);
        names(&config, &["surplus: unknown member"]).await;
    }
}

#[tokio::test]
async fn all_problems_are_named_in_one_go() {
    let mut config = good();
    let (mut places, mut expected) = (Vec::new(), vec!["surplus: unknown member"]);
    config["surplus"] = json!(SECRET);
    for (place, value, problem) in wrong_members() {
        let is_free =
            places.iter().all(|taken: &&str| !taken.starts_with(place) && !place.starts_with(taken));
        if is_free {
            *config.pointer_mut(place).unwrap() = value;
            places.push(place);
            expected.push(problem);
        }
    }
    assert!(expected.len() > 15);
    names(&config, &expected).await;
}

#[tokio::test]
async fn a_file_that_is_no_configuration_is_named() {
    for (file, problem) in [
        (None, "edge-auth.json: "),
        (Some(b"".as_slice()), "expected a JSON document"),
        (Some(b"{\"client_secret\":\"5ecret5ecret5ecret5ecret\""), "expected a JSON document"),
        (Some(b"\xff\xfe5ecret5ecret5ecret5ecret"), "edge-auth.json: "),
        (Some(b"[\"5ecret5ecret5ecret5ecret\"]"), "expected an object"),
    ] {
        refuses(&Gate::with_file(file).await, &[problem]).await;
    }
}

#[tokio::test]
async fn behind_the_handler_everybody_is_told_to_come_back() {
    let mut config = good();
    config["surplus"] = json!(SECRET);
    let gate = Gate::behind_handler(&config).await;
    for _ in 0..3 {
        let answer = gate.ask(&event("GET", "/public/", &[])).await;
        assert_eq!((answer.status(), answer.header("cache-control")), (Some(503), Some("no-store")));
        assert!(answer.body().contains("<html") && !answer.body().contains(SECRET), "{answer:?}");
    }
    assert_eq!(
        (gate.counts().cold_starts, gate.counts().restarts),
        (1, 0),
        "it does not die at each request"
    );
    assert!(gate.output().contains("surplus: unknown member"), "{}", gate.output());
}

#[tokio::test]
async fn without_a_task_root_the_process_ends_and_says_so() {
    let output = Command::new(binary()).env_clear().stdin(Stdio::null()).output().await.unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(stderr.contains("LAMBDA_TASK_ROOT"), "{stderr}");
}

#[tokio::test]
async fn the_configuration_of_the_contract_starts() {
    let gate = Gate::start(&good()).await;
    assert_eq!(gate.ask(&event("GET", "/", &[])).await.status(), Some(302));
    // Everything with a default may be left out.
    let mut least = good();
    for (section, members) in [
        ("", ["auth_prefix", "session", "response_headers", "api_clients", "log"].as_slice()),
        ("/user_pool", &["jwks_uri", "jwks", "client_secret", "scopes"]),
        ("/cookies", &["layout"]),
    ] {
        let section = least.pointer_mut(section).unwrap().as_object_mut().unwrap();
        assert!(members.iter().all(|&member| section.remove(member).is_some()));
    }
    let gate = Gate::start(&least).await;
    assert_eq!(gate.ask(&event("GET", "/", &[])).await.location_parameter("scope"), "openid email profile");
}

fn good() -> Value {
    let issuer = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_EXAMPLE";
    let mut config = config(issuer, "https://login.example.com", &json!({ "keys": [] }), "1example23456789");
    config["user_pool"]["client_secret"] = json!(SECRET);
    config
}

async fn names(config: &Value, problems: &[&str]) {
    refuses(&Gate::start(config).await, problems).await;
}

/// The process ends before it asks for an event, with a line for each problem and none with a secret.
async fn refuses(gate: &Gate, problems: &[&str]) {
    match gate.invoke(b"{}").await {
        Err(InvokeError::InitFailed { cause: InitFailure::Exited(Some(status)), stderr }) => {
            assert!(!status.success());
            let details: Vec<String> = stderr
                .lines()
                .map(|line| {
                    serde_json::from_str::<Value>(line).unwrap()["detail"].as_str().unwrap().to_owned()
                })
                .collect();
            for problem in problems {
                assert!(details.iter().any(|detail| detail.contains(problem)), "no {problem:?} in {stderr}");
            }
            assert_eq!(details.len(), problems.len(), "{stderr}");
            assert!(!stderr.contains(SECRET) && !stderr.contains(SEALING_KEY), "{stderr}");
        }
        other => panic!("started in spite of {problems:?}: {other:?}"),
    }
}
