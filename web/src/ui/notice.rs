//! A notice: what happened, what to do, and the means to do it.

use super::prelude::*;

/// How a notice looks and whether it interrupts a screen reader.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// All is well.
    Good,
    /// Something needs attention.
    Bad,
}

/// A notice with actions.
#[component]
pub(crate) fn Notice(
    tone: Tone,
    #[prop(into)] what_happened: String,
    #[prop(into, optional)] what_to_do: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (class, role) = match tone {
        Tone::Good => ("notice good", "status"),
        Tone::Bad => ("notice bad", "alert"),
    };
    view! {
        <div class=class role=role>
            <p>
                <strong>{what_happened}</strong>
                " "
                {what_to_do}
            </p>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}
