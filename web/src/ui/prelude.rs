//! What every component uses.

pub(crate) use leptos::{
    component,
    leptos_dom::helpers::TimeoutHandle,
    prelude::{
        document, event_target_checked, event_target_value, expect_context, on_cleanup, provide_context,
        request_animation_frame, set_interval, set_interval_with_handle, set_timeout,
        set_timeout_with_handle, untrack,
    },
    task::spawn_local,
};
pub(crate) use markup::view;

pub(crate) use super::{
    live::{Callback, Memo, RwSignal, Signal, StoredValue, derive, effect, memo, memo_with_last, watch},
    view::{Children, ChildrenFn, CollectView, IntoView, NodeRef, View, live, mount, on_window},
};
