//! What can be done by keyboard.

use crate::ui::prelude::*;

use super::words::words;
use crate::{
    client,
    ui::{Button, Dialog},
};

#[component]
pub(super) fn Shortcuts(open: RwSignal<bool>) -> impl IntoView {
    let words = words();
    let modifier = if client::is_apple() { "⌘" } else { "Ctrl" };
    let list = [
        (vec![modifier, "S"], words.shortcut_save),
        (vec![modifier, "⇧", "Enter"], words.shortcut_publish),
        (vec![modifier, "K"], words.shortcut_palette),
        (vec![modifier, "B", "I", "⇧ K"], words.shortcut_bold),
        (vec!["?"], words.shortcut_help),
    ];
    let list = StoredValue::new(list);
    view! {
        <Dialog open title=words.shortcuts on_cancel=move |()| open.set(false)>
            <dl class="keys">
                {list.get_value().into_iter().map(|(keys, text)| view! {
                    <div>
                        <dt>{keys.into_iter().map(|key| view! { <kbd>{key}</kbd> " " }).collect_view()}</dt>
                        <dd>{text}</dd>
                    </div>
                }).collect_view()}
            </dl>
            <div class="actions">
                <Button label=words.close on_press=move |()| open.set(false) />
            </div>
        </Dialog>
    }
}
