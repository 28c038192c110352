//! What editors do, by many at once: a closed loop each, without a pause.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};
use tests::Failure;
use tests::benchmarks::spread;
use tests::process;
use tokio::task::JoinSet;

use crate::editor::Editor;
use crate::filling::{Filled, text, word_of};

/// Requests of a kind in a round, and rounds.
const REQUESTS: usize = 1_500;
const ROUNDS: usize = 5;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    List,
    Search,
    Open,
    Save,
}

/// What was seen of a kind of request.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    /// CPU time of the backend a request, in milliseconds, in each round.
    pub(crate) cpu: Vec<f64>,
    /// How long the slowest twentieth took at least, in milliseconds, in each round.
    pub(crate) p95: Vec<f64>,
}

pub(crate) async fn rows(editor: &Editor, filled: &Filled, clients: usize) -> Result<Vec<Row>, Failure> {
    let ids: Arc<[String]> = filled.ids.clone().into();
    let mut rows: Vec<Row> = [Kind::List, Kind::Search, Kind::Open, Kind::Save]
        .map(|kind| Row { kind, cpu: Vec::new(), p95: Vec::new() })
        .to_vec();
    // The first round warms up.
    for round in 0..=ROUNDS {
        for row in &mut rows {
            let asked = asked(editor, &ids, row.kind, round).await?;
            let before = process::cpu_time(editor.process)?;
            let times = at_once(editor, asked, clients).await?;
            let cpu = (process::cpu_time(editor.process)? - before) / count(times.len());
            if round > 0 {
                row.cpu.push(cpu);
                row.p95.push(percentile_95(times));
            }
        }
    }
    Ok(rows)
}

/// A request, and how its answer is known to be right.
enum Asked {
    /// A list of so many entries.
    List(String, usize),
    /// An entry.
    Open(String),
    /// A change of an entry of this version.
    Save(String, i64, Value),
}

/// The requests of a round, prepared: everybody at another entry, far apart.
async fn asked(editor: &Editor, ids: &[String], kind: Kind, round: usize) -> Result<Vec<Asked>, Failure> {
    let mut all = Vec::new();
    for number in 0..REQUESTS {
        let entry = number * (ids.len() / REQUESTS).max(1) % ids.len();
        let path = format!("/entries/{}", ids[entry]);
        all.push(match kind {
            Kind::List => Asked::List("/entries?limit=50".to_owned(), 50),
            Kind::Search => Asked::List(format!("/entries?q={}", word_of(entry)), 1),
            Kind::Open => Asked::Open(path),
            Kind::Save => {
                let version = editor.read(&path).await?["version"].as_i64().unwrap_or_default();
                Asked::Save(path, version, json!({ "body": text(entry, round * REQUESTS + number + 1) }))
            }
        });
    }
    Ok(all)
}

/// How long each of the requests took, in milliseconds.
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
async fn at_once(editor: &Editor, asked: Vec<Asked>, clients: usize) -> Result<Vec<f64>, Failure> {
    let (asked, next) = (Arc::new(asked), Arc::new(AtomicUsize::new(0)));
    let mut running = JoinSet::new();
    for _ in 0..clients {
        let (editor, asked, next) = (editor.clone(), Arc::clone(&asked), Arc::clone(&next));
        running.spawn(async move {
            let mut answers = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(request) = asked.get(number) else { return Ok::<_, Failure>(answers) };
                let began = Instant::now();
                let answer = one(&editor, request).await?;
                answers.push((number, answer, began.elapsed().as_secs_f64() * 1_000.0));
            }
        });
    }
    let mut all = Vec::new();
    while let Some(answers) = running.join_next().await {
        all.extend(answers.map_err(std::io::Error::other)??);
    }
    let mut times = Vec::new();
    for (number, answer, took) in all {
        let answer = serde_json::from_slice(&answer)?;
        if !is_right(&asked[number], &answer) {
            return Err(std::io::Error::other(format!("not expected: {answer}")).into());
        }
        times.push(took);
    }
    Ok(times)
}

async fn one(editor: &Editor, asked: &Asked) -> Result<Vec<u8>, Failure> {
    match asked {
        Asked::List(path, _) | Asked::Open(path) => editor.answer(Method::GET, path, None, None).await,
        Asked::Save(path, version, body) => {
            editor.answer(Method::PUT, path, Some(*version), Some(body)).await
        }
    }
}

fn is_right(asked: &Asked, answer: &Value) -> bool {
    match asked {
        Asked::List(_, items) => answer["items"].as_array().is_some_and(|list| list.len() == *items),
        Asked::Open(path) => answer["id"].as_str().is_some_and(|id| path.ends_with(id)),
        Asked::Save(_, version, body) => {
            answer["version"].as_i64() > Some(*version) && answer["body"] == body["body"]
        }
    }
}

fn percentile_95(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() * 95 / 100).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::cast_precision_loss, reason = "some thousands")]
fn count(number: usize) -> f64 {
    number.max(1) as f64
}

impl Row {
    /// The median of the rounds, with the least and the most.
    pub(crate) fn cpu(&self) -> (f64, f64, f64) {
        spread(self.cpu.clone())
    }

    pub(crate) fn p95(&self) -> (f64, f64, f64) {
        spread(self.p95.clone())
    }
}
