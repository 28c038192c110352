//! Who is signed in, for how long, and how the app looks to them.

use crate::ui::prelude::*;
use content::wire::{ChangedMe, Me};

use super::{
    api::{API, call, sending},
    desk::desk,
    words::{choose, time, words},
};
use crate::{
    client,
    model::{Failure, Session},
    ui::{Choice, Fact, Facts, Notice, TextField, Toggle, Tone},
};

const THEME: &str = "parapet.theme";
const SHORTCUTS: &str = "parapet.shortcuts";

/// Looks as this browser was told.
pub(super) fn wear_theme() {
    client::set_on_root("data-theme", &client::kept(THEME).unwrap_or_default());
}

/// Whether the app listens for shortcuts (WCAG 2.2, 2.1.4: they can be switched off).
pub(super) fn shortcuts_are_used() -> bool {
    client::kept(SHORTCUTS).as_deref() != Some("off")
}

#[component]
pub(super) fn Profile(language: RwSignal<u32>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    document().set_title(&format!("{} · Parapet", words.profile));
    let greeting = desk.me.with(|me| me.greeting.clone());
    let theme = RwSignal::new(client::kept(THEME).unwrap_or_default());
    let themes: Vec<(String, String)> =
        [("", words.theme_system), ("light", words.theme_light), ("dark", words.theme_dark)]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into();
    let languages: Vec<(String, String)> =
        [("en", "English"), ("de", "Deutsch")].map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    let used = RwSignal::new(shortcuts_are_used());
    let may = desk.me.with(|me| {
        me.permissions.iter().map(|name| view! { <li><code>{name.clone()}</code></li> }).collect_view()
    });
    view! {
        <div class="head"><h1>{words.profile}</h1></div>
        <div class="column">
            {greeting.map(|greeting| view! { <p class="greeting">{greeting}</p> })}
            <section>
                <h2>{words.about_you}</h2>
                <Name />
                <Facts>
                    <Fact name=words.username>{desk.me.with(|me| me.username.clone())}</Fact>
                    <Fact name=words.email>{desk.me.with(|me| me.email.clone())}</Fact>
                    <Fact name=words.groups>{desk.me.with(|me| list(&me.groups))}</Fact>
                    <Fact name=words.role>{desk.me.with(|me| me.role.clone())}</Fact>
                    <Fact name=words.last_sign_in>
                        {desk.me.with(|me| me.last_sign_in.as_ref().map(|at| time(at.as_str())))}
                    </Fact>
                    <SessionFacts />
                </Facts>
                <p class="aside">{words.session_renews}</p>
                <details>
                    <summary>{words.your_permissions}</summary>
                    <ul>{may}</ul>
                </details>
                <div class="actions">
                    <a class="button quiet" href="/auth/sign-out" on:click=move |_| desk.visit.forget()>
                        {words.sign_out}
                    </a>
                </div>
            </section>
            <section>
                <h2>{words.appearance}</h2>
                <Choice label=words.theme value=theme options=themes on_change=move |name: String| {
                    client::keep(THEME, &name);
                    client::set_on_root("data-theme", &name);
                    theme.set(name);
                } />
                <Choice label=words.interface_language value=words.language.to_owned() options=languages
                    on_change=move |name: String| {
                        choose(&name);
                        language.update(|count| *count += 1);
                    } />
                <Toggle label=words.use_shortcuts value=used on_change=move |yes| {
                    client::keep(SHORTCUTS, if yes { "on" } else { "off" });
                    used.set(yes);
                } />
            </section>
        </div>
    }
}

fn list(groups: &[String]) -> String {
    if groups.is_empty() { words().no_groups.to_owned() } else { groups.join(", ") }
}

#[component]
fn Name() -> impl IntoView {
    let (desk, words) = (desk(), words());
    let name = RwSignal::new(desk.me.with_untracked(|me| me.name.clone()));
    let failure = RwSignal::new(None::<Failure>);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let changed = ChangedMe { name: name.get_untracked() };
        spawn_local(async move {
            match call::<Me>(desk.visit, sending("PUT", &format!("{API}/me"), &changed)).await {
                Ok(me) => {
                    failure.set(None);
                    desk.me.set(me);
                    desk.tell(words.saved);
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    view! {
        <form class="line" on:submit=save>
            <TextField label=words.your_name id="name" value=name on_input=move |text| name.set(text) />
            <button>{words.save}</button>
        </form>
        {live(move || failure.get().map(|failure| view! {
            <Notice tone=Tone::Bad what_happened=failure.what_happened(words)
                what_to_do=failure.what_to_do(words).to_owned() />
        }))}
    }
}

#[component]
fn SessionFacts() -> impl IntoView {
    let (desk, words) = (desk(), words());
    let told = move |read: fn(&Session) -> Option<i64>| {
        derive(move || {
            let at = desk.visit.standing.with(|standing| standing.session().and_then(read));
            at.map(|at| client::local_time(at, words.language))
        })
    };
    view! {
        <Fact name=words.session_since>{told(|session| session.authenticated_at)}</Fact>
        <Fact name=words.session_ends>{told(|session| Some(session.expires_at))}</Fact>
    }
}
