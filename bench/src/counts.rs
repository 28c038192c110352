//! What a decision takes on any machine: instructions by callgrind, allocations and their bytes by DHAT. The library
//! decides in a process of its own (`edge-auth/gate/examples/decide.rs`), built with the gate's profile; what its start takes
//! falls out, because two runs of different length are compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::event::{Layout, event, stranger};

/// Where the table stands in BENCHMARKS.md.
pub(crate) const MARK: &str = "counts";
/// Decisions of the shorter run, and of the longer one.
const FEW: usize = 8;
const MANY: usize = 72;

/// The table of all kinds of requests.
pub(crate) fn table(project: &Path, config: &Value, tokens: &[String], now: u64) -> anyhow::Result<String> {
    let folder = TempDir::new()?;
    let decide = Decide { binary: build(project)?, folder: folder.path(), now };
    fs::write(folder.path().join("edge-auth.json"), config.to_string())?;
    let one = tokens.first().context("there is no token")?;
    let many = tokens.get(..MANY).context("there are too few tokens")?;
    let kinds = [
        ("a page, its ID token new", many.iter().map(|token| event(Layout::Host, token)).collect()),
        ("a page, its ID token seen before", vec![event(Layout::Host, one)]),
        ("a page without a session: sent to sign in", vec![stranger("/guide/")]),
        ("a public page", vec![stranger("/public/guide/")]),
        ("a path with two readings: refused", vec![stranger("/guide/%2e%2e/admin/")]),
    ];
    let mut text = "| one decision, event in and answer out | instructions | allocations | bytes allocated |\n|---|---|---|---|\n".to_owned();
    for (name, events) in kinds {
        let counts = decide.counts(&events)?;
        text +=
            &format!("| {name} | {} | {} | {} |\n", counts.instructions, counts.allocations, counts.bytes);
    }
    Ok(text)
}

struct Decide<'f> {
    binary: PathBuf,
    folder: &'f Path,
    now: u64,
}

struct Counts {
    instructions: u64,
    allocations: u64,
    bytes: u64,
}

impl Decide<'_> {
    fn counts(&self, events: &[String]) -> anyhow::Result<Counts> {
        fs::write(self.folder.join("events.jsonl"), events.join("\n"))?;
        let callgrind = |times| self.under("callgrind", times);
        let instructions = between(&callgrind(FEW)?, &callgrind(MANY)?, "Collected : ")?;
        let (few, many) = (self.under("dhat", FEW)?, self.under("dhat", MANY)?);
        Ok(Counts {
            instructions,
            allocations: between(&few, &many, " bytes in ")?,
            bytes: between(&few, &many, "Total:")?,
        })
    }

    /// What valgrind says at the end.
    fn under(&self, tool: &str, times: usize) -> anyhow::Result<String> {
        let output = Command::new("valgrind")
            .arg(format!("--tool={tool}"))
            .arg(format!("--{tool}-out-file=/dev/null"))
            .arg(&self.binary)
            .args([self.folder.join("edge-auth.json"), self.folder.join("events.jsonl")])
            .args([self.now.to_string(), times.to_string()])
            .output()
            .context("valgrind does not start; setup/peers.sh installs it")?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(output.status.success(), "{} {tool}: {}: {said}", self.binary.display(), output.status);
        Ok(said)
    }
}

/// The figure behind a label in both, its difference for one decision.
fn between(few: &str, many: &str, label: &str) -> anyhow::Result<u64> {
    let decisions = u64::try_from(MANY - FEW)?;
    Ok(figure(many, label)?.saturating_sub(figure(few, label)?) / decisions)
}

/// The first number behind a label. DHAT groups digits by commas.
fn figure(said: &str, label: &str) -> anyhow::Result<u64> {
    let (_, rest) =
        said.split_once(label).with_context(|| format!("valgrind did not say {label:?}: {said}"))?;
    let digits = rest.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == ',');
    Ok(digits.filter(char::is_ascii_digit).collect::<String>().parse()?)
}

/// Builds the example with the gate's profile, for this machine: DHAT looks into its allocator.
fn build(project: &Path) -> anyhow::Result<PathBuf> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "gate", "--example", "decide", "--profile", "edge"])
        .current_dir(project)
        .status()?;
    ensure!(built.success(), "cargo could not build the example decide");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project.join("target"), PathBuf::from);
    Ok(target.join("edge/examples/decide"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_what_valgrind_says() {
        assert_eq!(figure("==1== Collected : 123456\n", "Collected : ").unwrap(), 123_456);
        let dhat = "==1== Total:     1,234,567 bytes in 8,901 blocks\n";
        assert_eq!(figure(dhat, "Total:").unwrap(), 1_234_567);
        assert_eq!(figure(dhat, " bytes in ").unwrap(), 8_901);
        assert!(figure("nothing", "Total:").is_err());
        let many = "Total: 1,298,567 bytes in 9,541 blocks";
        assert_eq!(between(dhat, many, "Total:").unwrap(), 1_000);
    }
}
