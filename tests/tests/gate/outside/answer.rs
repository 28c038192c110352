//! What the gate returned to CloudFront.

use serde_json::Value;
use url::Url;

/// The largest generated answer that CloudFront takes, in bytes.
const LIMIT: usize = 40_960;

#[derive(Debug)]
pub(crate) struct Answer(Value);

impl Answer {
    /// Reads an answer, and checks what holds for each: it is a request that goes on, or a response with a status
    /// in CloudFront's form, of a size that CloudFront takes, that no cache may keep.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let answer = Self(serde_json::from_slice(bytes).unwrap());
        if let Some(status) = answer.0.get("status") {
            assert!(status.as_str().is_some_and(|text| text.len() == 3), "a status is a text: {status}");
            assert!(bytes.len() <= LIMIT, "{} bytes", bytes.len());
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        } else {
            assert!(answer.0["method"].is_string() && answer.0["uri"].is_string(), "neither: {answer:?}");
        }
        answer
    }

    /// The status of a generated response.
    pub(crate) fn status(&self) -> Option<u16> {
        self.0.get("status")?.as_str()?.parse().ok()
    }

    pub(crate) fn is_forwarded(&self) -> bool {
        self.0.get("status").is_none()
    }

    /// The path of a request that goes on.
    pub(crate) fn uri(&self) -> &str {
        self.0["uri"].as_str().unwrap_or_else(|| panic!("not forwarded: {self:?}"))
    }

    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let lines = self.0["headers"][name].as_array();
        lines.into_iter().flatten().map(|line| line["value"].as_str().unwrap()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).first().copied()
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location").unwrap_or_else(|| panic!("no redirect: {self:?}"))
    }

    /// A parameter of the URL that it redirects to.
    pub(crate) fn location_parameter(&self, name: &str) -> String {
        let location = Url::parse(self.location()).unwrap();
        let found = location.query_pairs().find(|(key, _)| key == name);
        found.unwrap_or_else(|| panic!("no {name} in {location}")).1.into_owned()
    }

    pub(crate) fn body(&self) -> &str {
        self.0["body"].as_str().unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(self.body()).unwrap()
    }

    /// A refusal because the user pool is not well: it says when to try again, and takes no cookie away.
    #[track_caller]
    pub(crate) fn is_try_again_later(&self) {
        assert_eq!(self.status(), Some(503), "{self:?}");
        assert!(self.header("retry-after").is_some(), "{self:?}");
        assert!(self.headers("set-cookie").is_empty(), "{self:?}");
        let content_type = self.header("content-type").unwrap();
        assert!(content_type.starts_with("text/html") || content_type == "application/problem+json");
        assert!(!self.body().is_empty());
    }
}
