//! The mails that a real pool would have sent.

use std::collections::VecDeque;

use super::one_time_code::Purpose;

/// Older mails are dropped.
const MOST_MAILS: usize = 100;

/// One mail: there is nothing in it but a code.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) purpose: Purpose,
    pub(crate) code: String,
    /// Seconds since the Unix epoch.
    pub(crate) sent_at: u64,
}

/// All mails, newest first.
#[derive(Default)]
pub(crate) struct Mailbox(VecDeque<Mail>);

impl Mailbox {
    pub(crate) fn deliver(&mut self, mail: Mail) {
        self.0.push_front(mail);
        self.0.truncate(MOST_MAILS);
    }

    pub(crate) fn mails(&self) -> impl Iterator<Item = &Mail> {
        self.0.iter()
    }

    pub(crate) fn latest_to(&self, email: &str) -> Option<&Mail> {
        self.0.iter().find(|mail| mail.to.eq_ignore_ascii_case(email))
    }
}
