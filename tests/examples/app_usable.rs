//! How long the editing app takes on a phone: `make bench` runs it and puts its table into BENCHMARKS.md.
//!
//! Usable is the moment at which the desk's heading stands there and its list can be searched: everything has
//! arrived, has been compiled, and the session has been asked for. Nothing is in the browser's cache. The time is the
//! browser's own, from the start of the navigation.

use std::io;

use tests::benchmarks::{spread, write_table};
use tests::browser::{Browser, FAST_4G, Network, SLOW_4G};
use tests::cloud::Cloud;
use tests::hosted_ui::{EDITOR, sign_in};
use tests::{Failure, Journey};

/// How often each is opened.
const ROUNDS: usize = 7;
/// How much slower the processor is.
const PROCESSOR: u32 = 4;
/// The networks, with the goal in milliseconds.
const NETWORKS: [(Network, u32); 2] = [(SLOW_4G, 2_500), (FAST_4G, 1_500)];

/// Notes when the desk's list can be searched for the first time.
const WATCH: &str = "window.usable = new Promise(resolve => {
    const look = () => {
        const heading = document.querySelector('#app h1');
        const field = document.querySelector('#app input[type=search]');
        if (heading && heading.textContent === 'Entries' && field && !field.disabled) {
            resolve(performance.now());
        } else {
            requestAnimationFrame(look);
        }
    };
    look();
})";

#[tokio::main]
async fn main() -> Journey {
    let cloud = Cloud::cms().await?;
    let browser = Browser::start().await?;
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(&browser, EDITOR).await?;
    browser.sees_heading("Entries").await?;
    browser.at_each_start(WATCH).await?;
    let mut rows = String::new();
    for (network, goal) in NETWORKS {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(open(&cloud, &browser, network).await?);
        }
        rows.push_str(&row(network, goal, times));
    }
    let table = format!(
        "| the app usable, {PROCESSOR}x CPU throttle | goal: at most, ms | measured, ms | |\n|---|---|---|---|\n{rows}"
    );
    Ok(write_table("app", &table)?)
}

async fn open(cloud: &Cloud, browser: &Browser, network: Network) -> Result<f64, Failure> {
    browser.open("about:blank").await?;
    browser.forget_files().await?;
    browser.slow_down(network, PROCESSOR).await?;
    browser.open(&cloud.page("/admin/")).await?;
    let usable = browser.run("return window.usable", &[]).await?;
    usable.as_f64().ok_or_else(|| io::Error::other("the desk never became usable").into())
}

fn row(network: Network, goal: u32, times: Vec<f64>) -> String {
    let (median, least, most) = spread(times);
    let verdict = if median <= f64::from(goal) { "met" } else { "**missed**" };
    format!("| {} | {goal} | {median:.0} ({least:.0}–{most:.0}) | {verdict} |\n", network.name)
}
