//! Tables of BENCHMARKS.md that are measured from here.

use std::io;
use std::path::Path;

/// Puts a table between its marks in BENCHMARKS.md, and shows it.
///
/// # Errors
/// When the document cannot be read or written, or lacks the marks.
#[expect(clippy::print_stdout, reason = "whoever measures wants to see the figures")]
pub fn write_table(mark: &str, table: &str) -> io::Result<()> {
    println!("{table}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../BENCHMARKS.md");
    let text = std::fs::read_to_string(&path)?;
    std::fs::write(&path, replaced(&text, mark, table)?)
}

fn replaced(text: &str, mark: &str, table: &str) -> io::Result<String> {
    let (begin, end) = (format!("<!-- {mark}: written by `make bench` -->"), format!("<!-- {mark}: end -->"));
    let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?)));
    let Some((before, (_, after))) = parts else {
        return Err(io::Error::other(format!("BENCHMARKS.md lacks the marks {begin} and {end}")));
    };
    Ok(format!("{before}{begin}\n\n{table}\n{end}{after}"))
}

/// The median of several figures, with the least and the most.
#[must_use]
pub fn spread(mut figures: Vec<f64>) -> (f64, f64, f64) {
    figures.sort_by(f64::total_cmp);
    let at = |position: usize| figures.get(position).copied().unwrap_or(f64::NAN);
    (at(figures.len() / 2), at(0), at(figures.len().saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let document = |table| format!("a\n<!-- app: written by `make bench` -->{table}<!-- app: end -->\nb");
        assert_eq!(replaced(&document("old"), "app", "new").unwrap(), document("\n\nnew\n"));
        assert!(replaced("no marks", "app", "new").is_err());
    }

    #[test]
    fn the_median_stands_between_the_least_and_the_most() {
        assert_eq!(spread(vec![3.0, 1.0, 2.0]), (2.0, 1.0, 3.0));
    }
}
