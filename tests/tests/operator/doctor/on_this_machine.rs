//! The local cloud: nothing is wrong with it, until somebody makes it so.

use ops::failure::Exit;

use super::examination::{Examination, doctor, doctor_for_people};
use super::ground::Ground;

/// Everything that can be looked at without an account.
async fn examine(ground: &Ground) -> Examination {
    let (config, cookie_file, project) = (ground.config(), ground.cookie_file(), ground.no_project());
    let endpoint = ground.stack.aws_endpoint().url();
    doctor(&[
        "--config",
        &config,
        "--url",
        ground.stack.site_url(),
        "--distribution",
        "E1LOCALPARAPET",
        "--endpoint-url",
        &endpoint,
        "--cookie-file",
        &cookie_file,
        "--project",
        &project,
    ])
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_broken_on_this_machine() {
    let ground = Ground::healthy().await;
    let examination = examine(&ground).await;
    assert_eq!(examination.exit, Exit::Done, "{}", examination.out);
    assert!(!examination.out.contains("\"broken\""), "{}", examination.out);
    for check in [
        "configuration",
        "sign-in",
        "hosted-ui",
        "issuer",
        "signing-keys",
        "unprotected-paths",
        "plain-http",
        "methods",
        "api-authorization",
        "host-header",
        "cache-keys",
        "error-responses",
        "missing-objects",
        "default-root-object",
        "content-policy",
        "cookie-layout",
        "cookie-sizes",
        "sealing-keys",
        "clock",
        "compression",
    ] {
        assert!(examination.fine().contains(&check.to_owned()), "{check}: {}", examination.out);
    }
    // What only an account knows is not passed.
    for check in ["callback-urls", "groups", "token-revocation", "session-life"] {
        assert!(examination.not_checked(check).is_some(), "{check}: {}", examination.out);
    }
    ground.stack.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_alone_tells_something() {
    let ground = Ground::healthy().await;
    let project = ground.no_project();
    let shut = format!("{}/members", ground.stack.site_url());
    let examination = doctor(&["--url", &shut, "--project", &project]).await;
    assert_eq!(examination.exit, Exit::Done, "{}", examination.out);
    assert!(examination.fine().contains(&"hosted-ui".to_owned()), "{}", examination.out);
    let why = examination.not_checked("hosts").unwrap();
    assert!(why.contains("--config"), "{why}");
    let open = format!("{}/about/", ground.stack.site_url());
    let for_people = doctor_for_people(&["--url", open.trim_end_matches('/'), "--project", &project]).await;
    assert_eq!(for_people.exit, Exit::Findings, "{}", for_people.out);
    assert!(
        for_people.out.contains("broken  sign-in") && for_people.out.contains("mend: "),
        "{}",
        for_people.out
    );
    ground.stack.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sabotaged_is_found() {
    let site = tempfile::tempdir().unwrap();
    std::fs::create_dir(site.path().join("admin")).unwrap();
    std::fs::write(site.path().join("admin/index.html"), "<script>start()</script>").unwrap();
    std::fs::write(site.path().join("index.html"), "<p style='color: red'>").unwrap();
    // Its callback is registered with nobody.
    let ground = Ground::with(site.path(), |config| config["auth_prefix"] = "/door".into()).await;
    let before = examine(&ground).await;
    assert_eq!(before.exit, Exit::Findings, "{}", before.out);
    before.found("hosted-ui", "broken", "refuses the gate's authorization request");
    before.found("content-policy", "broken", "the inline script \"start()\"");
    before.found("content-policy", "broken", "1 style attribute: ");
    assert_eq!(before.of("signing-keys"), []);
    ground.stack.pool().rotate_keys().await.unwrap();
    examine(&ground).await.found("signing-keys", "risky", "has rotated them");
    ground.stack.pool().replace_keys().await.unwrap();
    examine(&ground).await.found("signing-keys", "broken", "none of the keys");
    ground.stack.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_configuration_than_the_one_that_runs_is_found() {
    let ground = Ground::healthy().await;
    let running = std::fs::read_to_string(ground.config()).unwrap();
    let mut config: serde_json::Value = serde_json::from_str(&running).unwrap();
    config["user_pool"]["client_id"] = "2another".into();
    config["hosts"] = serde_json::json!(["cms.example.com"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("edge-auth.json");
    std::fs::write(&file, config.to_string()).unwrap();
    let (project, endpoint) = (ground.no_project(), ground.stack.aws_endpoint().url());
    let fixed = ["--url", ground.stack.site_url(), "--project", &project, "--config", file.to_str().unwrap()];
    let more = ["--distribution", "E1LOCALPARAPET", "--endpoint-url", &endpoint];
    let examination = doctor(&[&fixed[..], &more].concat()).await;
    examination.found("sign-in", "broken", "expected 2another");
    examination.found("hosts", "broken", "cms.example.com is a host of the gate");
    std::fs::write(&file, "{ \"hosts\": 1 }").unwrap();
    let refused = doctor(&fixed).await;
    refused.found("configuration", "broken", "hosts");
    assert_eq!(refused.exit, Exit::Findings);
    ground.stack.stop().await;
}
