//! The text engine for a page that needs it.

use crate::{
    client::{self, TextEngine},
    ui::prelude::*,
};

/// Milliseconds to wait before it is fetched again, where it did not arrive.
const AGAIN: i32 = 3_000;

/// The text engine, as soon as it is there.
pub(super) type Engine = RwSignal<Option<TextEngine>>;

/// Fetches the text engine, until it arrives or the page is gone.
pub(super) fn text_engine() -> Engine {
    let engine: Engine = RwSignal::new(None);
    spawn_local(async move {
        loop {
            match TextEngine::load().await {
                Ok(loaded) => return engine.try_set(Some(loaded)),
                Err(_) if engine.try_with_untracked(Option::is_none).is_none() => return,
                Err(_) => client::pause(AGAIN).await,
            }
        }
    });
    engine
}
