//! `publish-due`, which a schedule starts each minute: it asks the backend's function, and waits for what it says.

use std::time::Duration;

use serde_json::{Value, json};

use super::aws_stand_in::{Scripted, StandIn};
use tests::packaged_function::Running;

/// What EventBridge Scheduler sends where a target has no input of its own (EventBridge User Guide, "Scheduled events").
fn scheduled() -> Value {
    json!({
        "version": "0",
        "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": "2015-10-08T16:53:06Z",
        "region": "us-east-1",
        "resources": ["arn:aws:events:us-east-1:123456789012:rule/my-scheduled-rule"],
        "detail": {}
    })
}

fn answered(status: u16) -> Scripted {
    let payload = json!({ "statusCode": status, "headers": {}, "body": "x", "isBase64Encoded": false });
    Scripted { status: 200, headers: vec![("content-type", "application/json")], body: payload.to_string() }
}

fn refused(status: u16, kind: &'static str, message: &str) -> Scripted {
    let body = json!({ "Type": "User", "Message": message, "message": message }).to_string();
    Scripted { status, headers: vec![("x-amzn-errortype", kind), ("content-type", "application/json")], body }
}

async fn function(answers: impl IntoIterator<Item = Scripted>) -> (StandIn, Running) {
    let (lambda, url) = StandIn::start(answers).await;
    let function = Running::start("publish-due", &url, &[("BACKEND_FUNCTION", "cms-backend")]).await.unwrap();
    (lambda, function)
}

#[tokio::test]
async fn the_backends_function_is_asked_once_a_schedule() {
    let (lambda, function) = function([answered(204)]).await;
    assert_eq!(function.call(&scheduled()).await.unwrap(), Value::Null);
    let asked = lambda.asked();
    assert_eq!(asked.len(), 1);
    let (method, uri, body) = &asked[0];
    assert_eq!((method.as_str(), uri.path()), ("POST", "/2015-03-31/functions/cms-backend/invocations"));
    let request: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(
        (&request["version"], &request["rawPath"], &request["requestContext"]["http"]["method"]),
        (&json!("2.0"), &json!("/publish-due"), &json!("POST"))
    );
}

#[tokio::test]
async fn a_busy_lambda_is_asked_again() {
    let busy = || refused(429, "TooManyRequestsException", "Rate Exceeded.");
    let (lambda, function) = function([busy(), busy(), answered(204)]).await;
    function.call(&scheduled()).await.unwrap();
    assert_eq!(lambda.asked().len(), 3);
}

/// An error makes the schedule try again, and an alarm of it where that does not help.
#[tokio::test]
async fn what_the_backend_could_not_do_is_an_error() {
    let failed = Scripted {
        headers: vec![("x-amz-function-error", "Unhandled"), ("content-type", "application/json")],
        body: json!({ "errorType": "Runtime.ExitError", "errorMessage": "exited" }).to_string(),
        status: 200,
    };
    let unreadable = Scripted {
        status: 200,
        headers: vec![("content-type", "application/json")],
        body: "null".to_owned(),
    };
    for (answer, said) in [
        (answered(503), "503"),
        (failed, "exited"),
        (unreadable, "answer"),
        (refused(404, "ResourceNotFoundException", "Function not found: cms-backend"), "cms-backend"),
        (refused(403, "AccessDeniedException", "not authorized"), "cms-backend"),
    ] {
        let (_, function) = function([answer]).await;
        let problem = function.fails(&scheduled()).await.unwrap();
        assert!(problem.contains(said), "{said:?} in {problem:?}");
    }
}

#[tokio::test]
async fn a_backend_that_does_not_answer_is_asked_again_by_the_next_process() {
    let (lambda, url) = StandIn::start([Scripted::silence(), answered(204)]).await;
    let environment = [("BACKEND_FUNCTION", "cms-backend")];
    let function =
        Running::with_timeout("publish-due", &url, &environment, Duration::from_secs(3)).await.unwrap();
    function.runs_out_of_time(&scheduled()).await.unwrap();
    function.call(&scheduled()).await.unwrap();
    assert_eq!((lambda.asked().len(), function.host.counts().restarts), (2, 1));
}
