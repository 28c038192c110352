//! The desk: where an editor starts. It stays open, with all that was typed, when the session ends.

use super::{api_check::ApiCheck, note_form::NoteForm, session_facts::SessionFacts, visit::Visit};
use crate::{
    model::{Failure, Route, Stage, Standing},
    ui::{Announcer, Notice, Tone},
};
use leptos::prelude::*;

#[component]
pub(super) fn Desk() -> impl IntoView {
    let visit = Visit::begin();
    let stage = Memo::new(move |_| visit.standing.with(Standing::stage));
    move || match stage.get() {
        // The entry document's own skeleton shows while the app's place is empty.
        Stage::Waiting => ().into_any(),
        Stage::Desk => view! { <OpenDesk visit /> }.into_any(),
        Stage::SignedOut => view! { <WayIn /> }.into_any(),
        Stage::Failed(failure) => view! { <Trouble visit failure /> }.into_any(),
    }
}

#[component]
fn OpenDesk(visit: Visit) -> impl IntoView {
    let name =
        move || visit.standing.with(|standing| standing.session().map(|session| session.username.clone()));
    let ended = Memo::new(move |_| visit.standing.with(|standing| matches!(standing, Standing::Ended(_))));
    let presence = Memo::new(move |_| {
        let text = if visit.online.get() { "" } else { "You are offline." };
        text.to_owned()
    });
    view! {
        <header class="bar">
            <a class="brand" href=Route::Desk.path()>"Parapet"</a>
            <nav aria-label="Site">
                <a href="/">"Read the site"</a>
            </nav>
            <p class="who">{name}</p>
            <a class="button quiet" href="/auth/sign-out" on:click=move |_| visit.forget()>"Sign out"</a>
        </header>
        <main id="content" tabindex="-1">
            <h1>"Your desk"</h1>
            <Announcer text=presence />
            <Show when=move || !visit.online.get()>
                <Notice
                    tone=Tone::Bad
                    what_happened=Failure::Offline.what_happened()
                    what_to_do="What you type stays on this page; send it when the connection is back."
                />
            </Show>
            <Show when=move || ended.get()>
                <Notice
                    tone=Tone::Bad
                    what_happened=Failure::SignedOut.what_happened()
                    what_to_do="What you typed is still here."
                >
                    <SignInElsewhere />
                </Notice>
            </Show>
            <SessionFacts visit />
            <NoteForm visit />
            <ApiCheck visit />
        </main>
    }
}

/// A way to sign in without leaving the page. The window knows nothing of this one (`noopener`): it leads through
/// the hosted UI and perhaps through other identity providers.
#[component]
pub(super) fn SignInElsewhere() -> impl IntoView {
    view! {
        <a class="button" href=Route::SignedIn.sign_in() target="_blank" rel="noopener">
            "Sign in"
            <span class="unseen">" (in a new window)"</span>
        </a>
    }
}

#[component]
fn WayIn() -> impl IntoView {
    view! {
        <main id="content" tabindex="-1" class="alone">
            <h1>"You are signed out"</h1>
            <p>"The desk is for editors. Sign in, and you come back to this page."</p>
            <p class="actions">
                <a class="button" href=Route::Desk.sign_in()>"Sign in"</a>
                <a class="button quiet" href="/public/about/">"What is this site?"</a>
            </p>
        </main>
    }
}

#[component]
fn Trouble(visit: Visit, failure: Failure) -> impl IntoView {
    view! {
        <main id="content" tabindex="-1" class="alone">
            <h1>"The desk could not be opened"</h1>
            <Notice tone=Tone::Bad what_happened=failure.what_happened() what_to_do=failure.what_to_do()>
                <button type="button" on:click=move |_| visit.start_over()>"Try again"</button>
            </Notice>
        </main>
    }
}
