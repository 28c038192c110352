//! Publishing, schedules, revisions, previews, redirects and search, as far as the API tells of them.

use serde_json::{Value, json};

use crate::api::site::{Person, Site};

#[tokio::test]
async fn a_publication_is_a_release_that_ends_live() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let reply = site.act(&entry, "POST", "/publish", Person::Editor).await;
    let release = reply.expect(202);
    let location = format!("/api/v1/releases/{}", release["id"].as_str().unwrap());
    assert_eq!(reply.header("location"), location);
    assert_eq!(
        (&release["action"], &release["entry"], &release["revision"]),
        (&json!("publish"), &entry["id"], &json!(1))
    );
    let published = site.read(&entry).await;
    assert_eq!((&published["state"], &published["published_revision"]), (&json!("published"), &json!(1)));
    let live = site.live(&release).await;
    assert_eq!(live["state"], "live");
    let steps: Vec<&str> =
        live["steps"].as_array().unwrap().iter().map(|step| step["name"].as_str().unwrap()).collect();
    assert_eq!(steps, ["queued", "placing", "announcing", "live"]);
    assert!(live["paths"].as_array().unwrap().contains(&json!("/news/one/")), "{live}");
    assert!(site.object("site/news/one/index.html").unwrap().contains("One"));
    site.ask("POST", &format!("/releases/{}/retry", site.id(&release)))
        .by(Person::Editor)
        .send()
        .await
        .problem(409, "conflict");
    let changed = site.put(&published, Person::Editor, &json!({ "title": "Two" })).await.expect(200);
    assert_eq!(changed["state"], "changed");
    let off = site.act(&changed, "POST", "/unpublish", Person::Editor).await.expect(202);
    assert_eq!((&off["action"], &off["revision"]), (&json!("unpublish"), &Value::Null));
    assert_eq!(site.read(&entry).await["state"], "archived");
    site.live(&off).await;
    assert!(site.object("site/news/one/index.html").is_none());
}

#[tokio::test]
async fn publishing_asks_for_a_title() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let emptied = site.put(&entry, Person::Author, &json!({ "title": " " })).await.expect(200);
    let problem = site.act(&emptied, "POST", "/publish", Person::Editor).await.problem(422, "invalid");
    assert_eq!(crate::api::request::pointers(&problem), ["/title"]);
}

#[tokio::test]
async fn revisions_are_kept_shown_and_restored() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let first = site.put(&entry, Person::Author, &json!({ "body": "first" })).await.expect(200);
    let path = format!("/entries/{}", site.id(&entry));
    let mut latest = first.clone();
    for body in ["a", "ab", "abc"] {
        let ask =
            site.ask("PUT", &format!("{path}?autosave=true")).by(Person::Author).version(&latest["version"]);
        latest = ask.json(&json!({ "body": body })).send().await.expect(200);
    }
    let list = site.get(&format!("{path}/revisions"), Person::Author).await.expect(200);
    let kinds: Vec<(i64, &str)> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["number"].as_i64().unwrap(), item["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds.first(), Some(&(3, "autosave")), "one author's autosaves in a row are one revision");
    assert!(list["items"][0].get("content").is_none());
    let shown = site.get(&format!("{path}/revisions/2"), Person::Author).await.expect(200);
    assert_eq!(shown["content"]["body"], "first");
    site.get(&format!("{path}/revisions/9"), Person::Author).await.problem(404, "not-found");
    let restore = format!("{path}/revisions/2/restore");
    site.ask("POST", &restore).by(Person::Author).send().await.problem(428, "precondition-required");
    site.ask("POST", &restore)
        .by(Person::Author)
        .version(&json!(1))
        .send()
        .await
        .problem(412, "version-mismatch");
    let restored =
        site.ask("POST", &restore).by(Person::Author).version(&latest["version"]).send().await.expect(200);
    assert_eq!(restored["body"], "first");
    let list = site.get(&format!("{path}/revisions?limit=1"), Person::Author).await.expect(200);
    assert_eq!(list["items"][0]["kind"], "restore");
    let next = list["next"].as_str().unwrap();
    let more = site.get(&format!("{path}/revisions?cursor={next}"), Person::Author).await.expect(200);
    assert_eq!(more["items"][0]["number"], 3);
}

#[tokio::test]
async fn a_preview_is_the_page_for_who_may_change_it() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let entry = site.put(&entry, Person::Author, &json!({ "body": "Some *text*" })).await.expect(200);
    let path = format!("/entries/{}/preview", site.id(&entry));
    let reply = site.get(&path, Person::Author).await;
    assert_eq!(reply.status, 200);
    assert!(reply.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    let page = String::from_utf8(reply.bytes).unwrap();
    assert!(page.contains("<em>text</em>"), "{page}");
    let foreign = site.post("/entries", Person::Editor, &json!({ "title": "Secret" })).await.expect(201);
    site.get(&format!("/entries/{}/preview", site.id(&foreign)), Person::Author)
        .await
        .problem(403, "forbidden");
    let release = site.act(&entry, "POST", "/publish", Person::Editor).await.expect(202);
    site.live(&release).await;
    let after = site.get(&path, Person::Editor).await;
    assert_eq!(site.object("site/news/one/index.html").unwrap(), String::from_utf8(after.bytes).unwrap());
}

#[tokio::test]
async fn what_is_scheduled_is_done_in_time() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let body = json!({ "publish_at": site.clock.later(60), "unpublish_at": site.clock.later(120) });
    let path = format!("/entries/{}/schedule", site.id(&entry));
    site.post(&path, Person::Author, &body).await.problem(403, "forbidden");
    let scheduled = site.post(&path, Person::Editor, &body).await.expect(200);
    assert_eq!(scheduled["state"], "scheduled");
    let edited = site.put(&scheduled, Person::Editor, &json!({ "body": "x" })).await.expect(200);
    assert_eq!(edited["publish_at"], scheduled["publish_at"], "an edit keeps it");
    site.clock.advance(61);
    site.drive().await;
    assert_eq!(site.read(&entry).await["state"], "published");
    site.clock.advance(60);
    site.drive().await;
    assert_eq!(site.read(&entry).await["state"], "archived");
    site.post(&path, Person::Editor, &json!({})).await.problem(422, "invalid");
    let past = json!({ "publish_at": "2020-01-01T00:00:00Z", "unpublish_at": null });
    assert_eq!(
        site.post(&path, Person::Editor, &past).await.expect(200)["state"],
        "published",
        "a past time is now"
    );
    let future = json!({ "publish_at": null, "unpublish_at": site.clock.later(60) });
    site.post(&path, Person::Editor, &future).await.expect(200);
    let forgotten = site.ask("DELETE", &path).by(Person::Editor).send().await.expect(200);
    assert!(forgotten["unpublish_at"].is_null() && forgotten["publish_at"].is_null());
}

#[tokio::test]
async fn a_moved_entry_leaves_a_redirect() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let release = site.act(&entry, "POST", "/publish", Person::Editor).await.expect(202);
    site.live(&release).await;
    let moved = site.read(&entry).await;
    let moved = site.put(&moved, Person::Editor, &json!({ "slug": "uno" })).await.expect(200);
    let release = site.act(&moved, "POST", "/publish", Person::Editor).await.expect(202);
    site.live(&release).await;
    let redirects = site.get("/redirects", Person::Editor).await.expect(200);
    assert_eq!(
        (&redirects["items"][0]["from"], &redirects["items"][0]["to"]),
        (&json!("/news/one/"), &json!("/news/uno/"))
    );
    let alias = json!({ "from": "/old/path/", "entry": entry["id"] });
    site.post("/redirects", Person::Author, &alias).await.problem(403, "forbidden");
    let made = site.post("/redirects", Person::Editor, &alias).await.expect(201);
    assert_eq!((&made["from"], &made["to"]), (&json!("/old/path/"), &json!("/news/uno/")));
    site.post("/redirects", Person::Editor, &json!({ "from": "old", "entry": entry["id"] }))
        .await
        .problem(422, "invalid");
    let taken = json!({ "from": "/news/uno/", "entry": entry["id"] });
    site.post("/redirects", Person::Editor, &taken).await.expect(409);
}

#[tokio::test]
async fn a_search_finds_what_the_caller_may_read() {
    let site = Site::new().await;
    for section in ["/news/", "/guide/", "/team/"] {
        let entry = site.entry(section, "Harbour").await;
        let entry =
            site.put(&entry, Person::Editor, &json!({ "body": "The zebra waits." })).await.expect(200);
        site.act(&entry, "POST", "/publish", Person::Editor).await.expect(202);
    }
    site.entry("/news/", "Zebra draft").await;
    let paths = |list: Value| -> Vec<String> {
        let mut paths: Vec<String> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["path"].as_str().unwrap().to_owned())
            .collect();
        paths.sort();
        paths
    };
    let nobody = site.ask("GET", "/search?q=zeb").send().await.expect(200);
    assert!(nobody["items"][0]["excerpt"].as_str().unwrap().contains("zebra"), "{nobody}");
    assert_eq!(paths(nobody), ["/news/harbour/"]);
    assert_eq!(
        paths(site.get("/search?q=zebra", Person::Reader).await.expect(200)),
        ["/guide/harbour/", "/news/harbour/"]
    );
    assert_eq!(paths(site.get("/search?q=zebra", Person::Editor).await.expect(200)).len(), 3);
    site.ask("GET", "/search").send().await.problem(400, "bad-request");
    assert_eq!(paths(site.ask("GET", "/search?q=%20").send().await.expect(200)), [""; 0]);
    site.ask("GET", "/search?q=x").bearer("forged").send().await.problem(401, "unauthorized");
}
