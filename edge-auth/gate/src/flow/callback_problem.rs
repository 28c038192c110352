//! Callback problem: why a sign-in that was begun is not finished. The alarm on failed sign-ins counts these reasons.

use crate::page::Message;
use crate::reason::Reason;

/// Each problem has the name of its reason, so that no list of them can lack one.
macro_rules! problems {
    ($($(#[$about:meta])+ $variant:ident,)+) => {
        /// Why a callback cannot be finished.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum CallbackProblem {
            $($(#[$about])+ $variant,)+
        }

        impl CallbackProblem {
            /// Every problem.
            pub const ALL: &[CallbackProblem] = &[$(CallbackProblem::$variant),+];

            /// Its reason.
            #[must_use]
            pub const fn reason(self) -> Reason {
                match self { $(CallbackProblem::$variant => Reason::$variant,)+ }
            }
        }
    };
}

problems! {
    /// `code` or `state` is missing, repeated or not ours.
    IncompleteCallback,
    /// This browser has no attempt with that `state`.
    UnknownAttempt,
    /// The attempt is older than ten minutes, or its time is broken.
    ExpiredAttempt,
    /// The browser sent no cookie at all.
    CookiesOff,
    /// The authorization endpoint answered `access_denied`.
    AccessDenied,
    /// The authorization endpoint answered another error.
    ProviderError,
    /// The token endpoint answered `invalid_grant`.
    InvalidGrant,
    /// The ID token's nonce is not the attempt's.
    WrongNonce,
}

impl CallbackProblem {
    pub(super) fn message(self) -> Message {
        match self {
            CallbackProblem::IncompleteCallback => Message::IncompleteCallback,
            CallbackProblem::UnknownAttempt | CallbackProblem::WrongNonce => Message::UnknownAttempt,
            CallbackProblem::ExpiredAttempt => Message::ExpiredAttempt,
            CallbackProblem::CookiesOff => Message::CookiesOff,
            CallbackProblem::AccessDenied => Message::SignInDeclined,
            CallbackProblem::ProviderError => Message::SignInFailed,
            CallbackProblem::InvalidGrant => Message::CodeRefused,
        }
    }
}
