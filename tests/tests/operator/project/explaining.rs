//! `parapet explain`, with tokens of the user pool's double.

use ops::failure::Exit;
use serde_json::{Value, json};
use stack::pool::{Pool, PoolSettings, RunningPool};
use tests::operator::Run;
use tokio::net::TcpListener;

use super::operator::Operator;

struct Ground {
    operator: Operator,
    pool: RunningPool,
    client: String,
}

impl Ground {
    /// A user pool, and the configuration of a gate before it.
    async fn new() -> Ground {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = PoolSettings::local("http://localhost:8080");
        let client = settings.clients[0].client_id.clone();
        let pool = Pool::start(settings, listener).await.unwrap();
        let ground = Ground { operator: Operator::new(), pool, client };
        ground.operator.write("edge-auth.json", &ground.config().to_string());
        ground
    }

    fn config(&self) -> Value {
        let local = include_str!("../../../../edge-auth/edge-auth.local.json");
        let mut config: Value = serde_json::from_str(local).unwrap();
        config["user_pool"]["issuers"] = json!([self.pool.issuer()]);
        config["user_pool"]["jwks_uri"] = json!(self.pool.jwks_uri());
        config["user_pool"]["jwks"] = self.pool.jwks();
        config["user_pool"]["domain"] = json!(self.pool.base_url());
        config["user_pool"]["client_id"] = json!(self.client);
        config
    }

    fn tokens(&self, login: &str) -> Value {
        serde_json::to_value(self.pool.issue_tokens(login, &self.client, None).unwrap()).unwrap()
    }

    async fn explain(&self, arguments: &[&str]) -> Run {
        let config = self.operator.path("edge-auth.json");
        let all = [&["explain", "--config", config.to_str().unwrap()], arguments].concat();
        self.operator.run(&all).await
    }
}

fn cookie(name: &str, token: &Value) -> String {
    format!("__Host-{name}={}", token.as_str().unwrap())
}

#[tokio::test]
async fn a_real_session_is_explained_without_its_tokens() {
    let ground = Ground::new().await;
    let tokens = ground.tokens("editor@example.com");
    let (id, refresh) =
        (cookie("id-token", &tokens["id_token"]), cookie("refresh-token", &tokens["refresh_token"]));
    let url = "http://localhost:8080/admin/posts/12?draft=secret-query";
    let run = ground.explain(&[url, "--cookie", &id, "--cookie", &refresh]).await.done();
    for part in [
        "/admin/*, kind app",
        "good for",
        "editors",
        "passes; the cache or the origin is asked for /admin/index.html",
    ] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    let said = format!("{}{}", run.out, run.err);
    for name in ["id_token", "access_token", "refresh_token"] {
        assert!(!said.contains(tokens[name].as_str().unwrap()), "{name}");
    }
    assert!(!said.contains("secret-query"));

    // Two hours later the session is renewed instead.
    let later = ops::moment::Moment::now().plus(7_200).rfc3339();
    let run = ground.explain(&[url, "--cookie", &id, "--cookie", &refresh, "--at", &later]).await.done();
    for part in
        ["expired since", "asks the user pool for new tokens", "grant_type=refresh_token", "answers 503"]
    {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert_eq!(ground.pool.token_requests(), Default::default(), "nothing is asked of the pool");
}

#[tokio::test]
async fn an_event_from_a_file_says_the_same_as_its_url() {
    let ground = Ground::new().await;
    let event = json!({ "Records": [{ "cf": {
        "config": { "eventType": "viewer-request", "requestId": "r-1" },
        "request": { "clientIp": "192.0.2.1", "method": "GET", "uri": "/news/%2e%2e/admin/", "querystring": "",
                     "headers": { "host": [{ "key": "Host", "value": "localhost:8080" }] } },
    } }] });
    let file = ground.operator.write("event.json", &event.to_string());
    let by_event = ground.explain(&[file.to_str().unwrap()]).await.done();
    let by_url = ground.explain(&["http://localhost:8080/news/%2e%2e/admin/"]).await.done();
    let after_first_line = |run: &Run| run.out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(after_first_line(&by_event), after_first_line(&by_url));
    assert!(by_event.out.contains("answers 400") && by_event.out.contains("dot segment"), "{}", by_event.out);

    let mixed = ground.explain(&[file.to_str().unwrap(), "--method", "POST"]).await;
    assert_eq!(mixed.exit, Exit::Usage);
    let missing = ground.explain(&["no-such-event.json"]).await;
    assert!(missing.exit == Exit::Failed && missing.err.contains("next: "), "{missing:?}");
    let none = ground.operator.write("none.json", "{}");
    assert_eq!(ground.explain(&[none.to_str().unwrap()]).await.exit, Exit::Config);
}

#[tokio::test]
async fn another_pools_token_is_refused_and_says_whose_it_is() {
    let ground = Ground::new().await;
    let stranger = Ground::new().await;
    let tokens = stranger.tokens("editor@example.com");
    let id = cookie("id-token", &tokens["id_token"]);
    let mut config = ground.config();
    // The keys are known, and the issuer is not: the case of a wrong user pool id.
    config["user_pool"]["jwks"] = stranger.pool.jwks();
    ground.operator.write("edge-auth.json", &config.to_string());
    let run = ground.explain(&["http://localhost:8080/guide/", "--cookie", &id]).await.done();
    for part in ["iss is not one of the user pool's issuers", stranger.pool.issuer(), "answers 302"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
}

#[tokio::test]
async fn the_project_file_alone_explains_routes() {
    let operator = Operator::with_project();
    let run = operator.run(&["explain", "https://docs.example.com/guide/"]).await.done();
    assert!(run.out.contains("1 of 1: /*, kind site") && run.out.contains("answers 302"), "{run:?}");
    assert!(run.err.contains("no token can be verified"), "{run:?}");
    let json = operator.run_json(&["explain", "https://evil.example/"]).await.done().json();
    assert_eq!(json["explanation"]["outcome"]["answer"]["reason"], "unknown_host");
}

#[tokio::test]
async fn a_wrong_configuration_is_told_with_all_its_problems() {
    let operator = Operator::with_project();
    let config = operator.write("edge-auth.json", "{ \"hosts\": [], \"log\": \"loud\" }");
    let run =
        operator.run(&["explain", "https://docs.example.com/", "--config", config.to_str().unwrap()]).await;
    assert_eq!(run.exit, Exit::Config);
    assert!(run.err.contains("hosts") && run.err.contains("log"), "{run:?}");
}
