//! What survives a restart.

use std::os::unix::fs::PermissionsExt;

use reqwest::StatusCode;
use stack::pool::{Pool, PoolError};
use tokio::net::TcpListener;

use crate::pool::browser::Browser;
use crate::pool::world::{CLIENT, World, settings};

#[tokio::test]
async fn users_refresh_tokens_and_keys_survive_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pool.json");
    let mut settings = settings();
    settings.state_file = Some(path.clone());

    let world = World::with(settings.clone()).await;
    let browser = Browser::new(&world);
    let page = browser.visit("/signup").await;
    let page =
        browser.submit(&page, "/signup", &[("email", "new@example.com"), ("password", "Fresh-1234")]).await;
    let code = world.pool.latest_code_for("new@example.com").unwrap();
    browser.submit(&page, "/confirm", &[("code", &code)]).await;
    let tokens = world.pool.issue_tokens("new@example.com", CLIENT, None).unwrap();
    world.pool.stop().await;

    let world = World::with(settings).await;
    assert!(world.verified(&tokens.access_token).await.is_some());
    assert_eq!(world.refresh(&tokens.refresh_token.unwrap()).await.0, StatusCode::OK);
    let answer = Browser::new(&world).sign_in("new@example.com", "Fresh-1234", &[]).await;
    assert!(answer.returned("code").is_some());
    world.pool.stop().await;

    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("Fresh-1234") && !text.contains("Reader-1234"));
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_broken_state_file_stops_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pool.json");
    std::fs::write(&path, "{}").unwrap();
    let mut settings = settings();
    settings.state_file = Some(path);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let error = Pool::start(settings, listener).await.err().unwrap();
    assert!(matches!(error, PoolError::StateFile(_)));
    assert!(error.to_string().contains("pool.json: expected what an earlier run of this pool wrote"));
}
