//! Writing what the gate decided as CloudFront takes it: the request, or a generated response.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::decision::Outcome;
use crate::origin_response::OriginAnswer;
use crate::request::{Header, Headers, Request};
use crate::response::Response;

/// Writes the JSON that the function returns. As a raw value, so that nobody has to look through it again.
///
/// # Errors
///
/// None in practice: everything written is text. The error exists because a serializer may have one.
pub fn write(outcome: &Outcome<'_>) -> Result<Box<RawValue>, serde_json::Error> {
    match outcome {
        Outcome::Forward(request) => to_raw_value(&Forwarded::of(request)),
        Outcome::Answer(response) => to_raw_value(&Generated::of(response)),
    }
}

/// Writes what the cache gets of an origin's answer.
///
/// # Errors
///
/// None in practice, as for [`write`].
pub fn write_origin_answer(answer: &OriginAnswer<'_>) -> Result<Box<RawValue>, serde_json::Error> {
    to_raw_value(&Answered {
        status: answer.status.to_string(),
        status_description: &answer.reason_phrase,
        headers: HeaderMap(&answer.headers),
        body: answer.body.as_deref(),
        body_encoding: answer.body.is_some().then_some("text"),
    })
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Answered<'r> {
    status: String,
    status_description: &'r str,
    headers: HeaderMap<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_encoding: Option<&'static str>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Forwarded<'r> {
    client_ip: &'r str,
    headers: HeaderMap<'r>,
    method: &'r str,
    querystring: &'r str,
    uri: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'r RawValue>,
}

impl<'r> Forwarded<'r> {
    fn of(request: &'r Request<'_>) -> Forwarded<'r> {
        Forwarded {
            client_ip: &request.client_ip,
            headers: HeaderMap(&request.headers),
            method: &request.method,
            querystring: &request.querystring,
            uri: &request.uri,
            body: request.body,
        }
    }
}

struct HeaderMap<'r>(&'r Headers<'r>);

impl Serialize for HeaderMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for lines in self.0.lines().chunk_by(|a, b| a.name == b.name) {
            if let Some(first) = lines.first() {
                map.serialize_entry(&first.name, &Lines(lines))?;
            }
        }
        map.end()
    }
}

/// The lines of one name.
struct Lines<'r, L>(&'r [L]);

impl<'r, L> Serialize for Lines<'r, L>
where
    Line<'r>: From<&'r L>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Line::from))
    }
}

#[derive(serde::Serialize)]
struct Line<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'r str>,
    value: &'r str,
}

impl<'r> From<&'r Header<'_>> for Line<'r> {
    fn from(line: &'r Header<'_>) -> Line<'r> {
        Line { key: line.key.as_deref(), value: &line.value }
    }
}

impl<'r> From<&'r (String, String)> for Line<'r> {
    fn from((name, value): &'r (String, String)) -> Line<'r> {
        Line { key: Some(name), value }
    }
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Generated<'r> {
    status: String,
    status_description: &'static str,
    headers: ResponseHeaders<'r>,
    #[serde(skip_serializing_if = "str::is_empty")]
    body: &'r str,
    body_encoding: &'static str,
}

impl<'r> Generated<'r> {
    fn of(response: &'r Response) -> Generated<'r> {
        Generated {
            status: response.status().as_u16().to_string(),
            status_description: response.status().canonical_reason().unwrap_or_default(),
            headers: ResponseHeaders(response.headers()),
            body: response.body(),
            body_encoding: "text",
        }
    }
}

struct ResponseHeaders<'r>(&'r [(String, String)]);

impl Serialize for ResponseHeaders<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for lines in self.0.chunk_by(|a, b| a.0 == b.0) {
            if let Some((name, _)) = lines.first() {
                map.serialize_entry(name, &Lines(lines))?;
            }
        }
        map.end()
    }
}
