//! The table of BENCHMARKS.md.

use tests::benchmarks::spread;

use crate::clients::{Kind, Row};

/// What was seen on a storage.
pub(crate) struct Measured {
    pub(crate) storage: &'static str,
    pub(crate) at: Vec<At>,
}

/// The same, at a number of entries.
pub(crate) struct At {
    pub(crate) entries: usize,
    pub(crate) clients: usize,
    pub(crate) rows: Vec<Row>,
    /// From pressing Publish to live, in milliseconds.
    pub(crate) live: Vec<f64>,
    /// Of the backend, in MB.
    pub(crate) resident: f64,
}

/// Goals of CPU time a request, in milliseconds, at 10,000 entries; and the best peer's.
fn goal(kind: Kind) -> (&'static str, f64, &'static str) {
    match kind {
        Kind::List => ("list the newest 50", 0.8, "Wagtail's API 15, Directus 27, Ghost 90"),
        Kind::Search => {
            ("search for a word of one entry", 1.3, "Ghost 26 (titles only), Directus 95, Wagtail 117")
        }
        Kind::Open => ("open", 0.4, "Directus 7.3, Wagtail's API 14, Ghost 16"),
        Kind::Save => ("save", 0.7, "Directus 13, Wagtail's API 67, Ghost 68"),
    }
}

const LATENCY: f64 = 50.0;
const TO_LIVE: f64 = 1_000.0;
const RESIDENT: f64 = 64.0;

pub(crate) fn markdown(measured: &[Measured]) -> String {
    let mut text = "| what | storage | entries, clients | goal: at most | measured | | peers |\n|---|---|---|---|---|---|---|\n".to_owned();
    for kind in [Kind::List, Kind::Search, Kind::Open, Kind::Save] {
        let (what, goal, peers) = goal(kind);
        for (storage, at, row) in rows(measured, kind) {
            let size = format!("{}, {}", at.entries, at.clients);
            if at.entries <= 10_000 {
                let figures = row.cpu();
                text += &line(
                    &[&format!("{what}: CPU, ms"), storage, &size, &format!("{goal}"), &cell(figures, 2)],
                    figures.0 <= goal,
                    peers,
                );
            } else {
                let figures = row.p95();
                text += &line(
                    &[&format!("{what}: p95, ms"), storage, &size, &format!("{LATENCY}"), &cell(figures, 1)],
                    figures.0 <= LATENCY,
                    "",
                );
                text +=
                    &line(&[&format!("{what}: CPU, ms"), storage, &size, "-", &cell(row.cpu(), 2)], true, "");
            }
        }
    }
    for Measured { storage, at } in measured {
        for at in at {
            let mut live = at.live.clone();
            live.sort_by(f64::total_cmp);
            let p95 = live.get(live.len() * 95 / 100).copied().unwrap_or(f64::NAN);
            let figures = format!("{p95:.0}, median {:.0}", spread(live).0);
            let size = format!("{}, 1", at.entries);
            text += &line(
                &["publish to live: p95, ms", storage, &size, &format!("{TO_LIVE}"), &figures],
                p95 <= TO_LIVE,
                "Wagtail 269, Ghost 199 of CPU",
            );
            let resident = format!("{:.0}", at.resident);
            text += &line(
                &["backend, resident after it: MB", storage, &size, &format!("{RESIDENT}"), &resident],
                at.resident <= RESIDENT,
                "Wagtail 544, Directus 632, Ghost 755",
            );
        }
    }
    text
}

fn rows(measured: &[Measured], kind: Kind) -> impl Iterator<Item = (&'static str, &At, &Row)> {
    measured.iter().flat_map(move |measured| {
        let at = measured.at.iter();
        at.flat_map(move |at| {
            let rows = at.rows.iter().filter(move |row| row.kind == kind);
            rows.map(move |row| (measured.storage, at, row))
        })
    })
}

fn cell((median, least, most): (f64, f64, f64), digits: usize) -> String {
    format!("{median:.digits$} ({least:.digits$}–{most:.digits$})")
}

fn line(cells: &[&str], is_met: bool, peers: &str) -> String {
    let verdict = match cells.get(3) {
        Some(&"-") => "",
        _ if is_met => "met",
        _ => "**missed**",
    };
    format!("| {} | {verdict} | {peers} |\n", cells.join(" | "))
}
