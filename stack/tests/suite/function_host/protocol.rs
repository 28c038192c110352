//! The function host against real processes: what a function is told, and what it may say, over the Runtime API.

use std::time::Duration;

use super::python_function::{host, json};
use stack::function_host::{FunctionHost, HostError, HostSettings, InitFailure, InvokeError};

#[tokio::test]
async fn an_event_comes_with_the_headers_and_the_environment_of_lambda() {
    let source = r"serve(lambda event, headers: {'headers': dict(headers), 'now': time.time() * 1000,
        'env': dict(os.environ), 'cwd': os.getcwd()})";
    let (host, folder) = host(source, |settings| {
        settings.timeout = Duration::from_secs(30);
        settings.extra_env = vec![("EXTRA".to_owned(), "yes".to_owned())];
    })
    .await;
    let seen = json(&host, "{}").await;
    let header = |name: &str| {
        let headers = seen["headers"].as_object().unwrap();
        let found = headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.unwrap_or_else(|| panic!("no {name}")).1.as_str().unwrap().to_owned()
    };
    assert_eq!(header("lambda-runtime-aws-request-id").len(), 36);
    assert!(header("lambda-runtime-trace-id").starts_with("Root=1-"));
    assert_eq!(
        header("lambda-runtime-invoked-function-arn"),
        "arn:aws:lambda:us-east-1:123456789012:function:us-east-1.parapet-edge-auth:1"
    );
    let left = header("lambda-runtime-deadline-ms").parse::<f64>().unwrap() - seen["now"].as_f64().unwrap();
    assert!((0.0..=30_001.0).contains(&left), "{left} ms left of 30 s");

    let root = folder.path().canonicalize().unwrap();
    assert_eq!(seen["cwd"], root.to_str().unwrap());
    let mut env = seen["env"].as_object().unwrap().clone();
    assert_eq!(env["LAMBDA_TASK_ROOT"], root.to_str().unwrap());
    assert_eq!(env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], "128");
    assert_eq!(env["EXTRA"], "yes");
    // The interpreter sets this one itself, for its own locale.
    env.remove("LC_CTYPE");
    let names: Vec<&str> = env.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "AWS_DEFAULT_REGION",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "EXTRA",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT",
            "LANG",
            "PATH",
            "TZ",
            "_HANDLER"
        ]
    );
}

#[tokio::test]
async fn a_function_error_is_told_and_the_instance_goes_on() {
    let (host, _folder) =
        host("serve(lambda event, headers: event['wanted'])", |settings| settings.instances = 1).await;
    match host.invoke(b"{}").await {
        Err(InvokeError::Function { error_type, message }) => {
            assert_eq!((error_type.as_str(), message.as_str()), ("KeyError", "'wanted'"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(json(&host, r#"{"wanted":1}"#).await, 1);
    assert_eq!(host.counts().cold_starts, 1);
}

#[tokio::test]
async fn a_failed_initialisation_is_told_with_stderr_and_tried_again_with_the_next_event() {
    let source = "
if not os.path.exists('fixed'):
    print('cannot read edge-auth.json', file=sys.stderr)
    sys.exit(7)
serve(lambda event, headers: event)";
    let (host, folder) = host(source, |_| {}).await;
    match host.invoke(b"1").await {
        Err(InvokeError::InitFailed { cause: InitFailure::Exited(status), stderr }) => {
            assert_eq!(status.unwrap().code(), Some(7));
            assert_eq!(stderr, "cannot read edge-auth.json");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(host.counts().cold_starts, 1);
    std::fs::write(folder.path().join("fixed"), "").unwrap();
    assert_eq!(json(&host, "1").await, 1);
    assert_eq!(host.counts().invocations, 1);
}

#[tokio::test]
async fn an_initialisation_error_can_be_reported() {
    let source = "
post('init/error', {'errorType': 'Runtime.ImportModuleError', 'errorMessage': 'no module'},
     {'Lambda-Runtime-Function-Error-Type': 'Unhandled'})
time.sleep(600)";
    let (host, _folder) = host(source, |_| {}).await;
    match host.invoke(b"1").await {
        Err(InvokeError::InitFailed { cause: InitFailure::Reported { error_type, message }, .. }) => {
            assert_eq!((error_type.as_str(), message.as_str()), ("Runtime.ImportModuleError", "no module"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_initialisation_has_its_time() {
    let (host, _folder) =
        host("time.sleep(600)", |settings| settings.init_timeout = Duration::from_millis(300)).await;
    let failed = host.invoke(b"1").await;
    let Err(InvokeError::InitFailed { cause: InitFailure::TimedOut(after), .. }) = failed else {
        panic!("{failed:?}");
    };
    assert_eq!(after, Duration::from_millis(300));
}

#[tokio::test]
async fn the_runtime_api_refuses_what_is_out_of_turn() {
    let source = "
def refused(call):
    try:
        call()
    except urllib.error.HTTPError as error:
        return [error.code, json.load(error)['errorType']]
def handler(event, headers):
    return [refused(next_event), refused(lambda: post('invocation/other/response', 1)),
            refused(lambda: post('nothing', 1))]
serve(handler)";
    let (host, _folder) = host(source, |_| {}).await;
    assert_eq!(
        json(&host, "1").await,
        serde_json::json!([[403, "InvalidStateTransition"], [400, "InvalidRequestID"], [404, "NotFound"]])
    );
}

#[tokio::test]
async fn payloads_have_a_limit_in_both_directions() {
    let source = "
def handler(event, headers):
    try:
        post('invocation/' + headers['Lambda-Runtime-Aws-Request-Id'] + '/response', 'x' * event)
    except (urllib.error.HTTPError, OSError):
        pass
while True:
    headers, event = next_event()
    handler(event, headers)";
    let (host, _folder) = host(source, |_| {}).await;
    let limit = stack::function_host::PAYLOAD_LIMIT;
    let most = host.invoke((limit - 2).to_string().as_bytes()).await.unwrap();
    assert_eq!(most.len(), limit);
    let refused = host.invoke((limit - 1).to_string().as_bytes()).await;
    assert!(matches!(refused, Err(InvokeError::AnswerTooLarge { .. })), "{refused:?}");
    let refused = host.invoke(&vec![b' '; limit + 1]).await;
    assert!(matches!(refused, Err(InvokeError::EventTooLarge { .. })), "{refused:?}");
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let missing =
        FunctionHost::start(HostSettings::new(folder.path().join("edge-auth"), folder.path())).await;
    assert!(matches!(missing, Err(HostError::Executable { source: Some(_), .. })), "{missing:?}");
    let a_folder = FunctionHost::start(HostSettings::new(folder.path(), folder.path())).await;
    assert!(matches!(a_folder, Err(HostError::Executable { source: None, .. })), "{a_folder:?}");
    let no_root = FunctionHost::start(HostSettings::new("python3", folder.path().join("none"))).await;
    assert!(matches!(no_root, Err(HostError::TaskRoot { .. })), "{no_root:?}");
    let mut settings = HostSettings::new("python3", folder.path());
    settings.instances = 0;
    assert!(matches!(FunctionHost::start(settings).await, Err(HostError::NoInstances)));
}
