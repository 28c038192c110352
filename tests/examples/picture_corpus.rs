//! Puts every file of a folder through make-renditions, as an upload would come: `picture_corpus FOLDER`. Each has to be
//! taken or refused with a reason, and no process may be lost.
//!
//! For collections of hostile pictures that are not part of this project, such as those of go-fuzz and of libpng.

#![expect(clippy::indexing_slicing, reason = "members of JSON, which are null where there are none")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use stack::bucket::ObjectMetadata;
use tests::local_aws::{BUCKET, LocalAws, SITE_BUCKET, TABLE};
use tests::packaged_function::Running;
use tests::{Failure, Journey};

#[tokio::main]
async fn main() -> Journey {
    let folder = std::env::args().nth(1).ok_or_else(|| io::Error::other("expected a folder of files"))?;
    let mut files = Vec::new();
    collect(Path::new(&folder), &mut files)?;
    let aws = LocalAws::start().await?;
    let environment = [("UPLOADS_BUCKET", BUCKET), ("SITE_BUCKET", SITE_BUCKET), ("RECORDS_TABLE", TABLE)];
    let function = Running::start("make-renditions", &aws.url(), &environment).await?;
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for (number, file) in files.iter().enumerate() {
        let outcome = take(&aws, &function, number, file).await?;
        *outcomes.entry(outcome).or_default() += 1;
        let restarts = function.host.counts().restarts;
        if restarts > 0 {
            return Err(io::Error::other(format!("{} ended the process", file.display())).into());
        }
    }
    say(&format!("{} files, no process lost", files.len()));
    for (outcome, count) in outcomes {
        say(&format!("{count:>6}  {outcome}"));
    }
    Ok(())
}

/// What is recorded of a file: `ready`, or the beginning of the reason.
async fn take(aws: &LocalAws, function: &Running, number: usize, file: &Path) -> Result<String, Failure> {
    let (media, name) = (format!("m{number}"), "a.png".to_owned());
    let user = [("media", media.clone()), ("section", "/".to_owned()), ("name", name)];
    let metadata = ObjectMetadata {
        user: user.map(|(name, value)| (name.to_owned(), value)).into(),
        ..ObjectMetadata::default()
    };
    let key = format!("uploads/{media}");
    aws.bucket.put(key.as_str(), fs::read(file)?, metadata);
    let event = json!({ "Records": [{
        "eventName": "ObjectCreated:Put",
        "s3": { "bucket": { "name": BUCKET }, "object": { "key": key, "size": 1 } },
    }] });
    let failed = |problem: String| io::Error::other(format!("{}: {problem}", file.display()));
    function.call(&event).await.map_err(|error| failed(error.to_string()))?;
    let pk = format!("MEDIA#{media}");
    let items = aws.services.records.items(TABLE);
    let item: &Value =
        items.iter().find(|item| item["pk"]["S"] == pk.as_str()).ok_or_else(|| failed("no record".into()))?;
    let text = |name: &str| item[name]["S"].as_str().unwrap_or_default().to_owned();
    aws.bucket.delete(&key);
    for made in aws.site.list(&format!("site/media/{media}/")) {
        aws.site.delete(&made.key);
    }
    match text("state").as_str() {
        "ready" => Ok(format!("ready, {}", text("type"))),
        state => Ok(format!("{state}: {:.60}", text("problem"))),
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "whoever tries a corpus wants to see what came of it")]
fn say(what: &str) {
    println!("{what}");
}
