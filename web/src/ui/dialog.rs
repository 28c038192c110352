//! A modal question in the browser's own dialog: it keeps the focus inside, and gives it back afterwards.

use leptos::{html, prelude::*};

/// Shows its content while `open`. When the user closes it, `on_cancel` is told, which is to take back `open`.
#[component]
pub(crate) fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] title: Signal<String>,
    on_cancel: impl Fn() + 'static,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
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
            aria-labelledby="dialog-title"
            on:close=move |_| {
                if open.get_untracked() {
                    on_cancel();
                }
            }
        >
            <h2 id="dialog-title">{title}</h2>
            {children()}
        </dialog>
    }
}
