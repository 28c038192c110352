//! A server that is killed in the middle of a thousand saves has every save that it answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::api_program::aws;
use crate::api_program::server::Server;

/// Saves in all, and how many are answered before the server is killed.
const SAVES: usize = 1_000;
const ANSWERED: usize = 500;
const ENTRIES: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_save_that_was_answered_is_there_after_a_kill() {
    let folder = TempDir::new().unwrap();
    let aws = aws::start().await;
    let server = Server::start(folder.path(), &aws).await;
    let mut entries = Vec::new();
    for number in 0..ENTRIES {
        entries.push(server.entry(&format!("Entry {number}")).await);
    }
    let (server, answered, enough) =
        (Arc::new(server), Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let savers: Vec<_> = entries
        .iter()
        .map(|entry| {
            let (server, answered, enough) =
                (Arc::clone(&server), Arc::clone(&answered), Arc::clone(&enough));
            let id = entry["id"].as_str().unwrap().to_owned();
            tokio::spawn(async move { save_on_and_on(&server, &id, &answered, &enough).await })
        })
        .collect();
    enough.notified().await;
    let killed = std::process::Command::new("kill").args(["-9", &server.process_id().to_string()]).status();
    assert!(killed.unwrap().success());
    let mut last = Vec::new();
    for saver in savers {
        last.push(saver.await.unwrap());
    }
    drop(server);
    let total: usize = last.iter().sum();
    assert!((ANSWERED..SAVES).contains(&total), "it was killed in the middle: {total} were answered");

    let server = Server::start(folder.path(), &aws).await;
    for (entry, last) in entries.iter().zip(last) {
        let id = entry["id"].as_str().unwrap();
        let (_, now) = server.ask("GET", &format!("/entries/{id}"), 0, None).await.unwrap();
        let saved: usize = now["body"].as_str().unwrap().trim_start_matches("save ").parse().unwrap();
        // One more may have been written whose answer was lost.
        assert!((last..=last + 1).contains(&saved), "{last} were answered, {saved} is there");
        let revision = last + 1;
        let path = format!("/entries/{id}/revisions/{revision}");
        let (status, revision) = server.ask("GET", &path, 0, None).await.unwrap();
        assert_eq!((status, &revision["content"]["body"]), (200, &json!(format!("save {last}"))));
    }
}

/// Saves one entry again and again; how many saves were answered.
async fn save_on_and_on(server: &Server, id: &str, answered: &AtomicUsize, enough: &Notify) -> usize {
    let mut version = 1;
    for number in 1..=SAVES / ENTRIES {
        let body = json!({ "body": format!("save {number}") });
        let answer = server.ask("PUT", &format!("/entries/{id}"), version, Some(&body)).await;
        let Some((status, entry)) = answer else { return number - 1 };
        assert_eq!(status, 200, "{entry}");
        version = entry["version"].as_i64().unwrap_or_else(|| panic!("{}", Value::to_string(&entry)));
        if answered.fetch_add(1, Ordering::SeqCst) + 1 == ANSWERED {
            enough.notify_one();
        }
    }
    SAVES / ENTRIES
}
