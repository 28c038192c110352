//! What is asked when the session is over, and before unsaved text is left.

use crate::ui::prelude::*;

use super::sheet::Sheet;
use crate::{
    model::{Hold, Route, SaveEvent, fill},
    page::{shell::SignInElsewhere, words::words},
    ui::{Button, Dialog},
};

#[component]
pub(super) fn Leaving() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let leaving_for = RwSignal::new(None::<Route>);
    guard(sheet, leaving_for);
    let hold = memo(move || sheet.saving.with(|saving| saving.question().cloned()));
    let title = derive(move || match hold.get() {
        Some(Hold::SomeoneElse(name)) => fill(words.someone_else_title, &[&name]),
        _ => words.session_ended_title.to_owned(),
    });
    let put_off = move || sheet.happen(SaveEvent::PutOff);
    let question = move || {
        hold.get().map(|hold| match &hold {
            Hold::SomeoneElse(name) => {
                let text = fill(words.someone_else_text, &[name]);
                let hold = hold.clone();
                view! {
                    <p>{text}</p>
                    <div class="actions">
                        <Button label=words.save_it on_press=move |()| sheet.save_as(&hold) />
                        <Button label=words.not_now class="quiet" on_press=move |()| put_off() />
                    </div>
                }
            }
            Hold::SessionOver => view! {
                <p>{words.session_ended_text}</p>
                <div class="actions">
                    <SignInElsewhere />
                    <Button label=words.not_now class="quiet" on_press=move |()| put_off() />
                </div>
            },
        })
    };
    let leave = move |()| {
        if let Some(route) = leaving_for.get_untracked() {
            leaving_for.set(None);
            sheet.keep();
            sheet.desk.go_now(route);
        }
    };
    view! {
        <Dialog open=derive(move || hold.get().is_some()) title on_cancel=move |()| put_off()>
            {live(question)}
        </Dialog>
        <Dialog
            open=derive(move || leaving_for.with(Option::is_some) && hold.with(Option::is_none))
            title=words.leave_title
            on_cancel=move |()| leaving_for.set(None)
        >
            <p>{words.leave_text}</p>
            <div class="actions">
                <Button label=words.stay on_press=move |()| leaving_for.set(None) />
                <Button label=words.leave class="quiet" on_press=leave />
            </div>
        </Dialog>
    }
}

/// Whoever leaves with unsaved text has it saved on the way; where that does not go, they are asked.
fn guard(sheet: Sheet, leaving_for: RwSignal<Option<Route>>) {
    sheet.desk.guard(Callback::new(move |route: Route| {
        if !untrack(|| sheet.is_dirty()) || !sheet.writable.get_untracked() {
            return true;
        }
        sheet.keep();
        sheet.save_then(Callback::new(move |saved| {
            if saved {
                sheet.desk.go_now(route.clone());
            } else {
                leaving_for.set(Some(route.clone()));
            }
        }));
        if !sheet.saving.with_untracked(crate::model::Saving::is_in_flight) {
            sheet.keep();
        }
        false
    }));
    on_window("beforeunload", move |event: web_sys::Event| {
        if untrack(|| sheet.is_dirty()) && sheet.writable.get_untracked() {
            sheet.keep();
            event.prevent_default();
        }
    });
}
