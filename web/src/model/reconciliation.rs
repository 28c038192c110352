//! Two people changed one entry: what agrees, what does not, and what becomes of it.

use content::merge::{Merge, Region, Side};

use super::Draft;

/// A member of an entry that is changed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldName {
    /// The section.
    Section,
    /// The slug.
    Slug,
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// The picture.
    Cover,
    /// The language.
    Language,
    /// The title for search engines.
    SearchTitle,
    /// The description for search engines.
    SearchDescription,
    /// Whether search engines are asked to leave it out.
    NoIndex,
    /// The place in its section.
    Order,
    /// Whether it waits for review.
    Review,
    /// The tags.
    Tags,
    /// The text.
    Body,
}

/// How a member is shown and taken over.
#[derive(Debug)]
pub struct Field {
    /// Which one.
    pub name: FieldName,
    /// Its value as text.
    pub show: fn(&Draft) -> String,
    /// Takes its value from one draft into another.
    pub copy: fn(&Draft, &mut Draft),
}

macro_rules! fields {
    ($($name:ident: $($member:ident).+, $show:expr;)*) => {
        /// All members that are changed as a whole.
        pub const FIELDS: &[Field] = &[$(Field {
            name: FieldName::$name,
            show: |draft| $show(&draft.$($member).+),
            copy: |from, to| to.$($member).+ = from.$($member).+.clone(),
        }),*];
    };
}

fields! {
    Title: content.title, String::clone;
    Section: content.section, String::clone;
    Slug: content.slug, String::clone;
    Summary: content.summary, String::clone;
    Tags: content.tags, |tags: &Vec<String>| tags.join(", ");
    Cover: content.cover, |cover: &Option<content::wire::MediaId>| cover.as_ref().map(ToString::to_string).unwrap_or_default();
    Language: content.language, String::clone;
    SearchTitle: content.search_title, String::clone;
    SearchDescription: content.search_description, String::clone;
    NoIndex: content.no_index, ToString::to_string;
    Order: content.order, ToString::to_string;
    Review: review, ToString::to_string;
    Body: content.body, String::clone;
}

/// A place where both changed the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Of which member.
    pub field: FieldName,
    /// As both found it.
    pub base: String,
    /// As one's own copy has it.
    pub mine: String,
    /// As the other left it.
    pub theirs: String,
    /// What it comes to where both are kept, in the text.
    pub both: Option<String>,
}

/// Two drafts that began as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciliation {
    /// What both began with.
    pub base: Draft,
    /// One's own.
    pub mine: Draft,
    /// The other's.
    pub theirs: Draft,
    body: Merge,
}

impl Reconciliation {
    /// Compares two drafts that began as `base`; `merge` merges their texts, of which the first is the base's.
    pub fn of(
        base: Draft,
        mine: Draft,
        theirs: Draft,
        merge: impl FnOnce(&str, &str, &str) -> Merge,
    ) -> Self {
        let body = merge(&base.content.body, &mine.content.body, &theirs.content.body);
        Self { base, mine, theirs, body }
    }

    /// Where a person has to decide, members first and then the text from its beginning.
    pub fn clashes(&self) -> Vec<Clash> {
        let members = self.whole_fields().filter(|field| self.clashes_in(field)).map(|field| Clash {
            field: field.name,
            base: (field.show)(&self.base),
            mine: (field.show)(&self.mine),
            theirs: (field.show)(&self.theirs),
            both: None,
        });
        let mut both = self.body.both().into_iter();
        let text = self.body.regions.iter().filter_map(move |region| match region {
            Region::Conflict { base, mine, theirs } => Some(Clash {
                field: FieldName::Body,
                base: base.clone(),
                mine: mine.clone(),
                theirs: theirs.clone(),
                both: both.next(),
            }),
            Region::Merged(_) => None,
        });
        members.chain(text).collect()
    }

    /// Both people's changes, with the clashes decided; they are numbered as `clashes` lists them.
    pub fn decided(&self, decide: impl Fn(usize) -> Side) -> Draft {
        let mut draft = self.theirs.clone();
        let mut number = 0;
        for field in self.whole_fields() {
            let side = if self.clashes_in(field) {
                number += 1;
                decide(number - 1)
            } else if (field.show)(&self.mine) == (field.show)(&self.base) {
                Side::Theirs
            } else {
                Side::Mine
            };
            match side {
                Side::Base => (field.copy)(&self.base, &mut draft),
                Side::Mine | Side::Both => (field.copy)(&self.mine, &mut draft),
                Side::Theirs => {}
            }
        }
        draft.content.tags = self.tags();
        draft.content.body = self.body.decided(|clash| decide(number + clash));
        draft
    }

    fn whole_fields(&self) -> impl Iterator<Item = &'static Field> {
        FIELDS.iter().filter(|field| !matches!(field.name, FieldName::Body | FieldName::Tags))
    }

    fn clashes_in(&self, field: &Field) -> bool {
        let [base, mine, theirs] = [&self.base, &self.mine, &self.theirs].map(field.show);
        base != mine && base != theirs && mine != theirs
    }

    /// Tags are a set: what either added is there, what either took away is not.
    fn tags(&self) -> Vec<String> {
        let (base, mine, theirs) =
            (&self.base.content.tags, &self.mine.content.tags, &self.theirs.content.tags);
        let kept = theirs.iter().filter(|tag| mine.contains(tag) || !base.contains(tag));
        let added = mine.iter().filter(|tag| !base.contains(tag) && !theirs.contains(tag));
        kept.chain(added).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use content::wire::RevisionContent;

    use super::*;

    fn draft(title: &str, tags: &[&str], body: &str) -> Draft {
        let content = RevisionContent {
            title: title.to_owned(),
            tags: tags.iter().map(ToString::to_string).collect(),
            body: body.to_owned(),
            ..Default::default()
        };
        Draft { content, review: false }
    }

    #[test]
    fn changes_that_do_not_touch_are_both_kept() {
        let merged = Reconciliation::of(
            draft("a", &["x", "y"], "one\n\ntwo\n\nthree\n"),
            draft("mine", &["x", "y", "m"], "ONE\n\ntwo\n\nthree\n"),
            draft("a", &["x", "t"], "one\n\ntwo\n\nTHREE\n"),
            Merge::of,
        );
        assert_eq!(merged.clashes(), []);
        let both = merged.decided(|_| unreachable!("nothing clashes"));
        assert_eq!(both, draft("mine", &["x", "t", "m"], "ONE\n\ntwo\n\nTHREE\n"));
    }

    #[test]
    fn a_clash_is_decided_by_a_person() {
        let merged = Reconciliation::of(
            draft("a", &[], "one\n\ntwo\n"),
            draft("mine", &[], "one mine\n\ntwo\n"),
            draft("theirs", &[], "one theirs\n\ntwo\n"),
            Merge::of,
        );
        let clashes = merged.clashes();
        assert_eq!(
            clashes.iter().map(|clash| clash.field).collect::<Vec<_>>(),
            [FieldName::Title, FieldName::Body]
        );
        assert!(clashes[1].mine.contains("one mine") && clashes[1].theirs.contains("one theirs"));
        let decided = merged.decided(|number| if number == 0 { Side::Theirs } else { Side::Mine });
        assert_eq!(decided, draft("theirs", &[], "one mine\n\ntwo\n"));
    }

    #[test]
    fn the_same_change_twice_is_no_clash() {
        let same = draft("new", &["t"], "new\n");
        let merged = Reconciliation::of(draft("old", &[], "old\n"), same.clone(), same.clone(), Merge::of);
        assert_eq!(merged.clashes(), []);
        assert_eq!(merged.decided(|_| Side::Base), same);
    }
}
