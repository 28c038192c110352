//! A button that can say why it cannot be pressed.

use super::prelude::*;

/// A button. While `refusal` has a text, it is not pressed and says why: a disabled button would tell nobody.
#[component]
pub(crate) fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_press: Callback<()>,
    #[prop(optional, into)] class: &'static str,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] refusal: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            aria-label=name
            aria-disabled=derive(move || refusal.with(|refusal| refusal.is_some().then_some("true")))
            title=refusal
            on:click=move |_| {
                if refusal.with_untracked(Option::is_none) {
                    on_press.run(());
                }
            }
        >
            {label}
        </button>
    }
}
