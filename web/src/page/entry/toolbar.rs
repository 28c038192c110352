//! The toolbar above the markdown: what its buttons do goes through the browser's own undo.

use crate::ui::prelude::*;
use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use super::pick::{Kind, Pick};
use crate::{model::Mark, page::words::words};

type Field = NodeRef<web_sys::HtmlTextAreaElement>;

#[component]
pub(super) fn Toolbar(field: Field) -> impl IntoView {
    let (words, pick) = (words(), expect_context::<Pick>());
    let marks = [
        (Mark::Bold, words.bold, "B"),
        (Mark::Italic, words.italic, "I"),
        (Mark::Heading, words.heading, "H"),
        (Mark::Link, words.link, "[ ]"),
        (Mark::Quote, words.quote, "”"),
        (Mark::List, words.list, "•"),
        (Mark::Numbered, words.numbered, "1."),
        (Mark::Task, words.task, "☐"),
        (Mark::Code, words.code, "<>"),
        (Mark::Table, words.table, "▦"),
    ];
    let pick_into = move |kind: Kind| {
        pick.ask(
            kind,
            Callback::new(move |choice: Option<super::pick::Choice>| {
                if let (Some(choice), Some(field)) = (choice, field.get_untracked()) {
                    let selected = selection(&field);
                    insert(&field, &choice.as_markdown(&selected));
                }
            }),
        );
    };
    view! {
        <div class="toolbar" role="toolbar" aria-label=words.formatting on:keydown=move_focus>
            {marks.into_iter().enumerate().map(|(number, (mark, name, sign))| view! {
                <button type="button" class="tool" title=name aria-label=name data-sign=sign
                    tabindex=if number == 0 { "0" } else { "-1" }
                    on:click=move |_| apply(field, mark)></button>
            }).collect_view()}
            <button type="button" class="tool" tabindex="-1" on:click=move |_| pick_into(Kind::Entry)>
                {words.link_entry}
            </button>
            <button type="button" class="tool" tabindex="-1" on:click=move |_| pick_into(Kind::Media)>
                {words.picture}
            </button>
        </div>
    }
}

/// One stop for Tab; the arrows move within (ARIA Authoring Practices, toolbar).
fn move_focus(event: web_sys::KeyboardEvent) {
    let key = event.key();
    let step = match key.as_str() {
        "ArrowRight" => 1,
        "ArrowLeft" => -1,
        "Home" | "End" => 0,
        _ => return,
    };
    let Some(bar) = event.current_target().and_then(|bar| bar.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let children = bar.children();
    let length = i64::from(children.length());
    let here = (0..children.length()).find(|number| children.item(*number) == document().active_element());
    let next = match key.as_str() {
        "Home" => 0,
        "End" => length - 1,
        _ => (i64::from(here.unwrap_or_default()) + step).rem_euclid(length.max(1)),
    };
    let next = u32::try_from(next).ok().and_then(|next| children.item(next));
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        for number in 0..children.length() {
            if let Some(child) = children.item(number) {
                let _ = child.set_attribute("tabindex", "-1");
            }
        }
        let _ = next.set_attribute("tabindex", "0");
        let _ = next.focus();
        event.prevent_default();
    }
}

/// Applies a mark to what is selected.
pub(super) fn apply(field: Field, mark: Mark) {
    let Some(field) = field.get_untracked() else { return };
    let (mut start, mut end) = ends(&field);
    let text = JsString::from(field.value());
    if mark.takes_lines() {
        let before = text.last_index_of("\n", i32::try_from(start).unwrap_or_default() - 1);
        start = if start == 0 { 0 } else { u32::try_from(before + 1).unwrap_or_default() };
        let after = text.index_of("\n", i32::try_from(end).unwrap_or_default());
        end = u32::try_from(after).unwrap_or_else(|_| text.length());
        select(&field, start, end);
    }
    let replacement = mark.applied(&String::from(text.slice(start, end)));
    insert(&field, &replacement.text);
    select(&field, start + replacement.start, start + replacement.end);
}

/// What is selected.
fn selection(field: &HtmlTextAreaElement) -> String {
    let (start, end) = ends(field);
    JsString::from(field.value()).slice(start, end).into()
}

fn ends(field: &HtmlTextAreaElement) -> (u32, u32) {
    let end = |end: Result<Option<u32>, _>| end.ok().flatten().unwrap_or_default();
    (end(field.selection_start()), end(field.selection_end()))
}

fn select(field: &HtmlTextAreaElement, start: u32, end: u32) {
    let _ = field.set_selection_range(start, end);
}

/// Puts a text in the place of the selection, as typing would, so that Undo takes it back.
pub(super) fn insert(field: &HtmlTextAreaElement, text: &str) {
    let _ = field.focus();
    let typed = document()
        .dyn_into::<HtmlDocument>()
        .ok()
        .and_then(|document| document.exec_command_with_show_ui_and_value("insertText", false, text).ok());
    if typed != Some(true) {
        let (start, end) = ends(field);
        let _ = field.set_range_text_with_start_and_end(text, start, end);
        // The browser tells of typing only.
        if let Ok(event) = web_sys::Event::new("input") {
            let _ = field.dispatch_event(&event);
        }
    }
}
