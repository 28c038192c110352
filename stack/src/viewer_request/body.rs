//! Bodies in answers: text or base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;

use super::Violation;

/// Decodes `data` as `encoding` says; without one it is `default`.
pub(super) fn decode(data: &str, encoding: Option<&Value>, default: &str) -> Result<Bytes, Violation> {
    let encoding = match encoding {
        None => default,
        Some(Value::String(encoding)) => encoding.as_str(),
        Some(other) => return Err(Violation::BodyEncoding(other.to_string())),
    };
    match encoding {
        "text" => Ok(Bytes::copy_from_slice(data.as_bytes())),
        "base64" => STANDARD.decode(data).map(Bytes::from).map_err(|_invalid| Violation::BodyNotBase64),
        other => Err(Violation::BodyEncoding(format!("{other:?}"))),
    }
}
