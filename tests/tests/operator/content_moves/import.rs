//! Content comes in: once, with its dates, its pictures and its old addresses.

use ops::import::Outcome;
use serde_json::{Value, json};

use super::setting::{Site, blog};

#[tokio::test(flavor = "multi_thread")]
async fn scenario_15_a_blog_comes_in_with_pictures_and_a_second_run_changes_nothing() {
    let site = Site::new().await;
    let blog = blog();
    let imported = site.import(blog.path(), "/blog/").await;
    let told = |imported: &[ops::import::Imported]| -> Vec<(String, Outcome, Vec<String>)> {
        imported.iter().map(|one| (one.path.clone(), one.outcome.clone(), one.notes.clone())).collect()
    };
    assert!(imported.iter().all(|one| one.outcome == Outcome::Created), "{:?}", told(&imported));
    assert!(imported.iter().all(|one| one.notes.is_empty()), "{:?}", told(&imported));

    let (page, _) = site.page("/blog/first/", "<em>words</em>").await;
    assert!(
        page.contains("<a href=\"/blog/second/\">the second</a>"),
        "links between documents lead to their addresses"
    );
    assert!(page.contains("2020"), "with its date");
    for old in ["/blog/2020/03/04/first.html", "/blog/old/first/"] {
        assert_eq!(site.page(old, "<em>words</em>").await.1, "/blog/first/", "{old}");
    }
    let (page, _) = site.page("/blog/second/", "<picture>").await;
    let (_, rest) = page.split_once("<img src=\"").expect("the picture");
    let picture = rest.split('"').next().unwrap();
    let picture = reqwest::get(site.cloud.page(picture)).await.unwrap();
    assert_eq!(
        (picture.status().as_u16(), &picture.headers()["content-type"]),
        (200, &"image/jpeg".parse().unwrap())
    );

    let before = site.entries().await;
    let states: Vec<_> = before.iter().map(|entry| (entry["path"].clone(), entry["state"].clone())).collect();
    let expected = [("/blog/first/", "published"), ("/blog/idea/", "draft"), ("/blog/second/", "published")];
    for (path, state) in expected {
        assert!(states.contains(&(json!(path), json!(state))), "{path} in {states:?}");
    }
    let again = site.import(blog.path(), "/blog/").await;
    assert!(again.iter().all(|one| one.outcome == Outcome::AlreadyThere), "{:?}", told(&again));
    let kept = |entries: &[Value]| -> Vec<[Value; 4]> {
        let names = ["id", "version", "published_revision", "body"];
        entries.iter().map(|entry| names.map(|name| entry[name].clone())).collect()
    };
    assert_eq!(kept(&site.entries().await), kept(&before), "a second run changes nothing");
}
