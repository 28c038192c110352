//! What stands between a component's tags.

use std::rc::Rc;

use super::View;

/// Children that are built once.
pub(crate) type Children = Box<dyn FnOnce() -> View>;

/// Children that are built whenever they are shown.
pub(crate) type ChildrenFn = Rc<dyn Fn() -> View>;

/// Children as a component takes them.
pub(crate) trait ToChildren<F> {
    /// From the function that builds them.
    fn to_children(build: F) -> Self;
}

impl<F: FnOnce() -> View + 'static> ToChildren<F> for Children {
    fn to_children(build: F) -> Self {
        Box::new(build)
    }
}

impl<F: Fn() -> View + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(build: F) -> Self {
        Rc::new(build)
    }
}
