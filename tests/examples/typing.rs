//! What a key costs after an evening of 50,000 words: `make bench` runs it and puts its table into BENCHMARKS.md.
//!
//! A key's time is the browser's own, from the key to the end of the frame that shows it. Beside the two fields of the app
//! stands a field of the browser's own with the same text and nobody listening: what the browser itself takes, and what no
//! app with such a field can go below.

use std::io;

use serde_json::json;
use tests::benchmarks::{spread, write_table};
use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::evening;
use tests::hosted_ui::{EDITOR, sign_in};
use tests::{Failure, Journey};

/// How much slower the processor is.
const PROCESSOR: u32 = 4;
/// At most, in milliseconds (issue of the editing app).
const GOAL: f64 = 50.0;
/// What is typed.
const TEXT: &str = "Sixty keys of an evening that went on for a very long time.";

/// Notes how long each key takes until its frame is drawn.
const WATCH: &str = "window.keys = [];
    addEventListener('keydown', event => {
        const start = event.timeStamp;
        requestAnimationFrame(() => {
            const drawn = new MessageChannel();
            drawn.port1.onmessage = () => window.keys.push(performance.now() - start);
            drawn.port2.postMessage(null);
        });
    }, true)";

#[tokio::main]
async fn main() -> Journey {
    let sections = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sections");
    let cloud = Cloud::cms_with(|cms| cms.first_site = Some(sections.into())).await?;
    let browser = Browser::start().await?;
    browser.resize(1280, 900).await?;
    browser.at_each_start(WATCH).await?;
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(&browser, EDITOR).await?;
    browser.sees_heading("Entries").await?;
    let text = evening::text();
    let begin = "return fetch('/api/v1/entries', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ section: '/news/', title: 'An evening', body: arguments[0] }),
        }).then(answer => answer.json()).then(entry => entry.id ?? Promise.reject(JSON.stringify(entry)))";
    let id = browser.run(begin, &[json!(text)]).await?;
    let entry = cloud.page(&format!("/admin/entries/{}", id.as_str().unwrap_or_default()));

    let mut rows = String::new();
    browser.run(evening::BARE_FIELD, &[json!(text)]).await?;
    rows.push_str(&row("a field of the browser's own", None, typed(&browser).await?));
    for (what, mode, placed) in
        [("the markdown field", "markdown", evening::IN_FIELD), ("rich text", "rich", evening::IN_RICH_TEXT)]
    {
        let choose = "localStorage.setItem('parapet.editor', arguments[0])";
        browser.run(choose, &[json!(mode)]).await?;
        browser.open(&entry).await?;
        browser.wait_for(what, placed, &[]).await?;
        rows.push_str(&row(what, Some(GOAL), typed(&browser).await?));
    }
    let table = format!(
        "| a key after 50,000 words, {PROCESSOR}x CPU throttle | goal: at most, ms | median, ms | \
         19 of 20 within, ms | slowest, ms | |\n|---|---|---|---|---|---|\n{rows}"
    );
    Ok(write_table("typing", &table)?)
}

/// The keys' times, in milliseconds: each is typed when the one before has been drawn.
async fn typed(browser: &Browser) -> Result<Vec<f64>, Failure> {
    browser.type_in("warm up ").await?;
    browser.throttle(PROCESSOR).await?;
    let mut keys = Vec::with_capacity(TEXT.len());
    for letter in TEXT.chars() {
        browser.run("window.keys.length = 0", &[]).await?;
        browser.type_in(&letter.to_string()).await?;
        let drawn = browser.wait_for("the key's frame", "return window.keys[0] ?? false", &[]).await?;
        keys.push(drawn.as_f64().ok_or_else(|| io::Error::other("a key has no time"))?);
    }
    browser.throttle(1).await?;
    Ok(keys)
}

fn row(what: &str, goal: Option<f64>, mut keys: Vec<f64>) -> String {
    keys.sort_by(f64::total_cmp);
    let most = keys.get(keys.len() * 19 / 20).copied().unwrap_or(f64::NAN);
    let (median, _, slowest) = spread(keys);
    let (goal, verdict) = match goal {
        Some(goal) if most <= goal => (format!("{goal:.0}"), "met"),
        Some(goal) => (format!("{goal:.0}"), "**missed**"),
        None => (String::new(), ""),
    };
    format!("| {what} | {goal} | {median:.0} | {most:.0} | {slowest:.0} | {verdict} |\n")
}
