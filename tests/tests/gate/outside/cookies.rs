//! The cookies of one browser.

use std::collections::BTreeMap;

use stack::pool::TokenSet;

use super::answer::Answer;

#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies(BTreeMap<String, String>);

impl Cookies {
    /// A session in the layout `host`.
    pub(crate) fn of_session(tokens: &TokenSet) -> Self {
        let refresh = tokens.refresh_token.as_ref().map(|token| ("__Host-refresh-token", token));
        let id = tokens.id_token.as_ref().map(|token| ("__Host-id-token", token));
        let access = Some(("__Host-access-token", &tokens.access_token));
        Self::of([id, access, refresh].into_iter().flatten())
    }

    pub(crate) fn of<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// Does as an answer's Set-Cookie lines say, which must have the attributes of the gate's cookies.
    pub(crate) fn keep(&mut self, answer: &Answer) {
        for line in answer.headers("set-cookie") {
            for attribute in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/", "; Max-Age="] {
                assert!(line.contains(attribute), "no {attribute} in {line}");
            }
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("; Max-Age=0") {
                self.0.remove(name);
            } else {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The Cookie header's value.
    pub(crate) fn line(&self) -> String {
        self.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    pub(crate) fn value(&self, name: &str) -> &str {
        self.0.get(name).unwrap_or_else(|| panic!("no {name} among {:?}", self.names()))
    }

    pub(crate) fn forget(&mut self, name: &str) {
        assert!(self.0.remove(name).is_some(), "no {name} among {:?}", self.names());
    }
}
