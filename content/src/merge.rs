//! Three-way merge of two people's changes to one text.
//!
//! Paragraphs of markdown are single long lines, so that a merge by lines alone would call two changes to one paragraph a
//! conflict. Where lines conflict, their sentences are merged instead, and only sentences that both changed are left.

use similar::{MergeResolution, TextMerge};

/// What becomes of a stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Region {
    /// Both agree, or one alone changed it.
    Merged(String),
    /// Both changed it, differently.
    Conflict {
        /// As both found it.
        base: String,
        /// As one left it.
        mine: String,
        /// As the other left it.
        theirs: String,
    },
}

/// A merge of two texts that come from a third.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The whole text in its order.
    pub regions: Vec<Region>,
}

impl Merge {
    /// Merges `mine` and `theirs`, which both began as `base`.
    #[must_use]
    pub fn of(base: &str, mine: &str, theirs: &str) -> Merge {
        let mut regions = Vec::new();
        for region in by_pieces(&lines(base), &lines(mine), &lines(theirs)) {
            match region {
                Region::Conflict { base, mine, theirs } => {
                    let inner = by_pieces(&sentences(&base), &sentences(&mine), &sentences(&theirs));
                    inner.into_iter().for_each(|region| push(&mut regions, region));
                }
                merged => push(&mut regions, merged),
            }
        }
        Merge { regions }
    }

    /// The merged text, if nothing conflicts.
    #[must_use]
    pub fn clean(&self) -> Option<String> {
        let mut text = String::new();
        for region in &self.regions {
            match region {
                Region::Merged(merged) => text.push_str(merged),
                Region::Conflict { .. } => return None,
            }
        }
        Some(text)
    }

    /// The text with each conflict decided; the first is number 0.
    #[must_use]
    pub fn decided(&self, decide: impl Fn(usize) -> Side) -> String {
        let (mut text, mut number) = (String::new(), 0);
        for (at, region) in self.regions.iter().enumerate() {
            match region {
                Region::Merged(merged) => text.push_str(merged),
                Region::Conflict { base, mine, theirs } => {
                    match decide(number) {
                        Side::Base => text.push_str(base),
                        Side::Mine => text.push_str(mine),
                        Side::Theirs => text.push_str(theirs),
                        Side::Both => {
                            let between = between(&text, mine, theirs, self.regions.get(at + 1));
                            text.push_str(mine);
                            text.push_str(between);
                            text.push_str(theirs);
                        }
                    }
                    number += 1;
                }
            }
        }
        text
    }

    /// What each conflict comes to where both sides of it are kept, in their order.
    #[must_use]
    pub fn both(&self) -> Vec<String> {
        let (mut text, mut all) = (String::new(), Vec::new());
        for (at, region) in self.regions.iter().enumerate() {
            match region {
                Region::Merged(merged) => text.push_str(merged),
                Region::Conflict { mine, theirs, .. } => {
                    let between = between(&text, mine, theirs, self.regions.get(at + 1));
                    all.push(format!("{mine}{between}{theirs}"));
                    text.push_str(mine);
                }
            }
        }
        all
    }

    /// How many conflicts there are.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        self.regions.iter().filter(|region| matches!(region, Region::Conflict { .. })).count()
    }
}

/// Which text a conflict is decided for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What both began with.
    Base,
    /// One's own.
    Mine,
    /// The other's.
    Theirs,
    /// One's own, then the other's: whole paragraphs stay apart.
    Both,
}

/// Whether a text begins as a paragraph does, and not as an item, a quotation, a heading, a row or code.
fn is_prose(text: &str) -> bool {
    let begin = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = begin.len() < text.len() && begin.starts_with(['.', ')']);
    !is_numbered && !text.starts_with(['-', '*', '+', '>', '|', '#', '`', '~', ':', ' ', '\t', '\n'])
}

/// What goes between two sides of which both are kept.
fn between(before: &str, mine: &str, theirs: &str, next: Option<&Region>) -> &'static str {
    if mine.is_empty() || theirs.is_empty() {
        return "";
    }
    let after = match next {
        None => "",
        Some(Region::Merged(text) | Region::Conflict { mine: text, .. }) => text,
    };
    let begins = before.is_empty() || before.ends_with("\n\n");
    let ends = after.is_empty() || after.starts_with('\n') || theirs.ends_with("\n\n");
    let is_paragraph = begins && ends && is_prose(theirs);
    match (is_paragraph, mine.ends_with("\n\n"), mine.ends_with('\n')) {
        (true, false, true) => "\n",
        (true, false, false) => "\n\n",
        (false, _, _) if !mine.ends_with([' ', '\t', '\n']) => {
            if before.is_empty() || before.ends_with('\n') { "\n" } else { " " }
        }
        _ => "",
    }
}

/// Merges a single value, such as a title: the changed one wins, and two changes are a conflict.
#[must_use]
pub fn value<T: PartialEq + Clone>(base: &T, mine: &T, theirs: &T) -> Option<T> {
    match (base == mine, base == theirs) {
        (true, _) => Some(theirs.clone()),
        (_, true) => Some(mine.clone()),
        _ => (mine == theirs).then(|| mine.clone()),
    }
}

/// Merges piece by piece. Pieces are compared as lines, so that each is given a line of its own.
fn by_pieces(base: &[&str], mine: &[&str], theirs: &[&str]) -> Vec<Region> {
    let numbered = Numbered::of([base, mine, theirs]);
    let [base_lines, mine_lines, theirs_lines] = &numbered.lines;
    let merge = TextMerge::from_lines(base_lines.as_str(), mine_lines.as_str(), theirs_lines.as_str());
    let text =
        |pieces: &[&str], range: std::ops::Range<usize>| pieces.get(range).unwrap_or_default().concat();
    let mut regions = Vec::new();
    for region in merge.regions() {
        let (base, mine, theirs) = (
            text(base, region.base_range()),
            text(mine, region.ours_range()),
            text(theirs, region.theirs_range()),
        );
        let merged = match region.resolution() {
            MergeResolution::Unchanged | MergeResolution::Ours | MergeResolution::Both => {
                Region::Merged(mine)
            }
            MergeResolution::Theirs => Region::Merged(theirs),
            // Whatever else there may be one day is for a person to decide.
            _ => Region::Conflict { base, mine, theirs },
        };
        push(&mut regions, merged);
    }
    regions
}

/// Texts whose lines are numbers of equal pieces.
struct Numbered {
    lines: [String; 3],
}

impl Numbered {
    fn of(texts: [&[&str]; 3]) -> Numbered {
        let mut numbers = std::collections::HashMap::new();
        let lines = texts.map(|pieces| {
            pieces.iter().fold(String::new(), |mut lines, piece| {
                let next = numbers.len();
                let number: usize = *numbers.entry((*piece).to_owned()).or_insert(next);
                lines.push_str(&number.to_string());
                lines.push('\n');
                lines
            })
        });
        Numbered { lines }
    }
}

fn push(regions: &mut Vec<Region>, region: Region) {
    match (regions.last_mut(), region) {
        (_, Region::Merged(text)) if text.is_empty() => {}
        (Some(Region::Merged(before)), Region::Merged(text)) => before.push_str(&text),
        (_, region) => regions.push(region),
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Cuts after the spaces that follow a full stop, a question mark, an exclamation mark or a line's end.
fn sentences(text: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut ended) = (Vec::new(), 0, false);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if ended && !c.is_whitespace() {
            pieces.extend(text.get(start..at));
            (start, ended) = (at, false);
        }
        ended |= c == '\n' || (c.is_whitespace() && matches!(before, '.' | '?' | '!'));
        before = c;
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

#[cfg(test)]
mod tests;
