//! Warm events: CPU time of the whole process per event, after a warm-up.

use crate::event::{Layout, event};
use crate::function::Function;
use crate::functions::Functions;
use crate::tell;

/// Events before the measurement: Node.js compiles what it finds hot.
pub(crate) const WARM_UP: usize = 1_500;
/// Events that count.
pub(crate) const MEASURED: usize = 10_000;

/// One figure a round.
#[derive(Default)]
pub(crate) struct Warm {
    /// The gate.
    pub(crate) gate: Series,
    /// A Rust function that does nothing.
    pub(crate) floor: Series,
    /// cognito-at-edge.
    pub(crate) cognito_at_edge: Series,
    /// A Node.js function that does nothing.
    pub(crate) node: Series,
}

/// What the rounds of one function told.
#[derive(Default)]
pub(crate) struct Series {
    /// CPU time per event, in microseconds.
    pub(crate) cpu_time: Vec<f64>,
    /// The double's CPU time per event, in microseconds.
    pub(crate) double: Vec<f64>,
    /// From one event to the next, in microseconds.
    pub(crate) passed: Vec<f64>,
    /// Resident memory at the end, in kB.
    pub(crate) resident: Vec<f64>,
}

impl Warm {
    /// Every function once.
    pub(crate) fn round(&mut self, functions: &Functions, tokens: &[String]) -> anyhow::Result<()> {
        self.gate.add(&functions.gate, tokens)?;
        self.cognito_at_edge.add(&functions.cognito_at_edge, tokens)?;
        self.floor.add(&functions.floor, tokens)?;
        self.node.add(&functions.node, tokens)
    }
}

impl Series {
    fn add(&mut self, function: &Function, tokens: &[String]) -> anyhow::Result<()> {
        let events = events(function.layout, tokens);
        let count = WARM_UP + MEASURED;
        let observation = function.run(&events, count, &[WARM_UP, count])?;
        let per_event = observation.per_event()?;
        tell(&format!("  {}: {:.1} us", function.name, per_event.cpu_time));
        self.cpu_time.push(per_event.cpu_time);
        self.double.push(per_event.double);
        self.passed.push(per_event.passed);
        self.resident.extend(observation.looks.last().map(|look| f64::from(look.resident)));
        Ok(())
    }
}

/// One event for each token.
pub(crate) fn events(layout: Layout, tokens: &[String]) -> Vec<String> {
    tokens.iter().map(|token| event(layout, token)).collect()
}
