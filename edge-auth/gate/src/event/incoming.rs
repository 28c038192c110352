//! Reading an event.
//!
//! The text is parsed once and borrowed from: a request of 6 KB costs a few allocations, not a few hundred.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::origin_response::OriginResponse;
use crate::request::{Header, Headers, Request};

/// The event is not a CloudFront viewer-request event.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// It has another shape. What was found there is not told: it may be a cookie.
    #[error("expected a CloudFront event, found another text at line {line}, column {column}")]
    Shape {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// It holds no record.
    #[error("expected one record in Records, found none")]
    NoRecord,
    /// It is an event of another type, such as an origin request.
    #[error("expected an event of type viewer-request or origin-response")]
    EventType,
    /// The origin's status is none.
    #[error("expected a status code of three digits")]
    Status,
}

/// What the function is asked.
#[derive(Debug)]
pub enum Event<'a> {
    /// What becomes of a viewer's request.
    ViewerRequest(Request<'a>),
    /// What the cache gets of an origin's answer.
    OriginResponse(OriginResponse<'a>),
}

/// Reads the request out of a viewer-request event.
///
/// # Errors
///
/// An [`EventError`] when the text is not a viewer-request event.
pub fn read(text: &str) -> Result<Request<'_>, EventError> {
    match read_any(text)? {
        Event::ViewerRequest(request) => Ok(request),
        Event::OriginResponse(_) => Err(EventError::EventType),
    }
}

/// Reads an event.
///
/// # Errors
///
/// An [`EventError`] when the text is neither a viewer-request nor an origin-response event.
pub fn read_any(text: &str) -> Result<Event<'_>, EventError> {
    let event: Envelope<'_> = serde_json::from_str(text)
        .map_err(|error| EventError::Shape { line: error.line(), column: error.column() })?;
    let cloudfront = event.records.0.ok_or(EventError::NoRecord)?.cf;
    let request = cloudfront.request;
    match (cloudfront.config.event_type.as_ref().map(|event_type| &*event_type.0), cloudfront.response) {
        (None | Some("viewer-request"), _) => Ok(Event::ViewerRequest(Request {
            id: cloudfront.config.request_id.map(|id| id.0).unwrap_or_default(),
            method: request.method.0,
            uri: request.uri.0,
            querystring: request.querystring.map(|text| text.0).unwrap_or_default(),
            client_ip: request.client_ip.map(|text| text.0).unwrap_or_default(),
            headers: request.headers.0,
            body: request.body,
        })),
        (Some("origin-response"), Some(response)) => Ok(Event::OriginResponse(OriginResponse {
            uri: request.uri.0,
            asked_with: request.headers.0,
            status: response.status.0.parse().map_err(|_| EventError::Status)?,
            reason_phrase: response.status_description.map(|text| text.0).unwrap_or_default(),
            headers: response.headers.0,
        })),
        _ => Err(EventError::EventType),
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(rename = "Records", borrow)]
    records: FirstRecord<'a>,
}

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    cf: CloudFront<'a>,
}

#[derive(Deserialize)]
struct CloudFront<'a> {
    #[serde(borrow)]
    config: Config<'a>,
    #[serde(borrow)]
    request: EventRequest<'a>,
    #[serde(borrow)]
    response: Option<EventResponse<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config<'a> {
    #[serde(borrow)]
    event_type: Option<Text<'a>>,
    #[serde(borrow)]
    request_id: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventRequest<'a> {
    #[serde(borrow)]
    client_ip: Option<Text<'a>>,
    #[serde(borrow)]
    headers: HeaderMap<'a>,
    #[serde(borrow)]
    method: Text<'a>,
    #[serde(borrow)]
    querystring: Option<Text<'a>>,
    #[serde(borrow)]
    uri: Text<'a>,
    #[serde(borrow)]
    body: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventResponse<'a> {
    #[serde(borrow)]
    headers: HeaderMap<'a>,
    #[serde(borrow)]
    status: Text<'a>,
    #[serde(borrow)]
    status_description: Option<Text<'a>>,
}

/// A string that borrows from the event unless it holds an escape.
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}

/// The first of the records; CloudFront sends exactly one.
struct FirstRecord<'a>(Option<Record<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for FirstRecord<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RecordsVisitor;
        impl<'de> Visitor<'de> for RecordsVisitor {
            type Value = FirstRecord<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<FirstRecord<'de>, A::Error> {
                let first = records.next_element()?;
                while records.next_element::<IgnoredAny>()?.is_some() {}
                Ok(FirstRecord(first))
            }
        }
        deserializer.deserialize_seq(RecordsVisitor)
    }
}

/// `{"host": [{"key": "Host", "value": "…"}], …}`, flattened in its order.
struct HeaderMap<'a>(Headers<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for HeaderMap<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HeadersVisitor;
        impl<'de> Visitor<'de> for HeadersVisitor {
            type Value = HeaderMap<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from header names to arrays")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<HeaderMap<'de>, A::Error> {
                let mut lines = Vec::with_capacity(24);
                while let Some(Text(name)) = map.next_key()? {
                    map.next_value_seed(LinesOf { name, lines: &mut lines })?;
                }
                Ok(HeaderMap(Headers::new(lines)))
            }
        }
        deserializer.deserialize_map(HeadersVisitor)
    }
}

/// `[{"key": "Host", "value": "…"}]`, added to the lines of the other names.
struct LinesOf<'l, 'a> {
    name: Cow<'a, str>,
    lines: &'l mut Vec<Header<'a>>,
}

impl<'de> DeserializeSeed<'de> for LinesOf<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for LinesOf<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of header field lines")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut lines: A) -> Result<(), A::Error> {
        while let Some(Line { key, value }) = lines.next_element()? {
            let key = key.map(|Text(key)| key);
            self.lines.push(Header { name: self.name.clone(), key, value: value.0 });
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    key: Option<Text<'a>>,
    #[serde(borrow)]
    value: Text<'a>,
}
