//! Instances of the gate that were lost: every one is told with its reason, and only one reason is no fault of the gate.

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use stack::function_host::Loss;

/// What an event has to spare: the host gives it 5 s, and the gate gives the user pool 4 of them. Who was kept waiting
/// for a processor so long is late through the machine alone.
const TO_SPARE: Duration = Duration::from_secs(1);
/// As much of an address as is told.
const TOLD: usize = 120;

/// A loss, for a person.
pub(crate) struct Told<'a>(pub(super) &'a Loss);

/// Whether the machine alone made the instance late.
pub(crate) fn is_the_machines(loss: &Loss) -> bool {
    let waited = loss.event.as_ref().and_then(|event| event.waited);
    loss.cause.is_overrun() && waited.is_some_and(|waited| waited >= TO_SPARE)
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Loss { instance, cause, event } = self.0;
        write!(f, "instance {instance} {cause}")?;
        let Some(event) = event else { return Ok(()) };
        write!(f, ", over {}, {:.2?} after it was handed over", address(&event.json), event.took)?;
        match event.waited {
            Some(waited) => write!(f, ", of which it waited {waited:.2?} for a processor"),
            None => Ok(()),
        }
    }
}

/// Method and address of the request in an event.
fn address(event: &[u8]) -> String {
    let event: Value = serde_json::from_slice(event).unwrap_or_default();
    let request = event.pointer("/Records/0/cf/request").unwrap_or(&Value::Null);
    let member = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default();
    let address = format!("{} {}?{}", member("method"), member("uri"), member("querystring"));
    address.trim_end_matches('?').chars().take(TOLD).collect()
}

#[cfg(test)]
mod tests {
    use stack::function_host::{LastEvent, LossCause};

    use super::*;

    const LIMIT: Duration = Duration::from_secs(5);

    fn loss(cause: LossCause, waited: Option<Duration>) -> Loss {
        let request = r#"{"method":"GET","uri":"/guide/","querystring":""}"#;
        let json = format!(r#"{{"Records":[{{"cf":{{"request":{request}}}}}]}}"#).into();
        Loss { instance: 3, cause, event: Some(LastEvent { json, took: LIMIT, waited }) }
    }

    #[test]
    fn only_an_overrun_that_waited_long_enough_is_the_machines() {
        let just_short = TO_SPARE - Duration::from_nanos(1);
        assert!(is_the_machines(&loss(LossCause::Unanswered(LIMIT), Some(TO_SPARE))));
        assert!(is_the_machines(&loss(LossCause::Unfinished(LIMIT), Some(TO_SPARE))));
        assert!(!is_the_machines(&loss(LossCause::Unfinished(LIMIT), Some(just_short))));
        assert!(!is_the_machines(&loss(LossCause::Unfinished(LIMIT), None)));
        assert!(!is_the_machines(&loss(LossCause::ExitedAnswered(None), Some(LIMIT))));
        assert!(!is_the_machines(&Loss { event: None, ..loss(LossCause::ExitedIdle(None), None) }));
    }

    #[test]
    fn a_loss_is_told_with_its_reason_and_its_event() {
        let told = Told(&loss(LossCause::Unfinished(LIMIT), Some(TO_SPARE))).to_string();
        assert_eq!(
            told,
            "instance 3 answered, but asked for no other event within 5.00 seconds, over GET /guide/, 5.00s after it \
             was handed over, of which it waited 1.00s for a processor"
        );
    }
}
