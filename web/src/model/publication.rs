//! A publication in sight: from the click until this browser itself got what was published.

use content::wire::{Release, ReleaseAction, ReleaseState};

use super::Failure;

/// One publication, as the person who asked for it follows it. Times are milliseconds since the click.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    /// What was asked for.
    pub action: ReleaseAction,
    /// How far the API says it is.
    pub release: Option<Release>,
    /// The states that were reached, and after how long this browser learned of it.
    pub reached: Vec<(ReleaseState, i64)>,
    /// After how long the page itself came through the CDN as it should be.
    pub seen: Option<i64>,
    /// Why it could not be asked for or followed.
    pub failure: Option<Failure>,
}

/// What to do next to learn how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask the API for the release.
    Ask,
    /// Ask the CDN for the page.
    Look,
    /// Nothing more.
    Rest,
}

impl Publication {
    /// One that was asked for just now.
    pub fn begun(action: ReleaseAction) -> Self {
        Self { action, release: None, reached: Vec::new(), seen: None, failure: None }
    }

    /// Takes note of what the API says, some time after the click.
    pub fn learn(&mut self, release: Release, after: i64) {
        let steps = release.steps.iter().map(|step| step.name).chain([release.state]);
        for state in steps {
            if state != ReleaseState::Failed && self.reached.iter().all(|(known, _)| *known != state) {
                self.reached.push((state, after));
            }
        }
        self.failure = None;
        self.release = Some(release);
    }

    /// What to do next.
    pub fn next(&self) -> Next {
        match self.release.as_ref().map(|release| release.state) {
            _ if self.seen.is_some() => Next::Rest,
            Some(ReleaseState::Failed) => Next::Rest,
            Some(ReleaseState::Live) => Next::Look,
            Some(_) => Next::Ask,
            None => Next::Rest,
        }
    }

    /// Whether an answer of the CDN's is what was published: the status, and the revision that the page says it is.
    pub fn shows(&self, status: u16, revision: Option<&str>, redirected: bool) -> bool {
        let wanted = self.release.as_ref().and_then(|release| release.revision);
        let got = revision.and_then(|text| text.trim().parse::<i64>().ok());
        match self.action {
            ReleaseAction::Publish => status == 200 && got >= wanted && got.is_some(),
            ReleaseAction::Unpublish => matches!(status, 404 | 410) || redirected,
        }
    }

    /// True from the click until it is seen or has failed.
    pub fn is_going_on(&self) -> bool {
        self.seen.is_none() && self.failure.is_none() && !self.has_failed()
    }

    /// True if it will not go on by itself.
    pub fn has_failed(&self) -> bool {
        self.release.as_ref().is_some_and(|release| release.state == ReleaseState::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(state: ReleaseState) -> Release {
        Release {
            id: "1".into(),
            entry: None,
            revision: Some(7),
            action: ReleaseAction::Publish,
            state,
            paths: Vec::new(),
            steps: Vec::new(),
            problem: None,
        }
    }

    #[test]
    fn it_ends_when_this_browser_saw_it_and_not_before() {
        let mut publication = Publication::begun(ReleaseAction::Publish);
        assert!(publication.is_going_on());
        publication.learn(release(ReleaseState::Queued), 10);
        assert_eq!(publication.next(), Next::Ask);
        publication.learn(release(ReleaseState::Announcing), 300);
        publication.learn(release(ReleaseState::Live), 600);
        assert_eq!(publication.next(), Next::Look);
        assert!(publication.is_going_on());
        publication.seen = Some(640);
        assert_eq!((publication.next(), publication.is_going_on()), (Next::Rest, false));
        let reached =
            [(ReleaseState::Queued, 10), (ReleaseState::Announcing, 300), (ReleaseState::Live, 600)];
        assert_eq!(publication.reached, reached);
    }

    #[test]
    fn the_revision_or_a_later_one_is_what_was_published() {
        let mut publication = Publication::begun(ReleaseAction::Publish);
        publication.learn(release(ReleaseState::Live), 0);
        assert!(publication.shows(200, Some("7"), false));
        assert!(publication.shows(200, Some("8"), false));
        assert!(!publication.shows(200, Some("6"), false));
        assert!(!publication.shows(200, None, false));
        assert!(!publication.shows(404, Some("7"), false));
    }

    #[test]
    fn what_is_taken_off_is_gone_or_leads_elsewhere() {
        let publication = Publication::begun(ReleaseAction::Unpublish);
        assert!(publication.shows(404, None, false));
        assert!(publication.shows(200, Some("3"), true));
        assert!(!publication.shows(200, Some("3"), false));
    }

    #[test]
    fn a_failed_one_rests_until_it_is_tried_again() {
        let mut publication = Publication::begun(ReleaseAction::Publish);
        publication.learn(release(ReleaseState::Failed), 5);
        assert_eq!((publication.next(), publication.is_going_on()), (Next::Rest, false));
        publication.learn(release(ReleaseState::Queued), 9);
        assert_eq!(publication.next(), Next::Ask);
    }
}
