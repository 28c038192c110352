//! The names that the gate's log has for reasons, in words.

/// What a reason means. One that is not listed is a token's, and its finding says more.
pub(super) fn in_words(reason: &str) -> String {
    let words = match reason {
        "asked_for" => "a sign-in was asked for",
        "no_session" => "nobody is signed in, and there is no refresh token",
        "session_ended" => "the session has ended and cannot be renewed",
        "refresh_token_refused" => "the refresh token was refused before",
        "prefetch" => "a sign-in is not begun for a page that is fetched ahead",
        "unknown_host" => "the host is none of the gate's",
        "unsafe_path" => "the path could be read in more than one way",
        "no_route" => "no route matches",
        "not_in_group" => "whoever is signed in belongs to none of the route's groups",
        "cross_site" => "another site is behind a request that changes something",
        "method_not_allowed" => "the endpoint does not take this method",
        "unknown_key" => "the token's key is not known, and was asked for a moment ago",
        "clock_wrong" | "not_yet_valid" => "a token begins in the future: a clock is wrong",
        "repeated_authorization" => "there are several bearer tokens",
        "expired" => "the bearer token has expired",
        "of_another_user" => "the token is of another user than its cookie's name says",
        "incomplete_callback" => "code or state is missing, there twice, or not the gate's",
        "unknown_attempt" => {
            "the cookie of that sign-in is missing: another browser has begun it, or this one keeps no cookies"
        }
        "expired_attempt" => "the sign-in began more than ten minutes ago",
        "cookies_off" => "the browser sends no cookies at all, the second time in a row",
        "access_denied" => "the hosted UI says that access was denied",
        "provider_error" => "the hosted UI reports an error",
        "timed_out" => "the user pool does not answer in time",
        "keys_unavailable" => "the user pool does not give its keys",
        "signed_out" => "the session was ended",
        "signed_out_without_revocation" => "the session was ended here, and its refresh token may live on",
        "internal" => "the gate itself failed",
        other => return format!("the token is refused: {}", other.replace('_', " ")),
    };
    words.to_owned()
}
