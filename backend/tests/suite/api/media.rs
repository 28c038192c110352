//! Media: uploads that are prepared, what became of them, where they are used, who may see them.

use backend::records::ProcessedMedia;
use content::wire::{MediaState, Rendition};
use serde_json::{Value, json};

use crate::api::request::pointers;
use crate::api::site::{Person, Site};

fn picture(section: &str) -> Value {
    json!({ "name": "harbour.jpg", "type": "image/jpeg", "size": 12_345, "section": section, "alt": "A harbour" })
}

fn ready(section: &str, id: &str) -> ProcessedMedia {
    ProcessedMedia {
        state: MediaState::Ready,
        problem: None,
        kind: Some("image/jpeg".to_owned()),
        size: Some(12_345),
        width: Some(640),
        height: Some(480),
        thumbhash: Some("AAAA".to_owned()),
        renditions: vec![Rendition {
            url: format!("{section}media/{id}/harbour-640.jpg"),
            kind: "image/jpeg".to_owned(),
            width: 640,
            height: 480,
        }],
    }
}

async fn uploaded(site: &Site, section: &str) -> Value {
    let item = site.post("/media", Person::Author, &picture(section)).await.expect(201);
    site.records.put_media(site.id(&item), 1, ready(section, site.id(&item)));
    site.get(&format!("/media/{}", site.id(&item)), Person::Author).await.expect(200)
}

#[tokio::test]
async fn an_upload_is_prepared_and_followed() {
    let site = Site::new().await;
    let reply = site.post("/media", Person::Author, &picture("/news/")).await;
    let item = reply.expect(201);
    assert_eq!(reply.header("location"), format!("/api/v1/media/{}", site.id(&item)));
    assert_eq!((&item["state"], &item["audience"]), (&json!("uploading"), &json!("public")));
    assert_eq!(item["upload"]["method"], "PUT");
    assert!(item["upload"]["url"].as_str().unwrap().contains("X-Amz-Signature="));
    let path = format!("/media/{}", site.id(&item));
    assert_eq!(site.get(&path, Person::Author).await.expect(200)["state"], "uploading");
    site.records.put_media(site.id(&item), 1, ready("/news/", site.id(&item)));
    let read = site.get(&path, Person::Author).await.expect(200);
    assert_eq!(
        (&read["state"], &read["width"], &read["thumbhash"]),
        (&json!("ready"), &json!(640), &json!("AAAA"))
    );
    assert_eq!(read["renditions"][0]["type"], "image/jpeg");
    assert_eq!(read["used_in"], json!([]));
    let list = site.get("/media?section=/news/", Person::Author).await.expect(200);
    assert_eq!(list["items"][0]["id"], item["id"]);
    assert!(list["items"][0].get("used_in").is_none());
    let renamed =
        site.ask("PATCH", &path).by(Person::Author).json(&json!({ "alt": "Boats" })).send().await.expect(200);
    assert_eq!((&renamed["alt"], &renamed["name"]), (&json!("Boats"), &json!("harbour.jpg")));
    site.get("/media/01890000-0000-7000-8000-000000000000", Person::Author).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_refused_upload_says_why() {
    let site = Site::new().await;
    let item = site.post("/media", Person::Author, &picture("/news/")).await.expect(201);
    let refused = ProcessedMedia {
        state: MediaState::Refused,
        problem: Some("it is no picture".to_owned()),
        ..ready("/news/", site.id(&item))
    };
    site.records.put_media(site.id(&item), 1, refused);
    let read = site.get(&format!("/media/{}", site.id(&item)), Person::Author).await.expect(200);
    assert_eq!((&read["state"], &read["problem"]["detail"]), (&json!("refused"), &json!("it is no picture")));
}

#[tokio::test]
async fn what_cannot_be_uploaded_is_refused_beforehand() {
    let site = Site::new().await;
    let wrong =
        json!({ "name": "a/b", "type": "text/html", "size": 26_214_401, "section": "news", "more": 1 });
    let problem = site.post("/media", Person::Author, &wrong).await.problem(422, "invalid");
    assert_eq!(pointers(&problem), ["/name", "/type", "/size", "/section", "/more"]);
    let nowhere = site.post("/media", Person::Author, &picture("/nowhere/")).await.problem(422, "invalid");
    assert_eq!(pointers(&nowhere), ["/section"]);
    site.post("/media", Person::Reader, &picture("/news/")).await.problem(403, "forbidden");
}

#[tokio::test]
async fn who_began_an_upload_may_take_it_back_until_its_bytes_are_there() {
    let site = Site::new().await;
    let begun = site.post("/media", Person::Author, &picture("/news/")).await.expect(201);
    let path = format!("/media/{}", site.id(&begun));
    site.ask("DELETE", &path).by(Person::Reader).send().await.problem(403, "forbidden");
    site.ask("DELETE", &path).by(Person::Author).send().await.expect(204);
    site.get(&path, Person::Author).await.problem(404, "not-found");
    // Nobody has asked for it since its bytes were looked at.
    let item = site.post("/media", Person::Author, &picture("/news/")).await.expect(201);
    site.records.put_media(site.id(&item), 1, ready("/news/", site.id(&item)));
    let path = format!("/media/{}", site.id(&item));
    site.ask("DELETE", &path).by(Person::Author).send().await.problem(403, "forbidden");
}

#[tokio::test]
async fn another_file_takes_a_files_place_when_it_is_there() {
    let site = Site::new().await;
    let item = uploaded(&site, "/news/").await;
    let path = format!("/media/{}", site.id(&item));
    let replacement = format!("{path}/replacement");
    let file = json!({ "name": "quay.png", "type": "image/png", "size": 99 });
    let reply = site.post(&replacement, Person::Author, &file).await;
    let begun = reply.expect(201);
    assert_eq!(reply.header("location"), format!("/api/v1{path}"));
    assert_eq!((&begun["state"], &begun["version"]), (&json!("ready"), &json!(1)));
    assert_eq!(
        begun["replacement"],
        json!({ "version": 2, "name": "quay.png", "state": "uploading", "problem": null })
    );
    let upload = begun["upload"]["url"].as_str().unwrap();
    assert!(upload.contains(&format!("/uploads/{}/2/", site.id(&item))), "{upload}");

    // Not what was asked for: a film in a picture's place.
    let film = ProcessedMedia { kind: Some("video/mp4".to_owned()), ..ready("/news/", "x") };
    site.records.put_media(site.id(&item), 2, film);
    let refused = site.get(&path, Person::Author).await.expect(200);
    assert_eq!((&refused["state"], &refused["version"]), (&json!("ready"), &json!(1)));
    assert_eq!(refused["replacement"]["state"], "refused");
    let why = refused["replacement"]["problem"]["detail"].as_str().unwrap();
    assert!(why.contains("video/mp4 is of another sort than image/jpeg"), "{why}");

    site.post(&replacement, Person::Author, &file).await.expect(201);
    site.records.put_media(
        site.id(&item),
        3,
        ProcessedMedia { kind: Some("image/png".to_owned()), ..ready("/news/", "x") },
    );
    let replaced = site.get(&path, Person::Author).await.expect(200);
    assert_eq!((&replaced["version"], &replaced["name"]), (&json!(3), &json!("quay.png")));
    assert_eq!((&replaced["alt"], &replaced["type"]), (&json!("A harbour"), &json!("image/png")));
    assert!(replaced.get("replacement").is_none(), "{replaced}");

    site.post(&replacement, Person::Author, &file).await.expect(201);
    site.ask("DELETE", &replacement).by(Person::Author).send().await.expect(204);
    site.ask("DELETE", &replacement).by(Person::Author).send().await.expect(204);
    assert!(site.get(&path, Person::Author).await.expect(200).get("replacement").is_none());
}

#[tokio::test]
async fn what_cannot_take_a_files_place_is_refused_beforehand() {
    let site = Site::new().await;
    let file = json!({ "name": "quay.png", "type": "image/png", "size": 99 });
    let begun = site.post("/media", Person::Author, &picture("/news/")).await.expect(201);
    let early = format!("/media/{}/replacement", site.id(&begun));
    site.post(&early, Person::Author, &file).await.problem(409, "conflict");

    let item = uploaded(&site, "/news/").await;
    let replacement = format!("/media/{}/replacement", site.id(&item));
    let wrong = json!({ "name": "", "type": "text/html", "size": 0, "alt": "x" });
    let problem = site.post(&replacement, Person::Author, &wrong).await.problem(422, "invalid");
    assert_eq!(pointers(&problem), ["/name", "/type", "/size", "/alt"]);
    let sound = json!({ "name": "a.mp3", "type": "audio/mpeg", "size": 9 });
    let problem = site.post(&replacement, Person::Author, &sound).await.problem(422, "invalid");
    assert_eq!(pointers(&problem), ["/type"]);
    site.post(&replacement, Person::Reader, &file).await.problem(403, "forbidden");
    let nobody = "/media/01890000-0000-7000-8000-000000000000/replacement";
    site.post(nobody, Person::Author, &file).await.problem(404, "not-found");
    site.ask("DELETE", nobody).by(Person::Author).send().await.problem(404, "not-found");

    // What readers see is for those who publish.
    let entry = site.entry("/news/", "One").await;
    let body = json!({ "body": format!("![x](media:{})", site.id(&item)) });
    let entry = site.put(&entry, Person::Author, &body).await.expect(200);
    site.post(&format!("/entries/{}/publish", site.id(&entry)), Person::Editor, &json!({})).await;
    site.post(&replacement, Person::Author, &file).await.problem(403, "forbidden");
    let renamed = site.ask("PATCH", &format!("/media/{}", site.id(&item)));
    renamed.by(Person::Author).json(&json!({ "alt": "x" })).send().await.problem(403, "forbidden");
    site.post(&replacement, Person::Editor, &file).await.expect(201);
}

#[tokio::test]
async fn the_logo_is_on_every_page_and_for_those_who_publish() {
    let site = Site::new().await;
    let logo = uploaded(&site, "/news/").await;
    let reply = site.get("/site", Person::Admin).await;
    let mut settings = reply.expect(200);
    settings["logo"] = logo["id"].clone();
    for told in ["version", "updated_at"] {
        settings.as_object_mut().unwrap().remove(told);
    }
    let put = site.ask("PUT", "/site").by(Person::Admin).header("if-match", reply.header("etag"));
    put.json(&settings).send().await.expect(200);
    let path = format!("/media/{}", site.id(&logo));
    let file = json!({ "name": "logo.png", "type": "image/png", "size": 99 });
    site.post(&format!("{path}/replacement"), Person::Author, &file).await.problem(403, "forbidden");
    let renamed = site.ask("PATCH", &path).by(Person::Author).json(&json!({ "alt": "x" }));
    renamed.send().await.problem(403, "forbidden");
    site.post(&format!("{path}/replacement"), Person::Editor, &file).await.expect(201);
}

#[tokio::test]
async fn scenario_11_what_is_used_is_not_deleted_and_says_where() {
    let site = Site::new().await;
    let item = uploaded(&site, "/news/").await;
    let path = format!("/media/{}", site.id(&item));
    let entry = site.entry("/news/", "One").await;
    let body = json!({ "body": format!("![x](media:{})", site.id(&item)) });
    let entry = site.put(&entry, Person::Author, &body).await.expect(200);
    let read = site.get(&path, Person::Author).await.expect(200);
    assert_eq!((&read["used_in"][0]["entry"], &read["used_in"][0]["use"]), (&entry["id"], &json!("draft")));
    site.ask("DELETE", &path).by(Person::Author).send().await.problem(403, "forbidden");
    let problem = site.ask("DELETE", &path).by(Person::Editor).send().await.problem(409, "in-use");
    assert_eq!(problem["items"][0]["id"], entry["id"]);
    site.put(&entry, Person::Author, &json!({ "body": "without" })).await.expect(200);
    site.ask("DELETE", &path).by(Person::Editor).send().await.problem(409, "in-use");
    site.ask("DELETE", &format!("{path}?revisions=true")).by(Person::Editor).send().await.expect(204);
    site.get(&path, Person::Author).await.problem(404, "not-found");
}

#[tokio::test]
async fn nothing_is_published_to_more_people_than_may_see_its_parts() {
    let site = Site::new().await;
    let item = uploaded(&site, "/guide/").await;
    let entry = site.entry("/news/", "One").await;
    let body = json!({ "body": format!("![x](media:{})", site.id(&item)) });
    let entry = site.put(&entry, Person::Author, &body).await.expect(200);
    let problem = site.act(&entry, "POST", "/publish", Person::Editor).await.problem(409, "wider-audience");
    assert_eq!(
        (&problem["items"][0]["id"], &problem["items"][0]["name"]),
        (&item["id"], &json!("harbour.jpg"))
    );
    let publish = format!("/entries/{}/publish", site.id(&entry));
    site.post(&publish, Person::Editor, &json!({ "accept": ["all"] })).await.problem(422, "invalid");
    site.post(&publish, Person::Editor, &json!({ "accept": ["wider-audience"] })).await.expect(202);
    let inside = site.entry("/guide/", "Inside").await;
    let cover = site.put(&inside, Person::Author, &json!({ "cover": item["id"] })).await.expect(200);
    site.act(&cover, "POST", "/publish", Person::Editor).await.expect(202);
}
