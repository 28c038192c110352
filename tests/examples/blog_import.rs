//! A real blog comes in: imported, published, read again through the CDN, and changed in one place.
//!
//! `blog_import FOLDER` with a folder of markdown that Zola, Hugo or Jekyll would build; its posts go into `/blog/`. Says how
//! long it took until the last page was live, and fails where a page or a former address does not lead to its post, or
//! where the change of one post changes pages that do not show it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use content::wire::{Entry, EntryState, EntrySummary, List, ReleaseState};
use ops::api::{Api, Credentials};
use ops::import::{Import, Outcome, Read, read};
use ops::report::Report;
use ops::web_client::WebClient;
use serde_json::{Value, json};
use stack::bucket::Object;

use tests::cloud::Cloud;
use tests::{Failure, Journey};

const SECTION: &str = "/blog/";
const PATIENCE: Duration = Duration::from_secs(600);

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
async fn main() -> Journey {
    let folder: PathBuf = std::env::args_os()
        .nth(1)
        .ok_or_else(|| other("expected a folder of markdown: blog_import FOLDER"))?
        .into();
    let content = read(&folder)?;
    let cloud = Cloud::cms().await?;
    let api = Api::new(WebClient::new()?, cloud.site(), Credentials::Fixed(cloud.access_token("admin")?));
    let import = Import { api: api.clone(), section: SECTION.to_owned() };

    let began = Instant::now();
    let silent = Report::on(true, Box::new(std::io::sink()), Box::new(std::io::sink()));
    let imported = import.run(content.clone(), &silent).await?;
    let created = imported.iter().filter(|one| one.outcome == Outcome::Created).count();
    tell(&format!("{created} of {} documents imported after {:.1} s", imported.len(), seconds(began)));
    for one in imported.iter().filter(|one| one.outcome != Outcome::Created || !one.notes.is_empty()) {
        tell(&format!("  {}: {:?} {}", one.path, one.outcome, one.notes.join("; ")));
    }
    all_live(&api, began).await?;
    tell(&format!("all live after {:.1} s", seconds(began)));
    readable(&cloud, &content).await?;
    one_changed(&cloud, &api).await
}

/// Waits until the latest release of every entry is live.
async fn all_live(api: &Api, began: Instant) -> Journey {
    loop {
        let states = entries(api).await?.into_iter().filter_map(|entry| entry.release);
        let open = states.filter(|release| release.state != ReleaseState::Live);
        let open: Vec<_> = open.map(|release| (release.id, release.state, release.problem)).collect();
        if open.is_empty() {
            return Ok(());
        }
        let is_over = open.iter().any(|(_, state, _)| *state == ReleaseState::Failed);
        if is_over || began.elapsed() > PATIENCE {
            return Err(other(format!("not live: {:?}", open.iter().take(5).collect::<Vec<_>>())).into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// All entries, the last published first.
async fn entries(api: &Api) -> Result<Vec<EntrySummary>, Failure> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/entries?sort=-published_at&limit=200{cursor}");
        let list: List<EntrySummary> = api.read(&path).await?;
        all.extend(list.items);
        match list.next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(all),
        }
    }
}

/// Every published post, and every former address, as somebody without a session reads it.
async fn readable(cloud: &Cloud, content: &Read) -> Journey {
    let (mut pages, mut aliases, mut wrong) = (0, 0, Vec::new());
    for document in content.documents.iter().filter(|document| document.publish) {
        let address = below(&document.address);
        let own = std::iter::once(address.clone());
        for path in own.chain(document.aliases.iter().map(|alias| below(alias))) {
            let answer = reqwest::get(cloud.page(&path)).await?;
            let led = answer.url().path().to_owned();
            if answer.status().as_u16() != 200 || led != address {
                wrong.push(format!("{path}: {} at {led}, expected {address}", answer.status()));
            }
            *(if path == address { &mut pages } else { &mut aliases }) += 1;
        }
    }
    tell(&format!("{pages} posts and {aliases} former addresses read"));
    if wrong.is_empty() { Ok(()) } else { Err(other(wrong.join("\n")).into()) }
}

/// Changes the text of the oldest post, which no list shows, and says which objects are others then.
async fn one_changed(cloud: &Cloud, api: &Api) -> Journey {
    let all = entries(api).await?;
    let oldest = all.iter().rfind(|entry| entry.state == EntryState::Published);
    let oldest = oldest.ok_or_else(|| other("nothing is published"))?;
    let (id, path) = (&oldest.id, &oldest.path);
    let entry: Entry = api.read(&format!("/entries/{id}")).await?;
    let body = format!("{}\n\nOne more paragraph.\n", entry.body);
    let before = objects(cloud);
    let _: Value =
        api.put(&format!("/entries/{id}"), entry.summary.version, &json!({ "body": body })).await?;
    let publish = json!({ "action": "publish", "ids": [id] });
    let _ = api.post::<Value>("/entries/bulk", &publish).await?;
    all_live(api, now()).await?;
    let after = objects(cloud);
    let changed: Vec<&String> = after
        .iter()
        .filter(|(key, now)| before.get(*key).is_none_or(|before| before.body != now.body))
        .map(|(key, _)| key)
        .collect();
    tell(&format!("a change of {path} put {} of {} objects: {changed:?}", changed.len(), after.len()));
    let strange = changed.iter().filter(|key| !key.contains(path) && !key.starts_with("releases/"));
    let strange: Vec<_> =
        strange.filter(|key| !(key.ends_with(".xml") || key.ends_with("/feed.json"))).collect();
    if strange.is_empty() { Ok(()) } else { Err(other(format!("changed, too: {strange:?}")).into()) }
}

/// What stands in the site's bucket.
fn objects(cloud: &Cloud) -> BTreeMap<String, Arc<Object>> {
    let all = cloud.stack().bucket().list("");
    all.into_iter().map(|object| (object.key.clone(), object)).collect()
}

fn other(problem: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> std::io::Error {
    std::io::Error::other(problem)
}

#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn now() -> Instant {
    Instant::now()
}

fn seconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64()
}

/// An address of the blog's within the site.
fn below(address: &str) -> String {
    format!("{SECTION}{}", address.trim_start_matches('/'))
}

#[expect(clippy::print_stdout, reason = "its answer")]
fn tell(line: &str) {
    println!("{line}");
}
