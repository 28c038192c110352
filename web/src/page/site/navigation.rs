//! The links at the top of every page, put in order by dragging or by keyboard.

use crate::ui::prelude::*;
use content::wire::NavigationItem;

use crate::{
    client,
    model::fill,
    page::{desk::desk, words::words},
    ui::{Button, TextField},
};

#[component]
pub(super) fn Navigation(links: RwSignal<Vec<NavigationItem>>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let dragged = StoredValue::new(None::<usize>);
    let place = move |from: usize, to: usize| {
        let length = links.with_untracked(Vec::len);
        if from >= length || to >= length || from == to {
            return;
        }
        links.update(|links| {
            let link = links.remove(from);
            links.insert(to, link);
        });
        let title = links.with_untracked(|links| links.get(to).map(|link| link.title.clone()));
        desk.tell(fill(words.moved_to, &[&title.unwrap_or_default(), &(to + 1)]));
    };
    // Moving by button keeps the focus with what was moved.
    let step = move |from: usize, to: usize, button: &'static str| {
        place(from, to);
        request_animation_frame(move || client::focus(&format!("{button}-{to}")));
    };
    let row = move |number: usize| {
        let value = move |read: fn(&NavigationItem) -> &String| {
            derive(move || {
                links.with(|links| links.get(number).map(|link| read(link).clone()).unwrap_or_default())
            })
        };
        let change = move |write: fn(&mut NavigationItem) -> &mut String| {
            Callback::new(move |text: String| {
                links.update(|links| {
                    if let Some(link) = links.get_mut(number) {
                        *write(link) = text;
                    }
                });
            })
        };
        let title = value(|link| &link.title);
        let remove = move |_| {
            links.update(|links| {
                if number < links.len() {
                    links.remove(number);
                }
            });
        };
        view! {
            <li
                draggable="true"
                on:dragstart=move |_| dragged.set_value(Some(number))
                on:dragover=|event: web_sys::DragEvent| event.prevent_default()
                on:drop=move |event: web_sys::DragEvent| {
                    event.prevent_default();
                    if let Some(from) = dragged.get_value() {
                        place(from, number);
                    }
                }
            >
                <span class="grip" aria-hidden="true">"⠿"</span>
                <TextField label=words.title value=title on_input=change(|link| &mut link.title) />
                <TextField label=words.leads_to value=value(|link| &link.url)
                    on_input=change(|link| &mut link.url) />
                <div class="moves">
                    <button type="button" class="quiet small" id=format!("up-{number}")
                        aria-label=derive(move || fill(words.move_up, &[&title.get()]))
                        on:click=move |_| step(number, number.saturating_sub(1), "up")>"↑"</button>
                    <button type="button" class="quiet small" id=format!("down-{number}")
                        aria-label=derive(move || fill(words.move_down, &[&title.get()]))
                        on:click=move |_| step(number, number + 1, "down")>"↓"</button>
                    <button type="button" class="quiet small"
                        aria-label=derive(move || fill(words.remove_named, &[&title.get()])) on:click=remove>"×"</button>
                </div>
            </li>
        }
    };
    let count = memo(move || links.with(Vec::len));
    view! {
        <section>
            <h2>{words.navigation}</h2>
            <p class="aside">{words.navigation_text}</p>
            <ol class="links" id="navigation">{live(move || (0..count.get()).map(row).collect_view())}</ol>
            <Button label=words.add_link class="quiet" on_press=move |()| {
                links.update(|links| links.push(NavigationItem { title: String::new(), url: "/".to_owned() }));
            } />
        </section>
    }
}
