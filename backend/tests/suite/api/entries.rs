//! Entries: begun, opened, saved, listed, trashed and restored.

use serde_json::json;

use crate::api::request::pointers;
use crate::api::site::{Person, Site};

#[tokio::test]
async fn an_entry_is_begun_with_a_title_alone() {
    let site = Site::new().await;
    let reply = site.post("/entries", Person::Author, &json!({ "title": "Hello, Wörld!" })).await;
    let entry = reply.expect(201);
    assert_eq!(reply.header("location"), format!("/api/v1/entries/{}", entry["id"].as_str().unwrap()));
    assert_eq!(reply.header("etag"), "\"1\"");
    assert_eq!(entry["slug"], "hello-world");
    assert_eq!(entry["state"], "draft");
    assert_eq!(entry["version"], 1);
    assert_eq!(entry["author"]["id"], "sub-author");
    assert_eq!(entry["path"], format!("{}hello-world/", entry["section"].as_str().unwrap()));
    for absent in ["published_at", "published_revision", "publish_at", "unpublish_at", "release", "cover"] {
        assert!(entry[absent].is_null(), "{absent}");
    }
    let again = site.post("/entries", Person::Author, &json!({ "title": "Hello, World" })).await.expect(201);
    assert_eq!(again["slug"], "hello-world-2", "a slug from a title gets a number where it is taken");
}

#[tokio::test]
async fn readers_have_nothing_to_do_with_entries() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let id = entry["id"].as_str().unwrap();
    for (method, path) in [
        ("GET", "/entries".to_owned()),
        ("GET", format!("/entries/{id}")),
        ("GET", format!("/entries/{id}/revisions")),
        ("GET", format!("/entries/{id}/preview")),
        ("PUT", format!("/entries/{id}/presence")),
        ("GET", "/tags".to_owned()),
        ("GET", "/sections".to_owned()),
        ("GET", "/media".to_owned()),
    ] {
        site.ask(method, &path).by(Person::Reader).send().await.problem(403, "forbidden");
        site.ask(method, &path).send().await.problem(401, "unauthorized");
    }
    let refused =
        site.post("/entries", Person::Reader, &json!({ "title": "x" })).await.problem(403, "forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("authors"), "{refused}");
}

#[tokio::test]
async fn everything_that_is_wrong_with_an_entry_is_told_at_once() {
    let site = Site::new().await;
    let wrong = json!({ "title": " ", "tags": [1], "section": "/nowhere/", "nonsense": 1, "order": "x" });
    let problem = site.post("/entries", Person::Author, &wrong).await.problem(422, "invalid");
    for pointer in ["/title", "/tags/0", "/nonsense", "/order"] {
        assert!(pointers(&problem).contains(&pointer), "{pointer} {problem}");
    }
    let nowhere = json!({ "title": "x", "section": "/nowhere/" });
    let problem = site.post("/entries", Person::Author, &nowhere).await.problem(422, "invalid");
    assert_eq!(pointers(&problem), ["/section"]);
    let slug = json!({ "title": "x", "slug": "a b" });
    let problem = site.post("/entries", Person::Author, &slug).await.problem(422, "invalid");
    assert_eq!(pointers(&problem), ["/slug"]);
    site.ask("POST", "/entries")
        .by(Person::Author)
        .header("content-type", "application/json")
        .text("{")
        .send()
        .await
        .problem(400, "bad-request");
    site.ask("POST", "/entries").by(Person::Author).text("{}").send().await.problem(415, "unsupported-type");
    let large = json!({ "title": "x", "body": "x".repeat(1_048_576) });
    site.post("/entries", Person::Author, &large).await.problem(413, "too-large");
}

#[tokio::test]
async fn a_slug_that_is_taken_is_a_conflict() {
    let site = Site::new().await;
    site.entry("/news/", "One").await;
    let taken = json!({ "title": "x", "section": "/news/", "slug": "one" });
    site.post("/entries", Person::Author, &taken).await.problem(409, "path-taken");
    let other = site.entry("/news/", "Two").await;
    let reply = site.put(&other, Person::Editor, &json!({ "slug": "one" })).await;
    reply.problem(409, "path-taken");
}

#[tokio::test]
async fn a_save_counts_the_version_and_keeps_what_is_left_out() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let saved = site.put(&entry, Person::Author, &json!({ "body": "Text", "tags": ["b", "a"] })).await;
    assert_eq!(saved.header("etag"), "\"2\"");
    let saved = saved.expect(200);
    assert_eq!(
        (&saved["title"], &saved["body"], &saved["tags"]),
        (&json!("One"), &json!("Text"), &json!(["b", "a"]))
    );
    let emptied = site.put(&saved, Person::Author, &json!({ "title": "" })).await.expect(200);
    assert_eq!(emptied["title"], "", "a save never asks for what only publishing needs");
    let read = site.get(&format!("/entries/{}", site.id(&entry)), Person::Author).await.expect(200);
    assert_eq!(read, emptied);
}

#[tokio::test]
async fn a_stale_save_is_told_what_the_entry_is_now() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    site.put(&entry, Person::Author, &json!({ "body": "first" })).await.expect(200);
    let problem =
        site.put(&entry, Person::Editor, &json!({ "body": "second" })).await.problem(412, "version-mismatch");
    assert_eq!(problem["current"]["body"], "first");
    assert_eq!(problem["current"]["version"], 2);
    let path = format!("/entries/{}", site.id(&entry));
    let without = site.ask("PUT", &path).by(Person::Editor).json(&json!({})).send().await;
    without.problem(428, "precondition-required");
    let weak = site
        .ask("PUT", &path)
        .by(Person::Editor)
        .header("if-match", "W/\"2\"")
        .json(&json!({ "body": "third" }));
    assert_eq!(weak.send().await.expect(200)["body"], "third", "a CDN may have weakened the entity tag");
    let stale = site.ask("DELETE", &path).by(Person::Editor).header("if-match", "\"1\"").send().await;
    stale.problem(412, "version-mismatch");
    let stale = site
        .ask("POST", &format!("{path}/publish"))
        .by(Person::Editor)
        .header("if-match", "\"1\"")
        .send()
        .await;
    assert_eq!(stale.problem(412, "version-mismatch")["current"]["version"], 3);
}

#[tokio::test]
async fn authors_change_their_own_drafts_only() {
    let site = Site::new().await;
    let own = site.entry("/news/", "Own").await;
    let foreign = site.post("/entries", Person::Editor, &json!({ "title": "Foreign" })).await.expect(201);
    site.put(&own, Person::Author, &json!({ "review": true })).await.expect(200);
    site.put(&foreign, Person::Author, &json!({ "body": "x" })).await.problem(403, "forbidden");
    site.act(&foreign, "DELETE", "", Person::Author).await.problem(403, "forbidden");
    site.act(&own, "POST", "/publish", Person::Author).await.problem(403, "forbidden");
    site.act(&own, "POST", "/publish", Person::Editor).await.expect(202);
    let published = site.get(&format!("/entries/{}", site.id(&own)), Person::Author).await.expect(200);
    site.put(&published, Person::Author, &json!({ "body": "x" })).await.problem(403, "forbidden");
}

#[tokio::test]
async fn the_trash_gives_slugs_free_and_gives_entries_back() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let trashed = site.act(&entry, "DELETE", "", Person::Author).await.expect(200);
    assert_eq!(trashed["state"], "trashed");
    site.act(&trashed, "POST", "/publish", Person::Editor).await.problem(409, "conflict");
    let heir = site.entry("/news/", "One").await;
    assert_eq!(heir["slug"], "one");
    let restored = site.act(&trashed, "POST", "/restore", Person::Editor).await;
    assert!(restored.status == 200 || restored.status == 409, "{}", restored.status);
    site.act(&trashed, "POST", "/restore", Person::Author).await.problem(403, "forbidden");
    site.act(&heir, "DELETE", "?forever=true", Person::Editor).await.problem(403, "forbidden");
    site.act(&heir, "DELETE", "?forever=true", Person::Admin).await.problem(409, "conflict");
    site.act(&heir, "DELETE", "", Person::Editor).await.expect(200);
    site.act(&heir, "DELETE", "?forever=true", Person::Admin).await.expect(204);
    site.get(&format!("/entries/{}", site.id(&heir)), Person::Admin).await.problem(404, "not-found");
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_paged() {
    let site = Site::new().await;
    for title in ["Charlie", "Alpha", "Bravo"] {
        site.entry("/news/", title).await;
    }
    let guide = json!({ "title": "Delta", "section": "/guide/", "tags": ["x"], "body": "Zebra crossing" });
    site.post("/entries", Person::Editor, &guide).await.expect(201);
    let titles = |list: &serde_json::Value| -> Vec<String> {
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["title"].as_str().unwrap().to_owned())
            .collect()
    };
    let get = async |query: &str| site.get(&format!("/entries?{query}"), Person::Author).await.expect(200);
    let first = get("sort=title&limit=3").await;
    assert_eq!(titles(&first), ["Alpha", "Bravo", "Charlie"]);
    assert!(first["items"][0].get("body").is_none(), "lists leave bodies out");
    let cursor = first["next"].as_str().unwrap();
    let second = get(&format!("sort=title&limit=3&cursor={cursor}")).await;
    assert_eq!(titles(&second), ["Delta"]);
    assert!(second["next"].is_null());
    assert_eq!(titles(&get("section=/guide/").await), ["Delta"]);
    assert_eq!(titles(&get("tag=x").await), ["Delta"]);
    assert_eq!(titles(&get("author=sub-editor").await), ["Delta"]);
    assert_eq!(titles(&get("q=zebra").await), ["Delta"]);
    assert_eq!(titles(&get("q=zeb").await), ["Delta"], "the last word need not be whole");
    assert_eq!(titles(&get("state=published").await), [""; 0]);
    assert_eq!(get("state=draft").await["items"].as_array().unwrap().len(), 4);
    for wrong in [
        "limit=201",
        "limit=0",
        "sort=size",
        "state=new",
        "review=yes",
        "page=2",
        "cursor=x",
        &format!("sort=path&cursor={cursor}"),
        &format!("sort=title&tag=x&cursor={cursor}"),
    ] {
        site.get(&format!("/entries?{wrong}"), Person::Author).await.problem(400, "bad-request");
    }
}

#[tokio::test]
async fn every_entry_says_who_may_read_it() {
    let site = Site::new().await;
    for (section, audience) in [
        ("/news/", json!("public")),
        ("/guide/", json!("signed-in")),
        ("/team/", json!({ "groups": ["editors", "admins"] })),
    ] {
        assert_eq!(site.entry(section, "One").await["audience"], audience, "{section}");
    }
    let sections = site.get("/sections", Person::Author).await.expect(200);
    let news =
        sections["items"].as_array().unwrap().iter().find(|section| section["path"] == "/news/").unwrap();
    assert_eq!((&news["audience"], &news["entries"]), (&json!("public"), &json!(1)));
}

#[tokio::test]
async fn importers_name_their_source_once() {
    let site = Site::new().await;
    let old = json!({ "title": "Old", "section": "/news/", "source": "blog:1",
        "created_at": "2014-09-15T00:00:00Z", "published_at": "2014-09-16T12:00:00+02:00" });
    let entry = site.post("/entries", Person::Editor, &old).await.expect(201);
    assert_eq!(entry["created_at"], "2014-09-15T00:00:00.000Z");
    let problem = site.post("/entries", Person::Editor, &old).await.problem(409, "conflict");
    assert_eq!(problem["items"][0]["id"], entry["id"]);
    site.post("/entries", Person::Author, &json!({ "title": "x", "published_at": "2014-09-16T12:00:00Z" }))
        .await
        .problem(403, "forbidden");
    site.act(&entry, "POST", "/publish", Person::Editor).await.expect(202);
    let published = site.get(&format!("/entries/{}", site.id(&entry)), Person::Editor).await.expect(200);
    assert_eq!(published["published_at"], "2014-09-16T10:00:00.000Z");
}

#[tokio::test]
async fn who_else_is_there_is_told() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    let path = format!("/entries/{}/presence", site.id(&entry));
    let put = async |person| site.ask("PUT", &path).by(person).send().await.expect(200);
    assert_eq!(put(Person::Author).await, json!({ "here": [] }));
    let here = put(Person::Editor).await;
    assert_eq!(here["here"][0]["id"], "sub-author");
    assert_eq!(here["here"].as_array().unwrap().len(), 1);
    site.clock.advance(11);
    assert_eq!(put(Person::Editor).await, json!({ "here": [] }), "it is forgotten after ten seconds");
}

#[tokio::test]
async fn many_entries_at_once_are_each_told_about() {
    let site = Site::new().await;
    let (one, two) = (site.entry("/news/", "One").await, site.entry("/news/", "Two").await);
    let unknown = "01890000-0000-7000-8000-000000000000";
    let ids = json!([one["id"], two["id"], unknown]);
    let bulk = async |action: &str, person| {
        site.post("/entries/bulk", person, &json!({ "action": action, "ids": ids })).await
    };
    let statuses = |reply: crate::api::request::Reply| -> Vec<u64> {
        let results = reply.expect(200);
        results["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|result| result["status"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(statuses(bulk("publish", Person::Editor).await), [202, 202, 404]);
    assert_eq!(statuses(bulk("unpublish", Person::Editor).await), [202, 202, 404]);
    assert_eq!(statuses(bulk("trash", Person::Editor).await), [200, 200, 404]);
    assert_eq!(statuses(bulk("publish", Person::Editor).await), [409, 409, 404]);
    assert_eq!(statuses(bulk("restore", Person::Editor).await), [200, 200, 404]);
    bulk("publish", Person::Author).await.problem(403, "forbidden");
    bulk("burn", Person::Editor).await.problem(422, "invalid");
    let many: Vec<_> = (0..101).map(|_| unknown).collect();
    site.post("/entries/bulk", Person::Editor, &json!({ "action": "trash", "ids": many }))
        .await
        .problem(422, "invalid");
}
