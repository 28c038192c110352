//! Who is signed in, and for how long: a countdown for the eye, a few milestones for the ear.

use super::visit::Visit;
use crate::{
    client,
    model::{Remaining, Session, Standing},
    ui::{Announcer, Fact, Facts},
};
use leptos::prelude::*;

#[component]
pub(super) fn SessionFacts(visit: Visit) -> impl IntoView {
    let session = Memo::new(move |_| visit.standing.with(|standing| standing.session().cloned()));
    let fact = move |read: fn(&Session) -> String| move || session.with(|session| session.as_ref().map(read));
    let remaining = Memo::new(move |_| {
        let end = session.with(|session| session.as_ref().map(|session| session.expires_at));
        Remaining::between(visit.now.get(), end.unwrap_or_default())
    });
    let ended = move || visit.standing.with(|standing| matches!(standing, Standing::Ended(_)));
    let countdown = Memo::new(move |_| if ended() { "ended".to_owned() } else { remaining.get().wording() });
    let soon = Memo::new(move |_| remaining.get() <= Remaining::between(0, 300_000));
    view! {
        <section aria-labelledby="session">
            <h2 id="session">"Signed in"</h2>
            <Facts>
                <Fact name="Name">{fact(|session| session.username.clone())}</Fact>
                <Fact name="Email">
                    {fact(|session| session.email.clone().unwrap_or_else(|| "none given".to_owned()))}
                </Fact>
                <Fact name="Groups">{fact(groups)}</Fact>
                <Fact name="Since">{fact(since)}</Fact>
                <Fact name="Session ends">
                    <span>{fact(|session| client::local_time(session.expires_at))}</span>
                    " "
                    <span class="countdown" class:soon=move || soon.get() role="timer">{countdown}</span>
                </Fact>
            </Facts>
            <Show when=move || !ended()>
                <p class="aside">"While you use this page, the session renews itself."</p>
            </Show>
            <Announcer text=milestones(remaining) />
        </section>
    }
}

fn groups(session: &Session) -> String {
    if session.groups.is_empty() { "none".to_owned() } else { session.groups.join(", ") }
}

fn since(session: &Session) -> String {
    session.authenticated_at.map_or_else(|| "not told".to_owned(), client::local_time)
}

/// The words of the last milestone passed; none again once the session was renewed.
fn milestones(remaining: Memo<Remaining>) -> Memo<String> {
    let last = StoredValue::new(remaining.get_untracked());
    Memo::new(move |told: Option<&String>| {
        let now = remaining.get();
        let before = last.get_value();
        last.set_value(now);
        match now.milestone_since(before) {
            Some(milestone) => milestone.wording().to_owned(),
            None if now > before => String::new(),
            None => told.cloned().unwrap_or_default(),
        }
    })
}
