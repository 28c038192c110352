//! What is done for one sign-in, within the time that the user pool gives.

use std::{future::Future, time::Duration};

use serde_json::Value;
use time::OffsetDateTime;

use crate::{
    event::SignIn,
    greeting::Greeting,
    metric,
    object::SignIns,
    record::Record,
    table::{Claim, Table},
};

/// How long it may take to find out whether an earlier call has told of the sign-in.
const CLAIM: Duration = Duration::from_secs(1);
/// How long each write may take. With what comes before and after it, that is less than the pool's five seconds.
const WRITE: Duration = Duration::from_millis(1_500);
/// How long it may take to put a record aside.
const ASIDE: Duration = Duration::from_millis(1_000);

/// What records.
pub(crate) struct Recorder {
    pub(crate) table: Table,
    pub(crate) sign_ins: SignIns,
    pub(crate) greeting: Greeting,
    pub(crate) namespace: String,
    pub(crate) write_line: fn(&Value),
}

impl Recorder {
    /// Records what the event tells of. What goes wrong is in the log.
    pub(crate) async fn record(&self, event: &Value, now: OffsetDateTime) {
        let sign_in = match SignIn::read(event) {
            Ok(sign_in) => sign_in,
            Err(problem) => return tracing::error!(%problem, "an event tells of no sign-in"),
        };
        let record = Record::new(&sign_in, self.greeting.read(now).await, now);
        let mut problems = Vec::new();
        let claimed = within(CLAIM, self.table.claim(&record, now)).await;
        let (record, is_first) = match claimed {
            Ok(Claim::First) => (record, true),
            // An answer that was lost on the way is asked for again, and finds itself.
            Ok(Claim::Again { sk, .. }) if sk == record.sk => (record, true),
            Ok(Claim::Again { at, sk }) => (record.of_earlier_call(at, sk), false),
            Err(problem) => {
                problems.push(format!("latest sign-in: {problem}"));
                (record, true)
            }
        };
        let (item, object) =
            tokio::join!(within(WRITE, self.table.put(&record)), within(WRITE, self.sign_ins.put(&record)));
        // An earlier call may have come to its end, or not as far as this.
        let is_new = match item {
            Ok(is_new) => is_new,
            Err(problem) => {
                problems.push(format!("item: {problem}"));
                false
            }
        };
        if let Err(problem) = object {
            problems.push(format!("object: {problem}"));
        }
        if is_first || is_new {
            (self.write_line)(&metric::line(&self.namespace, &record, &problems, now));
        }
        if !problems.is_empty() {
            self.put_aside(&record, &problems).await;
        }
    }

    /// The bucket keeps what could not be written; the log does, whole, where that cannot be written either.
    async fn put_aside(&self, record: &Record, problems: &[String]) {
        let problem = problems.join("; ");
        match within(ASIDE, self.sign_ins.put_aside(record, problems)).await {
            Ok(()) => tracing::error!(sk = record.sk, problem, "a sign-in was put aside"),
            Err(also) => {
                let whole = serde_json::to_string(record).unwrap_or_default();
                tracing::error!(record = whole, problem, %also, "a sign-in is in this line only");
            }
        }
    }
}

async fn within<T, E: std::fmt::Display>(
    limit: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    match tokio::time::timeout(limit, work).await {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(_late) => Err(format!("no answer after {} ms", limit.as_millis())),
    }
}
