//! Labelled controls.

use super::prelude::*;

use super::dialog::fresh_id;

/// A line or several lines of text.
#[component]
pub(crate) fn TextField(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] kind: Option<&'static str>,
    #[prop(optional, into)] id: Option<&'static str>,
    #[prop(optional, into)] list: Option<&'static str>,
    #[prop(optional, into)] read_only: Signal<bool>,
    #[prop(optional)] rows: u32,
) -> impl IntoView {
    let id = id.map_or_else(|| fresh_id("field"), ToOwned::to_owned);
    let help_id = format!("{id}-help");
    let described_by = help.is_some().then(|| help_id.clone());
    let told = move |event| on_input.run(event_target_value(&event));
    let control = if rows > 0 {
        view! {
            <textarea id=id.clone() rows=rows prop:value=value on:input=told readonly=read_only
                aria-describedby=described_by></textarea>
        }
    } else {
        view! {
            <input id=id.clone() type=kind.unwrap_or("text") prop:value=value on:input=told readonly=read_only
                list=list autocomplete="off" aria-describedby=described_by/>
        }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control}
            {help.map(|help| view! { <p class="aside" id=help_id>{help}</p> })}
        </div>
    }
}

/// One of several values, each with what it is called.
#[component]
pub(crate) fn Choice(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let id = fresh_id("choice");
    let shown = move || {
        let now = value.get();
        let options = options.get().into_iter().map(|(name, text)| {
            let selected = name == now;
            view! { <option value=name selected=selected>{text}</option> }
        });
        options.collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id prop:disabled=disabled on:change=move |event| on_change.run(event_target_value(&event))>
                {live(shown)}
            </select>
        </div>
    }
}

/// Yes or no.
#[component]
pub(crate) fn Toggle(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <label class="toggle">
            <input type="checkbox" prop:checked=value prop:disabled=disabled
                on:change=move |event| on_change.run(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
}
