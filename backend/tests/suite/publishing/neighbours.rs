//! An entry's page leads to those before and after it, whatever happens to them.

use content::wire::SectionOrder;

use super::held::{Content, section};
use super::process::World;

/// Where an entry's page says that the entries before and after it are.
fn beside(world: &World, path: &str) -> [Option<String>; 2] {
    let page = world.cloud.text(path).unwrap_or_else(|| panic!("no page at {path}"));
    ["prev", "next"].map(|relation| {
        let mark = format!("<link rel=\"{relation}\" href=\"");
        let (_, rest) = page.split_once(&mark)?;
        Some(rest.split('"').next()?.to_owned())
    })
}

fn paths(names: [Option<&str>; 2]) -> [Option<String>; 2] {
    names.map(|name| name.map(|name| format!("/news/{name}/")))
}

#[tokio::test]
async fn entries_lead_to_the_one_before_and_the_one_after() {
    let world = World::new();
    for name in ["one", "two", "three"] {
        world.publish(name, "/news/", &[]);
        world.settle().await;
    }
    assert_eq!(beside(&world, "/news/one/"), paths([None, Some("two")]));
    assert_eq!(beside(&world, "/news/two/"), paths([Some("one"), Some("three")]));
    assert_eq!(beside(&world, "/news/three/"), paths([Some("two"), None]));

    world.database.unpublish("two");
    world.settle().await;
    assert_eq!(beside(&world, "/news/one/"), paths([None, Some("three")]));
    assert_eq!(beside(&world, "/news/three/"), paths([Some("one"), None]));

    let renamed = Content { id: "one", section: "/news/", slug: "uno", title: "Uno", body: "x", tags: &[] };
    world.database.publish(&renamed);
    world.settle().await;
    assert_eq!(beside(&world, "/news/three/"), paths([Some("uno"), None]));
    assert!(world.cloud.text("/news/three/").unwrap().contains("Uno"));
}

#[tokio::test]
async fn many_that_come_at_once_lead_to_each_other() {
    let world = World::of(vec![section("/news/", SectionOrder::Title, 3)]);
    for name in ["d", "b", "a", "c"] {
        world.publish(name, "/news/", &[]);
    }
    world.settle().await;
    assert_eq!(beside(&world, "/news/a/"), paths([None, Some("b")]));
    assert_eq!(beside(&world, "/news/b/"), paths([Some("a"), Some("c")]));
    assert_eq!(beside(&world, "/news/d/"), paths([Some("c"), None]));
}

#[tokio::test]
async fn the_home_page_leads_to_the_rest_of_what_lies_in_no_section() {
    let world = World::of(vec![section("/", SectionOrder::Newest, 2)]);
    for number in 0..5 {
        world.publish(&format!("n{number}"), "/", &[]);
    }
    world.settle().await;
    let (mut at, mut seen) = ("/".to_owned(), Vec::new());
    loop {
        let page = world.cloud.text(&at).unwrap_or_else(|| panic!("no page at {at}"));
        seen.extend((0..5).filter(|number| page.contains(&format!("href=\"/n{number}/\""))));
        let Some((_, rest)) = page.split_once("class=\"onward\" href=\"") else { break };
        at = rest.split('"').next().unwrap_or_default().to_owned();
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, [0, 1, 2, 3, 4]);
}
