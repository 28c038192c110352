//! Shell: the function's I/O: Runtime API, user pool, clock, randomness, configuration file, log.

mod ambient;
mod instance;
mod log;
pub(crate) mod panic;
mod pool_client;
pub(crate) mod start_log;
mod tls;

use std::convert::Infallible;
use std::rc::Rc;

use gate::decision::Outcome;
use gate::event;
use gate::page::unavailable;
use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde_json::value::RawValue;
use tokio::runtime::LocalOptions;

pub(crate) use instance::{Instance, StartError};

/// Answers events until the process is ended.
///
/// # Errors
///
/// When the Lambda Runtime API cannot be reached or is not one.
pub(crate) fn serve(instance: Instance) -> Result<(), Error> {
    panic::prepare(instance.refusal());
    let instance = Rc::new(instance);
    run(move |LambdaEvent { payload, context }| {
        panic::take_in_hand(context.request_id);
        let instance = Rc::clone(&instance);
        async move {
            let answer = instance.answer(payload.get()).await;
            panic::nothing_in_hand();
            Ok(answer)
        }
    })
}

/// Tells everybody to come back later, where the configuration is refused: nothing is let through.
///
/// # Errors
///
/// As [`serve`].
pub(crate) fn serve_unavailable() -> Result<(), Error> {
    let answer = Rc::new(event::write(&Outcome::Answer(unavailable()))?);
    run(move |_| {
        let answer = Rc::clone(&answer);
        async move { Ok(RawValue::to_owned(&answer)) }
    })
}

/// Asks for events and answers them, one at a time.
fn run<A, F>(answer: A) -> Result<(), Error>
where
    A: FnMut(LambdaEvent<Box<RawValue>>) -> F + 'static,
    F: Future<Output = Result<Box<RawValue>, Infallible>> + 'static,
{
    // One event at a time is all that Lambda sends, so one thread is all that is needed.
    let executor = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build_local(LocalOptions::default())?;
    // As a task: what `block_on` polls itself is woken by way of the kernel, twice for every event.
    let serving = executor.spawn_local(Runtime::new(service_fn(answer)).run());
    executor.block_on(serving)?
}
