//! Authorization requests (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core 3.1.2.1).

use super::parameters::{Parameters, Repeated};
use super::settings::PoolSettings;

/// A request that may be answered at its redirect URI.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) code_challenge: String,
    pub(crate) prompt: Prompt,
}

/// Whether the user is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// If there is no session.
    WhenNeeded,
    /// In any case.
    Login,
    /// In no case.
    None,
}

/// Why a request is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RequestError {
    /// The redirect URI cannot be trusted: only a page can answer (RFC 6749 section 4.1.2.1).
    Untrusted(Untrusted),
    /// The redirect URI is told.
    Redirected(ErrorRedirect),
}

/// What makes a redirect URI untrusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Untrusted {
    Client,
    RedirectUri,
    LogoutUri,
}

/// An error answer at the redirect URI.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ErrorRedirect {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) error: &'static str,
    pub(crate) description: &'static str,
}

impl ErrorRedirect {
    pub(crate) fn location(&self) -> String {
        let answer =
            Parameters::default().with("error", self.error).with("error_description", self.description);
        match &self.state {
            Some(state) => answer.with("state", state),
            None => answer,
        }
        .appended_to(&self.redirect_uri)
    }
}

/// An error code and what was wrong.
type Problem = (&'static str, &'static str);

impl AuthorizationRequest {
    pub(crate) fn parse(query: &Parameters, settings: &PoolSettings) -> Result<Self, RequestError> {
        let untrusted = |reason| RequestError::Untrusted(reason);
        let client_id = query.one("client_id").ok().flatten().ok_or(untrusted(Untrusted::Client))?;
        let client = settings.client(client_id).ok_or(untrusted(Untrusted::Client))?;
        let redirect_uri =
            query.one("redirect_uri").ok().flatten().ok_or(untrusted(Untrusted::RedirectUri))?;
        if !client.callback_urls.iter().any(|url| url == redirect_uri) {
            return Err(untrusted(Untrusted::RedirectUri));
        }

        let state = query.one("state").ok().flatten().map(str::to_owned);
        let rest = || {
            query.one("state").map_err(repeated)?;
            let nonce = query.one("nonce").map_err(repeated)?.map(str::to_owned);
            response_type(query)?;
            let code_challenge = code_challenge(query)?;
            let scopes = scopes(query, &client.allowed_scopes)?;
            let prompt = prompt(query)?;
            identity_provider(query)?;
            Ok((nonce, code_challenge, scopes, prompt))
        };
        match rest() {
            Ok((nonce, code_challenge, scopes, prompt)) => Ok(Self {
                client_id: client_id.to_owned(),
                redirect_uri: redirect_uri.to_owned(),
                scopes,
                state,
                nonce,
                code_challenge,
                prompt,
            }),
            Err((error, description)) => Err(RequestError::Redirected(ErrorRedirect {
                redirect_uri: redirect_uri.to_owned(),
                state,
                error,
                description,
            })),
        }
    }

    /// Where the code goes; the state comes back as it was.
    pub(crate) fn code_location(&self, code: &str) -> String {
        let answer = Parameters::default().with("code", code);
        match &self.state {
            Some(state) => answer.with("state", state),
            None => answer,
        }
        .appended_to(&self.redirect_uri)
    }

    pub(crate) fn error(&self, error: &'static str, description: &'static str) -> ErrorRedirect {
        ErrorRedirect {
            redirect_uri: self.redirect_uri.clone(),
            state: self.state.clone(),
            error,
            description,
        }
    }
}

const fn repeated(_: Repeated) -> Problem {
    ("invalid_request", "a parameter is repeated")
}

fn response_type(query: &Parameters) -> Result<(), Problem> {
    match query.one("response_type").map_err(repeated)? {
        Some("code") => Ok(()),
        Some("token") => Err(("unauthorized_client", "the client may not use the implicit grant")),
        Some(_) => Err(("unsupported_response_type", "response_type must be code")),
        None => Err(("invalid_request", "response_type is missing")),
    }
}

fn code_challenge(query: &Parameters) -> Result<String, Problem> {
    if query.one("code_challenge_method").map_err(repeated)? != Some("S256") {
        return Err(("invalid_request", "code_challenge_method must be S256"));
    }
    let challenge = query.one("code_challenge").map_err(repeated)?;
    let is_hash = |text: &&str| {
        text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    challenge
        .filter(is_hash)
        .map(str::to_owned)
        .ok_or(("invalid_request", "code_challenge must be the base64url form of a SHA-256 hash"))
}

fn scopes(query: &Parameters, allowed: &[String]) -> Result<Vec<String>, Problem> {
    let Some(asked) = query.one("scope").map_err(repeated)? else {
        return Ok(allowed.to_vec());
    };
    let mut scopes: Vec<String> = Vec::new();
    for scope in asked.split(' ').filter(|scope| !scope.is_empty()) {
        if !allowed.iter().any(|known| known == scope) {
            return Err(("invalid_scope", "a scope is not allowed for this client"));
        }
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    let has = |name: &str| scopes.iter().any(|scope| scope == name);
    if ["email", "phone", "profile"].into_iter().any(has) && !has("openid") {
        return Err(("invalid_scope", "email, phone and profile need openid"));
    }
    Ok(scopes)
}

fn prompt(query: &Parameters) -> Result<Prompt, Problem> {
    match query.one("prompt").map_err(repeated)? {
        None | Some("consent") => Ok(Prompt::WhenNeeded),
        Some("login" | "select_account") => Ok(Prompt::Login),
        Some("none") => Ok(Prompt::None),
        Some(_) => Err(("invalid_request", "prompt must be none, login, select_account or consent")),
    }
}

/// This pool has no providers but itself.
fn identity_provider(query: &Parameters) -> Result<(), Problem> {
    match query.one("identity_provider").map_err(repeated)? {
        None | Some("COGNITO") => Ok(()),
        Some(_) => Err(("invalid_request", "the identity provider is not configured for this client")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn parse(query: &str) -> Result<AuthorizationRequest, RequestError> {
        AuthorizationRequest::parse(
            &Parameters::parse(query.as_bytes()),
            &PoolSettings::local("http://localhost:8080"),
        )
    }

    fn good() -> String {
        format!(
            "client_id={}&redirect_uri=http://localhost:8080/auth/callback&response_type=code&state=s&nonce=n\
             &code_challenge_method=S256&code_challenge={CHALLENGE}",
            PoolSettings::LOCAL_CLIENT_ID
        )
    }

    fn error(query: &str) -> &'static str {
        match parse(query) {
            Err(RequestError::Redirected(redirect)) => redirect.error,
            Err(RequestError::Untrusted(_)) => "untrusted",
            Ok(_) => "none",
        }
    }

    #[test]
    fn a_full_request_is_accepted_with_all_scopes_by_default() {
        let request = parse(&good()).unwrap();
        assert_eq!(request.scopes, ["openid", "email", "profile"]);
        assert_eq!((request.nonce.as_deref(), request.prompt), (Some("n"), Prompt::WhenNeeded));
        assert_eq!(parse(&format!("{}&scope=openid+openid", good())).unwrap().scopes, ["openid"]);
    }

    #[test]
    fn an_untrusted_redirect_uri_is_never_told() {
        for (from, to) in [
            ("/auth/callback", "/auth/callback/"),
            ("/auth/callback", "/auth/callback?x=1"),
            ("http://localhost", "http://LOCALHOST"),
            ("client_id=1", "client_id=2"),
            ("redirect_uri=", "other="),
        ] {
            assert_eq!(error(&good().replace(from, to)), "untrusted", "{to}");
        }
        assert_eq!(error(&format!("{}&redirect_uri=http://evil/", good())), "untrusted");
    }

    #[test]
    fn pkce_with_s256_is_required() {
        assert_eq!(error(&good().replace("S256", "plain")), "invalid_request");
        assert_eq!(error(&good().replace("code_challenge_method", "x")), "invalid_request");
        assert_eq!(error(&good().replace(CHALLENGE, "short")), "invalid_request");
        assert_eq!(error(&good().replace("&code_challenge=", "&y=")), "invalid_request");
    }

    #[test]
    fn other_problems_have_their_own_codes() {
        assert_eq!(
            error(&good().replace("response_type=code", "response_type=token")),
            "unauthorized_client"
        );
        assert_eq!(error(&good().replace("response_type=code", "")), "invalid_request");
        assert_eq!(error(&format!("{}&scope=openid+other", good())), "invalid_scope");
        assert_eq!(error(&format!("{}&scope=email", good())), "invalid_scope");
        assert_eq!(error(&format!("{}&state=again", good())), "invalid_request");
        assert_eq!(error(&format!("{}&prompt=perhaps", good())), "invalid_request");
        assert_eq!(error(&format!("{}&identity_provider=Google", good())), "invalid_request");
    }
}
