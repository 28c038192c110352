//! A note for the API. If the session has ended, a dialog offers to sign in elsewhere and the same note goes out
//! again: the page is never left, nothing typed is lost.

use super::{
    desk::SignInElsewhere,
    visit::{Visit, failure},
};
use crate::{
    client::{self, Answer, Method},
    model::{Answered, Arrival, Event, Failure, Hold, Note, Seen, Sending, Standing},
    ui::{Announcer, Dialog, Notice, Tone},
};
use leptos::{ev, prelude::*, task::spawn_local};

const ECHO: &str = "/api/echo";

#[component]
pub(super) fn NoteForm(visit: Visit) -> impl IntoView {
    let draft = RwSignal::new(String::new());
    let sending = RwSignal::new(Sending::Idle);
    let writer = RwSignal::new(None::<String>);
    let happen = move |event| {
        sending.update(|state| *state = std::mem::replace(state, Sending::Idle).after(event));
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(note) = draft.with_untracked(|text| Note::new(text)) {
            writer.set(user(visit));
            happen(Event::Submit(note));
        }
    };
    send_what_is_in_flight(visit, sending);
    forget_what_arrived(draft, sending);
    Effect::new(move || {
        if visit.standing.with(|standing| matches!(standing, Standing::Here(_))) {
            let someone = user(visit);
            happen(Event::SignedIn(someone.filter(|name| writer.get_untracked().as_ref() != Some(name))));
        }
    });
    let busy = Memo::new(move |_| sending.with(|state| state.in_flight().is_some()));
    view! {
        <section aria-labelledby="note">
            <h2 id="note">"Send a note"</h2>
            <form on:submit=submit>
                <label for="note-text">"Your note"</label>
                <p class="aside" id="note-help">
                    "It goes to the API and comes back. If your session ends meanwhile, you lose nothing."
                </p>
                <textarea
                    id="note-text"
                    name="note"
                    rows="5"
                    required
                    aria-describedby="note-help"
                    prop:value=draft
                    on:input=move |event| draft.set(event_target_value(&event))
                ></textarea>
                <p class="actions">
                    <button aria-disabled=move || busy.get().to_string()>
                        {move || if busy.get() { "Sending…" } else { "Send" }}
                    </button>
                </p>
            </form>
            <Outcome sending retry=move || happen(Event::Retry) />
            <Question sending happen />
        </section>
    }
}

fn user(visit: Visit) -> Option<String> {
    visit.standing.with_untracked(|standing| standing.session().map(|session| session.username.clone()))
}

fn send_what_is_in_flight(visit: Visit, sending: RwSignal<Sending>) {
    let note = Memo::new(move |_| sending.with(|state| state.in_flight().cloned()));
    Effect::new(move || {
        let Some(note) = note.get() else { return };
        spawn_local(async move {
            let event = match client::ask(Method::Post(note.to_json()), ECHO).await {
                Ok(Answer { status: 200..=299, body }) => {
                    Event::Accepted(Seen::from_json(&body).ok().and_then(|seen| seen.note()))
                }
                Ok(Answer { status, body }) => Event::Rejected(Failure::from_answer(status, &body)),
                Err(no_answer) => Event::Rejected(failure(no_answer)),
            };
            match &event {
                Event::Rejected(Failure::SignedOut) => visit.learn(Answered::SignedOut),
                Event::Accepted(_) => visit.come_back(),
                _ => {}
            }
            sending.update(|state| *state = std::mem::replace(state, Sending::Idle).after(event));
        });
    });
}

/// Empties the form once its text has arrived, unless the user went on writing meanwhile.
fn forget_what_arrived(draft: RwSignal<String>, sending: RwSignal<Sending>) {
    Effect::new(move || {
        let arrived = sending.with(|state| match state {
            Sending::Delivered(note, Arrival::Whole) => Some(note.text().to_owned()),
            _ => None,
        });
        if arrived.is_some_and(|text| draft.with_untracked(|draft| *draft == text)) {
            draft.set(String::new());
        }
    });
}

#[component]
fn Outcome(sending: RwSignal<Sending>, retry: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let busy = Memo::new(move |_| {
        let text = if sending.with(|state| state.in_flight().is_some()) { "Sending the note." } else { "" };
        text.to_owned()
    });
    view! {
        <Announcer text=busy />
        {move || match sending.get() {
            Sending::Delivered(note, Arrival::Whole) => view! {
                <Notice
                    tone=Tone::Good
                    what_happened="The note arrived."
                    what_to_do=format!("The API got all of its {} characters:", note.text().chars().count())
                />
                <blockquote id="note-echo">{note.text().to_owned()}</blockquote>
            }
            .into_any(),
            Sending::Delivered(_, Arrival::Altered) => view! {
                <Notice
                    tone=Tone::Bad
                    what_happened="The note did not arrive whole."
                    what_to_do="Your text is still in the form; tell an operator."
                />
            }
            .into_any(),
            Sending::Failed(_, failure) => view! {
                <Notice tone=Tone::Bad what_happened=failure.what_happened() what_to_do=failure.what_to_do()>
                    <button type="button" on:click=move |_| retry()>"Send again"</button>
                </Notice>
            }
            .into_any(),
            Sending::Idle | Sending::InFlight(_) | Sending::Held(..) => ().into_any(),
        }}
    }
}

#[component]
fn Question(
    sending: RwSignal<Sending>,
    happen: impl Fn(Event) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let hold = Memo::new(move |_| {
        sending.with(|state| if let Sending::Held(_, hold) = state { Some(hold.clone()) } else { None })
    });
    let title = Signal::derive(move || match hold.get() {
        Some(Hold::SomeoneElse(name)) => format!("You are now signed in as {name}"),
        _ => "Your session has ended".to_owned(),
    });
    let later = move |_| happen(Event::Dismiss);
    view! {
        <Dialog open=Signal::derive(move || hold.get().is_some()) title on_cancel=move || happen(Event::Dismiss)>
            {move || match hold.get() {
                Some(Hold::SomeoneElse(name)) => view! {
                    <p>"Someone else wrote this note. Send it in the name of " {name} "?"</p>
                    <p class="actions">
                        <button type="button" on:click=move |_| happen(Event::Retry)>"Send it"</button>
                        <button type="button" class="quiet" on:click=later>"Not now"</button>
                    </p>
                }
                .into_any(),
                _ => view! {
                    <p>"Sign in again in a window of its own. Your note stays here and is sent as soon as you are back."</p>
                    <p class="actions">
                        <SignInElsewhere />
                        <button type="button" class="quiet" on:click=later>"Not now"</button>
                    </p>
                }
                .into_any(),
            }}
        </Dialog>
    }
}
