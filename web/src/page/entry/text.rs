//! The title, the text, and what it will look like.

use crate::ui::prelude::*;
use content::wire::RevisionContent;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;

use super::{
    pick::{Kind, Pick},
    preview::Preview,
    sheet::Sheet,
    toolbar::{Toolbar, apply, insert},
};
use crate::{
    client::{self, RichEditor, Settings},
    model::Mark,
    page::{media::upload_pasted, profile::shortcuts_are_used, words::words},
    ui::{Button, fresh_id},
};

const VIEW: &str = "parapet.view";

/// What is shown of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Text,
    Both,
    Preview,
}

#[component]
pub(super) fn Text() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let shown = RwSignal::new(match client::kept(VIEW).as_deref() {
        Some("text") => Shown::Text,
        Some("preview") => Shown::Preview,
        None if client::is_narrow() => Shown::Text,
        _ => Shown::Both,
    });
    let rich = RwSignal::new(false);
    let count = RwSignal::new(String::new());
    let show = move |now: Shown| {
        shown.set(now);
        client::keep(
            VIEW,
            match now {
                Shown::Text => "text",
                Shown::Both => "both",
                Shown::Preview => "preview",
            },
        );
    };
    let name = fresh_id("view");
    let views = [(Shown::Text, words.write), (Shown::Both, words.both), (Shown::Preview, words.preview)];
    let field = NodeRef::<web_sys::HtmlTextAreaElement>::new();
    let title = memo(move || sheet.draft.with(|draft| draft.content.title.clone()));
    let edit_title = move |event| {
        let title = event_target_value(&event);
        sheet.draft.update(|draft| draft.content.title = title);
    };
    let in_view = derive(move || match shown.get() {
        Shown::Text => "sheet only-text",
        Shown::Both => "sheet",
        Shown::Preview => "sheet only-preview",
    });
    view! {
        <div class=in_view>
            <div class="text">
                <label class="unseen" for="title">{words.title}</label>
                <input id="title" placeholder=words.title prop:value=title on:input=edit_title
                    readonly=derive(move || !sheet.writable.get()) autocomplete="off" />
                <div class="tools">
                    <div class="switch" role="group" aria-label=words.preview>
                        {views.into_iter().map(|(this, text)| view! {
                            <label>
                                <input type="radio" name=name.clone() prop:checked=derive(move || shown.get() == this)
                                    on:change=move |_| show(this) />
                                <span>{text}</span>
                            </label>
                        }).collect_view()}
                    </div>
                    <p class="aside count">{count}</p>
                    <Button
                        class="quiet small"
                        label=derive(move || {
                            if rich.get() { words.markdown.to_owned() } else { words.rich_text.to_owned() }
                        })
                        on_press=move |()| rich.update(|rich| *rich = !*rich)
                    />
                </div>
                {live(move || if rich.get() {
                    view! { <Rich rich /> }
                } else {
                    view! { <Markdown field /> }
                })}
            </div>
            <Preview shown=derive(move || shown.get() != Shown::Text) count />
        </div>
    }
}

fn body(content: &RevisionContent) -> String {
    content.body.clone()
}

#[component]
fn Markdown(field: NodeRef<web_sys::HtmlTextAreaElement>) -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let edit = move |event| {
        let text = event_target_value(&event);
        sheet.draft.update(|draft| draft.content.body = text);
    };
    // The field keeps its own text while somebody types: setting it would move the cursor and forget what Undo knows.
    effect(move || {
        sheet.replaced.track();
        if let Some(field) = field.get() {
            let text = sheet.draft.with_untracked(|draft| body(&draft.content));
            if field.value() != text {
                field.set_value(&text);
            }
        }
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        if !(event.meta_key() || event.ctrl_key()) || event.alt_key() || !shortcuts_are_used() {
            return;
        }
        let mark = match (event.key().as_str(), event.shift_key()) {
            ("b", false) => Mark::Bold,
            ("i", false) => Mark::Italic,
            ("k", true) | ("K", true) => Mark::Link,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        apply(field, mark);
    };
    let uploaded = Callback::new(move |markdown: String| {
        if let Some(field) = field.get_untracked() {
            insert(&field, &markdown);
        }
    });
    let section = move || sheet.draft.with_untracked(|draft| draft.content.section.clone());
    let paste = move |event: web_sys::ClipboardEvent| {
        if let Some(files) = event.clipboard_data().and_then(|data| data.files())
            && files.length() > 0
        {
            event.prevent_default();
            upload_pasted(sheet.desk, &files, section(), uploaded);
        }
    };
    let drop = move |event: web_sys::DragEvent| {
        if let Some(files) = event.data_transfer().and_then(|data| data.files())
            && files.length() > 0
        {
            event.prevent_default();
            upload_pasted(sheet.desk, &files, section(), uploaded);
        }
    };
    view! {
        {live(move || sheet.writable.get().then(|| view! { <Toolbar field /> }))}
        <label class="unseen" for="text">{words.text}</label>
        <textarea id="text" node_ref=field on:input=edit on:keydown=keys on:paste=paste on:drop=drop
            readonly=derive(move || !sheet.writable.get()) spellcheck="true"
            lang=derive(move || sheet.draft.with(|draft| draft.content.language.clone()))></textarea>
    }
}

/// The rich editor in the place of the field. Where it does not arrive, the field comes back.
#[component]
fn Rich(rich: RwSignal<bool>) -> impl IntoView {
    let (sheet, pick) = (expect_context::<Sheet>(), expect_context::<Pick>());
    let place = NodeRef::<web_sys::HtmlDivElement>::new();
    let editor = StoredValue::new(None::<RichEditor>);
    let typed = StoredValue::new(String::new());
    effect(move || {
        let Some(place) = place.get() else { return };
        let markdown = sheet.draft.with_untracked(|draft| body(&draft.content));
        let settings = Settings {
            markdown,
            on_change: Box::new(move |markdown| {
                typed.set_value(markdown.clone());
                sheet.draft.update(|draft| draft.content.body = markdown);
            }),
            pick_link: Box::new(move || picked(pick, Kind::Entry)),
            pick_media: Box::new(move || picked(pick, Kind::Media)),
            labels: labels(),
        };
        spawn_local(async move {
            match RichEditor::mount(&place, settings).await {
                Ok(mounted) => {
                    mounted.focus();
                    editor.try_set_value(Some(mounted));
                }
                Err(_) => {
                    sheet.desk.tell(words().server_not_reached);
                    rich.set(false);
                }
            }
        });
    });
    watch(
        move || sheet.replaced.get(),
        move |_| {
            let text = sheet.draft.with_untracked(|draft| body(&draft.content));
            editor.with_value(|editor| {
                if let Some(editor) = editor {
                    editor.set_markdown(&text);
                }
            });
        },
    );
    on_cleanup(move || drop(editor.try_update_value(Option::take)));
    view! { <div id="rich" class="rich prose" node_ref=place></div> }
}

/// What the rich editor's controls are called.
fn labels() -> &'static [(&'static str, &'static str)] {
    let words = words();
    // One list for each language, made once.
    static ENGLISH: std::sync::OnceLock<Vec<(&str, &str)>> = std::sync::OnceLock::new();
    static GERMAN: std::sync::OnceLock<Vec<(&str, &str)>> = std::sync::OnceLock::new();
    let list = if words.language == "de" { &GERMAN } else { &ENGLISH };
    list.get_or_init(|| {
        vec![
            ("text", words.text),
            ("formatting", words.formatting),
            ("bold", words.bold),
            ("italic", words.italic),
            ("code", words.code),
            ("link", words.link),
            ("heading", words.heading),
            ("quote", words.quote),
            ("list", words.list),
            ("numbered", words.numbered),
            ("task", words.task),
            ("table", words.table),
            ("picture", words.picture),
            ("linkEntry", words.link_entry),
        ]
    })
}

/// A promise of what a person chooses.
fn picked(pick: Pick, kind: Kind) -> Promise {
    Promise::new(&mut move |resolve: Function, _| {
        let resolve = StoredValue::new(resolve);
        pick.ask(
            kind,
            Callback::new(move |choice: Option<super::pick::Choice>| {
                let answer = choice.map_or(JsValue::NULL, |choice| {
                    let answer = Object::new();
                    let names = if kind == Kind::Media { ("src", "alt") } else { ("href", "text") };
                    let _ = Reflect::set(&answer, &names.0.into(), &choice.reference().into());
                    let _ = Reflect::set(&answer, &names.1.into(), &choice.text.clone().into());
                    answer.into()
                });
                resolve.with_value(|resolve| drop(resolve.call1(&JsValue::NULL, &answer)));
            }),
        );
    })
}
