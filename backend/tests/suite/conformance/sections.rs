//! Sections and the site's settings.

use backend::store::{Expected, StoreError};
use content::wire::{NewEntry, NewSection, SectionOrder, Site};

use crate::conformance::fixture::{Fixture, ada, section};

pub(crate) async fn paths_of_sections_are_their_own(f: Fixture) {
    let news = f.store.create_section(&ada(), &section("/news/", SectionOrder::Manual)).await.unwrap();
    assert_eq!((news.order, news.entries, news.page_size), (SectionOrder::Manual, 0, 20));
    let again = f.store.create_section(&ada(), &section("/news/", SectionOrder::Newest)).await;
    assert!(matches!(again, Err(StoreError::PathTaken { by: None, .. })));
    let new = NewEntry { title: "Guide".into(), section: Some("/".into()), ..NewEntry::default() };
    let guide = f.create(new).await.summary;
    let refused = f.store.create_section(&ada(), &section("/guide/", SectionOrder::Newest)).await;
    assert!(matches!(refused, Err(StoreError::PathTaken { by: Some(by), .. }) if by == guide.id));
    let changed =
        NewSection { title: "All news".into(), feed: true, ..section("/all/", SectionOrder::Title) };
    let saved = f.store.save_section(&ada(), &news.id, &changed).await.unwrap();
    assert_eq!((saved.path.as_str(), saved.title.as_str(), saved.feed), ("/all/", "All news", true));
    let paths: Vec<_> = f.store.sections().await.unwrap().into_iter().map(|section| section.path).collect();
    assert_eq!(paths, ["/", "/all/"]);
}

pub(crate) async fn a_section_with_entries_stays(f: Fixture) {
    let news = f.store.create_section(&ada(), &section("/news/", SectionOrder::Newest)).await.unwrap();
    let id = f.titled("x").await.summary.id;
    assert_eq!(f.store.section(&news.id).await.unwrap().unwrap().entries, 1);
    let moved = f.store.save_section(&ada(), &news.id, &section("/new/", SectionOrder::Newest)).await;
    assert!(matches!(moved, Err(StoreError::Conflict(_))));
    f.store.save_section(&ada(), &news.id, &section("/news/", SectionOrder::Title)).await.unwrap();
    f.store.trash_entry(&ada(), &id, &Expected::Any).await.unwrap();
    assert_eq!(f.store.section(&news.id).await.unwrap().unwrap().entries, 0);
    let refused = f.store.delete_section(&ada(), &news.id).await;
    assert!(matches!(refused, Err(StoreError::Conflict(why)) if why.contains("trash")));
    f.store.delete_entry(&ada(), &id, &Expected::Any).await.unwrap();
    f.store.delete_section(&ada(), &news.id).await.unwrap();
    assert_eq!(f.store.section(&news.id).await.unwrap(), None);
    assert!(matches!(f.store.delete_section(&ada(), &news.id).await, Err(StoreError::NotFound(_))));
}

pub(crate) async fn settings_of_the_site_have_versions(f: Fixture) {
    let site = f.store.site().await.unwrap();
    assert_eq!(site.version, 1);
    let changed = Site { title: "Harbour".into(), version: 77, ..site.clone() };
    let saved = f.store.save_site(&ada(), &changed, &Expected::version(1)).await.unwrap();
    assert_eq!((saved.version, saved.title.as_str()), (2, "Harbour"));
    assert_eq!(f.store.site().await.unwrap(), saved);
    let stale = f.store.save_site(&ada(), &changed, &Expected::version(1)).await;
    assert!(matches!(stale, Err(StoreError::SiteVersionMismatch(current)) if *current == saved));
}
