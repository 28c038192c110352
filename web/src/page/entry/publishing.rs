//! Publishing in sight: from the click until this browser got the page through the CDN.

use crate::ui::prelude::*;
use content::wire::{
    EntryState, MediaItem, Problem, ProblemType, Publish, Release, ReleaseAction, ReleaseState,
};

use super::{describing::undescribed, sheet::Sheet};
use crate::{
    client::{self, Request},
    model::{Failure, Next, Publication, encoded},
    page::{
        api::{API, call, sending},
        media::until_ready,
        words::words,
    },
};

/// How often it is asked how far a release is, at first and after a while; in milliseconds.
const SOON: i32 = 150;
const SELDOM: i32 = 2_000;
/// After so many milliseconds nobody watches closely any more.
const A_WHILE: i64 = 15_000;

/// The publication of the open entry.
#[derive(Clone, Copy)]
pub(super) struct Course {
    pub(super) sheet: Sheet,
    pub(super) publication: RwSignal<Option<Publication>>,
    /// What is for fewer people than the page.
    pub(super) wider: RwSignal<Option<Problem>>,
    /// Pictures that nobody has described.
    pub(super) undescribed: RwSignal<Vec<MediaItem>>,
    clicked_at: StoredValue<i64>,
}

impl Course {
    pub(super) fn of(sheet: Sheet) -> Self {
        let course = Self {
            sheet,
            publication: RwSignal::new(None),
            wider: RwSignal::new(None),
            undescribed: RwSignal::new(Vec::new()),
            clicked_at: StoredValue::new(client::now()),
        };
        // A release that was on its way when the page was opened, or that failed, is told as well.
        let release = sheet.entry.with_untracked(|entry| entry.summary.release.clone());
        if let Some(release) = release.filter(|release| release.state != ReleaseState::Live) {
            course.begin(release.action);
            course.learn(release);
            course.follow();
        }
        course
    }

    fn begin(self, action: ReleaseAction) {
        self.clicked_at.set_value(client::now());
        self.publication.set(Some(Publication::begun(action)));
    }

    fn after(self) -> i64 {
        client::now() - self.clicked_at.get_value()
    }

    fn learn(self, release: Release) {
        let after = self.after();
        self.publication.try_update(|publication| {
            if let Some(publication) = publication {
                publication.learn(release, after);
            }
        });
    }

    fn fail(self, failure: Failure) {
        self.publication.try_update(|publication| {
            if let Some(publication) = publication {
                publication.failure = Some(failure);
            }
        });
    }

    /// Saves what is typed, and publishes it. `accept` names the warnings that the person knows.
    pub(super) fn publish(self, accept: Vec<String>) {
        if self.sheet.desk.refusal(content::permission::Permission::EntriesPublish).is_some()
            || self.sheet.entry.with_untracked(|entry| entry.summary.state == EntryState::Trashed)
            || untrack(|| self.sheet.is_up_to_date())
        {
            return;
        }
        spawn_local(async move {
            let items = undescribed(self.sheet).await;
            if items.is_empty() {
                self.publish_described(accept);
            } else {
                self.undescribed.set(items);
            }
        });
    }

    /// Publishes, whether pictures are described or not.
    pub(super) fn publish_described(self, accept: Vec<String>) {
        self.begin(ReleaseAction::Publish);
        let go_on = Callback::new(move |saved| {
            if saved {
                self.send("/publish", accept.clone());
            } else {
                // Why it was not saved is told where saving is.
                self.publication.set(None);
            }
        });
        self.sheet.save_then(go_on);
    }

    /// Takes the entry off the site.
    pub(super) fn unpublish(self) {
        self.begin(ReleaseAction::Unpublish);
        self.send("/unpublish", Vec::new());
    }

    fn send(self, what: &'static str, accept: Vec<String>) {
        let once = client::unique();
        spawn_local(async move {
            let path = self.sheet.path(what);
            let mut request = if what == "/publish" {
                sending("POST", &path, &Publish { accept })
            } else {
                Request::new("POST", &path)
            };
            request.once = Some(once);
            match call::<Release>(self.sheet.desk.visit, request).await {
                Ok(release) => {
                    self.learn(release);
                    self.sheet.refresh();
                    self.follow();
                }
                Err(failure) if failure.is(ProblemType::WiderAudience) => {
                    self.publication.set(None);
                    self.wider.set(failure.problem().cloned());
                }
                Err(failure) => self.fail(failure),
            }
        });
    }

    /// Asks how far it is, and then for the page itself, until that is there.
    fn follow(self) {
        spawn_local(async move {
            loop {
                let next = self.publication.try_with_untracked(|now| now.as_ref().map(Publication::next));
                match next.flatten() {
                    Some(Next::Ask) => self.ask().await,
                    Some(Next::Look) => self.look().await,
                    Some(Next::Rest) | None => break,
                }
                let pause = if self.after() < A_WHILE { SOON } else { SELDOM };
                let is_over = self
                    .publication
                    .try_with_untracked(|now| now.as_ref().is_none_or(|now| !now.is_going_on()));
                if is_over != Some(false) {
                    break;
                }
                client::pause(pause).await;
            }
            if self.publication.try_with_untracked(Option::is_some) == Some(true) {
                self.sheet.refresh();
            }
        });
    }

    async fn ask(self) {
        let id = self.publication.with_untracked(|now| Some(now.as_ref()?.release.as_ref()?.id.to_string()));
        let path = format!("{API}/releases/{}", encoded(&id.unwrap_or_default()));
        match call::<Release>(self.sheet.desk.visit, Request::get(&path)).await {
            Ok(release) => self.learn(release),
            // Whatever may pass is asked again.
            Err(failure) if failure.may_pass() => {}
            Err(failure) => self.fail(failure),
        }
    }

    async fn look(self) {
        let path =
            self.sheet.entry.try_with_untracked(|entry| entry.summary.path.clone()).unwrap_or_default();
        let answer = client::ask(Request::new("HEAD", &path)).await;
        let after = self.after();
        self.publication.try_update(|publication| {
            if let (Some(publication), Ok(answer)) = (publication, answer)
                && publication.shows(answer.status, answer.revision.as_deref(), answer.redirected)
            {
                publication.seen = Some(after);
            }
        });
    }

    pub(super) fn retry(self) {
        let release = self.publication.with_untracked(|now| now.as_ref()?.release.clone());
        let Some(release) = release else { return self.again() };
        self.begin(release.action);
        spawn_local(async move {
            let path = format!("{API}/releases/{}/retry", encoded(release.id.as_str()));
            match call::<Release>(self.sheet.desk.visit, Request::new("POST", &path)).await {
                Ok(release) => {
                    self.learn(release);
                    self.follow();
                }
                Err(failure) => self.fail(failure),
            }
        });
    }

    pub(super) fn again(self) {
        match self.publication.with_untracked(|now| now.as_ref().map(|now| now.action)) {
            Some(ReleaseAction::Unpublish) => self.unpublish(),
            _ => self.publish(Vec::new()),
        }
    }

    /// Makes copies of what is for fewer people, puts them into the text, and publishes it.
    pub(super) fn copy_and_publish(self, problem: Problem) {
        self.wider.set(None);
        spawn_local(async move {
            let section = self.sheet.draft.with_untracked(|draft| draft.content.section.clone());
            let mut draft = self.sheet.draft.get_untracked();
            for item in problem.items {
                let path = format!("{API}/media/{}/copy", encoded(&item.id));
                let body = serde_json::json!({ "section": section });
                let copy = call::<MediaItem>(self.sheet.desk.visit, sending("POST", &path, &body)).await;
                // A page without its picture is not published meanwhile.
                let copy = match copy {
                    Ok(copy) => until_ready(self.sheet.desk, copy.id.as_str()).await,
                    failed => failed,
                };
                match copy {
                    Ok(copy) => {
                        let body = &mut draft.content.body;
                        *body = body.replace(&format!("media:{}", item.id), &format!("media:{}", copy.id));
                        if draft.content.cover.as_ref().is_some_and(|cover| cover.as_str() == item.id) {
                            draft.content.cover = Some(copy.id);
                        }
                    }
                    Err(failure) => return self.sheet.desk.tell(failure.what_happened(words())),
                }
            }
            self.sheet.replace(draft);
            self.publish(Vec::new());
        });
    }
}
