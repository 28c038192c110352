//! One visit of a user: who is signed in, kept current. The gate is asked when the app opens, when the session
//! should be over (asking renews it), and when the user comes back from somewhere else.

use super::api::failure;
use crate::ui::prelude::*;
use crate::{
    client::{self, Answer, Request},
    model::{Answered, Failure, Session, Standing},
};
use std::time::Duration;
use web_sys::{Event, PageTransitionEvent};

const SESSION: &str = "/auth/session";
const TICK: Duration = Duration::from_secs(1);

/// What every part of the app may look at.
#[derive(Clone, Copy)]
pub(super) struct Visit {
    /// Who is signed in.
    pub(super) standing: RwSignal<Standing>,
    /// The time, to the second.
    pub(super) now: RwSignal<i64>,
    /// Whether the browser has a network.
    pub(super) online: RwSignal<bool>,
    /// How often somebody signed in again.
    pub(super) returned: RwSignal<u32>,
    last_asked: RwSignal<i64>,
}

impl Visit {
    /// Begins the visit: asks who is signed in, and goes on watching.
    pub(super) fn begin() -> Self {
        let visit = Self {
            standing: RwSignal::new(Standing::Asking),
            now: RwSignal::new(client::now()),
            online: RwSignal::new(client::is_online()),
            returned: RwSignal::new(0),
            last_asked: RwSignal::new(0),
        };
        visit.ask();
        set_interval(move || visit.tick(), TICK);
        client::on_signed_in(move || visit.ask());
        on_window("focus", move |_: Event| visit.come_back());
        on_window("visibilitychange", move |_: Event| visit.come_back());
        on_window("pageshow", move |event: PageTransitionEvent| {
            if event.persisted() {
                visit.ask();
            }
        });
        on_window("offline", move |_: Event| visit.online.set(false));
        on_window("online", move |_: Event| {
            visit.online.set(true);
            visit.come_back();
        });
        visit
    }

    /// Starts over after a failure, with the skeleton.
    pub(super) fn start_over(self) {
        self.standing.set(Standing::Asking);
        self.ask();
    }

    /// Forgets the user, who is leaving: the browser may keep the page for its Back button, and whoever presses that
    /// should find no name and no text.
    pub(super) fn forget(self) {
        self.standing.set(Standing::SignedOut);
    }

    /// Asks the gate who is signed in.
    pub(super) fn ask(self) {
        self.last_asked.set(client::now());
        spawn_local(async move {
            let answered = match client::ask(Request::get(SESSION)).await {
                Ok(Answer { status: 200, body, .. }) => Session::from_json(&body, client::read_time)
                    .map_or(Answered::Failed(Failure::Unreadable), Answered::Session),
                Ok(Answer { status: 401, .. }) => Answered::SignedOut,
                Ok(Answer { status, body, .. }) => Answered::Failed(Failure::from_answer(status, &body)),
                Err(no_answer) => Answered::Failed(failure(no_answer)),
            };
            self.learn(answered);
        });
    }

    /// Takes note of what an answer says about the session.
    pub(super) fn learn(self, answered: Answered) {
        let was_here = self.standing.with_untracked(|standing| matches!(standing, Standing::Here(_)));
        let was_open = self.standing.with_untracked(|standing| standing.session().is_some());
        self.standing.update(|standing| {
            *standing = std::mem::replace(standing, Standing::Asking).after(answered);
        });
        let is_here = self.standing.with_untracked(|standing| matches!(standing, Standing::Here(_)));
        if is_here && was_open && !was_here {
            self.returned.update(|count| *count += 1);
        }
    }

    fn tick(self) {
        let now = client::now();
        self.now.set(now);
        let over = self
            .standing
            .with_untracked(|standing| standing.wants_asking(now, self.last_asked.get_untracked()));
        // A page that nobody looks at lets its session end.
        if over && client::is_visible() {
            self.ask();
        }
    }

    /// Asks again if nobody is known to be signed in, now that there is reason to think otherwise: the user came
    /// back to the page, or the API took a request.
    pub(super) fn come_back(self) {
        let waits = self
            .standing
            .with_untracked(|standing| matches!(standing, Standing::Ended(_) | Standing::SignedOut));
        if waits && client::is_visible() {
            self.ask();
        }
        self.tick();
    }
}
