//! Measures the gate beside its peers, in one run on one machine, and writes the table in BENCHMARKS.md.
//!
//! The gate is the binary that `make build` leaves. Every function gets the same events from the same double, in
//! turns: what the machine does besides falls on all of them.

mod cold;
mod counts;
mod double;
mod event;
mod function;
mod functions;
mod long_run;
mod process;
mod report;
mod spread;
mod tokens;
mod verification;
mod warm;

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;

use crate::functions::Functions;
use crate::report::Report;
use crate::tokens::Mint;
use crate::warm::Warm;

/// How often each function is measured warm, and how often at its start.
const WARM_ROUNDS: usize = 5;
const COLD_ROUNDS: usize = 15;
/// Tokens that are "seen before": the sessions of as many people who click on.
const FAMILIAR: usize = 50;

fn main() -> anyhow::Result<()> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the project has no folder")?;
    tell("signing the tokens");
    let now = unix_time()?;
    let mint = Mint::new(now)?;
    let tokens = mint.tokens(warm::WARM_UP + warm::MEASURED)?;
    let familiar = tokens.get(..FAMILIAR).context("there are too few tokens")?;
    let functions = Functions::prepare(project, &mint.jwks())?;

    let (mut new, mut seen) = (Warm::default(), Warm::default());
    let mut verification = Vec::new();
    for round in 1..=WARM_ROUNDS {
        tell(&format!("round {round} of {WARM_ROUNDS}: every token new, tokens seen before"));
        verification.push(verification::cpu_time(project)?);
        new.round(&functions, &tokens)?;
        seen.round(&functions, familiar)?;
    }
    tell("cold starts");
    let cold = cold::rounds(&functions, familiar, COLD_ROUNDS)?;
    tell("100,000 events through one instance");
    let long_run = long_run::resident(&functions.gate, &tokens)?;
    let package =
        std::fs::metadata(project.join("dist/edge-auth.zip")).context("dist/edge-auth.zip is missing")?;

    tell("instructions and allocations of a decision");
    let counts = counts::table(project, &functions::config(&mint.jwks()), &tokens, now)?;

    let report = Report { new, seen, verification, cold, long_run, package: package.len() };
    let path = project.join("BENCHMARKS.md");
    let mut text =
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    for (mark, table) in [(report::MARK, report.markdown()?), (counts::MARK, counts)] {
        tell(&table);
        text = report::replace(&text, mark, &table)?;
    }
    std::fs::write(&path, text)?;
    Ok(())
}

#[expect(clippy::print_stderr, reason = "a person waits for minutes")]
fn tell(what: &str) {
    eprintln!("bench: {what}");
}

#[expect(clippy::disallowed_methods, reason = "tokens must be alive while they are measured with")]
fn unix_time() -> anyhow::Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}
