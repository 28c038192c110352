//! Where people sign in: at the cloud's own user pool, or at a provider of somebody else.

/// An OpenID Connect provider. Journeys that hold for both are the same to the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInAt {
    /// The stack's user pool, with its hosted UI.
    UserPool,
    /// npm's oidc-provider, shaped like Cognito.
    StrangersProvider,
}
