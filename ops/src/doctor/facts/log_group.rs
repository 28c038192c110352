//! Where the gate's log is kept.

/// A log group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogGroup {
    /// How long it keeps events, in days; `None`: for ever.
    pub retention_days: Option<i32>,
}
