//! What a browser loads first, by `web/check-size.sh`: `make bench` runs it and puts its table into BENCHMARKS.md.

use std::io;
use std::process::Command;

use tests::benchmarks::write_table;

fn main() -> io::Result<()> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/check-size.sh");
    // It fails over a budget, which is then in its table.
    let output = Command::new(script).output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let rows: Option<String> = printed.lines().skip(1).map(row).collect();
    let rows = rows.filter(|rows| !rows.is_empty()).ok_or_else(|| {
        io::Error::other(format!("web/check-size.sh: {}", String::from_utf8_lossy(&output.stderr)))
    })?;
    write_table(
        "sizes",
        &format!(
            "| first load, brotli | goal: at most, bytes | measured, bytes | |\n|---|---|---|---|\n{rows}"
        ),
    )
}

/// `app: WASM   292350   97489   230000  ok`: the name, then bytes as they are, as they are sent, and as they may be.
fn row(line: &str) -> Option<String> {
    let (name, figures) = line.split_at_checked(14)?;
    let mut figures = figures.split_whitespace().skip(1).map(str::parse::<u64>);
    let (sent, budget) = (figures.next()?.ok()?, figures.next()?.ok()?);
    let verdict = if sent <= budget { "met" } else { "**missed**" };
    Some(format!("| {} | {budget} | {sent} | {verdict} |\n", name.trim()))
}
