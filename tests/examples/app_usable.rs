//! How long the editing app takes on a phone: `make bench` runs it and puts its table into BENCHMARKS.md.
//!
//! Usable is the moment at which the desk's heading stands there and its form can be filled in: everything has
//! arrived, has been compiled, and the session has been asked for. Nothing is in the browser's cache. The time is the
//! browser's own, from the start of the navigation.

use std::io;
use std::path::Path;

use tests::browser::{Browser, FAST_4G, Network, SLOW_4G};
use tests::cloud::Cloud;
use tests::hosted_ui::{EDITOR, sign_in};
use tests::{Failure, Journey};

const BEGIN: &str = "<!-- app: written by `make bench` -->";
const END: &str = "<!-- app: end -->";
/// How often each is opened.
const ROUNDS: usize = 7;
/// How much slower the processor is.
const PROCESSOR: u32 = 4;
/// The networks, with the goal in milliseconds.
const NETWORKS: [(Network, u32); 2] = [(SLOW_4G, 2_500), (FAST_4G, 1_500)];

/// Notes when the desk's form can be filled in for the first time.
const WATCH: &str = "window.usable = new Promise(resolve => {
    const look = () => {
        const heading = document.querySelector('#app h1');
        const field = document.querySelector('#app textarea, #app input');
        if (heading && heading.textContent === 'Your desk' && field && !field.disabled) {
            resolve(performance.now());
        } else {
            requestAnimationFrame(look);
        }
    };
    look();
})";

#[tokio::main]
async fn main() -> Journey {
    let cloud = Cloud::start().await?;
    let browser = Browser::start().await?;
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(&browser, EDITOR).await?;
    browser.sees_heading("Your desk").await?;
    browser.at_each_start(WATCH).await?;
    let mut rows = String::new();
    for (network, goal) in NETWORKS {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(open(&cloud, &browser, network).await?);
        }
        times.sort_by(f64::total_cmp);
        rows.push_str(&row(network, goal, &times));
    }
    let table = format!(
        "| the app usable, {PROCESSOR}x CPU throttle | goal: at most, ms | measured, ms | |\n|---|---|---|---|\n{rows}"
    );
    write(&table)
}

async fn open(cloud: &Cloud, browser: &Browser, network: Network) -> Result<f64, Failure> {
    browser.open("about:blank").await?;
    browser.forget_files().await?;
    browser.slow_down(network, PROCESSOR).await?;
    browser.open(&cloud.page("/admin/")).await?;
    let usable = browser.run("return window.usable", &[]).await?;
    usable.as_f64().ok_or_else(|| io::Error::other("the desk never became usable").into())
}

fn row(network: Network, goal: u32, times: &[f64]) -> String {
    let (Some(least), Some(median), Some(most)) = (times.first(), times.get(times.len() / 2), times.last())
    else {
        return String::new();
    };
    let verdict = if *median <= f64::from(goal) { "met" } else { "**missed**" };
    format!("| {} | {goal} | {median:.0} ({least:.0}–{most:.0}) | {verdict} |\n", network.name)
}

/// Puts the table between its marks, and shows it.
#[expect(clippy::print_stdout, reason = "whoever measures wants to see the figures")]
fn write(table: &str) -> Journey {
    println!("{table}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../BENCHMARKS.md");
    let text = std::fs::read_to_string(&path)?;
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
    let Some((before, (_, after))) = parts else {
        return Err(io::Error::other(format!("BENCHMARKS.md lacks {BEGIN} and {END}")).into());
    };
    std::fs::write(&path, format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))?;
    Ok(())
}
