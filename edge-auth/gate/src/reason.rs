//! Reason: why the gate did what it did. The log, its metrics, the alarms on them, problem documents and
//! `parapet explain` all take their names from this one list.

use cognito::TokenError;

use crate::named::named;
use crate::pool_call::CallFailure;

named! {
    /// Why something happened: a sign-in that began, a refusal, a fault, or a success.
    pub enum Reason {
        // Why a sign-in begins, or why a program is told 401.
        AskedFor = "asked_for": "a sign-in was asked for",
        NoSession = "no_session": "nobody is signed in, and there is no refresh token",
        SessionEnded = "session_ended": "the session has ended and cannot be renewed",
        RefreshTokenRefused = "refresh_token_refused": "the refresh token was refused before",
        RefreshTokenOfAnotherUser = "refresh_token_of_another_user":
            "the refresh token is of another user than the session",
        Prefetch = "prefetch": "a sign-in is not begun for a page that is fetched ahead",
        ClockWrong = "clock_wrong": "a token begins in the future: a clock is wrong",
        OfAnotherUser = "of_another_user": "the token is of another user than its cookie's name says",

        // Why a token is refused (`cognito::TokenError`); of an answer of the user pool, why it is.
        TooLong = "too_long": "the token or the user pool's answer is longer than any that is good",
        Malformed = "malformed": "the token is malformed",
        DuplicateMember = "duplicate_member": "the token has a member twice",
        UnsupportedAlgorithm = "unsupported_algorithm": "the token is not signed with RS256",
        CriticalHeader = "critical_header": "the token asks for an extension, and none is supported",
        UnexpectedType = "unexpected_type": "the token says that it is of another type",
        MissingKeyId = "missing_key_id": "the token names no key",
        UnknownKey = "unknown_key": "the token's key is not known, and was asked for a moment ago",
        BadSignature = "bad_signature": "the token's signature does not match",
        MissingClaim = "missing_claim": "the token lacks a claim",
        WrongClaimType = "wrong_claim_type": "a claim of the token is of another type or out of its range",
        WrongIssuer = "wrong_issuer": "the token is of another issuer",
        WrongAudience = "wrong_audience": "the token is for another client",
        WrongTokenUse = "wrong_token_use": "an ID token stands in an access token's place, or the reverse",
        Expired = "expired": "the bearer token has expired",
        NotYetValid = "not_yet_valid": "the bearer token begins in the future: a clock is wrong",
        RepeatedAuthorization = "repeated_authorization": "there are several bearer tokens",
        InvalidToken = "invalid_token": "the bearer token is refused",

        // Why a request is refused, whoever asks.
        UnknownHost = "unknown_host": "the host is none of the gate's",
        UnsafePath = "unsafe_path": "the path could be read in more than one way",
        NoRoute = "no_route": "no route matches",
        NotInGroup = "not_in_group": "whoever is signed in belongs to none of the route's groups",
        CrossSite = "cross_site": "another site is behind a request that only this one may make",
        MethodNotAllowed = "method_not_allowed": "the endpoint does not take this method",

        // Why a sign-in that was begun is not finished (`flow::CallbackProblem`).
        IncompleteCallback = "incomplete_callback": "code or state is missing, there twice, or not the gate's",
        UnknownAttempt = "unknown_attempt":
            "the cookie of that sign-in is missing: another browser has begun it, or this one keeps no cookies",
        ExpiredAttempt = "expired_attempt": "the sign-in began more than ten minutes ago",
        CookiesOff = "cookies_off": "the browser sends no cookies at all, the second time in a row",
        AccessDenied = "access_denied": "the hosted UI says that access was denied",
        ProviderError = "provider_error": "the hosted UI reports an error",
        InvalidGrant = "invalid_grant": "the user pool refused the code or the refresh token",
        WrongNonce = "wrong_nonce": "the ID token is the answer to another sign-in",

        // What is wrong with the user pool, or with what is set up there.
        UserPoolUnavailable = "user_pool_unavailable": "the user pool does not answer as it should",
        TimedOut = "timed_out": "the user pool does not answer in time",
        Connection = "connection": "there is no connection to the user pool, or it broke",
        Certificate = "certificate": "the user pool's certificate was not accepted",
        Protocol = "protocol": "the user pool's answer is not HTTP",
        UnexpectedAnswer = "unexpected_answer": "the user pool's answer is none of its endpoint",
        KeysUnavailable = "keys_unavailable": "the user pool does not give its keys",
        TokensOfTwoPeople = "tokens_of_two_people": "the user pool's two tokens are of different people",
        ClientRefused = "client_refused": "the user pool does not know the client as it is configured",
        SessionTooLong = "session_too_long": "the tokens are longer than a browser keeps or sends",

        // What is wrong with the gate itself.
        Internal = "internal": "the gate itself failed",
        AnswerTooLong = "answer_too_long": "the answer was longer than CloudFront takes",

        // What went well.
        SignedIn = "signed_in": "somebody signed in",
        Renewed = "renewed": "the session was renewed",
        SignedOut = "signed_out": "the session was ended",
        SignedOutWithoutRevocation = "signed_out_without_revocation":
            "the session was ended here, and its refresh token may live on",

        // What happened to the function's process.
        ConfigRefused = "config_refused": "the configuration is wrong",
        KeyLeftOut = "key_left_out": "a key of the package cannot be used",
        Panic = "panic": "the process panicked and began anew",
        Stopped = "stopped": "the process ended",
    }
}

impl From<&TokenError> for Reason {
    fn from(error: &TokenError) -> Reason {
        match error {
            TokenError::TooLong => Reason::TooLong,
            TokenError::Malformed(_) => Reason::Malformed,
            TokenError::DuplicateMember { .. } => Reason::DuplicateMember,
            TokenError::UnsupportedAlgorithm => Reason::UnsupportedAlgorithm,
            TokenError::CriticalHeader => Reason::CriticalHeader,
            TokenError::UnexpectedType => Reason::UnexpectedType,
            TokenError::MissingKeyId => Reason::MissingKeyId,
            TokenError::UnknownKey => Reason::UnknownKey,
            TokenError::BadSignature => Reason::BadSignature,
            TokenError::MissingClaim(_) => Reason::MissingClaim,
            TokenError::WrongClaimType { .. } => Reason::WrongClaimType,
            TokenError::WrongIssuer => Reason::WrongIssuer,
            TokenError::WrongAudience => Reason::WrongAudience,
            TokenError::WrongTokenUse => Reason::WrongTokenUse,
            TokenError::Expired { .. } => Reason::Expired,
            TokenError::NotYetValid { .. } => Reason::NotYetValid,
        }
    }
}

impl From<CallFailure> for Reason {
    fn from(failure: CallFailure) -> Reason {
        match failure {
            CallFailure::TimedOut => Reason::TimedOut,
            CallFailure::Connection => Reason::Connection,
            CallFailure::Certificate => Reason::Certificate,
            CallFailure::TooLong => Reason::TooLong,
            CallFailure::Protocol => Reason::Protocol,
        }
    }
}
