//! Failures on request.

use std::time::Duration;

use reqwest::StatusCode;
use stack::pool::Fault;

use crate::pool::world::{CLIENT, World};

async fn fetch(world: &World) -> reqwest::Result<(StatusCode, String)> {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let form = [("grant_type", "refresh_token"), ("client_id", CLIENT), ("refresh_token", "x")];
    let url = format!("{}/oauth2/token", world.pool.base_url());
    let response = http.post(url).form(&form).send().await?;
    let status = response.status();
    Ok((status, response.text().await?))
}

#[tokio::test]
async fn answers_fail_as_told_and_work_again() {
    let world = World::start().await;
    world.pool.set_fault(Some(Fault::Status(500)));
    assert_eq!(fetch(&world).await.unwrap().0, StatusCode::INTERNAL_SERVER_ERROR);
    world.pool.set_fault(Some(Fault::Html));
    assert!(fetch(&world).await.unwrap().1.starts_with("<!doctype html>"));
    world.pool.set_fault(Some(Fault::Redirect));
    assert_eq!(fetch(&world).await.unwrap().0, StatusCode::TEMPORARY_REDIRECT);
    world.pool.set_fault(Some(Fault::Huge));
    assert!(fetch(&world).await.unwrap().1.len() > 10_000_000);
    world.pool.set_fault(Some(Fault::HalfBody));
    assert!(fetch(&world).await.is_err());
    world.pool.set_fault(Some(Fault::Slow(Duration::from_millis(1))));
    assert_eq!(fetch(&world).await.unwrap().0, StatusCode::BAD_REQUEST);
    world.pool.set_fault(None);
    assert_eq!(fetch(&world).await.unwrap().0, StatusCode::BAD_REQUEST);
    assert_eq!(world.pool.token_requests().refresh_token, 7);
}

#[tokio::test]
async fn the_keys_fail_too() {
    let world = World::start().await;
    world.pool.set_fault(Some(Fault::Status(503)));
    assert_eq!(reqwest::get(world.pool.jwks_uri()).await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_pool_that_hangs_can_be_stopped() {
    let world = World::start().await;
    world.pool.set_fault(Some(Fault::Hang));
    let jwks_uri = world.pool.jwks_uri();
    let hanging = tokio::spawn(reqwest::get(jwks_uri.clone()));
    while world.pool.jwks_requests() == 0 {
        tokio::task::yield_now().await;
    }
    world.pool.stop().await;
    assert_eq!(hanging.await.unwrap().unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(reqwest::get(jwks_uri).await.unwrap_err().is_connect());
}
