//! The clock and the source of randomness, here and nowhere else.

use backend::ambient::Ambient;
use ring::rand::{SecureRandom, SystemRandom};
use time::OffsetDateTime;

/// The machine's clock and randomness.
pub(crate) fn ambient() -> Ambient {
    #[expect(clippy::disallowed_methods, reason = "this is the shell that draws randomness")]
    let random = SystemRandom::new();
    Ambient::new(OffsetDateTime::now_utc, move || {
        let mut bytes = [0; 16];
        if random.fill(&mut bytes).is_err() {
            // Ids and keys of uploads would be guessed; there is nothing sensible to go on with.
            tracing::error!("the machine has no randomness");
            std::process::abort();
        }
        bytes
    })
}
