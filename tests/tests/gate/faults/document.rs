//! `docs/faults.md`, written from the table.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::seen::Seen;
use super::table::TABLE;
use super::visitor::Visitor;

const INTRODUCTION: &str = "# What people see when something fails

Written from `tests/tests/gate/faults/table.rs` by `FAULTS_MD=write make faults`; `make faults` tries every cell of it on the
gate's binary, and checks that everybody gets on with what they were left with once the fault is over (not for the clocks:
the tests can set the user pool's clock only).

Nothing protected is ever let through because something fails, and no fault signs anybody out.

";

#[test]
fn the_document_says_what_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/faults.md");
    let written = document();
    if std::env::var_os("FAULTS_MD").is_some_and(|value| value == "write") {
        fs::write(&path, &written).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == written,
        "docs/faults.md is not what the table says: FAULTS_MD=write make faults writes it"
    );
}

fn document() -> String {
    let mut text = INTRODUCTION.to_owned();
    let heads: Vec<&str> = Visitor::ALL.iter().map(|visitor| visitor.label()).collect();
    writeln!(text, "| what fails | {} | in the log |", heads.join(" | ")).unwrap();
    writeln!(text, "|{}", "---|".repeat(heads.len() + 2)).unwrap();
    for row in TABLE {
        let cells: Vec<&str> = row.seen.iter().map(|seen| seen.label()).collect();
        let log = row
            .log
            .map_or("nothing of the gate's".to_owned(), |(_, event, reason)| format!("`{event}` `{reason}`"));
        writeln!(text, "| {} | {} | {log} |", row.fault.label(), cells.join(" | ")).unwrap();
    }
    writeln!(text, "\n| what they see | what that is |\n|---|---|").unwrap();
    let mut seen: Vec<Seen> = TABLE.iter().flat_map(|row| row.seen).collect();
    seen.sort_unstable();
    seen.dedup();
    for seen in seen {
        writeln!(text, "| {} | {} |", seen.label(), seen.meaning()).unwrap();
    }
    text
}
