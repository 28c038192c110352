//! The configuration's other shapes, end to end: the cookies of earlier gates, a client with a secret, two issuers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gate::log::Event;
use gate::reason::Reason;
use serde_json::{Value, json};
use stack::pool::TokenSet;

use super::cookies::Cookies;
use super::gate::Gate;
use super::hosted_ui;
use super::relay::Relay;
use super::world::{CLIENT, CLIENT_SECRET, SECRET_CLIENT, World};

#[tokio::test]
async fn a_client_with_a_secret_authenticates_by_basic() {
    let world = World::start().await;
    let relay = Relay::before(world.pool.base_url()).await;
    let mut config = world.config_through(relay.url());
    config["user_pool"]["client_id"] = json!(SECRET_CLIENT);
    config["user_pool"]["client_secret"] = json!(CLIENT_SECRET);
    // The browser does not go through the relay: it would be recorded as well.
    let gate = Gate::start(&config).await;

    let mut browser = Cookies::default();
    let sign_in = gate.open("/guide/", &browser).await;
    browser.keep(&sign_in);
    let at_the_pool = sign_in.location().replacen(relay.url(), world.pool.base_url(), 1);
    let callback = hosted_ui::sign_in(&at_the_pool, "reader", "Reader-1234").await;
    let back = gate.open(&callback, &browser).await;
    assert_eq!(back.status(), Some(303), "{}", gate.output());
    browser.keep(&back);
    assert!(gate.open("/guide/", &browser).await.is_forwarded());
    browser.forget("__Host-id-token");
    assert_eq!(gate.open("/guide/", &browser).await.status(), Some(307));
    assert_eq!(gate.open("/auth/sign-out", &browser).await.status(), Some(303));
    gate.logged(Event::SignOut, Reason::SignedOut).await;

    let credentials = STANDARD.encode(format!("{SECRET_CLIENT}:{CLIENT_SECRET}"));
    let sent = relay.sent();
    assert_eq!(sent.matches(&format!("authorization: Basic {credentials}\r\n")).count(), 3, "{sent}");
    assert!(!sent.contains("client_secret"));
    assert!(!gate.output().contains(CLIENT_SECRET) && !gate.output().contains(&credentials));
}

#[tokio::test]
async fn the_cookies_of_earlier_gates_are_read_and_written() {
    let world = World::start().await;
    let mut config = world.config();
    config["cookies"]["layout"] = json!("amplify");
    let gate = Gate::start(&config).await;

    // A session that another gate began.
    let moved_over = amplify_session(&world.tokens("editor"), "editor");
    assert_eq!(gate.open("/admin/", &moved_over).await.uri(), "/admin/index.html");
    let call = gate.call("GET", "/api/", &moved_over).await;
    let access_token = moved_over.value(&name("editor.accessToken"));
    assert_eq!(call.headers("authorization"), [format!("Bearer {access_token}")]);
    assert!(call.headers("cookie").is_empty());

    // One whose time has come.
    let mut ended = amplify_session(&world.ended_tokens("editor"), "editor");
    let renewal = gate.open("/admin/", &ended).await;
    assert_eq!(renewal.status(), Some(307), "{}", gate.output());
    ended.keep(&renewal);
    assert!(gate.open("/admin/", &ended).await.is_forwarded());

    // One that begins and ends here, in a browser that knew another person.
    let mut browser = amplify_session(&world.tokens("editor"), "editor");
    let sign_in = gate.open("/auth/sign-in?to=/guide/", &browser).await;
    browser.keep(&sign_in);
    let callback = hosted_ui::sign_in(sign_in.location(), "reader", "Reader-1234").await;
    browser.keep(&gate.open(&callback, &browser).await);
    assert_eq!(browser.value(&name("LastAuthUser")), "reader");
    assert!(browser.names().iter().all(|name| !name.contains("editor")), "{:?}", browser.names());
    assert!(gate.open("/guide/", &browser).await.is_forwarded());
    assert_eq!(gate.open("/admin/", &browser).await.status(), Some(403));
    browser.keep(&gate.open("/auth/sign-out", &browser).await);
    assert!(browser.names().is_empty(), "{:?}", browser.names());
}

#[tokio::test]
async fn tokens_of_every_listed_issuer_are_accepted_and_no_others() {
    let (one, other) = tokio::join!(World::with_id("ONE"), World::with_id("OTHER"));
    let keys: Vec<Value> = [&one, &other]
        .iter()
        .flat_map(|world| world.pool.jwks()["keys"].as_array().unwrap().clone())
        .collect();
    let mut config = one.config();
    config["user_pool"]["jwks"] = json!({ "keys": keys });
    let accepts = async |config: &Value, world: &World| {
        let gate = Gate::start(config).await;
        let tokens = world.tokens("reader");
        let page = gate.open("/", &Cookies::of_session(&tokens)).await.is_forwarded();
        (page, gate.call_with_bearer("/api/", &tokens.access_token).await.is_forwarded())
    };
    assert_eq!(accepts(&config, &one).await, (true, true));
    assert_eq!(
        accepts(&config, &other).await,
        (false, false),
        "its key is known, but its issuer is not listed"
    );

    config["user_pool"]["issuers"] = json!([one.pool.issuer(), other.pool.issuer()]);
    assert_eq!(accepts(&config, &one).await, (true, true));
    assert_eq!(accepts(&config, &other).await, (true, true));
}

fn amplify_session(tokens: &TokenSet, user: &str) -> Cookies {
    Cookies::of([
        (name(&format!("{user}.idToken")), tokens.id_token.clone().unwrap()),
        (name(&format!("{user}.accessToken")), tokens.access_token.clone()),
        (name(&format!("{user}.refreshToken")), tokens.refresh_token.clone().unwrap()),
        (name(&format!("{user}.tokenScopesString")), "openid%20email%20profile".to_owned()),
        (name("LastAuthUser"), user.to_owned()),
    ])
}

fn name(rest: &str) -> String {
    format!("CognitoIdentityServiceProvider.{CLIENT}.{rest}")
}
