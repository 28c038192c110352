//! What the gate must withstand: the cases about tokens, each test named for its case's number.

#[cfg(test)]
mod mint;

#[cfg(test)]
mod security_cases {
    mod claims;
    mod form;
    mod header;

    use cognito::TokenError;
    use serde_json::{Value, json};

    use crate::mint::*;

    pub(super) fn header(alg: &str) -> Value {
        json!({ "kid": ID_KEY.kid, "alg": alg })
    }

    pub(super) fn signed(header: &Value) -> String {
        ID_KEY.sign(&header.to_string(), &id_claims().to_string())
    }

    pub(super) fn refusal(token: &str) -> TokenError {
        verify_id(token).unwrap_err()
    }

    #[track_caller]
    pub(super) fn is_forged(token: &str) {
        let refusal = refusal(token);
        assert!(refusal.is_forged(), "{refusal}");
    }
}
