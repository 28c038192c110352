//! Everything that the library must not do itself: the clock, randomness, the network and the log.

mod ambient;
mod instance;
mod pool_client;
pub(crate) mod start_log;
mod tls;

use std::rc::Rc;

use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde_json::value::RawValue;

pub(crate) use instance::{Instance, StartError};

/// Answers events until the process is ended.
///
/// # Errors
///
/// When the Lambda Runtime API cannot be reached or is not one.
pub(crate) fn serve(instance: Instance) -> Result<(), Error> {
    let instance = Rc::new(instance);
    let handler = service_fn(move |event: LambdaEvent<Box<RawValue>>| {
        let instance = Rc::clone(&instance);
        async move { RawValue::from_string(instance.answer(event.payload.get()).await).map_err(Error::from) }
    });
    // One event at a time is all that Lambda sends, so one thread is all that is needed.
    tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()?
        .block_on(Runtime::new(handler).run())
}
