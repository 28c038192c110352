//! The body of a viewer's request, as far as a function is shown it.

use bytes::Bytes;

use super::VIEWER_PAYLOAD_LIMIT;

/// The beginning of a body: at most [`VIEWER_PAYLOAD_LIMIT`] bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewerBody {
    data: Bytes,
    truncated: bool,
}

impl ViewerBody {
    /// Shows what was read of a body, as much as there is room for; `complete` says whether that is all of it.
    #[must_use]
    pub fn new(mut read: Bytes, complete: bool) -> Self {
        let truncated = !complete || read.len() > VIEWER_PAYLOAD_LIMIT;
        read.truncate(VIEWER_PAYLOAD_LIMIT);
        Self { data: read, truncated }
    }

    /// What the function is shown.
    #[must_use]
    pub fn data(&self) -> &Bytes {
        &self.data
    }

    /// Whether there was more (`inputTruncated`).
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_cut_off_just_above_40_kb() {
        for (read, complete, shown, truncated) in [
            (40_960, true, 40_960, false),
            (40_961, true, 40_960, true),
            (40_960, false, 40_960, true),
            (3, false, 3, true),
            (0, true, 0, false),
        ] {
            let body = ViewerBody::new(vec![b'x'; read].into(), complete);
            assert_eq!((body.data().len(), body.is_truncated()), (shown, truncated), "{read} {complete}");
        }
    }
}
