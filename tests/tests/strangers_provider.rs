//! The gate against an OpenID Connect provider that this project did not write: npm's oidc-provider, shaped like
//! Cognito by `tests/strangers_provider/provider.mjs`.
//!
//! The stack's user pool and the gate are of one hand, and could misread a specification alike. What is tried here is
//! what both must have read right: PKCE, state, nonce, client authentication, key selection, rotation, revocation.

#[cfg(test)]
mod strangers_provider {
    #[path = "../black_box/answer.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod answer;
    #[path = "../black_box/config.rs"]
    mod config;
    #[path = "../black_box/cookies.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod cookies;
    #[path = "../black_box/event.rs"]
    mod event;
    #[path = "../black_box/gate.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod gate;

    // What the tests speak with.
    mod person;
    mod provider;

    // The tests.
    mod keys;
    mod renewal;
    mod sign_in;
    mod sign_out;
}
