//! Two texts side by side, line by line, with the words that differ.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Whether the other side has something else here.
    pub differs: bool,
    /// What it says.
    pub text: String,
}

/// Two lines beside each other; one is missing where the other has no counterpart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The older one.
    pub left: Option<Vec<Stretch>>,
    /// The newer one.
    pub right: Option<Vec<Stretch>>,
}

impl Row {
    /// True if both sides are the same.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.left == self.right
    }
}

/// The lines of two texts beside each other.
#[must_use]
pub fn side_by_side(left: &str, right: &str) -> Vec<Row> {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let mut rows = Vec::new();
    for op in operations(&left, &right) {
        let (old, new) = (part(&left, op.old_range()), part(&right, op.new_range()));
        for number in 0..old.len().max(new.len()) {
            rows.push(match (old.get(number), new.get(number)) {
                (Some(old), Some(new)) if old == new => {
                    let line = Some(vec![Stretch { differs: false, text: (*old).to_owned() }]);
                    Row { left: line.clone(), right: line }
                }
                (Some(old), Some(new)) => words_beside(old, new),
                (old, new) => Row { left: old.map(|line| whole(line)), right: new.map(|line| whole(line)) },
            });
        }
    }
    rows
}

fn operations(left: &[&str], right: &[&str]) -> Vec<DiffOp> {
    capture_diff_slices(Algorithm::Myers, left, right)
}

fn part<'a, 't>(texts: &'a [&'t str], range: Range<usize>) -> &'a [&'t str] {
    texts.get(range).unwrap_or_default()
}

fn whole(line: &str) -> Vec<Stretch> {
    vec![Stretch { differs: true, text: line.to_owned() }]
}

fn words_beside(old: &str, new: &str) -> Row {
    let (old_words, new_words) = (words(old), words(new));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for op in operations(&old_words, &new_words) {
        let differs = !matches!(op, DiffOp::Equal { .. });
        for (side, words, range) in
            [(&mut left, &old_words, op.old_range()), (&mut right, &new_words, op.new_range())]
        {
            let text = part(words, range).concat();
            if !text.is_empty() {
                side.push(Stretch { differs, text });
            }
        }
    }
    Row { left: Some(left), right: Some(right) }
}

/// Words with the blanks and signs after them.
fn words(line: &str) -> Vec<&str> {
    line.split_inclusive(|c: char| !c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(side: Option<&Vec<Stretch>>) -> String {
        let stretches = side.map(Vec::as_slice).unwrap_or_default().iter();
        stretches.map(|s| if s.differs { format!("[{}]", s.text) } else { s.text.clone() }).collect()
    }

    #[test]
    fn lines_stand_beside_their_counterparts() {
        let rows = side_by_side("one\ntwo\nthree\n", "one\nthree\nfour\n");
        let shown: Vec<_> =
            rows.iter().map(|row| (told(row.left.as_ref()), told(row.right.as_ref()))).collect();
        let expected = [("one", "one"), ("[two]", ""), ("three", "three"), ("", "[four]")];
        assert_eq!(shown, expected.map(|(left, right)| (left.to_owned(), right.to_owned())));
        assert_eq!(rows.iter().filter(|row| row.is_equal()).count(), 2);
    }

    #[test]
    fn in_a_changed_line_the_words_that_differ_are_marked() {
        let rows = side_by_side("the quick fox", "the slow fox");
        assert_eq!(told(rows[0].left.as_ref()), "the [quick ]fox");
        assert_eq!(told(rows[0].right.as_ref()), "the [slow ]fox");
    }

    #[test]
    fn equal_texts_have_no_difference() {
        assert!(side_by_side("a\n\nb", "a\n\nb").iter().all(Row::is_equal));
        assert_eq!(side_by_side("", ""), []);
    }
}
