//! What a person sees of a publication: its steps with their times, and what is asked before it.

use crate::ui::prelude::*;
use content::wire::{ReleaseAction, ReleaseState};

use super::{describing::Describing, publishing::Course};
use crate::{
    model::{Publication, fill},
    page::{audience::audience_words, words::words},
    ui::{Button, Dialog, Notice, Tone},
};

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
