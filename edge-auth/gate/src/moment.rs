//! Moment: the current time and a source of randomness, as arguments.
//!
//! Deciding code never reads a clock or draws randomness itself, so that each answer can be tested.

pub use cognito::UnixTime;

/// Unpredictable bytes for states, nonces, code verifiers and sealing nonces.
pub trait Random {
    /// Fills the whole buffer with unpredictable bytes.
    fn fill(&mut self, buffer: &mut [u8]);
}

/// The time of an event, and randomness for as long as it is decided.
pub struct Moment<'m> {
    /// The time at which the event arrived, in seconds since the Unix epoch.
    pub now: UnixTime,
    /// Where unpredictable bytes come from.
    pub random: &'m mut dyn Random,
}

impl Moment<'_> {
    /// Draws `N` unpredictable bytes.
    pub fn draw<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }
}
