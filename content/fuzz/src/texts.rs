//! Any three texts, merged and compared: nothing that somebody wrote is lost.

use content::diff::side_by_side;
use content::merge::{Merge, Side};

/// Base, mine and theirs, with a zero byte between them.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let mut texts = text.splitn(3, '\0');
    let mut next = || texts.next().unwrap_or_default();
    let (base, mine, theirs) = (next(), next(), next());
    check_merge(base, mine, theirs);
    check_comparison(base, mine);
}

fn check_merge(base: &str, mine: &str, theirs: &str) {
    assert_eq!(Merge::of(base, base, theirs).clean().as_deref(), Some(theirs));
    assert_eq!(Merge::of(base, mine, base).clean().as_deref(), Some(mine));
    assert_eq!(Merge::of(base, mine, mine).clean().as_deref(), Some(mine));
    let merge = Merge::of(base, mine, theirs);
    assert_eq!(merge.conflicts() == 0, merge.clean().is_some());
    // Every word that one of them wrote anew is in what both together say.
    let both = merge.decided(|_| Side::Both);
    for word in mine.split_whitespace().chain(theirs.split_whitespace()) {
        assert!(base.contains(word) || both.contains(word), "{word:?} is lost in {both:?}");
    }
}

fn check_comparison(left: &str, right: &str) {
    let rows = side_by_side(left, right);
    let side = |take: fn(&content::diff::Row) -> &Option<Vec<content::diff::Stretch>>| -> Vec<String> {
        let lines = rows.iter().filter_map(|row| take(row).as_ref());
        lines.map(|line| line.iter().map(|stretch| stretch.text.as_str()).collect()).collect()
    };
    assert_eq!(side(|row| &row.left), left.lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(side(|row| &row.right), right.lines().map(str::to_owned).collect::<Vec<_>>());
}
