//! The CMS under load, at 10,000 and at 100,000 entries, on SQLite and on PostgreSQL: `make bench` runs it and puts its
//! table into BENCHMARKS.md. What runs is the packaged backend as a server, behind it the local stack.
//!
//! `cms_load [STORAGE...]` measures those alone; CMS_LOAD_ENTRIES=1000,5000 other numbers of entries.

#![expect(clippy::indexing_slicing, reason = "an answer that is another than what is measured ends the run")]

mod clients;
mod editor;
mod filling;
mod postgres;
mod publishing;
mod table;

use tests::benchmarks::write_table;
use tests::cloud::Cloud;
use tests::process;
use tests::{Failure, Journey};

use crate::editor::Editor;
use crate::postgres::Cluster;
use crate::table::{At, Measured};

/// Entries, and the clients that come at once at that many.
const SIZES: [(usize, usize); 2] = [(10_000, 20), (100_000, 50)];

#[tokio::main]
async fn main() -> Journey {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|one| one == name);
    let mut measured = Vec::new();
    if is_chosen("sqlite") {
        measured.push(measure("SQLite", None).await?);
    }
    if is_chosen("postgres") {
        let cluster = Cluster::start()?;
        measured.push(measure("PostgreSQL", Some(cluster.url())).await?);
    }
    let table = table::markdown(&measured);
    if chosen.is_empty() && std::env::var_os("CMS_LOAD_ENTRIES").is_none() {
        write_table("cms", &table)?;
    } else {
        tell(&table);
    }
    Ok(())
}

fn sizes() -> Vec<(usize, usize)> {
    let Ok(text) = std::env::var("CMS_LOAD_ENTRIES") else { return SIZES.to_vec() };
    let numbers = text.split(',').filter_map(|number| number.trim().parse().ok());
    numbers.zip(SIZES.map(|(_, clients)| clients).into_iter().chain(std::iter::repeat(50))).collect()
}

async fn measure(storage: &'static str, database_url: Option<String>) -> Result<Measured, Failure> {
    let cloud = Cloud::cms_with(|cms| cms.database_url = database_url).await?;
    let mut measured = Measured { storage, at: Vec::new() };
    let mut filled = filling::Filled::default();
    let editor = Editor::of(&cloud)?;
    filling::sections(&editor).await?;
    for (entries, clients) in sizes() {
        tell(&format!("{storage}: {entries} entries"));
        filled.up_to(&editor, entries).await?;
        let editor = Editor::of(&cloud)?;
        let rows = clients::rows(&editor, &filled, clients).await?;
        let live = publishing::to_live(&editor, &filled).await?;
        measured.at.push(At {
            entries,
            clients,
            rows,
            live,
            resident: megabytes(process::resident(editor.process)?),
        });
        // A run of all takes half an hour: what is measured is seen before its end.
        tell(&table::markdown(std::slice::from_ref(&measured)));
    }
    Ok(measured)
}

/// Megabytes of 1,000,000 bytes.
#[expect(clippy::cast_precision_loss, reason = "some ten thousand")]
fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 * 1.024 / 1_000.0
}

/// Says something to the person who waits.
#[expect(clippy::print_stderr, reason = "a person waits for minutes")]
fn tell(what: &str) {
    eprintln!("cms_load: {what}");
}
