//! What every page shares: who is here, where they are, and what was just told.

use std::time::Duration;

use crate::ui::prelude::*;
use content::{
    permission::{Permission, Role, RoleGroups},
    wire::{Me, Section},
};

use super::{visit::Visit, words::words};
use crate::{
    client,
    model::{Route, fill},
};

/// How long a passing message stays.
const MESSAGE: Duration = Duration::from_secs(6);

/// What every page may look at.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The visit: session, clock, network.
    pub(super) visit: Visit,
    /// Who is here, as the API knows them.
    pub(super) me: RwSignal<Me>,
    /// Which page is open.
    pub(super) route: RwSignal<Route>,
    /// The site's sections.
    pub(super) sections: Memo<Vec<Section>>,
    /// What was told last, for a moment.
    pub(super) message: RwSignal<String>,
    guard: StoredValue<Option<Callback<Route, bool>>>,
    reload_sections: Callback<()>,
}

/// The desk that this page is part of.
pub(super) fn desk() -> Desk {
    expect_context()
}

impl Desk {
    pub(super) fn new(
        visit: Visit,
        me: Me,
        route: RwSignal<Route>,
        sections: Memo<Vec<Section>>,
        reload_sections: Callback<()>,
    ) -> Self {
        Self {
            visit,
            me: RwSignal::new(me),
            route,
            sections,
            message: RwSignal::new(String::new()),
            guard: StoredValue::new(None),
            reload_sections,
        }
    }

    /// Goes to another place of the app, unless the page that is open wants something settled first.
    pub(super) fn go(self, route: Route) {
        if self.may_leave(&route) {
            self.go_now(route);
        }
    }

    /// Goes there without asking.
    pub(super) fn go_now(self, route: Route) {
        client::set_address(&route.address(), true);
        self.arrive(route);
    }

    /// The same page with other settings, which Back does not go through one by one.
    pub(super) fn adjust(self, route: Route) {
        client::set_address(&route.address(), false);
        self.route.set(route);
    }

    /// Takes note of where the browser's Back and Forward led.
    pub(super) fn follow_address(self) {
        let (path, search) = client::location();
        let route = Route::of(&path, &search);
        if self.may_leave(&route) {
            self.arrive(route);
        } else {
            client::set_address(&self.route.with_untracked(Route::address), true);
        }
    }

    fn arrive(self, route: Route) {
        let same_page = std::mem::discriminant(&route) == self.route.with_untracked(std::mem::discriminant);
        self.route.set(route);
        if !same_page {
            client::focus("content");
        }
    }

    fn may_leave(self, route: &Route) -> bool {
        self.guard.get_value().is_none_or(|guard| guard.run(route.clone()))
    }

    /// Asks this before the page is left, until the page is gone.
    pub(super) fn guard(self, ask: Callback<Route, bool>) {
        self.guard.set_value(Some(ask));
        on_cleanup(move || {
            self.guard.try_set_value(None);
        });
    }

    /// Tells something for a moment, to the eye and to screen readers.
    pub(super) fn tell(self, text: impl Into<String>) {
        let text = text.into();
        self.message.set(text.clone());
        set_timeout(
            move || {
                if self.message.try_with_untracked(|now| *now == text) == Some(true) {
                    self.message.set(String::new());
                }
            },
            MESSAGE,
        );
    }

    /// Asks for the sections again.
    pub(super) fn reload_sections(self) {
        self.reload_sections.run(());
    }

    /// What the person is to the CMS.
    pub(super) fn role(self) -> Role {
        let roles = [Role::Reader, Role::Author, Role::Editor, Role::Admin];
        self.me.with(|me| roles.into_iter().find(|role| role.name() == me.role).unwrap_or_default())
    }

    /// True if the person may do this.
    pub(super) fn may(self, permission: Permission) -> bool {
        self.role().may(permission)
    }

    /// Why the person may not do this; nothing if they may.
    pub(super) fn refusal(self, permission: Permission) -> Option<String> {
        (!self.may(permission)).then(|| refusal(permission))
    }
}

/// Who may do something, for somebody who may not.
pub(super) fn refusal(permission: Permission) -> String {
    fill(words().needs_group, &[&RoleGroups::default().holders(permission).join(", ")])
}
