//! From nothing to a project file, and from there to a gate that starts.

use ops::failure::Exit;
use ops::gate_config::{GateFacts, edge_auth_json};
use ops::project::Project;
use stack::pool::{Pool, PoolSettings};
use tokio::net::TcpListener;

use super::operator::Operator;

const INIT: [&str; 7] =
    ["init", "--name", "docs", "--region", "eu-central-1", "--domain", "docs.example.com"];

#[tokio::test]
async fn a_new_project_file_makes_a_gate_that_starts() {
    let operator = Operator::new();
    let more = [
        "--group",
        "editors",
        "--app",
        "--api",
        "api.example.com",
        "--email",
        "ops@example.com",
        "--stage",
        "staging",
    ];
    let run = operator.run(&[&INIT[..], &more].concat()).await.done();
    assert!(run.out.contains("docs-staging-*") && run.out.contains("next: "), "{run:?}");
    let project = Project::read(&operator.path("parapet.toml")).unwrap();
    assert_eq!(project.sealing_keys_parameter(), "/docs/staging/sealing-keys");

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let pool = Pool::start(PoolSettings::local("http://localhost:8080"), listener).await.unwrap();
    let facts = GateFacts {
        hosts: project.site.domains.clone(),
        issuer: pool.issuer().to_owned(),
        jwks_uri: pool.jwks_uri(),
        hosted_ui_url: pool.base_url().to_owned(),
        client_id: "1example".to_owned(),
        client_secret: None,
        jwks: pool.jwks().to_string(),
        sealing_keys: vec!["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned()],
    };
    let text = edge_auth_json(&project, &facts).unwrap();
    assert_eq!(text, edge_auth_json(&project, &facts).unwrap());
    assert!(text.contains("\"path\": \"/admin/*\"") && text.contains(&pool.jwks_uri()), "{text}");
    pool.stop().await;
}

#[tokio::test]
async fn a_file_that_is_there_stays_unless_it_is_forced_away() {
    let operator = Operator::new();
    operator.write("parapet.toml", "mine");
    let refused = operator.run(&INIT).await;
    assert_eq!(refused.exit, Exit::Failed);
    assert!(refused.err.contains("exists already") && refused.err.contains("--force"), "{refused:?}");
    assert_eq!(operator.read("parapet.toml"), "mine");
    operator.run(&[&INIT[..], &["--force", "--dry-run"]].concat()).await.done();
    assert_eq!(operator.read("parapet.toml"), "mine");
    operator.run(&[&INIT[..], &["--force"]].concat()).await.done();
    assert!(operator.read("parapet.toml").contains("name = \"docs\""));
}

#[tokio::test]
async fn a_dry_run_writes_nothing_and_shows_the_file() {
    let operator = Operator::new();
    let run = operator.run_json(&[&INIT[..], &["--dry-run"]].concat()).await.done();
    assert!(!operator.path("parapet.toml").exists());
    let json = run.json();
    assert_eq!(json["written"], false);
    assert!(Project::parse(json["text"].as_str().unwrap()).is_ok());
}

#[tokio::test]
async fn what_makes_no_project_is_not_written() {
    let operator = Operator::new();
    let wrong =
        operator.run(&["init", "--yes", "--name", "Docs", "--region", "mars", "--domain", "docs"]).await;
    assert_eq!(wrong.exit, Exit::Usage);
    for key in ["name: expected", "region: expected", "site.domains[0]: expected"] {
        assert!(wrong.err.contains(key), "{key}: {wrong:?}");
    }
    let missing = operator.run(&["init", "--yes"]).await;
    assert_eq!(missing.exit, Exit::Usage);
    assert!(missing.err.contains("--name and --region missing"), "{missing:?}");
    assert!(!operator.path("parapet.toml").exists());
}

#[tokio::test]
async fn a_wrong_project_file_is_told_in_json_too() {
    let operator = Operator::new();
    operator.write("parapet.toml", "name = \"docs\"\nregion = 1\nextra = 2\n");
    let run = operator.run_json(&["explain", "https://docs.example.com/"]).await;
    assert_eq!(run.exit, Exit::Config);
    let error = run.json()["error"].as_str().unwrap().to_owned();
    assert!(error.contains("region: expected") && error.contains("extra: unknown key"), "{error}");
    assert!(run.json()["next"].as_str().unwrap().contains("mend"));
}
