//! Who else has this entry open.

use std::time::Duration;

use crate::ui::prelude::*;
use content::wire::Presence;

use super::sheet::Sheet;
use crate::{
    client::{self, Request},
    page::api::call,
};

/// The API forgets whom it has not heard from for ten seconds.
const OFTEN: Duration = Duration::from_secs(4);

/// The names of the others.
#[derive(Clone, Copy)]
pub(super) struct Here(pub(super) RwSignal<Vec<String>>);

/// Tells the API that this person is here, for as long as the page is open and seen.
pub(super) fn stay(sheet: Sheet) {
    let here = RwSignal::new(Vec::new());
    provide_context(Here(here));
    let tell = move || {
        if !client::is_visible() {
            return;
        }
        spawn_local(async move {
            let path = sheet.path("/presence");
            if let Ok(presence) = call::<Presence>(sheet.desk.visit, Request::new("PUT", &path)).await {
                let names: Vec<String> = presence.here.into_iter().map(|other| other.name).collect();
                if here.try_with_untracked(|known| *known != names) == Some(true) {
                    here.set(names);
                }
            }
        });
    };
    tell();
    if let Ok(timer) = set_interval_with_handle(tell, OFTEN) {
        on_cleanup(move || timer.clear());
    }
}
