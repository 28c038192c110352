//! The site that is built here, deployed into the whole cloud, and seen through the gate.

use std::path::Path;

use stack::local::{Stack, StackListeners, StackSettings};
use tests::operator::parapet;

use super::viewer;

#[tokio::test(flavor = "multi_thread")]
async fn our_own_site_is_deployed_and_served() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
    let (gate, site) = (dist.join("edge-auth/edge-auth"), dist.join("site"));
    assert!(gate.exists() && site.exists(), "dist/ is missing; `make build` makes it");
    let nothing = tempfile::tempdir().unwrap();
    let settings = StackSettings::new(gate, nothing.path());
    let stack = Stack::start(settings, StackListeners::anywhere().await.unwrap()).await.unwrap();
    let view = async |path: &str| viewer::get(&format!("{}{path}", stack.site_url())).await;
    assert_eq!(view("/public/about/").await.status, 404);
    let url = stack.aws_endpoint().url();
    let fixed = ["deploy", "site", site.to_str().unwrap(), "--bucket", "parapet-site"];
    let more = ["--distribution", "E1LOCALPARAPET", "--endpoint-url", &url];
    parapet(&[&fixed[..], &more].concat()).await.done();
    let about = view("/public/about/").await;
    assert_eq!(about.status, 200);
    assert_eq!(about.header("content-type"), "text/html; charset=utf-8");
    let page = std::fs::read_to_string(site.join("public/about/index.html")).unwrap();
    assert_eq!(about.body, page);
    let style = view("/public/assets/site.css").await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(view("/guide/").await.status, 302);
    let wasm = stack
        .bucket()
        .list("site/admin/")
        .into_iter()
        .find(|object| object.key.ends_with("_bg.wasm"))
        .unwrap();
    assert_eq!(wasm.metadata.content_encoding.as_deref(), Some("br"));
    assert_eq!(wasm.metadata.content_type.as_deref(), Some("application/wasm"));
    stack.stop().await;
}
