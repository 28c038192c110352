//! What an entry's state follows from.

use content::wire::EntryState;

/// What is known of an entry and decides what it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntryFacts {
    /// Whether it is in the trash.
    pub trashed: bool,
    /// Whether it is on the site.
    pub published: bool,
    /// Whether its working copy is another than what is on the site.
    pub ahead: bool,
    /// Whether it has been on the site at any time.
    pub was_published: bool,
    /// Whether it is to be published at a time.
    pub scheduled: bool,
}

impl EntryFacts {
    /// What it is. What is on the site stays published or changed while it waits for a time.
    #[must_use]
    pub fn state(self) -> EntryState {
        match self {
            EntryFacts { trashed: true, .. } => EntryState::Trashed,
            EntryFacts { published: true, ahead: false, .. } => EntryState::Published,
            EntryFacts { published: true, ahead: true, .. } => EntryState::Changed,
            EntryFacts { scheduled: true, .. } => EntryState::Scheduled,
            EntryFacts { was_published: true, .. } => EntryState::Archived,
            _ => EntryState::Draft,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trash_comes_first_and_the_site_before_plans() {
        let everything =
            EntryFacts { trashed: true, published: true, ahead: true, was_published: true, scheduled: true };
        assert_eq!(everything.state(), EntryState::Trashed);
        let kept = EntryFacts { trashed: false, ..everything };
        assert_eq!(kept.state(), EntryState::Changed);
        assert_eq!(EntryFacts { ahead: false, ..kept }.state(), EntryState::Published);
        let off = EntryFacts { published: false, ..kept };
        assert_eq!(off.state(), EntryState::Scheduled);
        assert_eq!(EntryFacts { scheduled: false, ..off }.state(), EntryState::Archived);
        assert_eq!(EntryFacts::default().state(), EntryState::Draft);
    }
}
