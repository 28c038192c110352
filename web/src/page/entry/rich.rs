//! The rich editor in the place of the field.

use crate::ui::prelude::*;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::FileList;

use super::{
    pick::{Kind, Pick},
    sheet::Sheet,
    text::body,
};
use crate::{
    client::{RichEditor, Settings},
    page::{media::upload_pasted, words::words},
};

/// The rich editor, while `rich` in the place of the field. It stays behind the field, so that what was done in it can
/// still be undone. Where it does not arrive, the field comes back.
#[component]
pub(super) fn Rich(rich: RwSignal<bool>) -> impl IntoView {
    let (sheet, pick) = (expect_context::<Sheet>(), expect_context::<Pick>());
    let place = NodeRef::<web_sys::HtmlDivElement>::new();
    let editor = StoredValue::new(None::<RichEditor>);
    let is_fetched = StoredValue::new(false);
    let markdown = move || sheet.draft.with_untracked(|draft| body(&draft.content));
    let show = move |editor: &Option<RichEditor>| {
        if let Some(editor) = editor {
            editor.take_markdown(&markdown());
            editor.focus();
        }
    };
    effect(move || {
        let (true, Some(place)) = (rich.get(), place.get()) else { return };
        if is_fetched.get_value() {
            return editor.with_value(show);
        }
        is_fetched.set_value(true);
        let settings = Settings {
            markdown: markdown(),
            on_change: Box::new(move |markdown| sheet.draft.update(|draft| draft.content.body = markdown)),
            pick_link: Box::new(move || picked(pick, Kind::Entry)),
            pick_media: Box::new(move || picked(pick, Kind::Media)),
            labels: labels(),
        };
        spawn_local(async move {
            match RichEditor::mount(&place, settings).await {
                Ok(mounted) => {
                    editor.try_set_value(Some(mounted));
                    // Somebody may have gone on in the field while it was fetched.
                    if rich.try_with_untracked(|rich| *rich) == Some(true) {
                        editor.with_value(show);
                    }
                }
                Err(_) => {
                    sheet.desk.tell(words().server_not_reached);
                    is_fetched.try_set_value(false);
                    rich.try_set(false);
                }
            }
        });
    });
    watch(
        move || sheet.replaced.get(),
        move |_| {
            editor.with_value(|editor| {
                if let Some(editor) = editor {
                    editor.set_markdown(&markdown());
                }
            });
        },
    );
    // The editor keeps the place of what it hands over, until it is told what stands there.
    on_window("parapet:files", move |event: web_sys::Event| {
        let detail = Reflect::get(&event, &"detail".into()).unwrap_or_default();
        let of = |name: &str| Reflect::get(&detail, &name.into()).ok();
        let files = of("files").and_then(|files| files.dyn_into::<FileList>().ok());
        let insert = of("insert").and_then(|insert| insert.dyn_into::<Function>().ok());
        if let (Some(files), Some(insert)) = (files, insert) {
            let section = sheet.draft.with_untracked(|draft| draft.content.section.clone());
            let done = Callback::new(move |id: String| {
                // An editor that is gone has no place for it.
                drop(insert.call1(&JsValue::NULL, &format!("media:{id}").into()));
            });
            upload_pasted(sheet.desk, &files, section, done);
        }
    });
    on_cleanup(move || drop(editor.try_update_value(Option::take)));
    view! { <div id="rich" class="rich prose" hidden=derive(move || !rich.get()) node_ref=place></div> }
}

/// What the editor's controls are called.
fn labels() -> Vec<(&'static str, &'static str)> {
    let words = words();
    vec![
        ("text", words.text),
        ("formatting", words.formatting),
        ("bold", words.bold),
        ("italic", words.italic),
        ("strike", words.strike),
        ("code", words.code),
        ("link", words.link),
        ("heading", words.heading),
        ("paragraph", words.paragraph),
        ("quote", words.quote),
        ("list", words.list),
        ("numbered", words.numbered),
        ("task", words.task),
        ("codeBlock", words.code_block),
        ("rule", words.rule),
        ("footnote", words.footnote),
        ("table", words.table),
        ("picture", words.picture),
        ("linkEntry", words.link_entry),
        ("undo", words.undo),
        ("redo", words.redo),
        ("done", words.done),
        ("markdown", words.markdown),
        ("language", words.language_of_code),
        ("alt", words.alt),
        ("address", words.address),
        ("apply", words.apply),
        ("remove", words.remove),
        ("insert", words.insert),
        ("rowBefore", words.row_before),
        ("rowAfter", words.row_after),
        ("columnBefore", words.column_before),
        ("columnAfter", words.column_after),
        ("deleteRow", words.delete_row),
        ("deleteColumn", words.delete_column),
        ("deleteTable", words.delete_table),
    ]
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
