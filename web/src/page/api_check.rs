//! Asks the API what reached it, so that an editor or an operator can see that the gate does its work.

use super::{
    desk::SignInElsewhere,
    visit::{Visit, failure},
};
use crate::{
    client::{self, Answer, Method},
    model::{Answered, Failure, Seen},
    ui::{Fact, Facts, Notice, Tone},
};
use leptos::{prelude::*, task::spawn_local};

const WHOAMI: &str = "/api/whoami";

#[component]
pub(super) fn ApiCheck(visit: Visit) -> impl IntoView {
    let asking = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Result<Seen, Failure>>);
    let ask = move |_| {
        if asking.get_untracked() {
            return;
        }
        asking.set(true);
        spawn_local(async move {
            let seen = whoami().await;
            match &seen {
                Err(Failure::SignedOut) => visit.learn(Answered::SignedOut),
                Ok(_) => visit.come_back(),
                Err(_) => {}
            }
            outcome.set(Some(seen));
            asking.set(false);
        });
    };
    view! {
        <section aria-labelledby="api">
            <h2 id="api">"Check the API"</h2>
            <p>
                "Asks " <code>{WHOAMI}</code>
                " what reached it. The gate should have put your access token in, and kept your cookies to itself."
            </p>
            <p class="actions">
                <button type="button" class="quiet" on:click=ask aria-disabled=move || asking.get().to_string()>
                    {move || if asking.get() { "Asking…" } else { "Ask the API" }}
                </button>
            </p>
            <div aria-live="polite">
                {move || outcome.get().map(|outcome| match outcome {
                    Ok(seen) => view! { <Answer seen /> }.into_any(),
                    Err(failure) => view! { <Failed failure /> }.into_any(),
                })}
            </div>
        </section>
    }
}

async fn whoami() -> Result<Seen, Failure> {
    match client::ask(Method::Get, WHOAMI).await {
        Ok(Answer { status: 200, body }) => Seen::from_json(&body).map_err(|_| Failure::Unreadable),
        Ok(Answer { status, body }) => Err(Failure::from_answer(status, &body)),
        Err(no_answer) => Err(failure(no_answer)),
    }
}

#[component]
fn Answer(seen: Seen) -> impl IntoView {
    let request = format!("{} {}", seen.method, seen.path);
    let user = seen.username.unwrap_or_else(|| "nobody: no access token came".to_owned());
    let cookie = if seen.cookie { "came through: tell an operator" } else { "none came, as it should be" };
    view! {
        <Facts>
            <Fact name="Request"><code>{request}</code></Fact>
            <Fact name="Token of">{user}</Fact>
            <Fact name="Cookies">{cookie}</Fact>
        </Facts>
    }
}

#[component]
fn Failed(failure: Failure) -> impl IntoView {
    let signed_out = failure == Failure::SignedOut;
    view! {
        <Notice tone=Tone::Bad what_happened=failure.what_happened() what_to_do=failure.what_to_do()>
            {signed_out.then(|| view! { <SignInElsewhere /> })}
        </Notice>
    }
}
