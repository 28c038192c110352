//! Reading JSON.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A JSON text as a value.
///
/// It becomes a tree first: the code that reads text is there once then, and not once for every type that is read.
///
/// # Errors
/// When it is no JSON, or not what was expected.
pub fn from_json<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    T::deserialize(tree(text)?)
}

#[inline(never)]
fn tree(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text)
}
