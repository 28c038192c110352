//! One site from its first deploy to the removal of a page.

use ops::failure::Exit;
use stack::bucket::ObjectMetadata;
use tests::operator::{Run, parapet_for_people};

use super::folder::Folder;
use super::ground::Ground;

const APP: &str = "app-0123456789abcdef.js";

fn site() -> Folder {
    Folder::of(&[
        ("index.html", "start 1"),
        ("guide/index.html", "guide 1"),
        ("robots.txt", "all"),
        (APP, &"console.log('parapet');\n".repeat(100)),
        ("a b/ö.txt", "umlaut"),
    ])
}

#[tokio::test]
async fn a_first_deploy_puts_everything_with_its_headers() {
    let (ground, site) = (Ground::new().await, site());
    let run = ground.deploy(&site, &[]).await.done();
    assert_eq!(run.keys("upload").len(), 5, "{}", run.out);
    assert_eq!(
        run.paths(),
        ["/", "/a%20b/%C3%B6.txt", "/guide/", "/guide/index.html", "/index.html", "/robots.txt"]
    );
    let metadata = |key: &str| {
        let metadata = ground.object(&format!("site/{key}")).metadata;
        [metadata.content_type, metadata.cache_control, metadata.content_encoding]
            .map(Option::unwrap_or_default)
    };
    let page = "public, max-age=0, s-maxage=86400, must-revalidate";
    let other = "public, max-age=0, s-maxage=3600, must-revalidate";
    assert_eq!(metadata("guide/index.html"), ["text/html; charset=utf-8", page, ""]);
    assert_eq!(metadata("robots.txt"), ["text/plain; charset=utf-8", other, ""]);
    let immutable = "public, max-age=31536000, immutable";
    assert_eq!(metadata(APP), ["text/javascript; charset=utf-8", immutable, "br"]);
    assert!(ground.object(&format!("site/{APP}")).body.len() < 200);
    assert_eq!(ground.view("/guide/").await.1, "guide 1");
    assert_eq!(ground.view("/a%20b/%C3%B6.txt").await.1, "umlaut");
    assert_eq!(ground.view("/.parapet/site.json").await.0, 404);

    let again = ground.deploy(&site, &[]).await.done();
    assert_eq!(
        (again.json()["deploy"].clone(), again.json()["kept"].clone()),
        (serde_json::Value::Null, 5.into())
    );
    assert_eq!(ground.manifest()["history"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn only_what_changed_is_put_and_invalidated() {
    let (ground, site) = (Ground::new().await, site());
    ground.deploy(&site, &[]).await.done();
    for path in ["/", "/guide/", "/robots.txt"] {
        ground.view(path).await;
        assert!(ground.view(path).await.2, "{path} is not cached");
    }
    site.write("guide/index.html", "guide 2");
    let run = ground.deploy(&site, &[]).await.done();
    assert_eq!(run.keys("upload"), ["guide/index.html"]);
    assert_eq!(run.reason("guide/index.html"), "content changed");
    assert_eq!(run.paths(), ["/guide/", "/guide/index.html"]);
    assert_eq!(ground.view("/guide/").await, (200, "guide 2".into(), false));
    assert!(ground.view("/").await.2 && ground.view("/robots.txt").await.2, "others are still cached");
    ground.bucket.put("site/robots.txt", "none", ObjectMetadata::default());
    let healed = ground.deploy(&site, &[]).await.done();
    assert_eq!(healed.reason("robots.txt"), "was changed in the bucket by somebody else");
    assert_eq!(ground.object("site/robots.txt").body, "all");
    ground.bucket.delete("site/robots.txt");
    assert_eq!(ground.deploy(&site, &[]).await.done().reason("robots.txt"), "missing in the bucket");
}

#[tokio::test]
async fn a_page_goes_after_the_grace_and_not_before() {
    let (ground, site) = (Ground::new().await, site());
    ground.deploy(&site, &[]).await.done();
    assert_eq!(ground.view("/guide/").await.1, "guide 1");
    site.remove("guide/index.html");
    let later = ground.deploy(&site, &["--grace-hours", "1"]).await.done();
    assert_eq!(later.keys("remove-later"), ["guide/index.html"]);
    assert_eq!(ground.view("/guide/").await.1, "guide 1");
    let now = ground.deploy(&site, &["--grace-hours", "0"]).await.done();
    assert_eq!(
        (now.keys("remove"), now.paths()),
        (vec!["guide/index.html".into()], vec!["/guide/".into(), "/guide/index.html".into()])
    );
    assert_eq!(ground.view("/guide/").await.0, 404);
    assert!(ground.manifest()["objects"].get("guide/index.html").is_none());
    site.write("guide/index.html", "guide 3");
    assert_eq!(ground.deploy(&site, &[]).await.done().reason("guide/index.html"), "new");
    assert_eq!(ground.view("/guide/").await.1, "guide 3");
}

#[tokio::test]
async fn what_others_put_there_is_not_touched() {
    let (ground, site) = (Ground::new().await, site());
    ground.bucket.put("site/uploads/a.png", "picture", ObjectMetadata::default());
    ground.bucket.put("site/robots.txt", "theirs", ObjectMetadata::default());
    ground.bucket.put("elsewhere.txt", "theirs", ObjectMetadata::default());
    let refused = ground.deploy(&site, &[]).await;
    assert_eq!(refused.exit, Exit::Failed);
    assert!(refused.err.contains("robots.txt") && refused.err.contains("--adopt"), "{}", refused.err);
    assert_eq!(ground.objects().len(), 3);
    assert!(ground.bucket.head(".parapet/site.json").is_none());
    let adopted = ground.deploy(&site, &["--adopt", "--grace-hours", "0"]).await.done();
    assert_eq!(adopted.keys("leave"), ["uploads/a.png"]);
    assert_eq!(ground.object("site/robots.txt").body, "all");
    assert_eq!(ground.object("site/uploads/a.png").body, "picture");
    assert_eq!(ground.object("elsewhere.txt").body, "theirs");
}

#[tokio::test]
async fn a_dry_run_shows_the_plan_and_changes_nothing() {
    let (ground, site) = (Ground::new().await, site());
    let run = ground.deploy(&site, &["--dry-run"]).await.done();
    assert_eq!((run.keys("upload").len(), run.json()["dry_run"].clone()), (5, true.into()));
    assert!(ground.bucket.list("").is_empty());
    let url = ground.url();
    let people =
        ["deploy", "site", site.name(), "--bucket", "parapet-site", "--distribution", "E1LOCALPARAPET"];
    let dry = [&people[..], &["--endpoint-url", &url, "--dry-run"]].concat();
    let table = parapet_for_people(&dry).await.done().out;
    for line in ["upload        guide/index.html  (new)", "invalidate    /guide/", "5 to upload, 0 to remove"]
    {
        assert!(table.contains(line), "{line} in {table}");
    }
    let wet = [&people[..], &["--endpoint-url", &url, "--verbose"]].concat();
    let said = parapet_for_people(&wet).await.done();
    assert!(
        said.out.contains("6 paths: free within the first 1000 of a month, 0.030 USD beyond"),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("is live in s3://parapet-site/site/") && said.err.contains("scanning"),
        "{said:?}"
    );
}

#[tokio::test]
async fn what_deploys_remember_is_out_of_viewers_reach() {
    let ground = Ground::new().await;
    ground.deploy(&site(), &[]).await.done();
    assert_eq!(ground.manifest()["prefix"], "site");
    for path in [
        "/.parapet/site.json",
        "//.parapet/site.json",
        "/../.parapet/site.json",
        "/%2e%2e/.parapet/site.json",
    ] {
        let (status, body, _) = ground.view(path).await;
        assert!(status >= 400 && !body.contains("\"objects\""), "{path}: {status} {body}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_with_the_next_step() {
    let (ground, site) = (Ground::new().await, site());
    let said = |run: Run, exit: Exit, expected: &str| {
        assert_eq!(run.exit, exit, "{run:?}");
        assert!(run.err.contains(expected) && run.err.contains("next: "), "{expected} in {}", run.err);
        assert!(run.json()["next"].is_string());
    };
    said(ground.deploy(&Folder::of(&[]), &[]).await, Exit::Config, "holds no file to deploy");
    said(
        ground.deploy(&site, &["--prefix", ".parapet"]).await,
        Exit::Usage,
        "the prefix \".parapet\" is wrong",
    );
    for all in ["", "/"] {
        said(ground.deploy(&site, &["--prefix", all]).await, Exit::Usage, "the prefix is empty");
    }
    for (garbage, expected) in
        [("<html>", "it is no manifest"), ("{\"format\": 7}", "it has format 7, expected 1")]
    {
        ground.bucket.put(".parapet/site.json", garbage, ObjectMetadata::default());
        said(ground.deploy(&site, &[]).await, Exit::Failed, expected);
    }
    ground.bucket.delete(".parapet/site.json");
    let nowhere = super::ground::deploy_to("http://127.0.0.1:9", &site, &["--patience", "0"]).await;
    said(nowhere, Exit::Failed, "failed");
    assert!(ground.bucket.list("").is_empty());
}
