//! The package under AWS's runtime interface client: the handler module replaces the Python process by the binary
//! while it is imported, so that every event reaches the binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use stack::function_host::{FunctionHost, HostSettings};
use stack::pool::{Pool, PoolSettings};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::process::Command;

use super::archive::{built, unpack};
use super::config::config;
use super::event::{HOST, event};

/// What the goals allow the function, in kB.
const RESIDENT: u64 = 10 * 1_024;

#[tokio::test]
async fn the_first_request_for_an_event_comes_from_the_binary() {
    let task_root = unpack();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let _runtime_client = Command::new(python())
        .args(RUNTIME_CLIENT)
        .current_dir(task_root.path())
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "us-east-1.parapet-edge-auth")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("LAMBDA_TASK_ROOT", task_root.path())
        .env("_HANDLER", "index.handler")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let (mut connection, _peer) = listener.accept().await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(connection.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    assert!(head.starts_with("get /2018-06-01/runtime/invocation/next "), "{head}");
    assert!(head.contains("\r\nuser-agent: aws-lambda-rust/"), "{head}");
}

#[tokio::test]
async fn the_package_as_it_is_starts_and_answers() {
    let task_root = unpack();
    let host = host(&task_root).await;
    let answer = ask(&host, &event("GET", "/members/", &[("Accept", "text/html")])).await;
    // Whether the configuration lists the event's host or not.
    assert!(answer["status"] == "302" || answer["status"] == "400", "{answer}");
}

#[tokio::test]
async fn the_unpacked_package_answers_events_by_itself() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let pool = Pool::start(PoolSettings::local(&format!("http://{HOST}")), listener).await.unwrap();
    let client_id = PoolSettings::LOCAL_CLIENT_ID;
    let task_root = unpack();
    let config = config(pool.issuer(), pool.base_url(), &pool.jwks(), client_id);
    fs::write(task_root.path().join("edge-auth.json"), config.to_string()).unwrap();
    let host = host(&task_root).await;

    let sign_in = ask(&host, &event("GET", "/guide/", &[("Accept", "text/html")])).await;
    let location = sign_in["headers"]["location"][0]["value"].as_str().unwrap();
    assert!(sign_in["status"] == "302" && location.starts_with(pool.base_url()), "{sign_in}");

    let token = pool.issue_tokens("reader", client_id, None).unwrap().id_token.unwrap();
    for _ in 0..100 {
        let cookie = format!("__Host-id-token={token}");
        let page = ask(&host, &event("GET", "/guide/", &[("Cookie", &cookie)])).await;
        assert_eq!(page["uri"], "/guide/index.html");
    }
    is_the_binary_alone(task_root.path());
    assert_eq!((host.counts().cold_starts, host.counts().invocations), (1, 101));
    host.stop().await;
}

const RUNTIME_CLIENT: [&str; 3] = ["-m", "awslambdaric", "index.handler"];

/// The interpreter that has AWS's runtime interface client.
fn python() -> PathBuf {
    built("EDGE_AUTH_PYTHON", ".local/venv/bin/python", "make setup")
}

async fn host(task_root: &TempDir) -> FunctionHost {
    let args = RUNTIME_CLIENT.map(str::to_owned).to_vec();
    let settings = HostSettings { args, instances: 1, ..HostSettings::new(python(), task_root.path()) };
    FunctionHost::start(settings).await.unwrap()
}

async fn ask(host: &FunctionHost, event: &Value) -> Value {
    let answer = host.invoke(event.to_string().as_bytes()).await.unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_slice(&answer).unwrap()
}

/// Of the processes in the package's folder, where the runtime client was started, the binary is the only one left,
/// and it is as small as it is to be.
fn is_the_binary_alone(task_root: &Path) {
    let root = task_root.canonicalize().unwrap();
    let processes: Vec<PathBuf> = fs::read_dir("/proc")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|process| fs::read_link(process.join("cwd")).is_ok_and(|folder| folder == root))
        .collect();
    let programs: Vec<PathBuf> =
        processes.iter().map(|process| fs::read_link(process.join("exe")).unwrap()).collect();
    assert_eq!(programs, [root.join("edge-auth")]);

    let status = fs::read_to_string(processes[0].join("status")).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let resident: u64 = resident.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(resident <= RESIDENT, "{resident} kB");
}
