//! Which pages a batch of releases touches. Pure: from where entries stood and stand now to a set of pages.
//!
//! A plan may name more than has changed, because equal bytes are not put; it never names less. It grows with what has
//! changed and not with the site: an entry that is new costs the same among a hundred thousand.

use std::collections::{BTreeMap, BTreeSet};

use content::wire::SectionOrder;

use super::numbering::Numbering;
use super::page::{ListId, Page};
use super::standing::{SortKey, Standing};

/// Addresses in a part of the sitemap. Parts are numbered from the oldest; one that is full hardly ever changes.
pub const SITEMAP_PART: u64 = 2_000;

/// An entry before a batch and now; either is missing where it is not on the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Where it stood, in the order in which that came to be: once for every release of the batch.
    pub before: Vec<Option<Standing>>,
    /// Where it stands.
    pub after: Option<Standing>,
}

/// What a plan has to know of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionRule {
    /// The order of its list.
    pub order: SectionOrder,
    /// Entries on a page.
    pub page_size: u64,
    /// Whether its entries are listed on its front page.
    pub listed: bool,
    /// Whether everyone may read it.
    pub public: bool,
}

/// The sections by their paths.
pub type Sections = BTreeMap<String, SectionRule>;

/// How a list is changed by a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListChange {
    /// Where entries are changed, come or go.
    pub keys: BTreeSet<SortKey>,
    /// Whether any comes, goes or moves.
    pub shifts: bool,
}

/// What has to be asked of a list as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFacts {
    /// How many entries it has.
    pub length: u64,
    /// For each key of the change, how many entries come before it.
    pub ranks: BTreeMap<SortKey, u64>,
    /// How many releases wait beyond this batch; their entries are counted in `length` already or no more.
    pub waiting: u64,
}

impl Change {
    /// Everywhere it stood or stands.
    pub fn standings(&self) -> impl Iterator<Item = &Standing> {
        self.before.iter().flatten().chain(&self.after)
    }

    /// Where it stood before the whole batch.
    #[must_use]
    pub fn first(&self) -> Option<&Standing> {
        self.before.first().and_then(Option::as_ref)
    }

    /// Whether what links to it has to be written anew: its address is another one, is new, or is no more.
    #[must_use]
    pub fn moves(&self) -> bool {
        let now = self.after.as_ref().map(|standing| &standing.path);
        self.before.iter().any(|before| before.as_ref().map(|standing| &standing.path) != now)
    }
}

/// The lists that a batch changes.
#[must_use]
pub fn lists(changes: &[Change], sections: &Sections) -> BTreeMap<ListId, (SectionOrder, ListChange)> {
    let mut lists: BTreeMap<ListId, (SectionOrder, ListChange)> = BTreeMap::new();
    for change in changes {
        let ids: BTreeSet<ListId> =
            change.standings().flat_map(|standing| lists_of(standing, sections)).collect();
        for id in ids {
            let order = match (&id.tag, sections.get(&id.section)) {
                (None, Some(rule)) => rule.order,
                _ => SectionOrder::Newest,
            };
            let (_, list) = lists.entry(id.clone()).or_insert_with(|| (order, ListChange::default()));
            list.add(change, |standing| {
                lists_of(standing, sections).contains(&id).then(|| standing.sort_key(order))
            });
        }
    }
    lists
}

/// How a batch changes the sitemap.
#[must_use]
pub fn sitemap(changes: &[Change], sections: &Sections) -> ListChange {
    let mut list = ListChange::default();
    for change in changes {
        list.add(change, |standing| {
            let is_public = sections.get(&standing.section).is_some_and(|rule| rule.public);
            (is_public && !standing.no_index).then(|| standing.sort_key(SectionOrder::Newest))
        });
    }
    list
}

impl ListChange {
    fn add(&mut self, change: &Change, key: impl Fn(&Standing) -> Option<SortKey>) {
        let before: Vec<Option<SortKey>> =
            change.before.iter().map(|before| before.as_ref().and_then(&key)).collect();
        let after = change.after.as_ref().and_then(&key);
        self.shifts |= before.iter().any(|before| *before != after);
        self.keys.extend(before.into_iter().flatten().chain(after));
    }
}

fn lists_of(standing: &Standing, sections: &Sections) -> Vec<ListId> {
    if standing.is_front() {
        return Vec::new();
    }
    let listed = sections.get(&standing.section).is_some_and(|rule| rule.listed);
    let tags = standing.tags.iter().map(|tag| ListId::tag(&standing.section, tag));
    tags.chain(listed.then(|| ListId::section(&standing.section))).collect()
}

/// The pages of changed entries themselves and of what always shows the latest.
#[must_use]
pub fn pages(changes: &[Change]) -> BTreeSet<Page> {
    let mut pages = BTreeSet::new();
    for standing in changes.iter().flat_map(Change::standings) {
        pages.insert(Page::At(standing.path.clone()));
        pages.insert(Page::At(standing.section.clone()));
        pages.insert(Page::At("/".to_owned()));
        pages.insert(Page::Feed(standing.section.clone()));
        for tag in &standing.tags {
            pages.insert(Page::List(ListId::tag(&standing.section, tag), None));
        }
    }
    pages
}

/// The numbered pages of a list that its change touches.
#[must_use]
pub fn list_pages(
    list: &ListId,
    order: SectionOrder,
    page_size: u64,
    change: &ListChange,
    facts: &ListFacts,
) -> BTreeSet<Page> {
    let numbering = |length| Numbering { from_oldest: order == SectionOrder::Newest, page_size, length };
    let now = numbering(facts.length);
    let last = numbering(facts.longest(change)).numbers().end;
    let touched = touched(change, facts, last, |rank| now.number_of(rank));
    let page = |number| Page::List(list.clone(), Some(number));
    touched.into_iter().filter(|number| *number < last).map(page).collect()
}

/// The parts of the sitemap that its change touches.
#[must_use]
pub fn sitemap_pages(change: &ListChange, facts: &ListFacts) -> BTreeSet<Page> {
    if change.keys.is_empty() {
        return BTreeSet::new();
    }
    let last = facts.longest(change) / SITEMAP_PART + 2;
    let touched = touched(change, facts, last, |rank| rank / SITEMAP_PART + 1);
    // The parts begin when everything no longer fits into one, which concerns the first two at once.
    let parts = touched.into_iter().chain([0, 1]).map(|part| Page::Sitemap(Some(part)));
    parts.chain([Page::Sitemap(None)]).collect()
}

impl ListFacts {
    /// How long the list may have been before: it may have lost each entry of this batch and of those that wait, or of
    /// batches before, which saw it as it is now.
    fn longest(&self, change: &ListChange) -> u64 {
        self.length + change.keys.len() as u64 + self.waiting
    }
}

/// Numbers below `last`. What shifts touches all pages from its first key on; the two pages before that one may link to
/// pages that come or go.
fn touched(
    change: &ListChange,
    facts: &ListFacts,
    last: u64,
    number_of: impl Fn(u64) -> u64,
) -> BTreeSet<u64> {
    let numbers = change.keys.iter().filter_map(|key| facts.ranks.get(key).map(|rank| number_of(*rank)));
    if !change.shifts {
        return numbers.collect();
    }
    let first = numbers.min().unwrap_or(1).saturating_sub(2).max(1);
    (first..last).collect()
}

#[cfg(test)]
mod tests;
