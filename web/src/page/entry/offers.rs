//! What an open entry has to tell before it is written: a backup, a conflict, a schedule, that it cannot be changed.

use crate::ui::prelude::*;
use content::wire::Entry;

use super::{conflict::Comparing, head::unwritable, sheet::Sheet};
use crate::{
    client,
    model::{Asked, Backup, Draft, Saving, fill},
    page::{
        shell::SignInElsewhere,
        words::{time, words},
    },
    ui::{Button, Notice, Tone},
};

#[component]
pub(super) fn Offers() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let comparing = Comparing::new(sheet);
    provide_context(comparing);
    let kept = client::kept(&sheet.backup_key()).and_then(|json| Backup::from_json(&json));
    let kept =
        kept.filter(|kept| sheet.entry.with_untracked(|entry| kept.is_worth_offering(&Draft::of(entry))));
    let backup = RwSignal::new(kept);
    let take_back = move |()| {
        let Some(kept) = backup.get_untracked() else { return };
        backup.set(None);
        if kept.version == sheet.entry.with_untracked(|entry| entry.summary.version) {
            sheet.replace(kept.draft);
        } else {
            // Somebody saved since: a person looks at both.
            comparing.begin(kept.base, kept.draft);
        }
    };
    let throw_away = move |()| {
        backup.set(None);
        client::forget(&sheet.backup_key());
    };
    let offer = move || {
        backup.get().map(|kept| {
            let at = client::local_time(kept.at, words.language);
            view! {
                <Notice tone=Tone::Good what_happened=fill(words.backup_title, &[&at]) what_to_do=words.backup_text>
                    <Button label=words.take_back on_press=take_back />
                    <Button label=words.throw_away class="quiet" on_press=throw_away />
                </Notice>
            }
        })
    };
    let in_the_way = memo(move || match sheet.saving.get() {
        Saving::Refused(failure) => {
            Some(Obstacle::Told(failure.what_happened(words), failure.what_to_do(words)))
        }
        Saving::Conflict => Some(Obstacle::Conflict),
        Saving::Held(_, Asked::Later) => Some(Obstacle::SignedOut),
        _ => None,
    });
    let obstacle = move || {
        in_the_way.get().map(|obstacle| match obstacle {
            Obstacle::Told(happened, to_do) => view! {
                <Notice tone=Tone::Bad what_happened=format!("{} {happened}", words.not_saved) what_to_do=to_do>
                    <Button label=words.try_again on_press=move |()| sheet.save() />
                </Notice>
            },
            Obstacle::Conflict => view! {
                <Notice tone=Tone::Bad what_happened=format!("{}.", words.conflict_title)
                    what_to_do=words.conflict_note>
                    <Button label=words.compare on_press=move |()| comparing.compare() />
                </Notice>
            },
            Obstacle::SignedOut => view! {
                <Notice tone=Tone::Bad what_happened=words.session_over what_to_do=words.session_ended_text>
                    <SignInElsewhere />
                </Notice>
            },
        })
    };
    let refused = memo(move || unwritable(sheet));
    let planned = memo(move || sheet.entry.with(plan));
    view! {
        {live(offer)}
        {live(obstacle)}
        {live(move || refused.get().map(|text| view! { <p class="notice aside">{text}</p> }))}
        {live(move || planned.get().map(|text| view! { <p class="notice aside">{text}</p> }))}
    }
}

#[derive(Clone, PartialEq)]
enum Obstacle {
    Told(String, &'static str),
    Conflict,
    SignedOut,
}

fn plan(entry: &Entry) -> Option<String> {
    let told = &entry.summary;
    let publish = told.publish_at.as_ref().map(|at| fill(words().scheduled_for, &[&time(at.as_str())]));
    let unpublish = told.unpublish_at.as_ref().map(|at| fill(words().taken_off_at, &[&time(at.as_str())]));
    let told: Vec<String> = publish.into_iter().chain(unpublish).collect();
    (!told.is_empty()).then(|| format!("{} ({})", told.join(" · "), client::time_zone()))
}
