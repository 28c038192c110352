//! Asking the API, and what is told when it does not give what was asked for.

use crate::ui::prelude::*;
use serde::de::DeserializeOwned;

use super::visit::Visit;
use crate::{
    client::{self, NoAnswer, Request},
    model::{Answered, Failure},
};

/// Where the API is.
pub(super) const API: &str = "/api/v1";

/// The body of a good answer. A session that turns out to be over, or to be there again, is taken note of.
pub(super) async fn ask(visit: Visit, request: Request<'_>) -> Result<String, Failure> {
    match client::ask(request).await {
        Ok(answer) if (200..300).contains(&answer.status) => {
            visit.come_back();
            Ok(answer.body)
        }
        Ok(answer) => {
            let failure = Failure::from_answer(answer.status, &answer.body);
            if failure == Failure::SignedOut {
                visit.learn(Answered::SignedOut);
            }
            Err(failure)
        }
        Err(no_answer) => Err(failure(no_answer)),
    }
}

/// A good answer's body as a value.
pub(super) async fn call<T: DeserializeOwned>(visit: Visit, request: Request<'_>) -> Result<T, Failure> {
    read(&ask(visit, request).await?)
}

/// A body as a value.
pub(super) fn read<T: DeserializeOwned>(body: &str) -> Result<T, Failure> {
    crate::model::from_json(body).map_err(|_| Failure::Unreadable)
}

/// A request that sends a value.
pub(super) fn sending<'a>(method: &'static str, path: &'a str, value: &impl serde::Serialize) -> Request<'a> {
    // Wire types are text, numbers and lists; that cannot fail to be written.
    Request { json: serde_json::to_string(value).ok(), ..Request::new(method, path) }
}

/// The failure that a missing answer stands for.
pub(super) fn failure(no_answer: NoAnswer) -> Failure {
    match no_answer {
        _ if !client::is_online() => Failure::Offline,
        NoAnswer::TimedOut => Failure::TimedOut,
        NoAnswer::Unreachable => Failure::Unreachable,
    }
}

/// Something that a page shows, and asks for again when its address changes, when somebody signed in again, or when it
/// is told to. What was there stays until the new answer comes.
#[derive(Clone, Copy)]
pub(super) struct Loading {
    /// The answer's body, or why there is none; nothing while the first is on its way.
    pub(super) answer: RwSignal<Option<Result<String, Failure>>>,
    again: RwSignal<u32>,
}

impl Loading {
    /// Begins to load what is at an address of the API.
    pub(super) fn of(visit: Visit, path: impl Fn() -> String + Send + Sync + 'static) -> Self {
        let loading = Self { answer: RwSignal::new(None), again: RwSignal::new(0) };
        let path = memo(path);
        let asked = StoredValue::new(0_u32);
        effect(move || {
            loading.again.track();
            visit.returned.track();
            let path = path.get();
            if path.is_empty() {
                return;
            }
            let number = asked.get_value() + 1;
            asked.set_value(number);
            spawn_local(async move {
                let answer = ask(visit, Request::get(&path)).await;
                // An answer that was overtaken by a later question, or whose page is gone, is of no use.
                if asked.try_get_value() == Some(number) {
                    loading.answer.try_set(Some(answer));
                }
            });
        });
        loading
    }

    /// Asks again.
    pub(super) fn again(self) {
        self.again.update(|count| *count += 1);
    }

    /// The value, as soon as it is there.
    pub(super) fn value<T>(self) -> Memo<Option<T>>
    where
        T: DeserializeOwned + PartialEq + Send + Sync + 'static,
    {
        memo(move || self.answer.with(|answer| read(answer.as_ref()?.as_ref().ok()?).ok()))
    }

    /// Why there is none.
    pub(super) fn failure(self) -> Memo<Option<Failure>> {
        memo(move || self.answer.with(|answer| answer.as_ref()?.as_ref().err().cloned()))
    }
}
