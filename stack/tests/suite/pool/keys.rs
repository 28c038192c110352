//! The published keys, their rotation, and the metadata.

use serde_json::{Value, json};

use crate::pool::world::{CLIENT, World};

async fn kids(world: &World) -> Vec<Value> {
    let jwks = world.json(&world.pool.jwks_uri()).await;
    jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].clone()).collect()
}

#[tokio::test]
async fn two_keys_are_published() {
    let world = World::start().await;
    let jwks = world.json(&world.pool.jwks_uri()).await;
    for key in jwks["keys"].as_array().unwrap() {
        let shown = (&key["kty"], &key["alg"], &key["use"], &key["e"]);
        assert_eq!(shown, (&json!("RSA"), &json!("RS256"), &json!("sig"), &json!("AQAB")));
    }
    assert_eq!(kids(&world).await.len(), 2);
    assert_eq!(world.pool.jwks_requests(), 2);
}

#[tokio::test]
async fn rotation_keeps_the_old_keys_published() {
    let world = World::start().await;
    let earlier = kids(&world).await;
    let old = world.pool.issue_tokens("reader", CLIENT, None).unwrap().access_token;
    world.pool.rotate_keys().await.unwrap();
    let new = world.pool.issue_tokens("reader", CLIENT, None).unwrap().access_token;
    assert!(world.verified(&old).await.is_some());
    let (header, _) = world.verified(&new).await.unwrap();
    assert!(!earlier.contains(&header["kid"]));
    let now = kids(&world).await;
    assert!(now.len() == 4 && earlier.iter().all(|kid| now.contains(kid)));
}

#[tokio::test]
async fn replacement_drops_the_old_keys() {
    let world = World::start().await;
    let old = world.pool.issue_tokens("reader", CLIENT, None).unwrap().access_token;
    world.pool.replace_keys().await.unwrap();
    assert!(world.verified(&old).await.is_none());
    assert_eq!(kids(&world).await.len(), 2);
}

#[tokio::test]
async fn the_metadata_name_the_endpoints() {
    let world = World::start().await;
    let (base, issuer) = (world.pool.base_url(), world.pool.issuer());
    assert_eq!(issuer, format!("{base}/local_EXAMPLE"));
    let metadata = world.json(&format!("{issuer}/.well-known/openid-configuration")).await;
    assert_eq!(metadata["issuer"], issuer);
    assert_eq!(metadata["jwks_uri"], world.pool.jwks_uri());
    assert_eq!(metadata["token_endpoint"], format!("{base}/oauth2/token"));
}
