//! Who may read, and what something is, in words.

use crate::ui::prelude::*;
use content::wire::{Audience, EntryState};

use super::words::words;
use crate::ui::Badge;

/// An audience in words.
pub(super) fn audience_words(audience: &Audience) -> String {
    match audience {
        Audience::Public => words().everyone.to_owned(),
        Audience::SignedIn => words().signed_in_people.to_owned(),
        Audience::Groups(groups) => groups.join(", "),
    }
}

/// An audience as a badge.
pub(super) fn audience_badge(audience: &Audience) -> impl IntoView + use<> {
    let kind = match audience {
        Audience::Public => "public",
        Audience::SignedIn => "inside",
        Audience::Groups(_) => "groups",
    };
    view! { <Badge kind text=audience_words(audience) /> }
}

/// A state in words.
pub(super) fn state_words(state: EntryState) -> &'static str {
    let words = words();
    match state {
        EntryState::Draft => words.draft,
        EntryState::Published => words.published,
        EntryState::Changed => words.changed,
        EntryState::Scheduled => words.scheduled,
        EntryState::Archived => words.archived,
        EntryState::Trashed => words.trashed,
    }
}

/// A state's name in the API and in style sheets.
pub(super) fn state_name(state: EntryState) -> &'static str {
    match state {
        EntryState::Draft => "draft",
        EntryState::Published => "published",
        EntryState::Changed => "changed",
        EntryState::Scheduled => "scheduled",
        EntryState::Archived => "archived",
        EntryState::Trashed => "trashed",
    }
}

/// A state as a badge.
pub(super) fn state_badge(state: EntryState) -> impl IntoView + use<> {
    view! { <Badge kind=state_name(state) text=state_words(state) /> }
}
