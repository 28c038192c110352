//! What no gate on `lambda_runtime` can go below, built with the gate's own profile: a function that answers with
//! the request as it came; and, run as `floor verify`, the CPU time of one RS256 verification in microseconds.

use std::time::Instant;

use anyhow::{Context, anyhow};
use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};
use serde_json::value::RawValue;
use tokio::runtime::LocalOptions;

/// The gate's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Enough for a second.
const VERIFICATIONS: u32 = 20_000;
/// The length of a Cognito ID token up to its second dot.
const SIGNED: usize = 1_300;

#[expect(clippy::print_stdout, reason = "the figure is what the benchmark reads")]
fn main() -> Result<(), Error> {
    if std::env::args().nth(1).as_deref() == Some("verify") {
        println!("{:.2}", verification()?);
        return Ok(());
    }
    let handler = service_fn(|event: LambdaEvent<Box<RawValue>>| async move { request_of(&event.payload) });
    // As the gate is run.
    let executor = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build_local(LocalOptions::default())?;
    let serving = executor.spawn_local(Runtime::new(handler).run());
    executor.block_on(serving)?
}

/// The request within the event: the event ends with it and three closing braces and a bracket.
fn request_of(event: &RawValue) -> Result<Box<RawValue>, Error> {
    let (_, request) = event.get().split_once(r#""request":"#).ok_or("the event holds no request")?;
    let request = request.strip_suffix("}}]}").ok_or("the event does not end with the request")?;
    Ok(RawValue::from_string(request.to_owned())?)
}

#[expect(clippy::disallowed_methods, reason = "it measures, and signs once")]
fn verification() -> anyhow::Result<f64> {
    let pair = RsaKeyPair::from_pkcs8(include_bytes!("../../../cognito/tests/keys/id.pk8.der"))
        .map_err(|rejected| anyhow!("the key is not one: {rejected}"))?;
    let message = [b'm'; SIGNED];
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), &message, &mut signature)
        .map_err(|_| anyhow!("the key does not sign"))?;
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public().as_ref());
    let started = Instant::now();
    for _ in 0..VERIFICATIONS {
        key.verify(&message, &signature).ok().context("a good signature was refused")?;
    }
    Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(VERIFICATIONS))
}
