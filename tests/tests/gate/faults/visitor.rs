//! Who comes, and with what.

use serde_json::Value;

use super::cookies::Cookies;
use super::event::event;
use super::gate::Gate;
use super::hosted_ui;
use super::world::World;

/// A sign-in has at most so many attempts at once.
const ATTEMPTS: usize = 4;

/// Somebody who comes to the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visitor {
    New,
    Living,
    Ending,
    Ended,
    Calling,
    Saving,
    ComingBack,
    Leaving,
}

impl Visitor {
    pub(super) const ALL: [Self; 8] = [
        Self::New,
        Self::Living,
        Self::Ending,
        Self::Ended,
        Self::Calling,
        Self::Saving,
        Self::ComingBack,
        Self::Leaving,
    ];

    /// As the document calls them.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::New => "a reader who is new",
            Self::Living => "a reader with a session",
            Self::Ending => "… that is about to end",
            Self::Ended => "… that has ended",
            Self::Calling => "an editor's API call",
            Self::Saving => "… after the session ended",
            Self::ComingBack => "somebody coming back from sign-in",
            Self::Leaving => "somebody signing out",
        }
    }

    /// Whether the gate has to ask the user pool for them.
    pub(super) fn needs_the_pool(self) -> bool {
        !matches!(self, Self::New | Self::Living | Self::Calling)
    }

    /// The cookies, and the addresses that are asked for at once. The sign-in of who comes back was begun at a gate
    /// that was well.
    pub(super) async fn comes(self, world: &World, tabs: usize) -> Visit {
        let cookies = match self {
            Self::New | Self::ComingBack => Cookies::default(),
            Self::Living | Self::Leaving => Cookies::of_session(&world.tokens("reader")),
            Self::Ending => Cookies::of_session(&world.ending_tokens("reader")),
            Self::Ended => Cookies::of_session(&world.ended_tokens("reader")),
            Self::Calling => Cookies::of_session(&world.tokens("editor")),
            Self::Saving => Cookies::of_session(&world.ended_tokens("editor")),
        };
        let each = |base: &str| (0..tabs).map(|tab| format!("{base}?tab={tab}")).collect();
        let targets = match self {
            Self::ComingBack => return begin_sign_ins(world, tabs.min(ATTEMPTS)).await,
            Self::Calling | Self::Saving => each("/api/entries"),
            Self::Leaving => vec!["/auth/sign-out".to_owned(); tabs],
            Self::New | Self::Living | Self::Ending | Self::Ended => each("/guide/"),
        };
        Visit { visitor: self, cookies, targets }
    }
}

/// One visit.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) visitor: Visitor,
    pub(super) cookies: Cookies,
    pub(super) targets: Vec<String>,
}

impl Visit {
    /// The event for one of the addresses, with the cookies as they are now.
    pub(super) fn event(&self, target: &str) -> Value {
        let cookies = self.cookies.line();
        let is_call = matches!(self.visitor, Visitor::Calling | Visitor::Saving);
        let (method, mut headers) = if is_call {
            ("POST", vec![("Accept", "application/json"), ("Sec-Fetch-Site", "same-origin")])
        } else {
            ("GET", vec![("Accept", "text/html"), ("Sec-Fetch-Dest", "document")])
        };
        if !cookies.is_empty() {
            headers.push(("Cookie", &cookies));
        }
        event(method, target, &headers)
    }
}

async fn begin_sign_ins(world: &World, attempts: usize) -> Visit {
    let gate = Gate::start(&world.config()).await;
    let (mut cookies, mut targets) = (Cookies::default(), Vec::new());
    for attempt in 0..attempts {
        let sign_in = gate.open(&format!("/guide/?tab={attempt}"), &cookies).await;
        cookies.keep(&sign_in);
        targets.push(hosted_ui::sign_in(sign_in.location(), "reader", "Reader-1234").await);
    }
    Visit { visitor: Visitor::ComingBack, cookies, targets }
}
