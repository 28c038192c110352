//! What readers will see, as it is typed: the same code as the published page's.

use std::{collections::BTreeMap, time::Duration};

use crate::ui::prelude::*;
use content::{
    markdown::{Media, Reference},
    wire::{Entry, MediaItem},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement, Node};

use super::sheet::Sheet;
use crate::{
    client::Request,
    model::{encoded, fill},
    page::{
        api::{API, call},
        media::on_a_page,
        text_engine::Engine,
        words::words,
    },
};

/// What texts refer to, as far as it was asked for.
#[derive(Clone, Default)]
struct Known {
    entries: BTreeMap<String, Option<String>>,
    media: BTreeMap<String, Option<Media>>,
}

#[component]
pub(super) fn Preview(shown: Signal<bool>, count: RwSignal<String>) -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let known = RwSignal::new(Known::default());
    let html = RwSignal::new(String::new());
    let place = NodeRef::<web_sys::HtmlDivElement>::new();
    effect(move || {
        if let Some(place) = place.get() {
            html.with(|html| show(&place, html));
        }
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let engine = expect_context::<Engine>();
    let render = move || {
        let Some(engine) = engine.get_untracked() else { return };
        let rendered = sheet.draft.with_untracked(|draft| {
            known.with_untracked(|known| engine.render(&draft.content.body, &known.entries, &known.media))
        });
        count.set(fill(words.words_minutes, &[&rendered.words, &rendered.reading_minutes]));
        if shown.get_untracked() {
            html.set(rendered.html);
            rendered.broken.into_iter().for_each(|reference| learn(sheet, known, reference));
        }
    };
    effect(move || {
        engine.track();
        known.track();
        shown.track();
        let size = sheet.draft.with(|draft| draft.content.body.len());
        // A long text is rendered when typing pauses, the longer it is, the longer: no key waits for it.
        let pause = if size < 40_000 { 0 } else { size / 160 };
        let pause = Duration::from_millis(u64::try_from(pause).unwrap_or_default());
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        timer.set_value(set_timeout_with_handle(render, pause).ok());
    });
    on_cleanup(move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    });
    let title = memo(move || sheet.draft.with(|draft| draft.content.title.clone()));
    view! {
        <section class="preview prose" aria-label=words.preview tabindex="0" hidden=derive(move || !shown.get())>
            <h1>{title}</h1>
            <div id="preview" node_ref=place></div>
        </section>
    }
}

/// Shows HTML in an element, block by block: what stays the same is neither laid out anew nor loaded again, so that a key in
/// a long text costs what its own block does.
fn show(place: &Element, html: &str) {
    let template = document().create_element("template").ok();
    let Some(template) = template.and_then(|made| made.dyn_into::<HtmlTemplateElement>().ok()) else {
        return place.set_inner_html(html);
    };
    template.set_inner_html(html);
    let fresh = template.content();
    // What is the same at the beginning, and then at the end; `stale` is the first that is not, `rest` the first after it.
    let mut stale = place.first_child();
    while let (Some(old), Some(new)) = (&stale, fresh.first_child()) {
        if !old.is_equal_node(Some(&new)) {
            break;
        }
        drop(fresh.remove_child(&new));
        stale = old.next_sibling();
    }
    let mut rest = None::<Node>;
    while let (Some(first), Some(new)) = (&stale, fresh.last_child()) {
        let old = rest.as_ref().map_or_else(|| place.last_child(), Node::previous_sibling);
        let Some(old) = old.filter(|old| old.is_equal_node(Some(&new))) else { break };
        drop(fresh.remove_child(&new));
        if *first == old {
            stale = None;
        }
        rest = Some(old);
    }
    while let Some(old) = stale.filter(|old| Some(old) != rest.as_ref()) {
        stale = old.next_sibling();
        drop(place.remove_child(&old));
    }
    drop(place.insert_before(&fresh, rest.as_ref()));
}

/// Asks once for what a text refers to.
fn learn(sheet: Sheet, known: RwSignal<Known>, reference: Reference) {
    let is_known = known.with_untracked(|known| match &reference {
        Reference::Entry(id) => known.entries.contains_key(id),
        Reference::Media(id) => known.media.contains_key(id),
    });
    if is_known {
        return;
    }
    known.update_untracked(|known| match &reference {
        Reference::Entry(id) => drop(known.entries.insert(id.clone(), None)),
        Reference::Media(id) => drop(known.media.insert(id.clone(), None)),
    });
    spawn_local(async move {
        let visit = sheet.desk.visit;
        match reference {
            Reference::Entry(id) => {
                let path = format!("{API}/entries/{}", encoded(&id));
                if let Ok(entry) = call::<Entry>(visit, Request::get(&path)).await {
                    known.try_update(|known| known.entries.insert(id, Some(entry.summary.path)));
                }
            }
            Reference::Media(id) => {
                let path = format!("{API}/media/{}", encoded(&id));
                if let Ok(item) = call::<MediaItem>(visit, Request::get(&path)).await {
                    known.try_update(|known| known.media.insert(id, on_a_page(item)));
                }
            }
        }
    });
}
