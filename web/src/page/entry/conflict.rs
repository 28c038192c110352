//! Two people saved: what both found, what each made of it, and one click where their changes do not touch.

use crate::ui::prelude::*;
use content::merge::{Merge, Region, Side};

use super::sheet::Sheet;
use crate::{
    model::{Clash, Draft, FieldName, Reconciliation, SaveEvent, Saving, fill},
    page::{text_engine::Engine, words::words},
    ui::{Button, Dialog, fresh_id},
};

/// A comparison on its way.
#[derive(Clone, Copy)]
pub(super) struct Comparing {
    sheet: Sheet,
    engine: Engine,
    open: RwSignal<Option<Reconciliation>>,
    sides: RwSignal<Vec<Option<Side>>>,
}

impl Comparing {
    pub(super) fn new(sheet: Sheet) -> Self {
        let engine = expect_context::<Engine>();
        let comparing = Self { sheet, engine, open: RwSignal::new(None), sides: RwSignal::new(Vec::new()) };
        // A save that a person asked for shows at once why it did not go through.
        effect(move || {
            if sheet.theirs.with(Option::is_some) && !sheet.by_itself.get_value() {
                comparing.compare();
            }
        });
        comparing
    }

    /// Compares what was typed with what somebody else saved.
    pub(super) fn compare(self) {
        self.begin(self.sheet.base.get_untracked(), self.sheet.draft.get_untracked());
    }

    /// Compares a draft that began as `base` with what the API has.
    pub(super) fn begin(self, base: Draft, mine: Draft) {
        let theirs = self.sheet.theirs.with_untracked(|theirs| theirs.as_ref().map(Draft::of));
        let theirs = theirs.unwrap_or_else(|| self.sheet.entry.with_untracked(Draft::of));
        let engine = self.engine.get_untracked();
        let comparison = Reconciliation::of(base, mine, theirs, |base, mine, theirs| match &engine {
            Some(engine) => engine.merge(base, mine, theirs),
            // It did not arrive; then a person has to merge.
            None => whole(base, mine, theirs),
        });
        self.sides.set(vec![None; comparison.clashes().len()]);
        self.open.set(Some(comparison));
    }

    fn close(self) {
        self.open.set(None);
    }

    /// Takes a draft for both, and saves it on top of what the other saved.
    fn settle(self, draft: Draft) {
        self.close();
        if let Some(theirs) = self.sheet.theirs.get_untracked() {
            self.sheet.rebase(theirs);
            self.sheet.theirs.set(None);
        }
        self.sheet.replace(draft);
        if !untrack(|| self.sheet.is_dirty()) {
            self.sheet.keep();
            self.sheet.happen(SaveEvent::Taken);
        } else if self.sheet.saving.with_untracked(|saving| *saving == Saving::Conflict) {
            self.sheet.happen(SaveEvent::Resolved);
        } else {
            self.sheet.save();
        }
    }
}

/// The whole text as one conflict, unless one of the two left it as it was.
fn whole(base: &str, mine: &str, theirs: &str) -> Merge {
    let region = match content::merge::value(&base, &mine, &theirs) {
        Some(text) => Region::Merged(text.to_owned()),
        None => Region::Conflict { base: base.to_owned(), mine: mine.to_owned(), theirs: theirs.to_owned() },
    };
    Merge { regions: vec![region] }
}

#[component]
pub(super) fn Conflict() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let comparing = expect_context::<Comparing>();
    let comparison = move || comparing.open.get();
    let undecided = memo(move || comparing.sides.with(|sides| sides.iter().any(Option::is_none)));
    let merge = move |()| {
        let Some(comparison) = comparing.open.get_untracked() else { return };
        let sides = comparing.sides.get_untracked();
        let decide = |number: usize| sides.get(number).copied().flatten().unwrap_or(Side::Mine);
        comparing.settle(comparison.decided(decide));
    };
    let refusal = derive(move || {
        let open = comparing.sides.with(|sides| sides.iter().filter(|side| side.is_none()).count());
        undecided.get().then(|| fill(words.conflict_open, &[&open]))
    });
    let keep_mine = move |()| {
        if let Some(comparison) = comparing.open.get_untracked() {
            comparing.settle(comparison.mine);
        }
    };
    let take_theirs = move |()| {
        if let Some(comparison) = comparing.open.get_untracked() {
            comparing.settle(comparison.theirs);
        }
    };
    let body = move || {
        comparison().map(|comparison| {
            let clashes = comparison.clashes();
            let note = if clashes.is_empty() {
                words.conflict_clean.to_owned()
            } else {
                fill(words.conflict_open, &[&clashes.len()])
            };
            let all = if clashes.is_empty() { changes_of(&comparison) } else { Vec::new() };
            let shown = clashes.into_iter().enumerate();
            view! {
                <p>{words.conflict_note} " " {note}</p>
                {shown.map(|(number, clash)| view! { <Place number=Some(number) clash comparing /> }).collect_view()}
                {all.into_iter().map(|clash| view! { <Place number=None clash comparing /> }).collect_view()}
            }
        })
    };
    view! {
        <Dialog
            wide=true
            open=derive(move || comparing.open.with(Option::is_some))
            title=words.conflict_title
            on_cancel=move |()| comparing.close()
        >
            {live(body)}
            <div class="actions">
                <Button label=words.merge on_press=merge refusal />
                <Button label=words.keep_mine class="quiet" on_press=keep_mine
                    refusal=derive(move || super::head::unwritable(sheet)) />
                <Button label=words.take_theirs class="quiet" on_press=take_theirs />
                <Button label=words.not_now class="quiet" on_press=move |()| comparing.close() />
            </div>
        </Dialog>
    }
}

/// What both changed where nothing clashes, for the eye.
fn changes_of(comparison: &Reconciliation) -> Vec<Clash> {
    let fields = crate::model::FIELDS.iter().map(|field| Clash {
        field: field.name,
        base: (field.show)(&comparison.base),
        mine: (field.show)(&comparison.mine),
        theirs: (field.show)(&comparison.theirs),
        both: None,
    });
    fields.filter(|clash| clash.base != clash.mine || clash.base != clash.theirs).collect()
}

/// What a member is called.
pub(in crate::page) fn field_words(name: FieldName) -> &'static str {
    let words = words();
    match name {
        FieldName::Section => words.section,
        FieldName::Slug => words.address,
        FieldName::Title => words.title,
        FieldName::Summary => words.summary,
        FieldName::Cover => words.cover,
        FieldName::Language => words.text_language,
        FieldName::SearchTitle => words.search_title,
        FieldName::SearchDescription => words.search_description,
        FieldName::NoIndex => words.no_index,
        FieldName::Order => words.order,
        FieldName::Review => words.ask_review,
        FieldName::Tags => words.tags,
        FieldName::Body => words.text,
    }
}

/// One place, in three columns; where it clashes, one of them is chosen.
#[component]
fn Place(number: Option<usize>, clash: Clash, comparing: Comparing) -> impl IntoView {
    let words = words();
    let group = fresh_id("clash");
    let column = |side: Side, label: &'static str, text: String| {
        let choice = number.map(|number| {
            let group = group.clone();
            view! {
                <input type="radio" name=group on:change=move |_| {
                    comparing.sides.update(|sides| {
                        if let Some(chosen) = sides.get_mut(number) {
                            *chosen = Some(side);
                        }
                    });
                } />
            }
        });
        let text = if text.is_empty() { "–".to_owned() } else { text };
        view! {
            <label class="version">
                <span>{choice} " " {label}</span>
                <pre tabindex="0">{text}</pre>
            </label>
        }
    };
    let both = clash.both.map(|both| column(Side::Both, words.keep_both, both));
    view! {
        <fieldset class="clash">
            <legend>{field_words(clash.field)}</legend>
            {column(Side::Base, words.base, clash.base)}
            {column(Side::Mine, words.mine, clash.mine)}
            {column(Side::Theirs, words.theirs, clash.theirs)}
            {both}
        </fieldset>
    }
}
