//! A modal question in the browser's own dialog: it keeps the focus inside, and gives it back afterwards.

use std::sync::atomic::{AtomicU32, Ordering};

use super::prelude::*;

/// Ids of what belongs together on a page.
pub(crate) fn fresh_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Shows its content while `open`. When the user closes it, `on_cancel` is told, which is to take back `open`.
#[component]
pub(crate) fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] on_cancel: Callback<()>,
    #[prop(optional)] wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<web_sys::HtmlDialogElement>::new();
    let id = fresh_id("dialog");
    let labelled_by = id.clone();
    let children = StoredValue::new(children);
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        if !open.get() {
            dialog.close();
        } else if !dialog.open() {
            // It fails only for a dialog outside of the document, which has nobody in front of it.
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog
            node_ref=dialog
            class:wide=wide
            aria-labelledby=labelled_by
            on:close=move |_| {
                if open.get_untracked() {
                    on_cancel.run(());
                }
            }
        >
            <h2 id=id>{title}</h2>
            {live(move || open.get().then(|| children.with_value(|children| children())))}
        </dialog>
    }
}
