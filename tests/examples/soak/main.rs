//! Long runs, to see what only time brings to light: `setup/soak.sh events` and `setup/soak.sh journeys`.
//!
//! The one hands a single instance of the gate a million events and watches its memory. The other lets visitors come
//! and go on the whole cloud for half an hour. Both check every answer and end with one line that says what was seen.

mod events;
mod journeys;
mod loss;
mod setting;

use anyhow::bail;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("events") => events::run().await,
        Some("journeys") => journeys::run().await,
        other => bail!("expected events or journeys, found {other:?}"),
    }
}

/// Says something to the person who waits.
#[expect(clippy::print_stdout, reason = "a person waits for minutes")]
fn tell(what: &str) {
    println!("soak: {what}");
}
