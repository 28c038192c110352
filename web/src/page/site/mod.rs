//! The site's own settings, its navigation, and its sections.

mod navigation;
mod sections;

use crate::ui::prelude::*;
use content::{permission::Permission, wire::Site};

use self::{navigation::Navigation, sections::Sections};
use super::{
    api::{API, Loading, call, sending},
    desk::desk,
    shell::Failed,
    words::words,
};
use crate::{
    model::Failure,
    ui::{Bones, Notice, TextField, Tone},
};

#[component]
pub(super) fn SitePage() -> impl IntoView {
    let (desk, words) = (desk(), words());
    document().set_title(&format!("{} · Parapet", words.site));
    if let Some(refusal) = desk.refusal(Permission::SiteEdit) {
        return view! { <div class="alone"><h1>{words.forbidden_title}</h1><p>{refusal}</p></div> };
    }
    let loading = Loading::of(desk.visit, || format!("{API}/site"));
    let (site, failure) = (loading.value::<Site>(), loading.failure());
    let open = memo(move || site.with(Option::is_some));
    let shown = move || match (open.get(), failure.get()) {
        (true, _) => match site.get_untracked() {
            Some(site) => view! { <Settings site /> },
            None => View::none(),
        },
        (false, Some(failure)) => {
            view! { <Failed failure again=Callback::new(move |()| loading.again()) /> }
        }
        (false, None) => view! { <Bones label=words.loading /> },
    };
    view! {
        <div class="head"><h1>{words.site}</h1></div>
        <div class="column">
            <Sections />
            {live(shown)}
        </div>
    }
}

#[component]
fn Settings(site: Site) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let links = RwSignal::new(site.navigation.clone());
    let site = RwSignal::new(site);
    let failure = RwSignal::new(None::<Failure>);
    let value = move |read: fn(&Site) -> &String| derive(move || site.with(|site| read(site).clone()));
    let change = move |write: fn(&mut Site) -> &mut String| {
        Callback::new(move |text: String| site.update(|site| *write(site) = text))
    };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let mut changed = site.get_untracked();
        changed.navigation = links.get_untracked();
        spawn_local(async move {
            let path = format!("{API}/site");
            let mut request = sending("PUT", &path, &changed);
            request.version = Some(changed.version);
            match call::<Site>(desk.visit, request).await {
                Ok(saved) => {
                    failure.set(None);
                    links.set(saved.navigation.clone());
                    site.set(saved);
                    desk.tell(words.saved);
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    view! {
        <form on:submit=save>
            <section>
                <h2>{words.settings}</h2>
                <TextField label=words.site_title value=value(|site| &site.title)
                    on_input=change(|site| &mut site.title) />
                <TextField label=words.tagline value=value(|site| &site.tagline)
                    on_input=change(|site| &mut site.tagline) />
                <TextField label=words.text_language value=value(|site| &site.language)
                    on_input=change(|site| &mut site.language) />
                <TextField label=words.accent kind="color" value=value(|site| &site.accent)
                    on_input=change(|site| &mut site.accent) />
                <TextField label=words.footer rows=3 value=value(|site| &site.footer)
                    on_input=change(|site| &mut site.footer) />
            </section>
            <Navigation links />
            {live(move || failure.get().map(|failure| view! {
                <Notice tone=Tone::Bad what_happened=failure.what_happened(words)
                    what_to_do=failure.what_to_do(words).to_owned() />
            }))}
            <div class="actions"><button>{words.save}</button></div>
        </form>
    }
}
