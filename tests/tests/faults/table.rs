//! The table: what fails, what each visitor sees then, and what stands in the log.

use super::fault::Fault;
use super::seen::Seen;
use super::visitor::Visitor;

use Fault as F;
use Seen::*;

/// A fault with what each visitor of [`Visitor::ALL`] sees.
pub(super) struct Row {
    pub(super) fault: Fault,
    pub(super) seen: [Seen; 8],
    /// Whose request leaves which line in the log.
    pub(super) log: Option<(Visitor, &'static str, &'static str)>,
}

const ENDED: Visitor = Visitor::Ended;
const BACK: Visitor = Visitor::ComingBack;

#[rustfmt::skip]
pub(super) const TABLE: [Row; 20] = [
    //                              new     living  ending   ended    calling  saving     coming back  leaving
    row(F::Slow,                 [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "timed_out")),
    row(F::Down,                 [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "connection")),
    row(F::Status500,            [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "unexpected_answer")),
    row(F::Html,                 [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       SignedOut],  logs(ENDED, "fault", "unexpected_answer")),
    row(F::Truncated,            [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "connection")),
    row(F::Huge,                 [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "too_long")),
    row(F::Redirecting,          [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "unexpected_answer")),
    row(F::NoTls,                [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "connection")),
    row(F::UntrustedCertificate, [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "certificate")),
    row(F::OtherCertificate,     [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, "fault", "certificate")),
    row(F::KeysRotated,          [SignIn, Page,   Page,    Renewed, Passed,  Renewed,   Back,        SignedOut],  logs(ENDED, "renewal", "renewed")),
    row(F::KeysUnreachable,      [SignIn, Later,  Later,   Later,   LaterTold, LaterTold, LaterAnew, SignedOut],  logs(ENDED, "fault", "unknown_key")),
    row(F::KeysLate,             [SignIn, Later,  Later,   Later,   LaterTold, LaterTold, LaterAnew, SignedOut],  logs(ENDED, "fault", "unknown_key")),
    row(F::KeysEmpty,            [SignIn, Later,  Later,   Later,   LaterTold, LaterTold, LaterAnew, SignedOut],  logs(ENDED, "fault", "unknown_key")),
    row(F::ClockAhead,           [SignIn, Clock,  Clock,   Clock,   ClockTold, ClockTold, ClockAnew, SignedOut],  logs(BACK, "fault", "clock_wrong")),
    row(F::ClockBehind,          [SignIn, SignIn, SignIn,  SignIn,  Told,    Told,      ClockAnew,   SignedOut],  logs(BACK, "fault", "clock_wrong")),
    row(F::KilledAsking,         [Lost,   Lost,   Lost,    Lost,    Lost,    Lost,      Lost,        Lost],       None),
    row(F::KilledAnswered,       [Lost,   Lost,   Lost,    Lost,    Lost,    Lost,      LostAnew,    Lost],       None),
    row(F::Tabs,                 [SignIn, Page,   Renewed, Renewed, Passed,  Renewed,   Back,        SignedOut],  logs(ENDED, "renewal", "renewed")),
    row(F::TabsWithoutGrace,     [SignIn, Page,   OneRenewsOthersGoOn, OneRenewsOthersSignIn, Passed, OneRenewsOthersTold, Back, SignedOut], logs(ENDED, "renewal", "renewed")),
];

const fn row(fault: Fault, seen: [Seen; 8], log: Option<(Visitor, &'static str, &'static str)>) -> Row {
    Row { fault, seen, log }
}

const fn logs(
    visitor: Visitor,
    event: &'static str,
    reason: &'static str,
) -> Option<(Visitor, &'static str, &'static str)> {
    Some((visitor, event, reason))
}
