//! Publishing in sight: from the click until this browser got the page through the CDN.

use crate::ui::prelude::*;
use content::wire::{
    EntryState, MediaItem, Problem, ProblemType, Publish, Release, ReleaseAction, ReleaseState,
};

use super::{
    describing::{Describing, undescribed},
    sheet::Sheet,
};
use crate::{
    client::{self, Request},
    model::{Failure, Next, Publication, encoded, fill},
    page::{
        api::{API, call, sending},
        audience::audience_words,
        words::words,
    },
    ui::{Button, Dialog, Notice, Tone},
};

/// How often it is asked how far a release is, at first and after a while; in milliseconds.
const SOON: i32 = 150;
const SELDOM: i32 = 2_000;
/// After so many milliseconds nobody watches closely any more.
const A_WHILE: i64 = 15_000;

/// The publication of the open entry.
#[derive(Clone, Copy)]
pub(super) struct Course {
    sheet: Sheet,
    publication: RwSignal<Option<Publication>>,
    wider: RwSignal<Option<Problem>>,
    undescribed: RwSignal<Vec<MediaItem>>,
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

    fn retry(self) {
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

    fn again(self) {
        match self.publication.with_untracked(|now| now.as_ref().map(|now| now.action)) {
            Some(ReleaseAction::Unpublish) => self.unpublish(),
            _ => self.publish(Vec::new()),
        }
    }

    /// Makes copies of what is for fewer people, puts them into the text, and publishes it.
    fn copy_and_publish(self, problem: Problem) {
        self.wider.set(None);
        spawn_local(async move {
            let section = self.sheet.draft.with_untracked(|draft| draft.content.section.clone());
            let mut draft = self.sheet.draft.get_untracked();
            for item in problem.items {
                let path = format!("{API}/media/{}/copy", encoded(&item.id));
                let body = serde_json::json!({ "section": section });
                match call::<MediaItem>(self.sheet.desk.visit, sending("POST", &path, &body)).await {
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

#[component]
pub(super) fn Publishing() -> impl IntoView {
    let (course, words) = (expect_context::<Course>(), words());
    let shown = move || course.publication.get().map(|publication| view! { <Steps publication course /> });
    let wider = move || {
        course.wider.get().map(|problem| {
            let audience = course.sheet.entry.with(|entry| audience_words(&entry.summary.audience));
            let names: Vec<_> =
                problem.items.iter().map(|item| view! { <li>{item.name.clone()}</li> }).collect();
            let copies = problem.clone();
            view! {
                <p>{fill(words.wider_text, &[&audience])}</p>
                <ul>{names}</ul>
                <div class="actions">
                    <Button label=words.copy_for_page
                        on_press=move |()| course.copy_and_publish(copies.clone()) />
                    <Button label=words.publish_anyway class="quiet" on_press=move |()| {
                        course.wider.set(None);
                        course.publish_described(vec!["wider-audience".to_owned()]);
                    } />
                    <Button label=words.cancel class="quiet" on_press=move |()| course.wider.set(None) />
                </div>
            }
        })
    };
    view! {
        <div id="publication">{live(shown)}</div>
        <Describing items=course.undescribed />
        <Dialog
            open=derive(move || course.wider.with(Option::is_some))
            title=words.wider_title
            on_cancel=move |()| course.wider.set(None)
        >
            {live(wider)}
        </Dialog>
    }
}

/// Milliseconds as a person says them.
fn seconds(millis: i64) -> String {
    let tenths = (millis + 50) / 100;
    let comma = if words().language == "de" { ',' } else { '.' };
    format!("{}{comma}{} s", tenths / 10, tenths % 10)
}

#[component]
fn Steps(publication: Publication, course: Course) -> impl IntoView {
    let words = words();
    let off = publication.action == ReleaseAction::Unpublish;
    let problem = publication
        .failure
        .as_ref()
        .map(|failure| (failure.what_happened(words), failure.what_to_do(words).to_owned()));
    let problem = problem.or_else(|| {
        let why = publication.release.as_ref().and_then(|release| release.problem.as_ref()?.detail.clone());
        publication.has_failed().then(|| (why.unwrap_or_default(), words.publish_failed.to_owned()))
    });
    if let Some((happened, to_do)) = problem {
        let failed = publication.has_failed();
        return view! {
            <Notice tone=Tone::Bad what_happened=happened what_to_do=to_do>
                <Button label=words.try_again
                    on_press=move |()| if failed { course.retry() } else { course.again() } />
                <Button label=words.close class="quiet" on_press=move |()| course.publication.set(None) />
            </Notice>
        };
    }
    let title = match publication.seen {
        Some(after) => fill(if off { words.off_seen } else { words.live_seen }, &[&seconds(after)]),
        None => format!("{}…", if off { words.taking_off } else { words.publishing }),
    };
    let steps = [
        (Some(ReleaseState::Queued), words.step_queued),
        (Some(ReleaseState::Placing), words.step_placing),
        (Some(ReleaseState::Announcing), words.step_announcing),
        (Some(ReleaseState::Live), words.step_live),
        (None, words.step_seen),
    ];
    let done: Vec<Option<i64>> = steps
        .iter()
        .map(|(state, _)| match state {
            Some(state) => publication.reached.iter().find(|(known, _)| known == state).map(|(_, at)| *at),
            None => publication.seen,
        })
        .collect();
    // What comes after was reached through what is before, however quickly that went by.
    let shown = steps.into_iter().enumerate().map(|(number, (_, name))| {
        let at = done.get(number).copied().flatten();
        let passed = at.is_some() || done.iter().skip(number).any(Option::is_some);
        view! {
            <li class:done=passed>
                {name}
                <span class="aside">{at.map(seconds)}</span>
            </li>
        }
    });
    let path = course.sheet.entry.with_untracked(|entry| entry.summary.path.clone());
    let is_live = publication.seen.is_some() && !off;
    let over = !publication.is_going_on();
    view! {
        <section class="publication" class:over=over aria-label=words.publishing>
            <p role="status"><strong>{title}</strong></p>
            <ol>{shown.collect_view()}</ol>
            {is_live.then(|| view! { <a href=path target="_blank" rel="noopener">{words.see_it}</a> })}
            {over.then(|| view! {
                <Button label="×" name=words.close class="plain" on_press=move |()| course.publication.set(None) />
            })}
        </section>
    }
}
