//! Decision: forward the request, or answer it; with a log record.

use crate::log::Record;
use crate::request::Request;
use crate::response::Response;

/// A finished decision. It holds no exchange: no way leads back to the user pool.
#[derive(Debug)]
pub struct Decision<'a> {
    /// What happens to the request.
    pub outcome: Outcome<'a>,
    /// What the log is to say of it; nothing for a request that simply passes.
    pub record: Option<Record>,
}

/// What happens to a request.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// The request goes on to the cache and the origin, changed as its route demands.
    Forward(Request<'a>),
    /// The viewer gets this answer, and nothing goes on.
    Answer(Response),
}

impl<'a> Decision<'a> {
    /// Lets a request pass, without a line in the log.
    #[must_use]
    pub fn forward(request: Request<'a>) -> Decision<'a> {
        Decision { outcome: Outcome::Forward(request), record: None }
    }

    /// Answers a request.
    #[must_use]
    pub fn answer(response: Response, record: Option<Record>) -> Decision<'a> {
        Decision { outcome: Outcome::Answer(response), record }
    }
}
