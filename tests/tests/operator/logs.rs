//! `parapet logs`, as an operator runs it, against moto's CloudWatch Logs in three regions.

use ops::failure::Exit;
use ops::moment::Moment;
use serde_json::{Value, json};
use tests::moto::Moto;
use tests::operator::{Run, Written, parapet, parapet_for_people, parapet_onto};

const FUNCTION: &str = "docs-production-edge-auth";
const GROUP: &str = "/aws/lambda/us-east-1.docs-production-edge-auth";
const STREAM: &str = "2026/11/21/[7]1";

async fn call(moto: &Moto, region: &str, operation: &str, body: Value) {
    // Gives the process a provider of TLS, without which reqwest makes no client.
    let _ = ops::web_client::WebClient::new().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let scope = format!(
        "AWS4-HMAC-SHA256 Credential=parapet/20261121/{region}/logs/aws4_request, SignedHeaders=host, \
         Signature=0"
    );
    let request = client
        .post(moto.url())
        .header("x-amz-target", format!("Logs_20140328.{operation}"))
        .header("content-type", "application/x-amz-json-1.1")
        .header("authorization", scope);
    let answer = request.body(body.to_string()).send().await.unwrap();
    assert!(answer.status().is_success(), "{operation}: {}", answer.text().await.unwrap());
}

async fn make_log(moto: &Moto, region: &str) {
    make_group(moto, region, GROUP).await;
}

async fn make_group(moto: &Moto, region: &str, group: &str) {
    call(moto, region, "CreateLogGroup", json!({ "logGroupName": group })).await;
    let stream = json!({ "logGroupName": group, "logStreamName": STREAM });
    call(moto, region, "CreateLogStream", stream).await;
}

/// Writes lines that are so many seconds old.
async fn write(moto: &Moto, region: &str, lines: &[(i64, String)]) {
    write_to(moto, region, GROUP, lines).await;
}

async fn write_to(moto: &Moto, region: &str, group: &str, lines: &[(i64, String)]) {
    let now = Moment::now().unix();
    let event = |(ago, line): &(i64, String)| json!({ "timestamp": (now - ago) * 1_000, "message": line });
    let events: Vec<Value> = lines.iter().map(event).collect();
    let body = json!({ "logGroupName": group, "logStreamName": STREAM, "logEvents": events });
    call(moto, region, "PutLogEvents", body).await;
}

fn line(event: &str, reason: &str, path: &str) -> String {
    json!({ "_aws": { "Timestamp": 1 }, "level": "info", "function": FUNCTION, "event": event, "reason": reason, "count": 1,
        "status": 302, "request_id": format!("id{path}"), "method": "GET", "path": path,
        "client_ip": "192.0.2.1", "who": { "subject": "s", "username": "ada" } })
    .to_string()
}

async fn three_regions() -> Moto {
    let moto = Moto::start().unwrap();
    for region in ["us-east-1", "eu-central-1", "ap-southeast-2"] {
        make_log(&moto, region).await;
    }
    let start = "START RequestId: 1 Version: 7\n".to_owned();
    let us =
        [(500, start), (400, line("sign_in", "signed_in", "/1")), (100, line("refusal", "no_session", "/4"))];
    write(&moto, "us-east-1", &us).await;
    let eu = [(300, line("refusal", "not_in_group", "/2")), (50, line("fault", "pool_timeout", "/5"))];
    write(&moto, "eu-central-1", &eu).await;
    write(&moto, "ap-southeast-2", &[(200, line("sign_in", "signed_in", "/3"))]).await;
    moto
}

async fn logs(moto: &Moto, arguments: &[&str]) -> Run {
    parapet(&[&["logs", "--endpoint-url", moto.url()], arguments].concat()).await
}

async fn logs_for_people(moto: &Moto, arguments: &[&str]) -> Run {
    parapet_for_people(&[&["logs", "--endpoint-url", moto.url()], arguments].concat()).await
}

/// The paths of the lines in their order.
async fn paths(moto: &Moto, arguments: &[&str]) -> Vec<String> {
    let run = logs(moto, &[&["--function", FUNCTION], arguments].concat()).await.done();
    let said = |line: &Value| line["path"].as_str().or(line["message"].as_str()).unwrap().to_owned();
    run.json().as_array().unwrap().iter().map(said).collect()
}

#[tokio::test]
async fn lines_of_all_regions_are_merged_by_time() {
    let moto = three_regions().await;
    assert_eq!(paths(&moto, &[]).await, ["/1", "/2", "/3", "/4", "/5"]);
    assert_eq!(paths(&moto, &["--since", "250s"]).await, ["/3", "/4", "/5"]);
    assert_eq!(paths(&moto, &["--since", "1h", "--until", "250s"]).await, ["/1", "/2"]);
    assert_eq!(paths(&moto, &["--event", "refusal", "--event", "fault"]).await, ["/2", "/4", "/5"]);
    assert_eq!(paths(&moto, &["--reason", "signed_in"]).await, ["/1", "/3"]);
    assert_eq!(paths(&moto, &["--request-id", "id/4"]).await, ["/4"]);
    assert_eq!(paths(&moto, &["--region", "eu-central-1"]).await, ["/2", "/5"]);
    assert_eq!(paths(&moto, &["--all"]).await[0], "START RequestId: 1 Version: 7");
    let Run { out, err, .. } =
        logs_for_people(&moto, &["--function", FUNCTION, "--event", "fault"]).await.done();
    assert!(out.contains(" eu-central-1   fault           pool_timeout           302 GET /5  ada"), "{out}");
    assert!(err.contains("1 line of 3 regions"), "{err}");
}

#[tokio::test]
async fn more_than_one_page_is_read() {
    let moto = Moto::start().unwrap();
    make_log(&moto, "us-east-1").await;
    let lines: Vec<(i64, String)> =
        (0..12_000).map(|number| (600, line("refusal", "no_session", &format!("/{number}")))).collect();
    for lines in lines.chunks(4_000) {
        write(&moto, "us-east-1", lines).await;
    }
    assert_eq!(paths(&moto, &["--region", "us-east-1"]).await.len(), 12_000);
}

#[tokio::test]
async fn the_function_is_the_projects_and_has_to_have_a_log() {
    let moto = three_regions().await;
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("parapet.toml");
    let project_name = project.to_str().unwrap();
    let text = "name = \"docs\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"docs.example.com\"]\n";
    std::fs::write(&project, text).unwrap();
    let run = logs(&moto, &["--project", project_name]).await.done();
    assert_eq!(run.json().as_array().unwrap().len(), 5);
    let run = logs_for_people(&moto, &["--function", "another"]).await;
    assert_eq!(run.exit, Exit::Failed);
    let is_told = run.err.contains("no log /aws/lambda/us-east-1.another") && run.err.contains("next: ");
    assert!(is_told, "{}", run.err);
    let run = logs_for_people(&moto, &["--function", FUNCTION, "--since", "yesterday"]).await;
    assert_eq!(run.exit, Exit::Usage);
    assert!(run.err.contains("2026-11-21T12:30:00Z"), "{}", run.err);
}

#[tokio::test]
async fn a_request_is_followed_from_the_gate_to_the_api() {
    let moto = three_regions().await;
    let (backend, announce) = ("/aws/lambda/docs-production-backend", "/aws/lambda/docs-production-announce");
    for group in [backend, announce] {
        make_group(&moto, "eu-central-1", group).await;
    }
    let answered = |route: &str, id: &str| {
        let at = json!({ "Timestamp": 1 });
        json!({ "_aws": at, "Route": route, "Status": 200, "Latency": 2.5, "request_id": id }).to_string()
    };
    let lines =
        [(300, answered("GET /api/v1/me", "id/2")), (90, answered("PUT /api/v1/entries/{id}", "id/4"))];
    write_to(&moto, "eu-central-1", backend, &lines).await;
    let told = json!({ "level": "WARN", "fields": { "message": "throttled", "batch": "b1" } });
    write_to(
        &moto,
        "eu-central-1",
        announce,
        &[(80, told.to_string()), (79, "START RequestId: 1".to_owned())],
    )
    .await;
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("parapet.toml");
    let text = "name = \"docs\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"docs.example.com\"]\n";
    std::fs::write(&project, text).unwrap();
    let of_project = ["--project", project.to_str().unwrap(), "--cms"];
    let all = logs(&moto, &of_project).await.done().json();
    let sources: Vec<&str> =
        all.as_array().unwrap().iter().map(|line| line["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["gate", "gate", "backend", "gate", "gate", "backend", "announce", "gate"]);
    let one = logs(&moto, &[&of_project[..], &["--request-id", "id/4"]].concat()).await.done().json();
    let said: Vec<&Value> = one.as_array().unwrap().iter().collect();
    assert_eq!((&said[0]["path"], &said[1]["route"]), (&json!("/4"), &json!("PUT /api/v1/entries/{id}")));
    assert_eq!(said.len(), 2);
    let refused = logs(&moto, &[&of_project[..], &["--event", "refusal"]].concat()).await.done();
    assert_eq!(refused.json().as_array().unwrap().len(), 2);
    let shown = logs_for_people(&moto, &of_project).await.done();
    assert!(
        shown.out.contains(" eu-central-1   announce        warn                   throttled  batch=b1"),
        "{}",
        shown.out
    );
}

#[tokio::test]
async fn following_tells_each_new_line_once() {
    let moto = three_regions().await;
    let out = Written::default();
    let (writes, url) = (out.clone(), moto.url().to_owned());
    let following = tokio::spawn(async move {
        let arguments = ["logs", "--function", FUNCTION, "--follow", "--json", "--endpoint-url", &url];
        parapet_onto(&arguments, &writes, &Written::default()).await
    });
    out.says("\"/5\"").await;
    write(&moto, "ap-southeast-2", &[(30, line("renewal", "renewed", "/late"))]).await;
    out.says("/late").await;
    write(&moto, "us-east-1", &[(0, line("sign_out", "signed_out", "/last"))]).await;
    out.says("/last").await;
    following.abort();
    let lines: Vec<Value> = out.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let paths: Vec<&str> = lines.iter().map(|line| line["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/1", "/2", "/3", "/4", "/5", "/late", "/last"]);
}
