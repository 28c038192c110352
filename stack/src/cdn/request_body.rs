//! Bodies of which the beginning is looked at before the rest has come.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

/// The beginning of a body.
pub(super) struct Beginning {
    /// At least what was asked for, unless the body is shorter.
    pub(super) bytes: Bytes,
    /// Whether that is all.
    pub(super) complete: bool,
    /// The whole body again, to be sent on.
    pub(super) whole: Body,
}

/// Reads until more than `limit` bytes are there, or all of them.
pub(super) async fn beginning(mut body: Body, limit: usize) -> Result<Beginning, axum::Error> {
    let mut read = BytesMut::new();
    while read.len() <= limit {
        match body.frame().await {
            Some(frame) => {
                if let Ok(data) = frame?.into_data() {
                    read.extend_from_slice(&data);
                }
            }
            None => {
                let bytes = read.freeze();
                return Ok(Beginning { bytes: bytes.clone(), complete: true, whole: Body::from(bytes) });
            }
        }
    }
    let bytes = read.freeze();
    let whole = Body::new(Resumed { read: Some(bytes.clone()), rest: body });
    Ok(Beginning { bytes, complete: false, whole })
}

/// What was read, followed by what was not.
struct Resumed {
    read: Option<Bytes>,
    rest: Body,
}

impl HttpBody for Resumed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.read.take() {
            Some(read) => Poll::Ready(Some(Ok(Frame::data(read)))),
            None => Pin::new(&mut self.rest).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.read.is_none() && self.rest.is_end_stream()
    }

    /// Exact whenever the rest is, so that a declared length reaches the origin as one.
    fn size_hint(&self) -> SizeHint {
        let read = self.read.as_ref().map_or(0, |read| read.len() as u64);
        let rest = self.rest.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower() + read);
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper + read);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::Full;

    use super::*;

    #[tokio::test]
    async fn the_whole_body_is_there_whatever_was_looked_at() {
        for (limit, complete) in [(0, false), (3, false), (4, true), (9, true)] {
            let begun = beginning(Body::new(Full::from("body")), limit).await.unwrap();
            assert_eq!(begun.complete, complete, "{limit}");
            assert_eq!(begun.whole.size_hint().exact(), Some(4));
            assert_eq!(begun.whole.collect().await.unwrap().to_bytes(), "body");
        }
        assert!(beginning(Body::empty(), 0).await.unwrap().complete);
    }
}
