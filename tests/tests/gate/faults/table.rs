//! The table: what fails, what each visitor sees then, and what stands in the log.

use gate::log::Event;
use gate::reason::Reason;

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
    pub(super) log: Option<(Visitor, Event, Reason)>,
}

const ENDED: Visitor = Visitor::Ended;
const BACK: Visitor = Visitor::ComingBack;

#[rustfmt::skip]
pub(super) const TABLE: [Row; 20] = [
    //                              new     living  ending   ended    calling  saving     coming back  leaving
    row(F::Slow,                 [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::TimedOut)),
    row(F::Down,                 [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::Connection)),
    row(F::Status500,            [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::UnexpectedAnswer)),
    row(F::Html,                 [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       SignedOut],  logs(ENDED, Event::Fault, Reason::UnexpectedAnswer)),
    row(F::Truncated,            [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::Connection)),
    row(F::Huge,                 [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::TooLong)),
    row(F::Redirecting,          [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::UnexpectedAnswer)),
    row(F::NoTls,                [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::Connection)),
    row(F::UntrustedCertificate, [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::Certificate)),
    row(F::OtherCertificate,     [SignIn, Page,   Page,    Later,   Passed,  LaterTold, Later,       NotRevoked], logs(ENDED, Event::Fault, Reason::Certificate)),
    row(F::KeysRotated,          [SignIn, Page,   Page,    Renewed, Passed,  Renewed,   Back,        SignedOut],  logs(ENDED, Event::Renewal, Reason::Renewed)),
    row(F::KeysUnreachable,      [SignIn, Later,  Later,   Later,   LaterTold, LaterTold, LaterAnew, SignedOut],  logs(ENDED, Event::Fault, Reason::UnknownKey)),
    row(F::KeysLate,             [SignIn, Later,  Later,   Later,   LaterTold, LaterTold, LaterAnew, SignedOut],  logs(ENDED, Event::Fault, Reason::UnknownKey)),
    row(F::KeysEmpty,            [SignIn, Later,  Later,   Later,   LaterTold, LaterTold, LaterAnew, SignedOut],  logs(ENDED, Event::Fault, Reason::UnknownKey)),
    row(F::ClockAhead,           [SignIn, Clock,  Clock,   Clock,   ClockTold, ClockTold, ClockAnew, SignedOut],  logs(BACK, Event::Fault, Reason::ClockWrong)),
    row(F::ClockBehind,          [SignIn, SignIn, SignIn,  SignIn,  Told,    Told,      ClockAnew,   SignedOut],  logs(BACK, Event::Fault, Reason::ClockWrong)),
    row(F::KilledAsking,         [Lost,   Lost,   Lost,    Lost,    Lost,    Lost,      Lost,        Lost],       None),
    row(F::KilledAnswered,       [Lost,   Lost,   Lost,    Lost,    Lost,    Lost,      LostAnew,    Lost],       None),
    row(F::Tabs,                 [SignIn, Page,   Renewed, Renewed, Passed,  Renewed,   Back,        SignedOut],  logs(ENDED, Event::Renewal, Reason::Renewed)),
    row(F::TabsWithoutGrace,     [SignIn, Page,   OneRenewsOthersGoOn, OneRenewsOthersSignIn, Passed, OneRenewsOthersTold, Back, SignedOut], logs(ENDED, Event::Renewal, Reason::Renewed)),
];

const fn row(fault: Fault, seen: [Seen; 8], log: Option<(Visitor, Event, Reason)>) -> Row {
    Row { fault, seen, log }
}

const fn logs(visitor: Visitor, event: Event, reason: Reason) -> Option<(Visitor, Event, Reason)> {
    Some((visitor, event, reason))
}
