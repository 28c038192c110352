//! What can fail.

use stack::pool::Fault as PoolFault;
use std::time::Duration;

/// Longer than the gate waits for the user pool.
const TOO_LATE: Duration = Duration::from_secs(20);

/// Something that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Slow,
    Down,
    Status500,
    Html,
    Truncated,
    Huge,
    Redirecting,
    NoTls,
    UntrustedCertificate,
    OtherCertificate,
    KeysRotated,
    KeysUnreachable,
    KeysLate,
    KeysEmpty,
    ClockAhead,
    ClockBehind,
    KilledAsking,
    KilledAnswered,
    Tabs,
    TabsWithoutGrace,
}

impl Fault {
    /// As the document calls it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Slow => "the token endpoint answers after 20 seconds",
            Self::Down => "the token endpoint takes no connection",
            Self::Status500 => "the token endpoint answers 500",
            Self::Html => "the token endpoint answers 200 with a page",
            Self::Truncated => "the token endpoint's answer breaks off",
            Self::Huge => "the token endpoint answers 10 MB",
            Self::Redirecting => "the token endpoint redirects",
            Self::NoTls => "the token endpoint speaks no TLS",
            Self::UntrustedCertificate => "the token endpoint's certificate is nobody's",
            Self::OtherCertificate => "the token endpoint's certificate is for another name",
            Self::KeysRotated => "the user pool signs with new keys",
            Self::KeysUnreachable => "new keys, and the JWKS cannot be reached",
            Self::KeysLate => "new keys, and the JWKS comes after 20 seconds",
            Self::KeysEmpty => "new keys, and the JWKS is empty",
            Self::ClockAhead => "the edge's clock is a day ahead",
            Self::ClockBehind => "the edge's clock is a day behind",
            Self::KilledAsking => "the instance is killed while it asks the user pool",
            Self::KilledAnswered => "the instance is killed when the user pool has answered",
            Self::Tabs => "50 tabs at once on cold instances, grace of 10 seconds",
            Self::TabsWithoutGrace => "the same, and rotated refresh tokens have no grace",
        }
    }

    /// How the user pool's own double does it.
    pub(super) fn of_the_pool(self) -> Option<PoolFault> {
        match self {
            // Whoever waits for the answer is killed before it comes.
            Self::Slow | Self::KilledAsking => Some(PoolFault::Slow(TOO_LATE)),
            Self::Status500 => Some(PoolFault::Status(500)),
            Self::Html => Some(PoolFault::Html),
            Self::Truncated => Some(PoolFault::HalfBody),
            Self::Huge => Some(PoolFault::Huge),
            Self::Redirecting => Some(PoolFault::Redirect),
            _ => None,
        }
    }

    /// Whether the user pool signs with keys that are not in the package.
    pub(super) fn is_about_keys(self) -> bool {
        matches!(self, Self::KeysRotated | Self::KeysUnreachable | Self::KeysLate | Self::KeysEmpty)
    }

    /// How far the user pool's clock is ahead of the gate's, in seconds.
    pub(super) fn pool_ahead(self) -> i64 {
        const DAY: i64 = 86_400;
        match self {
            Self::ClockAhead => -DAY,
            Self::ClockBehind => DAY,
            _ => 0,
        }
    }

    /// For how long a rotated refresh token still works, in seconds.
    pub(super) fn grace(self) -> u64 {
        match self {
            Self::Tabs => 10,
            Self::TabsWithoutGrace => 0,
            _ => 60,
        }
    }

    /// How often everybody asks at once.
    pub(super) fn tabs(self) -> usize {
        if matches!(self, Self::Tabs | Self::TabsWithoutGrace) { 50 } else { 1 }
    }
}
