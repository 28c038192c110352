//! What people complain about in other systems, as far as publishing can be better.

use std::collections::BTreeSet;

use content::wire::{ReleaseState, SectionOrder};

use super::held::{Content, section};
use super::process::World;

fn content<'a>(id: &'a str, slug: &'a str, body: &'a str) -> Content<'a> {
    Content { id, section: "/news/", slug, title: id, body, tags: &["a"] }
}

/// The addresses that were put or, with a minus sign, removed since the log was last looked at.
fn changed(world: &World) -> BTreeSet<String> {
    let log = std::mem::take(&mut world.cloud.stored().log);
    log.into_iter().filter(|key| key.contains("site/")).map(|key| key.replace("site/", "/")).collect()
}

#[tokio::test]
async fn scenario_01_a_publication_ends_in_live_and_says_which_addresses_changed() {
    let world = World::new();
    let release = world.publish("one", "/news/", &["a"]);
    assert_eq!(world.database.state(&release), ReleaseState::Queued);
    world.advance().await.unwrap();
    assert_eq!(world.database.state(&release), ReleaseState::Announcing);
    let paths = world.database.held().releases[&release].paths.clone();
    for path in
        ["/news/one/", "/news/one/index.json", "/news/", "/news/tags/a/", "/news/feed.xml", "/sitemap.xml"]
    {
        assert!(paths.contains(&path.to_owned()), "{path} is in {paths:?}");
    }
    world.settle().await;
    assert_eq!(world.database.state(&release), ReleaseState::Live);
    let headers = world.cloud.headers("/news/one/").unwrap();
    assert_eq!(headers.metadata["release"], release.0);
    assert_eq!(headers.metadata["revision"], "1");
}

#[tokio::test]
async fn scenario_03_every_page_that_names_the_entry_shows_it() {
    let world = World::new();
    world.publish("one", "/news/", &["a"]);
    world.settle().await;
    world.publish("fresh", "/news/", &["a"]);
    world.settle().await;
    for path in ["/news/", "/news/tags/a/", "/news/feed.xml", "/sitemap.xml", "/"] {
        let text = world.cloud.text(path).unwrap();
        assert!(text.contains("/news/fresh/"), "{path}: {text}");
    }
    let twin: serde_json::Value =
        serde_json::from_str(&world.cloud.text("/news/fresh/index.json").unwrap()).unwrap();
    assert_eq!(twin["title"], "Title of fresh");
    assert_eq!(twin["markdown"], "Text.");
    assert!(twin["html"].as_str().unwrap().contains("<p>Text.</p>"));
}

#[tokio::test]
async fn scenario_05_every_manifest_has_an_identity_of_its_own() {
    let world = World::new();
    let mut seen = BTreeSet::new();
    for _ in 0..5 {
        world.publish("one", "/news/", &[]);
        world.advance().await.unwrap();
        for manifest in &world.cloud.stored().arrived {
            assert!(seen.insert((manifest.id.clone(), manifest.attempt)));
        }
        world.cloud.announce();
    }
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn scenario_06_fifty_publications_leave_unrelated_pages_alone() {
    let world = World::new();
    for number in 0..40 {
        world.publish(&format!("n{number}"), "/news/", &["a"]);
        world.publish(&format!("m{number}"), "/members/", &["b"]);
    }
    world.settle().await;
    changed(&world);
    for number in 0..50 {
        world.publish(&format!("x{number:02}"), "/news/", &["c"]);
        world.settle().await;
    }
    let changed = changed(&world);
    let unrelated = |path: &&String| {
        path.starts_with("/members/")
            // The last of them leads to the first new one.
            || (path.starts_with("/news/n") && !path.starts_with("/news/n39/"))
            || path.starts_with("/assets/")
            || path.starts_with("/news/tags/a/")
            || path.contains("404")
            || path.starts_with('-')
    };
    assert_eq!(changed.iter().filter(unrelated).collect::<Vec<_>>(), Vec::<&String>::new());
    // 40 entries were 13 full pages of 3; 50 more fill the pages from 13 on.
    let old_pages = (1..13).map(|number| format!("/news/page/{number}/index.html"));
    assert_eq!(old_pages.filter(|page| changed.contains(page)).collect::<Vec<_>>(), Vec::<String>::new());
}

#[tokio::test]
async fn scenario_06_a_new_entry_rewrites_two_list_pages_at_most() {
    let world = World::new();
    for number in 0..30 {
        changed(&world);
        let before: BTreeSet<String> = world.cloud.site().into_keys().collect();
        world.publish(&format!("n{number:02}"), "/news/", &[]);
        world.settle().await;
        let lists: Vec<String> = changed(&world)
            .into_iter()
            .filter(|path| path == "/news/index.html" || path.starts_with("/news/page/"))
            .filter(|path| before.contains(&format!("site{path}")))
            .collect();
        assert!(lists.len() <= 2, "{lists:?}");
    }
}

#[tokio::test]
async fn scenario_07_a_change_of_everything_costs_one_invalidation() {
    let world = World::of(vec![section("/news/", SectionOrder::Newest, 20)]);
    for number in 0..300 {
        world.publish(&format!("n{number:03}"), "/news/", &[]);
    }
    world.settle().await;
    world.database.change_site(|site| site.footer = "Another".to_owned());
    world.advance().await.unwrap();
    let tags: Vec<usize> = world.cloud.stored().arrived.iter().map(|manifest| manifest.tags.len()).collect();
    assert_eq!(tags, [1]);
    world.settle().await;
    let site = world.cloud.site();
    let pages = site.iter().filter(|(key, _)| key.ends_with(".html"));
    for (key, (bytes, _)) in pages {
        assert!(String::from_utf8_lossy(bytes).contains("Another"), "{key}");
    }
}

#[tokio::test]
async fn scenario_08_what_is_taken_off_is_gone_everywhere() {
    let world = World::new();
    for number in 0..8 {
        world.publish(&format!("n{number}"), "/news/", &["a"]);
    }
    world.publish("only", "/news/", &["lonely"]);
    world.settle().await;
    let release = world.database.unpublish("only");
    world.database.unpublish("n1");
    world.settle().await;
    assert_eq!(world.database.state(&release), ReleaseState::Live);
    for (key, (bytes, _)) in world.cloud.site() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!key.contains("/only/") && !key.contains("/lonely/") && !key.contains("/n1/"), "{key}");
        assert!(!text.contains("/only/") && !text.contains("/n1/"), "{key}");
    }
    assert!(world.database.held().ledger.keys().all(|key| !key.contains("/only/")), "nothing is left of it");
}

#[tokio::test]
async fn scenario_10_a_changed_address_redirects_and_never_in_a_circle() {
    let world = World::new();
    let redirect = |path: &str| world.cloud.headers(path).and_then(|headers| headers.redirect);
    world.database.publish(&content("e", "a", "x"));
    world.publish("links", "/", &[]);
    world.database.publish(&Content { section: "/", ..content("links", "links", "[e](entry:e)") });
    world.settle().await;
    world.database.publish(&content("e", "b", "x"));
    world.settle().await;
    assert_eq!(redirect("/news/a/").as_deref(), Some("/news/b/"));
    assert!(world.cloud.text("/links/").unwrap().contains("href=\"/news/b/\""), "what links to it follows");
    world.database.publish(&content("e", "c", "x"));
    world.settle().await;
    assert_eq!(redirect("/news/a/").as_deref(), Some("/news/c/"), "chains are flattened");
    assert_eq!(redirect("/news/b/").as_deref(), Some("/news/c/"));
    world.database.publish(&content("e", "a", "x"));
    world.settle().await;
    assert_eq!((redirect("/news/a/"), redirect("/news/b/").as_deref()), (None, Some("/news/a/")));
    assert!(world.cloud.text("/news/a/index.json").is_some());
    // Another entry takes a former address: what lives there wins.
    world.database.publish(&content("other", "b", "y"));
    world.settle().await;
    assert_eq!(redirect("/news/b/"), None);
    assert!(world.cloud.text("/news/b/").unwrap().contains("<p>y</p>"));
    // Both in one batch, and back again.
    world.database.publish(&content("other", "z", "y"));
    world.database.publish(&content("e", "b", "x"));
    world.database.publish(&content("other", "a", "y"));
    world.settle().await;
    assert!(world.cloud.text("/news/a/").unwrap().contains("<p>y</p>"));
    assert!(world.cloud.text("/news/b/").unwrap().contains("<p>x</p>"));
    assert_eq!(redirect("/news/z/").as_deref(), Some("/news/a/"));
}

#[tokio::test]
async fn nothing_that_everyone_may_read_names_a_members_entry() {
    let world = World::new();
    world.publish("open", "/news/", &["a"]);
    world.publish("secret", "/members/", &["a"]);
    world.settle().await;
    for (key, (bytes, _)) in world.cloud.site() {
        let names_it = String::from_utf8_lossy(&bytes).contains("secret");
        assert!(!names_it || key.starts_with("site/members/"), "{key}");
    }
    assert!(world.cloud.text("/members/feed.xml").unwrap().contains("/members/secret/"));
}

#[tokio::test]
async fn what_is_equal_is_not_put_again() {
    let world = World::new();
    world.publish("one", "/news/", &["a"]);
    world.publish("two", "/news/", &["a"]);
    world.database.change_site(|_| {});
    world.settle().await;
    changed(&world);
    world.database.change_site(|_| {});
    world.settle().await;
    assert_eq!(changed(&world), BTreeSet::new());
    world.database.publish(&Content { title: "Title of one", ..content("one", "one", "Other text.") });
    world.settle().await;
    let pages: BTreeSet<String> = changed(&world)
        .into_iter()
        .filter(|path| !path.contains("feed.xml") && !path.contains("sitemap"))
        .collect();
    assert_eq!(pages, ["/news/one/index.html", "/news/one/index.json"].map(str::to_owned).into());
}

#[tokio::test]
async fn a_feed_has_ids_that_outlive_addresses() {
    let world = World::new();
    world.database.publish(&content("e", "a", "x & <y>"));
    world.settle().await;
    let id = "<id>urn:uuid:e</id>";
    assert!(world.cloud.text("/news/feed.xml").unwrap().contains(id));
    world.database.publish(&content("e", "b", "x & <y>"));
    world.settle().await;
    let feed = world.cloud.text("/news/feed.xml").unwrap();
    assert!(
        feed.contains(id) && feed.contains("https://example.com/news/b/") && !feed.contains("/news/a/"),
        "{feed}"
    );
    assert!(feed.contains("x &amp;amp; &amp;lt;y&amp;gt;"), "{feed}");
    let page = world.cloud.text("/news/b/").unwrap();
    assert!(page.contains("/news/feed.xml"), "the page tells of the feed");
}

#[tokio::test]
async fn other_orders_and_unlisted_sections_are_published_too() {
    let mut plain = section("/plain/", SectionOrder::Newest, 3);
    (plain.listed, plain.feed) = (false, false);
    let world = World::of(vec![section("/guide/", SectionOrder::Title, 2), plain]);
    for id in ["d", "b", "a", "e", "c"] {
        world.publish(id, "/guide/", &[]);
    }
    world.publish("p", "/plain/", &[]);
    world.settle().await;
    let shows = |path: &str, ids: &[&str]| {
        let text = world.cloud.text(path).unwrap();
        for id in ["a", "b", "c", "d", "e"] {
            assert_eq!(text.contains(&format!("Title of {id}")), ids.contains(&id), "{path} {id}");
        }
    };
    shows("/guide/", &["a", "b"]);
    shows("/guide/page/2/", &["c", "d"]);
    shows("/guide/page/3/", &["e"]);
    world.database.unpublish("a");
    world.settle().await;
    shows("/guide/", &["b", "c"]);
    shows("/guide/page/2/", &["d", "e"]);
    assert_eq!(world.cloud.text("/guide/page/3/"), None);
    assert!(world.cloud.text("/plain/p/").is_some());
    assert_eq!((world.cloud.text("/plain/"), world.cloud.text("/plain/feed.xml")), (None, None));
}

#[tokio::test]
async fn another_theme_publishes_everything_anew_once() {
    let world = World::new();
    let (publisher, _) = world.process(super::life::End::Never, None);
    publisher.renew().await.unwrap();
    world.settle().await;
    assert!(world.cloud.text("/").unwrap().contains("Site"), "a new site has a home page");
    assert!(world.cloud.text("/404.html").is_some() && world.cloud.text("/search/").is_some());
    let releases = world.database.held().releases.len();
    publisher.renew().await.unwrap();
    assert_eq!(world.database.held().releases.len(), releases);
}
