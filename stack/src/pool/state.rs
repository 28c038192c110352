//! Everything that changes while the pool runs.

use super::attempt::Attempts;
use super::authorization_code::AuthorizationCodes;
use super::mailbox::{Mail, Mailbox};
use super::one_time_code::{OneTimeCodes, Purpose};
use super::password::PasswordHash;
use super::refresh_token::RefreshTokens;
use super::session::Sessions;
use super::settings::PoolSettings;
use super::signing_key::{KeyError, KeyRing};
use super::state_file::Kept;
use super::throttle::Throttle;
use super::user::{User, Users};

/// The first three survive a restart if there is a state file; the rest is short-lived.
pub(crate) struct State {
    pub(crate) users: Users,
    pub(crate) refresh_tokens: RefreshTokens,
    pub(crate) keys: KeyRing,
    pub(crate) authorization_codes: AuthorizationCodes,
    pub(crate) sessions: Sessions,
    pub(crate) attempts: Attempts,
    pub(crate) one_time_codes: OneTimeCodes,
    pub(crate) mailbox: Mailbox,
    pub(crate) throttle: Throttle,
}

impl State {
    /// What was kept, with the seeded users that it lacks. Takes a moment: call it where blocking is allowed.
    pub(crate) fn new(kept: Option<Kept>, settings: &PoolSettings) -> Result<Self, KeyError> {
        let (mut users, refresh_tokens, keys) = match kept {
            Some(kept) => (kept.users, kept.refresh_tokens, KeyRing::try_from(kept.keys)?),
            None => (Users::default(), RefreshTokens::default(), KeyRing::generate()?),
        };
        for seed in &settings.users {
            if users.named(&seed.username).is_none() {
                users.add(User::seeded(seed, PasswordHash::of(&seed.password, settings.password_iterations)));
            }
        }
        Ok(Self {
            users,
            refresh_tokens,
            keys,
            authorization_codes: AuthorizationCodes::default(),
            sessions: Sessions::default(),
            attempts: Attempts::default(),
            one_time_codes: OneTimeCodes::default(),
            mailbox: Mailbox::default(),
            throttle: Throttle::default(),
        })
    }

    /// Uses up a one-time code and gives its user. A wrong code counts as a failed guess at `subject`.
    pub(crate) fn redeem_code(
        &mut self,
        username: &str,
        purpose: Purpose,
        code: &str,
        subject: &str,
        now: u64,
    ) -> Option<&mut User> {
        if !self.one_time_codes.redeem(username, purpose, code, now) {
            self.throttle.failed(subject, now);
            return None;
        }
        self.throttle.succeeded(subject);
        self.users.named_mut(username)
    }

    /// Sends a user a new one-time code.
    pub(crate) fn mail_code(&mut self, user: &User, purpose: Purpose, now: u64) {
        let code = self.one_time_codes.issue(&user.username, purpose, now);
        self.mailbox.deliver(Mail { to: user.email.clone(), purpose, code, sent_at: now });
    }
}
