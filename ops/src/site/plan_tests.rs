use proptest::prelude::*;

use super::super::headers::Encoding;
use super::super::headers::tests::{headers, kind};
use super::super::manifest::PlannedUpload;
use super::super::manifest::tests::remembered;
use super::*;

const NOW: i64 = 1_000_000;
const GRACE: i64 = 3_600;

/// A folder, a bucket and a memory, and what is made of them.
#[derive(Default, Debug, Clone)]
struct World {
    files: Vec<LocalFile>,
    listing: Listing,
    manifest: Manifest,
    adopt: bool,
}

impl World {
    fn file(mut self, key: &str, sha256: &str) -> World {
        self.files.push(LocalFile {
            key: key.to_owned(),
            path: key.into(),
            size: 1,
            sha256: sha256.to_owned(),
            headers: headers(key),
            kind: kind(key),
            compress: false,
        });
        self
    }

    fn there(mut self, key: &str, etag: &str) -> World {
        self.listing.insert(key.to_owned(), Seen { etag: etag.to_owned(), size: 1 });
        self
    }

    fn ours(mut self, key: &str, sha256: &str, etag: &str) -> World {
        self.manifest.objects.insert(key.to_owned(), remembered(key, sha256, Some(etag)));
        self
    }

    fn plan_at(&self, now: i64) -> Plan {
        let World { files, listing, manifest, adopt } = self;
        let now = Moment::from_unix(now);
        let (grace_seconds, adopt, etags_are_digests) = (GRACE, *adopt, true);
        Plan::new(&Findings { files, listing, manifest, now, grace_seconds, adopt, etags_are_digests })
    }

    fn plan(&self) -> Plan {
        self.plan_at(NOW)
    }

    fn step(&self) -> (Action, Reason) {
        let steps = self.plan().steps;
        assert_eq!(steps.len(), 1, "{steps:?}");
        (steps[0].action, steps[0].reason.clone())
    }
}

fn paths(plan: &Plan) -> Vec<&str> {
    plan.paths.iter().map(InvalidationPath::as_str).collect()
}

#[test]
fn each_file_has_an_action_with_a_reason() {
    use Action as A;
    use Reason as R;
    let known = || World::default().ours("a.html", "1", "e1");
    assert_eq!(World::default().file("a.html", "1").step(), (A::Upload, R::New));
    assert_eq!(known().file("a.html", "1").there("a.html", "e1").step(), (A::Keep, R::Unchanged));
    assert_eq!(known().file("a.html", "2").there("a.html", "e1").step(), (A::Upload, R::ContentChanged));
    assert_eq!(known().file("a.html", "1").there("a.html", "e2").step(), (A::Upload, R::ChangedInBucket));
    assert_eq!(known().file("a.html", "1").step(), (A::Upload, R::MissingInBucket));
    assert_eq!(known().there("a.html", "e2").step(), (A::Leave, R::TakenByOthers));
    assert_eq!(World::default().there("a.html", "e").step(), (A::Leave, R::Foreign));
    let in_the_way = World::default().file("a.html", "1").there("a.html", "e");
    assert_eq!(in_the_way.step(), (A::Conflict, R::Foreign));
    assert_eq!(in_the_way.plan().conflicts(), ["a.html"]);
    assert_eq!(World { adopt: true, ..in_the_way }.step(), (A::Upload, R::Adopted));
    assert!(known().plan().steps.is_empty() && known().plan().objects.is_empty());
}

#[test]
fn headers_and_encoding_are_compared_too() {
    let mut world = World::default().ours("a.html", "1", "e").file("a.html", "1").there("a.html", "e");
    world.files[0].headers.cache_control = "no-store".into();
    assert!(
        matches!(world.step(), (Action::Upload, Reason::HeadersChanged(what)) if what.contains("no-store"))
    );
    let key = "a-0123456a.js";
    let mut world = World::default().ours(key, "1", "e").file(key, "1").there(key, "e");
    world.files[0].compress = true;
    assert!(
        matches!(world.step(), (Action::Upload, Reason::HeadersChanged(what)) if what == "stored compressed")
    );
    world.manifest.objects.get_mut(key).unwrap().encoding = Encoding::Incompressible;
    assert_eq!(world.step(), (Action::Keep, Reason::Unchanged));
}

#[test]
fn an_object_goes_when_its_file_has_been_gone_for_the_grace() {
    let mut world = World::default().ours("a.txt", "1", "e").there("a.txt", "e");
    let plan = world.plan();
    let until = Moment::from_unix(NOW + GRACE);
    assert_eq!(plan.steps[0].reason, Reason::GoneUntil(until));
    assert!(plan.removals.is_empty() && plan.paths.is_empty() && plan.remembers);
    world.manifest.objects = plan.objects;
    let early = world.plan_at(NOW + GRACE - 1);
    assert_eq!((early.count(Action::RemoveLater), early.is_empty()), (1, true));
    let due = world.plan_at(NOW + GRACE);
    assert_eq!((due.removals.clone(), paths(&due)), (vec!["a.txt".to_owned()], vec!["/a.txt"]));
    let back = world.clone().file("a.txt", "1").plan_at(NOW + GRACE);
    assert_eq!((back.count(Action::Keep), back.objects["a.txt"].gone_since), (1, None));
    assert!(back.remembers);
}

#[test]
fn exactly_what_changes_for_viewers_is_invalidated() {
    let plan = World::default()
        .file("app-0123456a.js", "1")
        .file("guide/index.html", "2")
        .ours("old-0123456a.js", "1", "e")
        .file("old-0123456a.js", "1")
        .ours("same.txt", "1", "s")
        .file("same.txt", "1")
        .there("same.txt", "s")
        .there("foreign.txt", "f")
        .plan();
    assert_eq!(paths(&plan), ["/guide/", "/guide/index.html", "/old-0123456a.js"]);
    assert_eq!(plan.uploads.len(), 3);
}

#[test]
fn nothing_to_do_is_an_empty_plan() {
    let world = World::default().ours("a.html", "1", "e").file("a.html", "1").there("a.html", "e");
    assert!(world.there("foreign", "f").plan().is_empty());
}

fn journal(key: &str, planned: PlannedUpload) -> Journal {
    Journal {
        id: "d1".into(),
        began: Moment::from_unix(NOW),
        uploads: [(key.to_owned(), planned)].into(),
        paths: InvalidationPath::of_key(key),
        reference: "r1".into(),
        lease: None,
    }
}

#[test]
fn an_interrupted_deploy_is_gone_on_with() {
    let planned =
        PlannedUpload { object: remembered("a.html", "2", Some("e2")), replaces: Some("e1".into()) };
    let mut world = World::default().ours("a.html", "1", "e1").file("a.html", "2");
    world.manifest.journal = Some(journal("a.html", planned));
    let not_done = world.clone().there("a.html", "e1").plan();
    assert_eq!(
        (not_done.steps[0].reason.clone(), not_done.reference.clone()),
        (Reason::ContentChanged, None)
    );
    let done = world.clone().there("a.html", "e2").plan();
    assert_eq!((done.count(Action::Keep), paths(&done)), (1, vec!["/a.html"]));
    assert_eq!(done.reference.as_deref(), Some("r1"));
    let unknown = world.there("a.html", "e3").plan();
    assert_eq!(unknown.steps[0].reason, Reason::Unfinished("d1".into()));
}

#[test]
fn a_file_that_changes_again_is_not_taken_for_invalidated() {
    let planned =
        PlannedUpload { object: remembered("a.html", "2", Some("e2")), replaces: Some("e1".into()) };
    let mut world = World::default().ours("a.html", "1", "e1").file("a.html", "3").there("a.html", "e2");
    world.manifest.journal = Some(journal("a.html", planned));
    let plan = world.plan();
    assert_eq!((plan.uploads.len(), paths(&plan), &plan.reference), (1, vec!["/a.html"], &None));
}

fn any_world() -> impl Strategy<Value = World> {
    let keys = prop::sample::select(vec!["a.html", "b/index.html", "c-0123456a.js", "d.txt", "e"]);
    let digest = prop::sample::select(vec!["1", "2"]);
    let pairs = || prop::collection::btree_map(keys.clone(), digest.clone(), 0..5);
    let journal_of = prop::option::of((pairs(), prop::option::of(digest.clone())));
    (pairs(), pairs(), pairs(), journal_of, any::<bool>()).prop_map(
        |(files, there, ours, under_way, adopt)| {
            let mut world = World { adopt, ..World::default() };
            for (key, sha256) in files {
                world = world.file(key, sha256);
            }
            for (key, etag) in there {
                world = world.there(key, etag);
            }
            for (key, both) in ours {
                world = world.ours(key, both, both);
            }
            world.manifest.journal = under_way.map(|(uploads, replaces)| {
                let planned = |(key, both): (&str, &str)| {
                    let object = remembered(key, both, Some(both));
                    (key.to_owned(), PlannedUpload { object, replaces: replaces.map(str::to_owned) })
                };
                Journal {
                    id: "d1".into(),
                    began: Moment::from_unix(NOW),
                    uploads: uploads.into_iter().map(planned).collect(),
                    paths: Vec::new(),
                    reference: "r1".into(),
                    lease: None,
                }
            });
            world
        },
    )
}

/// Whether neither a deploy nor an interrupted one can have put what is there.
fn is_taken(world: &World, key: &str) -> bool {
    let planned = world.manifest.journal.as_ref().and_then(|journal| journal.uploads.get(key));
    let (Some(planned), Some(there)) = (planned, world.listing.get(key)) else { return false };
    let known = [planned.object.etag.as_deref(), planned.replaces.as_deref()];
    !world.manifest.objects.contains_key(key) && !known.contains(&Some(there.etag.as_str()))
}

proptest! {
    #[test]
    fn every_change_is_invalidated_and_nothing_of_others_is_touched(world in any_world()) {
        let plan = world.plan();
        let journal_keys = world.manifest.journal.iter().flat_map(|journal| journal.uploads.keys());
        let ours: Vec<&String> = world.manifest.objects.keys().chain(journal_keys).collect();
        let keys: Vec<&String> = plan.uploads.iter().map(|upload| &upload.file.key).chain(&plan.removals).collect();
        for key in keys {
            let foreign = world.listing.contains_key(key) && !ours.contains(&key) || is_taken(&world, key);
            prop_assert!(!foreign || world.adopt);
            let is_new = plan.steps.iter().any(|step| step.key == *key && step.reason == Reason::New);
            let named = InvalidationPath::of_key(key).iter().all(|path| plan.paths.iter().any(|by| by.covers(path)));
            prop_assert!(named || (is_new && kind(key) == Kind::Immutable));
        }
        for key in &plan.removals {
            prop_assert!(!world.files.iter().any(|file| file.key == *key) && ours.contains(&key));
        }
    }

    #[test]
    fn a_deploy_without_conflicts_leaves_nothing_to_do(world in any_world()) {
        let plan = world.plan();
        prop_assume!(plan.conflicts().is_empty());
        let mut after = world.clone();
        after.manifest.journal = None;
        after.manifest.objects = plan.objects.clone();
        for upload in &plan.uploads {
            let (key, sha256) = (upload.file.key.clone(), upload.file.sha256.clone());
            after.listing.insert(key.clone(), Seen { etag: sha256.clone(), size: 1 });
            after.manifest.objects.insert(key.clone(), remembered(&key, &sha256, Some(&sha256)));
        }
        for key in &plan.removals {
            after.listing.remove(key);
            after.manifest.objects.remove(key);
        }
        prop_assert!(after.plan().is_empty(), "{:?}", after.plan());
        for file in &after.files {
            prop_assert_eq!(after.manifest.objects[&file.key].sha256.as_str(), file.sha256.as_str());
        }
    }
}
