//! The app that is built here, deployed into the whole cloud, and seen through the gate.

use std::path::Path;

use stack::local::{Stack, StackListeners, StackSettings};
use stack::pool::PoolSettings;
use tests::operator::parapet;

use super::viewer;

#[tokio::test(flavor = "multi_thread")]
async fn our_own_app_is_deployed_and_served() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
    let (gate, site) = (dist.join("edge-auth/edge-auth"), dist.join("site"));
    assert!(gate.exists() && site.join("admin").exists(), "dist/ is missing; `make build` makes it");
    let nothing = tempfile::tempdir().unwrap();
    let settings = StackSettings::new(gate, nothing.path());
    let stack = Stack::start(settings, StackListeners::anywhere().await.unwrap()).await.unwrap();
    let tokens =
        stack.pool().issue_tokens("editor@example.com", PoolSettings::LOCAL_CLIENT_ID, None).unwrap();
    let (id, access) = (tokens.id_token.unwrap(), tokens.access_token);
    let cookie = format!("__Host-id-token={id}; __Host-access-token={access}");
    let client = reqwest::Client::new();
    let view = async |path: &str| {
        let request = client.get(format!("{}{path}", stack.site_url())).header("cookie", &cookie);
        request.send().await.unwrap()
    };
    let kind = |answer: &reqwest::Response| answer.headers()["content-type"].to_str().unwrap().to_owned();
    assert_eq!(view("/admin/").await.status(), 404);

    let url = stack.aws_endpoint().url();
    let fixed = ["deploy", "site", site.to_str().unwrap(), "--bucket", "parapet-site"];
    let more = ["--distribution", "E1LOCALPARAPET", "--endpoint-url", &url];
    parapet(&[&fixed[..], &more].concat()).await.done();
    let app = view("/admin/").await;
    assert_eq!((app.status().as_u16(), kind(&app).as_str()), (200, "text/html; charset=utf-8"));
    let page = std::fs::read_to_string(site.join("admin/index.html")).unwrap();
    assert_eq!(app.text().await.unwrap(), page);
    let deployed = |end: &str| {
        let objects = stack.bucket().list("site/admin/");
        objects.into_iter().find(|object| object.key.ends_with(end)).unwrap()
    };
    // It lies in the bucket compressed, for those who take that.
    let style = format!("{}{}", stack.site_url(), deployed(".css").key.trim_start_matches("site"));
    let style =
        client.get(style).header("cookie", &cookie).header("accept-encoding", "br").send().await.unwrap();
    assert_eq!((style.status().as_u16(), kind(&style).as_str()), (200, "text/css; charset=utf-8"));
    assert_eq!(viewer::get(&format!("{}/admin/", stack.site_url())).await.status, 302);
    let wasm = stack.bucket().list("site/admin/web-");
    let wasm = wasm.into_iter().find(|object| object.key.ends_with("_bg.wasm")).unwrap();
    assert_eq!(wasm.metadata.content_encoding.as_deref(), Some("br"));
    assert_eq!(wasm.metadata.content_type.as_deref(), Some("application/wasm"));
    stack.stop().await;
}
