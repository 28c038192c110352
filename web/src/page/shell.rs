//! The frame around every page. It stays open, with all that was typed, when the session ends.

use crate::ui::prelude::*;
use content::{
    permission::{Permission, Role, RoleGroups},
    wire::{List, Me, Section},
};
use wasm_bindgen::JsCast;

use super::{
    activity::ActivityPage,
    api::{API, Loading},
    desk::{Desk, desk},
    entries::Entries,
    entry::EntryPage,
    history::History,
    media::MediaPage,
    no_such_page::NoSuchPage,
    palette::Palette,
    profile::{Profile, shortcuts_are_used},
    shortcuts::Shortcuts,
    site::SitePage,
    visit::Visit,
    words::words,
};
use crate::{
    client,
    model::{Failure, Remaining, Route, Stage, Standing, fill},
    ui::{Notice, Tone},
};

/// Finds out who is here, and opens the desk for them.
#[component]
pub(super) fn Opening(route: Route) -> impl IntoView {
    let visit = Visit::begin();
    let route = RwSignal::new(route);
    let me = Loading::of(visit, || format!("{API}/me"));
    let person = me.value::<Me>();
    let missing = me.failure();
    let stage = memo(move || match visit.standing.with(Standing::stage) {
        Stage::Desk if person.with(Option::is_some) => Stage::Desk,
        Stage::Desk => missing.get().map_or(Stage::Waiting, Stage::Failed),
        other => other,
    });
    // Changing the language builds everything anew.
    let language = RwSignal::new(0_u32);
    live(move || {
        language.track();
        match stage.get() {
            // The entry document's own skeleton shows while the app's place is empty.
            Stage::Waiting => View::none(),
            Stage::Desk => match person.get_untracked() {
                Some(me) => view! { <Shell visit me route language /> },
                None => View::none(),
            },
            Stage::SignedOut => view! { <WayIn route /> },
            Stage::Failed(failure) => {
                let again = move || {
                    visit.start_over();
                    me.again();
                };
                view! { <Trouble failure again=Callback::new(move |()| again()) /> }
            }
        }
    })
}

#[component]
fn Shell(visit: Visit, me: Me, route: RwSignal<Route>, language: RwSignal<u32>) -> impl IntoView {
    let words = words();
    let loading = Loading::of(visit, || format!("{API}/sections"));
    let list = loading.value::<List<Section>>();
    let sections = memo(move || list.get().map(|list| list.items).unwrap_or_default());
    let reader = me.role == Role::Reader.name();
    let desk = Desk::new(visit, me, route, sections, Callback::new(move |()| loading.again()));
    provide_context(desk);
    let (palette, shortcuts) = (RwSignal::new(false), RwSignal::new(false));
    listen(desk, palette, shortcuts);
    let page = move || match route.get() {
        _ if reader => view! { <ForReaders /> },
        Route::Entries(_) => view! { <Entries /> },
        Route::Entry(id) => view! { <EntryPage id /> },
        Route::History(id, _) => view! { <History id /> },
        Route::Media(_) => view! { <MediaPage /> },
        Route::Activity(_) => view! { <ActivityPage /> },
        Route::Site => view! { <SitePage /> },
        Route::Profile => view! { <Profile language /> },
        Route::SignedIn | Route::Unknown => view! { <NoSuchPage /> },
    };
    // A change of a list's query is no other page.
    let place = memo(move || match route.get() {
        Route::Entries(_) => Route::home(),
        Route::History(id, _) => Route::History(id, crate::model::Query::default()),
        Route::Media(_) => Route::Media(crate::model::Query::default()),
        Route::Activity(_) => Route::Activity(crate::model::Query::default()),
        other => other,
    });
    view! {
        <a class="skip" href="#content">{words.skip}</a>
        <Bar palette />
        <Interruptions />
        <main id="content" tabindex="-1">
            {live(move || {
                // A memo that is not read never learns of a change.
                place.get();
                untrack(page)
            })}
        </main>
        <p id="message" role="status">{desk.message}</p>
        <Palette open=palette shortcuts />
        <Shortcuts open=shortcuts />
    }
}

/// What the whole window listens for: links into the app, Back and Forward, and two shortcuts.
fn listen(desk: Desk, palette: RwSignal<bool>, shortcuts: RwSignal<bool>) {
    on_window("click", move |event: web_sys::MouseEvent| {
        let plain = event.button() == 0
            && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key())
            && !event.default_prevented();
        let link = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = link.and_then(|element| element.closest("a[href^='/admin/']").ok().flatten());
        let Some(link) = link.filter(|link| plain && !link.has_attribute("target")) else { return };
        let href = link.get_attribute("href").unwrap_or_default();
        let (path, search) = href.split_once('?').unwrap_or((&href, ""));
        event.prevent_default();
        desk.go(Route::of(path, search));
    });
    on_window("popstate", move |_: web_sys::Event| desk.follow_address());
    on_window("keydown", move |event: web_sys::KeyboardEvent| {
        if !shortcuts_are_used() {
            return;
        }
        let modified = event.meta_key() || event.ctrl_key();
        match event.key().as_str() {
            "k" | "K" if modified && !event.shift_key() && !event.alt_key() => {
                event.prevent_default();
                palette.set(true);
            }
            "?" if !modified && !client::is_typing() => shortcuts.set(true),
            _ => {}
        }
    });
}

#[component]
fn Bar(palette: RwSignal<bool>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let link = move |route: Route, text: &'static str| {
        let address = route.address();
        let here = memo(move || {
            desk.route.with(|now| {
                std::mem::discriminant(now) == std::mem::discriminant(&route)
                    || (matches!(now, Route::Entry(_) | Route::History(..))
                        && matches!(route, Route::Entries(_)))
            })
        });
        view! { <a href=address aria-current=derive(move || here.get().then_some("page"))>{text}</a> }
    };
    let query = crate::model::Query::default;
    let writes = desk.may(Permission::EntriesRead);
    let leave = move |_| desk.visit.forget();
    view! {
        <header class="bar">
            <a class="brand" href=Route::home().address()>"Parapet"</a>
            <nav aria-label=words.main_navigation>
                {writes.then(|| link(Route::home(), words.entries))}
                {writes.then(|| link(Route::Media(query()), words.media))}
                {desk.may(Permission::ActivityRead).then(|| link(Route::Activity(query()), words.activity))}
                {desk.may(Permission::SiteEdit).then(|| link(Route::Site, words.site))}
                {link(Route::Profile, words.profile)}
            </nav>
            <button type="button" class="quiet go" on:click=move |_| palette.set(true)>
                {words.go_anywhere}
                <kbd>{if client::is_apple() { "⌘K" } else { "Ctrl K" }}</kbd>
            </button>
            <a class="away" href="/">{words.read_site}</a>
            <a class="away" href="/auth/sign-out" on:click=leave>{words.sign_out}</a>
        </header>
    }
}

/// What stands in the way of saving, told on every page.
#[component]
fn Interruptions() -> impl IntoView {
    let (desk, words) = (desk(), words());
    let ended = memo(move || desk.visit.standing.with(|standing| matches!(standing, Standing::Ended(_))));
    let left = memo(move || {
        let end = desk.visit.standing.with(|standing| standing.session().map(|session| session.expires_at));
        Remaining::between(desk.visit.now.get(), end.unwrap_or_default())
    });
    let milestone = memo_with_last(move |last: Option<&(Remaining, String)>| {
        let now = left.get();
        let before = last.map_or(now, |(before, _)| *before);
        let text = match now.milestone_since(before) {
            Some(milestone) => fill(words.session_ends_in, &[&milestone.minutes()]),
            None if now > before => String::new(),
            None => last.map(|(_, text)| text.clone()).unwrap_or_default(),
        };
        (now, text)
    });
    view! {
        <p class="unseen" role="status">{live(move || milestone.get().1)}</p>
        <div class="interruptions">
            {live(move || (!desk.visit.online.get()).then(|| view! {
                <Notice tone=Tone::Bad what_happened=words.offline_title what_to_do=words.offline_text />
            }))}
            {live(move || ended.get().then(|| view! {
                <Notice tone=Tone::Bad what_happened=words.session_over what_to_do=words.session_ended_note>
                    <SignInElsewhere />
                </Notice>
            }))}
        </div>
    }
}

/// A way to sign in without leaving the page. The window knows nothing of this one (`noopener`): it leads through
/// the hosted UI and perhaps through other identity providers.
#[component]
pub(super) fn SignInElsewhere() -> impl IntoView {
    let words = words();
    view! {
        <a class="button" href=Route::SignedIn.sign_in() target="_blank" rel="noopener">
            {words.sign_in}
            <span class="unseen">" " {words.new_window}</span>
        </a>
    }
}

#[component]
fn WayIn(route: RwSignal<Route>) -> impl IntoView {
    let words = words();
    view! {
        <main id="content" tabindex="-1" class="alone">
            <h1>{words.signed_out_title}</h1>
            <p>{words.signed_out_text}</p>
            <p class="actions">
                <a class="button" href=route.with_untracked(Route::sign_in)>{words.sign_in}</a>
                <a class="button quiet" href="/">{words.read_site}</a>
            </p>
        </main>
    }
}

#[component]
fn ForReaders() -> impl IntoView {
    let words = words();
    let groups = RoleGroups::default();
    let holders = groups.holders(Permission::EntriesRead).join(", ");
    view! {
        <div class="alone">
            <h1>{words.forbidden_title}</h1>
            <p>{fill(words.reader_text, &[&holders])}</p>
            <p class="actions"><a class="button" href="/">{words.read_site}</a></p>
        </div>
    }
}

#[component]
fn Trouble(failure: Failure, again: Callback<()>) -> impl IntoView {
    let words = words();
    view! {
        <main id="content" tabindex="-1" class="alone">
            <h1>{words.not_opened}</h1>
            <Failed failure again />
        </main>
    }
}

/// A failure with another try.
#[component]
pub(super) fn Failed(failure: Failure, again: Callback<()>) -> impl IntoView {
    let words = words();
    let signed_out = failure == Failure::SignedOut;
    view! {
        <Notice tone=Tone::Bad what_happened=failure.what_happened(words) what_to_do=failure.what_to_do(words)>
            {if signed_out {
                view! { <SignInElsewhere /> }
            } else {
                view! { <button type="button" on:click=move |_| again.run(())>{words.try_again}</button> }
            }}
        </Notice>
    }
}
