//! Pages of a list, numbered so that a new entry changes few of them.
//!
//! The front page shows what comes first. In a list of the newest the other pages are numbered from the oldest and are
//! always full: a new entry changes the front page, and every so often makes a page more. Page and front page may show
//! the same entry. Lists in another order begin at the front page, and page 2 goes on where it ends.

use std::ops::Range;

/// How a list is cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// Whether the front page shows the last ranks, as in a list of the newest; else it shows the first ones.
    pub from_oldest: bool,
    /// Entries on a page.
    pub page_size: u64,
    /// Entries in the list. Ranks count them from 0 in ascending order of their sort key.
    pub length: u64,
}

/// Pages of a list beside a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbour {
    /// There is none.
    None,
    /// The front page.
    Front,
    /// A numbered page.
    Number(u64),
}

impl Numbering {
    /// The numbers of the pages beside the front page.
    #[must_use]
    pub fn numbers(&self) -> Range<u64> {
        let pages = self.length.div_ceil(self.page_size.max(1));
        match self.from_oldest {
            true => 1..pages.max(1),
            false => 2..(pages + 1).max(2),
        }
    }

    /// The ranks on the front page, in ascending order.
    #[must_use]
    pub fn front(&self) -> Range<u64> {
        match self.from_oldest {
            true => self.length.saturating_sub(self.page_size)..self.length,
            false => 0..self.page_size.min(self.length),
        }
    }

    /// The ranks on a numbered page, in ascending order; none where there is no such page.
    #[must_use]
    pub fn ranks(&self, number: u64) -> Option<Range<u64>> {
        let start = number.checked_sub(1)? * self.page_size;
        let end = (start + self.page_size).min(self.length);
        self.numbers().contains(&number).then_some(start..end)
    }

    /// The number of the page that a rank lies on, whether or not there is such a page.
    #[must_use]
    pub fn number_of(&self, rank: u64) -> u64 {
        rank / self.page_size.max(1) + 1
    }

    /// What comes before a page on the way from the front page: in a list of the newest, what is newer.
    #[must_use]
    pub fn before(&self, number: Option<u64>) -> Neighbour {
        let Some(number) = number else { return Neighbour::None };
        let numbers = self.numbers();
        let before = if self.from_oldest { number + 1 } else { number.saturating_sub(1) };
        if numbers.contains(&before) { Neighbour::Number(before) } else { Neighbour::Front }
    }

    /// What comes after a page on the way from the front page: in a list of the newest, what is older.
    #[must_use]
    pub fn after(&self, number: Option<u64>) -> Neighbour {
        let numbers = self.numbers();
        let after = match (number, self.from_oldest) {
            (None, true) => numbers.end.checked_sub(1),
            (None, false) => Some(numbers.start),
            (Some(number), true) => number.checked_sub(1),
            (Some(number), false) => Some(number + 1),
        };
        match after {
            Some(after) if numbers.contains(&after) => Neighbour::Number(after),
            _ => Neighbour::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn numbering(from_oldest: bool, page_size: u64, length: u64) -> Numbering {
        Numbering { from_oldest, page_size, length }
    }

    #[test]
    fn a_list_of_the_newest_is_numbered_from_the_oldest() {
        let short = numbering(true, 10, 10);
        assert_eq!((short.front(), short.numbers().is_empty()), (0..10, true));
        assert_eq!(short.after(None), Neighbour::None);
        let long = numbering(true, 10, 25);
        assert_eq!((long.front(), long.numbers()), (15..25, 1..3));
        assert_eq!((long.ranks(1), long.ranks(2), long.ranks(3)), (Some(0..10), Some(10..20), None));
        assert_eq!(long.after(None), Neighbour::Number(2));
        assert_eq!(long.before(Some(2)), Neighbour::Front);
        assert_eq!((long.before(Some(1)), long.after(Some(1))), (Neighbour::Number(2), Neighbour::None));
    }

    #[test]
    fn other_lists_go_on_where_the_front_page_ends() {
        let list = numbering(false, 10, 25);
        assert_eq!((list.front(), list.numbers()), (0..10, 2..4));
        assert_eq!((list.ranks(1), list.ranks(2), list.ranks(3)), (None, Some(10..20), Some(20..25)));
        assert_eq!((list.before(Some(2)), list.after(Some(3))), (Neighbour::Front, Neighbour::None));
        assert_eq!(
            (list.after(None), numbering(false, 10, 10).after(None)),
            (Neighbour::Number(2), Neighbour::None)
        );
        assert_eq!((numbering(false, 10, 0).front(), numbering(true, 10, 0).front()), (0..0, 0..0));
    }

    proptest! {
        #[test]
        fn every_entry_is_on_a_page_that_is_reached(from_oldest: bool, page_size in 1_u64..9, length in 0_u64..200) {
            let list = numbering(from_oldest, page_size, length);
            let mut seen: BTreeSet<u64> = list.front().collect();
            let (mut at, mut steps) = (None, 0);
            while let Neighbour::Number(number) = list.after(at) {
                prop_assert_eq!(list.before(Some(number)), at.map_or(Neighbour::Front, Neighbour::Number));
                seen.extend(list.ranks(number).unwrap());
                (at, steps) = (Some(number), steps + 1);
            }
            prop_assert_eq!(steps, list.numbers().count());
            prop_assert_eq!(seen.len() as u64, length);
        }

        #[test]
        fn a_new_entry_changes_two_pages_that_were_there_at_most(page_size in 1_u64..9, length in 0_u64..200) {
            let (old, new) = (numbering(true, page_size, length), numbering(true, page_size, length + 1));
            let page = |list: Numbering, number| (list.ranks(number), list.before(Some(number)), list.after(Some(number)));
            let changed = old.numbers().filter(|number| page(old, *number) != page(new, *number)).count();
            prop_assert!(changed <= 1, "beside the front page: {}", changed);
            prop_assert!(new.numbers().count() - old.numbers().count() <= 1);
        }
    }
}
