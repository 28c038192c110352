//! Media items.

use backend::publishing::Catalogue;
use backend::store::{Expected, MediaChange, Missing, NewMediaRow, StoreError};
use content::wire::{ChangedEntry, ChangedMedia, MediaId, MediaState, Rendition, Timestamp, Use};

use crate::conformance::fixture::{Fixture, ada, ben, body};

fn named(name: &str) -> NewMediaRow {
    let kind = "image/jpeg".to_owned();
    NewMediaRow { id: None, name: name.into(), kind, size: 1234, section: "/".into(), alt: "Ein Boot".into() }
}

fn ready() -> MediaChange {
    let url = "/media/x/boat-320.webp".to_owned();
    MediaChange {
        state: MediaState::Ready,
        problem: None,
        kind: None,
        size: Some(5000),
        width: Some(640),
        height: Some(480),
        thumbhash: Some("aGk=".into()),
        renditions: vec![Rendition { url, kind: "image/webp".into(), width: 320, height: 240 }],
    }
}

pub(crate) async fn an_item_goes_its_way(f: Fixture) {
    let item = f.store.create_media(&ada(), &named("boat.jpg")).await.unwrap();
    assert_eq!((item.state, item.size), (MediaState::Uploading, 1234));
    assert_eq!(f.store.media_in_work(10).await.unwrap(), std::slice::from_ref(&item));
    let done = f.store.process_media(&item.id, 1, &ready()).await.unwrap();
    assert_eq!(
        (done.state, done.size, done.width, done.renditions.len()),
        (MediaState::Ready, 5000, Some(640), 1)
    );
    assert!(f.store.media_in_work(10).await.unwrap().is_empty());
    let late = MediaChange { state: MediaState::Refused, ..ready() };
    assert_eq!(
        f.store.process_media(&item.id, 1, &late).await.unwrap(),
        done,
        "a late event changes nothing"
    );
    let changed = ChangedMedia { alt: Some("A boat".into()), name: None };
    assert_eq!(f.store.save_media(&ada(), &item.id, &changed).await.unwrap().alt, "A boat");
    assert_eq!(f.store.media_of(&[item.id.clone(), "none".into()]).await.unwrap().len(), 1);
    let nowhere = NewMediaRow { section: "/none/".into(), ..named("x.jpg") };
    let refused = f.store.create_media(&ada(), &nowhere).await;
    assert!(matches!(refused, Err(StoreError::NotFound(Missing::SectionPath))));
}

pub(crate) async fn an_upload_is_taken_back_by_who_began_it_as_long_as_nothing_came(f: Fixture) {
    let item = f.store.create_media(&ada(), &named("boat.jpg")).await.unwrap();
    assert!(!f.store.cancel_upload(&ben(), &item.id).await.unwrap(), "it is another's");
    let entry = f.titled("With a boat").await.summary.id;
    f.save(&entry, body(&format!("![a](media:{})", item.id))).await;
    assert!(!f.store.cancel_upload(&ada(), &item.id).await.unwrap(), "it is used");
    f.later(24 * 60 * 60 * 1_000);
    let other = f.store.create_media(&ada(), &named("other.jpg")).await.unwrap();
    let in_work = f.store.media_in_work(2).await.unwrap();
    assert_eq!(in_work, std::slice::from_ref(&other), "what may never come holds up nothing newer");
    assert!(f.store.cancel_upload(&ada(), &other.id).await.unwrap());
    assert_eq!(f.store.media(&other.id).await.unwrap(), None);
    f.store.process_media(&item.id, 1, &ready()).await.unwrap();
    f.save(&entry, body("without")).await;
    assert!(!f.store.cancel_upload(&ada(), &item.id).await.unwrap(), "it came");
}

pub(crate) async fn what_is_used_is_not_deleted(f: Fixture) {
    let id: MediaId = f.store.create_media(&ada(), &named("boat.jpg")).await.unwrap().id;
    let published = f.titled("Published").await.summary.id;
    f.save(&published, body(&format!("![a](media:{id})"))).await;
    f.publish(&published).await;
    let draft = f.titled("Draft").await.summary.id;
    f.save(&draft, ChangedEntry { cover: Some(Some(id.clone())), ..ChangedEntry::default() }).await;
    let past = f.titled("Past").await.summary.id;
    f.save(&past, body(&format!("![a](media:{id})"))).await;
    f.save(&past, body("without")).await;
    let used = f.store.media_used_in(&id).await.unwrap();
    let places: Vec<_> = used.iter().map(|used| (used.title.as_str(), used.place)).collect();
    assert_eq!(places, [("Published", Use::Published), ("Draft", Use::Draft), ("Past", Use::Revision)]);
    assert!(
        matches!(f.store.delete_media(&ada(), &id, true).await, Err(StoreError::InUse(used)) if used.len() == 3)
    );
    // A change of the picture makes the page anew.
    let before = f.read(&published).await.summary.release.unwrap();
    f.store.process_media(&id, 1, &ready()).await.unwrap();
    assert!(f.read(&published).await.summary.release.unwrap().id > before.id);
    for entry in [&published, &draft] {
        f.store.trash_entry(&ada(), entry, &Expected::Any).await.unwrap();
        f.store.delete_entry(&ada(), entry, &Expected::Any).await.unwrap();
    }
    assert!(matches!(f.store.delete_media(&ada(), &id, false).await, Err(StoreError::InUse(_))));
    f.store.delete_media(&ada(), &id, true).await.unwrap();
    assert_eq!(f.store.media(&id).await.unwrap(), None);
}

pub(crate) async fn another_file_takes_the_place_of_a_files_once_it_is_there(f: Fixture) {
    let id: MediaId = f.store.create_media(&ada(), &named("boat.jpg")).await.unwrap().id;
    let early = f.store.replace_media(&ada(), &id, "ship.png").await;
    assert!(matches!(early, Err(StoreError::Conflict(_))), "its first file is awaited still");
    f.store.process_media(&id, 1, &ready()).await.unwrap();
    let shown = f.titled("Shown").await.summary.id;
    f.save(&shown, body(&format!("![a](media:{id})"))).await;
    f.publish(&shown).await;
    let released = f.read(&shown).await.summary.release.unwrap();

    // What was given up arrives all the same, and takes nothing's place.
    let given_up = f.store.replace_media(&ada(), &id, "wrong.png").await.unwrap().replacement.unwrap();
    f.store.keep_media(&ada(), &id).await.unwrap();
    f.store.keep_media(&ada(), &id).await.unwrap();
    let kept = f.store.process_media(&id, given_up.version, &ready()).await.unwrap();
    assert_eq!((kept.version, &kept.replacement, kept.name.as_str()), (1, &None, "boat.jpg"));

    let awaited = f.store.replace_media(&ada(), &id, "ship.png").await.unwrap();
    let next = awaited.replacement.clone().unwrap();
    assert_eq!(
        (awaited.state, awaited.version, awaited.renditions),
        (MediaState::Ready, 1, ready().renditions)
    );
    assert_eq!((next.version, next.state, next.name.as_str()), (3, MediaState::Uploading, "ship.png"));
    assert_eq!(f.store.media_in_work(10).await.unwrap()[0].id, id);
    let refused = MediaChange { state: MediaState::Refused, renditions: Vec::new(), ..ready() };
    let refused = f.store.process_media(&id, 3, &refused).await.unwrap();
    assert_eq!(refused.replacement.unwrap().state, MediaState::Refused);
    assert_eq!(
        (refused.state, refused.renditions),
        (MediaState::Ready, ready().renditions),
        "the page stays"
    );
    assert!(f.store.media_in_work(10).await.unwrap().is_empty());
    assert_eq!(f.read(&shown).await.summary.release.unwrap().id, released.id);

    f.store.replace_media(&ada(), &id, "ship.png").await.unwrap();
    let url = "/media/x/ship-v4-320.webp".to_owned();
    let rendition = Rendition { url, kind: "image/webp".into(), width: 320, height: 240 };
    let made = MediaChange { width: Some(320), renditions: vec![rendition.clone()], ..ready() };
    let done = f.store.process_media(&id, 4, &made).await.unwrap();
    assert_eq!((done.version, done.replacement, done.name.as_str()), (4, None, "ship.png"));
    assert_eq!((done.width, done.alt.as_str(), done.renditions), (Some(320), "Ein Boot", vec![rendition]));
    let again = f.read(&shown).await.summary.release.unwrap();
    assert!(again.id > released.id, "the page is made anew");
    assert_eq!(f.store.media_items(None, Some("ship"), None, 10).await.unwrap().items.len(), 1);

    // The file before goes with a release of its own, after the page's.
    let now: Timestamp = "2026-11-26T12:00:00.000Z".into();
    let batch = Catalogue::take_batch(&f.store, "b1", 2, &now).await.unwrap().unwrap();
    assert!(batch.releases.iter().all(|release| release.entry.is_some()));
    assert_eq!(Catalogue::discarded(&f.store, &batch.id).await.unwrap(), Vec::<String>::new());
    Catalogue::placed(&f.store, "b1", &[], &now).await.unwrap();
    let batch = Catalogue::take_batch(&f.store, "b2", 200, &now).await.unwrap().unwrap();
    assert!(batch.releases.iter().all(|release| release.entry.is_none() && !release.is_of_site()));
    let discarded = Catalogue::discarded(&f.store, &batch.id).await.unwrap();
    assert_eq!(discarded, ["/media/x/boat-320.webp"]);
    Catalogue::forget_discarded(&f.store, &discarded).await.unwrap();
    assert!(Catalogue::discarded(&f.store, &batch.id).await.unwrap().is_empty());
}

pub(crate) async fn names_are_found_whatever_their_case(f: Fixture) {
    for name in ["IMG_0001 Hafen.JPG", "hafen.png", "100%_x.png"] {
        f.store.create_media(&ada(), &named(name)).await.unwrap();
    }
    let found = async |words: Option<&str>| {
        let list = f.store.media_items(Some("/"), words, None, 10).await.unwrap();
        list.items.into_iter().map(|item| item.name).collect::<Vec<_>>()
    };
    assert_eq!(found(Some("HAFEN")).await, ["hafen.png", "IMG_0001 Hafen.JPG"]);
    assert_eq!(found(Some("boot")).await.len(), 3);
    assert_eq!(found(Some("%")).await.len(), 3);
    assert!(found(Some("oot")).await.is_empty());
    let page = f.store.media_items(None, None, None, 2).await.unwrap();
    let rest = f.store.media_items(None, None, page.next.as_deref(), 2).await.unwrap();
    assert_eq!((page.items.len(), rest.items.len(), rest.next), (2, 1, None));
    let foreign = f.store.media_items(Some("/"), None, page.next.as_deref(), 2).await;
    assert!(matches!(foreign, Err(StoreError::ForeignCursor)));
}
