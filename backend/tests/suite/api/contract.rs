//! What holds for every address: errors, methods, tokens, the origin's secret, header fields, idempotency.

use serde_json::json;

use crate::api::site::{Person, Site};
use crate::api::token;

#[tokio::test]
async fn every_error_is_a_problem_document() {
    let site = Site::new().await;
    site.ask("GET", "/nothing").by(Person::Admin).send().await.problem(404, "not-found");
    site.ask("GET", "/api/v2/entries").send().await.problem(404, "not-found");
    site.ask("GET", "/entries/7").by(Person::Admin).send().await.problem(404, "not-found");
    site.ask("GET", "/entries/%FF").by(Person::Admin).send().await.problem(404, "not-found");
    let reply = site.ask("PATCH", "/entries").by(Person::Admin).send().await;
    reply.problem(405, "method-not-allowed");
    let allowed = reply.header("allow");
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
    site.ask("GET", "/entries?limit=x").by(Person::Admin).send().await.problem(400, "bad-request");
    site.ask("GET", "/me?more=1").by(Person::Admin).send().await.problem(400, "bad-request");
    let encoded = site.ask("POST", "/entries").by(Person::Admin).header("content-encoding", "gzip");
    encoded.json(&json!({ "title": "x" })).send().await.problem(415, "unsupported-type");
}

#[tokio::test]
async fn answers_are_for_one_person_and_what_they_say_they_are() {
    let site = Site::new().await;
    for (path, status) in [("/me", 200), ("/nothing", 404)] {
        let reply = site.ask("GET", path).by(Person::Reader).send().await;
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn only_access_tokens_of_our_clients_are_taken() {
    let site = Site::new().await;
    let now = site.clock.now().unix_timestamp();
    let with = |name: &str, value: serde_json::Value| {
        let mut claims = token::claims("sub-x", &["admins"], now);
        claims[name] = value;
        token::sign(&claims)
    };
    let me = async |token: &str| site.ask("GET", "/me").bearer(token).send().await;
    me(&with("client_id", json!(token::OTHER_CLIENT))).await.expect(200);
    for refused in [
        with("client_id", json!("stranger")),
        with("token_use", json!("id")),
        with("iss", json!("https://elsewhere.example")),
        with("exp", json!(now)),
        "nonsense".to_owned(),
        format!("{}x", with("jti", json!("j2"))),
    ] {
        let reply = me(&refused).await;
        reply.problem(401, "unauthorized");
        assert_eq!(reply.header("www-authenticate"), "Bearer");
    }
    let twice = site.ask("GET", "/me").bearer(&with("jti", json!("1"))).bearer(&with("jti", json!("1")));
    twice.send().await.problem(401, "unauthorized");
    site.ask("GET", "/me").header("authorization", "Basic eDp5").send().await.problem(401, "unauthorized");
}

#[tokio::test]
async fn requests_come_through_the_cdn_where_it_has_a_secret() {
    let site = Site::with_secrets(&["old", "new"]).await;
    site.ask("GET", "/health").send().await.expect(200);
    site.ask("GET", "/me").by(Person::Reader).send().await.problem(403, "forbidden");
    for (secret, status) in [("old", 200), ("new", 200), ("ne", 403), ("other", 403), ("", 403)] {
        let reply = site.ask("GET", "/me").by(Person::Reader).header("x-origin-secret", secret).send().await;
        assert_eq!(reply.status, status, "{secret}");
    }
}

#[tokio::test]
async fn a_person_is_told_who_they_are() {
    let site = Site::new().await;
    let me = site.get("/me", Person::Editor).await.expect(200);
    assert_eq!(
        (&me["id"], &me["name"], &me["role"]),
        (&json!("sub-editor"), &json!("editor"), &json!("editor"))
    );
    assert!(me["permissions"].as_array().unwrap().contains(&json!("entries.publish")));
    assert!(me["greeting"].is_null() && me["last_sign_in"].is_null());
    site.sign_in("sub-editor", "Welcome back", "2026-11-26T10:00:00.000Z");
    let reply = site.ask("PUT", "/me").by(Person::Editor).json(&json!({ "name": " Ada " })).send().await;
    let me = reply.expect(200);
    assert_eq!((&me["name"], &me["greeting"]), (&json!("Ada"), &json!("Welcome back")));
    assert_eq!(me["email"], "sub-editor@example.com");
    let entry = site.post("/entries", Person::Editor, &json!({ "title": "x" })).await.expect(201);
    assert_eq!(entry["author"]["name"], "Ada");
    site.sign_in("sub-author", "Hello", "2026-11-26T10:00:00.000Z");
    assert_eq!(site.get("/me", Person::Author).await.expect(200)["name"], "Name of sub-author");
    assert_eq!(site.entry("/news/", "y").await["author"]["name"], "Name of sub-author");
    site.ask("PUT", "/me")
        .by(Person::Reader)
        .json(&json!({ "name": " " }))
        .send()
        .await
        .problem(422, "invalid");
}

#[tokio::test]
async fn a_key_makes_a_repeat_the_same_request() {
    let site = Site::new().await;
    let body = json!({ "title": "Once" });
    let post = async |person, key: &str, body: &serde_json::Value| {
        site.ask("POST", "/entries").by(person).header("idempotency-key", key).json(body).send().await
    };
    let first = post(Person::Author, "k1", &body).await;
    let again = post(Person::Author, "k1", &body).await;
    assert_eq!(first.expect(201), again.expect(201));
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(first.header("etag"), again.header("etag"));
    post(Person::Author, "k1", &json!({ "title": "Other" })).await.problem(422, "key-reused");
    assert_ne!(
        post(Person::Editor, "k1", &body).await.expect(201)["id"],
        first.expect(201)["id"],
        "keys are one's own"
    );
    let id = first.expect(201)["id"].as_str().unwrap().to_owned();
    let publish = async |version: &str| {
        let ask = site.ask("POST", &format!("/entries/{id}/publish")).by(Person::Editor);
        ask.header("idempotency-key", "p1").header("if-match", version).send().await
    };
    let release = publish("\"1\"").await.expect(202);
    assert_eq!(
        publish("\"1\"").await.expect(202)["id"],
        release["id"],
        "the key is looked at before If-Match"
    );
    site.clock.advance(86_401);
    assert_ne!(
        post(Person::Author, "k1", &body).await.expect(201)["id"],
        first.expect(201)["id"],
        "a day later"
    );
}

#[tokio::test]
async fn the_site_and_its_sections_are_the_admins() {
    let site = Site::new().await;
    let settings = site.get("/site", Person::Author).await.expect(200);
    let mut changed = settings.clone();
    changed["title"] = json!("New name");
    let put = async |person, body: &serde_json::Value, version: &serde_json::Value| {
        site.ask("PUT", "/site").by(person).version(version).json(body).send().await
    };
    put(Person::Editor, &changed, &settings["version"]).await.problem(403, "forbidden");
    assert_eq!(put(Person::Admin, &changed, &settings["version"]).await.expect(200)["title"], "New name");
    put(Person::Admin, &changed, &settings["version"]).await.problem(412, "version-mismatch");
    changed["accent"] = json!("red");
    put(Person::Admin, &changed, &json!(2)).await.problem(422, "invalid");

    let section = json!({ "path": "/blog/", "title": "Blog", "feed": true });
    site.post("/sections", Person::Editor, &section).await.problem(403, "forbidden");
    let made = site.post("/sections", Person::Admin, &section).await.expect(201);
    assert_eq!(
        (&made["feed"], &made["page_size"], &made["audience"]),
        (&json!(true), &json!(20), &json!("public"))
    );
    site.post("/sections", Person::Admin, &section).await.expect(409);
    site.post("/sections", Person::Admin, &json!({ "path": "/api/", "title": "x" }))
        .await
        .problem(422, "invalid");
    let path = format!("/sections/{}", site.id(&made));
    let body = json!({ "path": "/blog/", "title": "Weblog", "page_size": 5 });
    let saved = site.ask("PUT", &path).by(Person::Admin).json(&body).send().await.expect(200);
    assert_eq!((&saved["title"], &saved["page_size"]), (&json!("Weblog"), &json!(5)));
    let entry = site.entry("/blog/", "In it").await;
    site.ask("DELETE", &path).by(Person::Admin).send().await.problem(409, "conflict");
    site.act(&entry, "DELETE", "", Person::Editor).await.expect(200);
    site.act(&entry, "DELETE", "?forever=true", Person::Admin).await.expect(204);
    site.ask("DELETE", &path).by(Person::Editor).send().await.problem(403, "forbidden");
    site.ask("DELETE", &path).by(Person::Admin).send().await.expect(204);
    site.ask("PUT", &path).by(Person::Admin).json(&body).send().await.problem(404, "not-found");
}

#[tokio::test]
async fn what_was_done_and_who_signed_in_is_for_admins() {
    let site = Site::new().await;
    let entry = site.entry("/news/", "One").await;
    site.act(&entry, "POST", "/publish", Person::Editor).await.expect(202);
    let activity = site.get("/activity", Person::Admin).await.expect(200);
    let items = activity["items"].as_array().unwrap();
    assert_eq!(items[0]["action"], "entry.publish");
    assert_eq!(items[0]["actor"]["id"], "sub-editor");
    assert_eq!((&items[0]["entry"], &items[0]["subject"]), (&entry["id"], &json!("One")));
    let found = async |query: &str| {
        let list = site.get(&format!("/activity?{query}"), Person::Admin).await.expect(200);
        list["items"].as_array().unwrap().len()
    };
    assert_eq!(found("action=entry.publish&actor=sub-editor").await, 1);
    assert_eq!((found("action=entry.trash").await, found("actor=sub-author").await), (0, 1));
    site.get("/activity?action=%20", Person::Admin).await.problem(400, "bad-request");
    site.get("/activity", Person::Editor).await.problem(403, "forbidden");

    for (n, at) in ["2026-11-20T08:00:00.000Z", "2026-11-25T08:00:00.000Z", "2026-11-26T08:00:00.000Z"]
        .iter()
        .enumerate()
    {
        site.sign_in(&format!("sub-{n}"), "Hello", at);
    }
    let first = site.get("/sign-ins?limit=2", Person::Admin).await.expect(200);
    let people = |list: &serde_json::Value| -> Vec<String> {
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["person"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(people(&first), ["sub-2", "sub-1"]);
    let next = first["next"].as_str().unwrap();
    let second = site.get(&format!("/sign-ins?limit=2&cursor={next}"), Person::Admin).await.expect(200);
    assert_eq!(people(&second), ["sub-0"]);
    site.get("/sign-ins", Person::Editor).await.problem(403, "forbidden");
}

#[tokio::test]
async fn the_description_is_served_with_a_page_that_asks_nobody_else() {
    let site = Site::new().await;
    let document = site.ask("GET", "/openapi.json").send().await.expect(200);
    assert_eq!(document["openapi"], "3.1.0");
    let is_current = document == backend::http::document();
    assert!(is_current, "backend/openapi.json is not current: cargo run -p backend -- openapi");
    let page = site.ask("GET", "/docs").send().await;
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
    let html = String::from_utf8(page.bytes.clone()).unwrap();
    for file in ["docs/swagger-ui.css", "docs/swagger-ui-bundle.js", "docs/start.js"] {
        assert!(html.contains(file), "{file}");
        let plain = site.ask("GET", &format!("/{file}")).send().await;
        assert_eq!((plain.status.as_u16(), plain.header("content-encoding")), (200, ""), "{file}");
    }
    let packed = site.ask("GET", "/docs/swagger-ui.css").header("accept-encoding", "br, gzip").send().await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(!html.contains("http://") && !html.contains("https://"));
}

#[tokio::test]
async fn a_line_of_metrics_is_written_for_each_request() {
    let site = Site::new().await;
    site.ask("GET", "/entries/7").by(Person::Author).send().await;
    let lines = site.metrics();
    let line: serde_json::Value = serde_json::from_str(lines.last().unwrap()).unwrap();
    assert_eq!(line["Route"], "GET /api/v1/entries/{id}");
    assert_eq!(line["Status"], 404);
    assert!(!lines.last().unwrap().contains("sub-author"));
}
