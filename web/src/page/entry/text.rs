//! The title, the text, and what it will look like.

use crate::ui::prelude::*;
use content::wire::RevisionContent;

use super::{
    preview::Preview,
    rich::Rich,
    sheet::Sheet,
    toolbar::{Toolbar, apply, insert},
};
use crate::{
    client,
    model::Mark,
    page::{media::upload_pasted, profile::shortcuts_are_used, words::words},
    ui::{Button, fresh_id},
};

const VIEW: &str = "parapet.view";
const EDITOR: &str = "parapet.editor";
/// What is kept under that name by who prefers it.
const MARKDOWN: &str = "markdown";

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
    let rich = RwSignal::new(client::kept(EDITOR).as_deref() != Some(MARKDOWN));
    let was_rich = memo_with_last(move |was: Option<&bool>| rich.get() || was.copied().unwrap_or_default());
    let shown = RwSignal::new(match client::kept(VIEW).as_deref() {
        Some("text") => Shown::Text,
        Some("preview") => Shown::Preview,
        // Rich text looks like its preview.
        None if client::is_narrow() || rich.get_untracked() => Shown::Text,
        _ => Shown::Both,
    });
    let count = RwSignal::new(String::new());
    let switch = move || {
        rich.update(|rich| *rich = !*rich);
        if rich.get_untracked() {
            client::forget(EDITOR);
        } else {
            client::keep(EDITOR, MARKDOWN);
        }
    };
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
    // It wraps like a paragraph and is one line all the same, however it came in.
    let edit_title = move |event| {
        let title = event_target_value(&event).replace(['\r', '\n'], " ");
        sheet.draft.update(|draft| draft.content.title = title);
    };
    let one_line = |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
        }
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
                <div class="title" data-text=title>
                    <textarea id="title" rows="1" placeholder=words.title prop:value=title on:input=edit_title
                        on:keydown=one_line readonly=derive(move || !sheet.writable.get())
                        autocomplete="off"></textarea>
                </div>
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
                        on_press=move |()| switch()
                    />
                </div>
                {live(move || (was_rich.get() && sheet.writable.get()).then(|| view! { <Rich rich /> }))}
                {live(move || (!rich.get() || !sheet.writable.get()).then(|| view! { <Markdown field /> }))}
            </div>
            <Preview shown=derive(move || shown.get() != Shown::Text) count />
        </div>
    }
}

pub(super) fn body(content: &RevisionContent) -> String {
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
    effect(move || {
        if let Some(field) = field.get() {
            // Without the editor's part it is a field like any other.
            spawn_local(async move { drop(client::RichEditor::serve_field(&field).await) });
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
    let uploaded = Callback::new(move |id: String| {
        if let Some(field) = field.get_untracked() {
            insert(&field, &format!("![](media:{id})\n"));
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
    // Setting it, even to what it is, has the browser style every line of the field anew.
    let language = memo(move || sheet.draft.with(|draft| draft.content.language.clone()));
    view! {
        {live(move || sheet.writable.get().then(|| view! { <Toolbar field /> }))}
        <label class="unseen" for="text">{words.text}</label>
        <textarea id="text" node_ref=field on:input=edit on:keydown=keys on:paste=paste on:drop=drop
            readonly=derive(move || !sheet.writable.get()) spellcheck="true"
            lang=language></textarea>
    }
}
