//! infra/README.md says no less than there is, and its sums are right.

use std::fs;

use super::documents::{names, templates};
use super::operator_policy::both;
use super::tool;

#[test]
fn every_parameter_and_output_is_in_the_table_of_its_part() {
    let readme = readme();
    for (part, template) in templates() {
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{part}`"))).unwrap_or_else(|| {
            panic!("no row for {part}");
        });
        let told = ["Parameters", "Outputs"].into_iter().flat_map(|section| names(template, section));
        for name in told.filter(|name| name != "Name" && name != "Stage") {
            assert!(row.contains(&format!("`{name}`")), "the row of {part} does not name {name}");
        }
    }
}

#[test]
fn every_statement_of_the_policy_has_its_reason() {
    let policy = both();
    let readme = readme();
    for statement in policy["Statement"].as_array().unwrap() {
        let sid = statement["Sid"].as_str().unwrap();
        let row = readme.lines().find(|line| line.starts_with("| ") && line.contains(&format!("`{sid}`")));
        assert!(row.is_some_and(|row| row.len() > sid.len() + 30), "{sid} has no reason");
    }
}

/// The three columns of each table of costs add up to its last row.
#[test]
fn the_costs_add_up() {
    let readme = readme();
    let section = readme.split("## What it costs").nth(1).unwrap().split("\n## ").next().unwrap();
    let tables = section.split("\n\n").filter(|block| block.starts_with("| "));
    let mut count = 0;
    for table in tables {
        let rows: Vec<(String, Vec<i64>)> = table
            .lines()
            .map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>())
            .filter_map(|cells| {
                let sums: Vec<i64> =
                    cells.iter().rev().take(3).rev().filter_map(|cell| cents(cell)).collect();
                (sums.len() == 3).then(|| (cells[0].to_owned(), sums))
            })
            .collect();
        let (last, rows) = rows.split_last().unwrap();
        assert!(last.0.contains("together") && rows.len() >= 5, "{last:?}");
        for column in 0..3 {
            let sum: i64 = rows.iter().map(|(_, sums)| sums[column]).sum();
            assert_eq!(sum, last.1[column], "{}, column {}", rows[0].0, column + 1);
        }
        count += 1;
    }
    assert_eq!(count, 2, "the gate and the site, and the CMS besides");
}

/// `$1.23` or `**$1.23**`, in cents.
fn cents(cell: &str) -> Option<i64> {
    let (dollars, cents) = cell.trim_matches('*').strip_prefix('$')?.split_once('.')?;
    Some(dollars.replace(',', "").parse::<i64>().ok()? * 100 + cents.parse::<i64>().ok()?)
}

fn readme() -> String {
    fs::read_to_string(tool::root().join("infra/README.md")).unwrap()
}
