//! Panic hook: answers the invocation with the prepared 500, logs the place, and replaces the process.
//!
//! The process does not unwind (`panic = "abort"` in the profile `edge`): the tables for it would be a tenth of the
//! package, and what goes on after unwinding goes on with whatever state was left. Instead the hook hands the refusal
//! to the Lambda Runtime API itself, with nothing but a socket, and begins the process anew in its place. Lambda sees
//! one process that answers and asks for its next event.

use std::convert::Infallible;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::panic::PanicHookInfo;
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use gate::log::Record;
use nix::unistd::execv;
use serde_json::value::RawValue;

use super::log::Log;
use super::start_log;

/// How long each step towards the Runtime API may take. It is on the same machine.
const PATIENCE: Duration = Duration::from_secs(1);

/// How the Runtime API says that it took an answer. Only then is the invocation over.
const ACCEPTED: &[u8; 12] = b"HTTP/1.1 202";

/// The invocation in hand, as the Runtime API calls it.
static IN_HAND: Mutex<Option<String>> = Mutex::new(None);

static REFUSAL: OnceLock<Refusal> = OnceLock::new();

/// What is answered and logged, prepared while nothing is wrong.
pub(super) struct Refusal {
    pub(super) answer: Box<RawValue>,
    pub(super) record: Option<Record>,
    pub(super) log: Log,
}

/// Installs the hook. Only a panic's place is logged: its message may hold what a viewer sent.
pub(crate) fn install_hook() {
    std::panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        start_log::panicked(&panic.location().map(ToString::to_string).unwrap_or_default());
        let invocation = IN_HAND.try_lock().ok().and_then(|mut held| held.take());
        if let (Some(refusal), Some(invocation)) = (REFUSAL.get(), invocation) {
            refusal.log.write(refusal.record.as_ref());
            let Err(error) = hand_over(&invocation, refusal.answer.get()).and_then(|()| begin_anew());
            start_log::stopped(&error.to_string());
        }
    }));
}

/// Sets the answer of a panic.
pub(super) fn prepare(refusal: Refusal) {
    let _ = REFUSAL.set(refusal);
}

/// Notes which invocation a panic would have to answer.
pub(super) fn take_in_hand(invocation: String) {
    if let Ok(mut in_hand) = IN_HAND.lock() {
        *in_hand = Some(invocation);
    }
}

/// Notes that the invocation has its answer: a panic from now on has nothing to answer.
pub(super) fn nothing_in_hand() {
    if let Ok(mut in_hand) = IN_HAND.lock() {
        *in_hand = None;
    }
}

/// Answers an invocation over a socket of its own: the executor and its connections may be in an undefined state.
/// <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-response>
fn hand_over(invocation: &str, answer: &str) -> io::Result<()> {
    let api = std::env::var("AWS_LAMBDA_RUNTIME_API").map_err(io::Error::other)?;
    let length = answer.len();
    let mut connection = TcpStream::connect(&api)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_write_timeout(Some(PATIENCE))?;
    let request = format!(
        "POST /2018-06-01/runtime/invocation/{invocation}/response HTTP/1.1\r\n\
         host: {api}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{answer}"
    );
    connection.write_all(request.as_bytes())?;
    let mut said = [0; ACCEPTED.len()];
    connection.read_exact(&mut said)?;
    if said != *ACCEPTED {
        return Err(io::Error::other("the Runtime API did not accept the answer to a panic"));
    }
    Ok(())
}

/// Replaces the process by a new one of the same program, as the handler module did at first. The standard library's
/// `Command` could do it, too, and would be a hundredth of the package.
fn begin_anew() -> io::Result<Infallible> {
    Ok(execv(c"/proc/self/exe", &[c"edge-auth"])?)
}
