//! Cold starts: from the start of the process to its first answer.

use crate::function::Function;
use crate::functions::Functions;
use crate::warm::events;

/// In milliseconds, one figure a round.
#[derive(Default)]
pub(crate) struct Cold {
    /// The gate by itself, and through the Python handler.
    pub(crate) gate: [Vec<f64>; 2],
    /// A Rust function that does nothing, likewise.
    pub(crate) floor: [Vec<f64>; 2],
    /// cognito-at-edge, which needs no such handler.
    pub(crate) cognito_at_edge: Vec<f64>,
    /// A Node.js function that does nothing.
    pub(crate) node: Vec<f64>,
}

/// All of them in turns. The first round is left out: it warms the file cache.
pub(crate) fn rounds(functions: &Functions, tokens: &[String], count: usize) -> anyhow::Result<Cold> {
    drop(round(functions, tokens, Cold::default())?);
    (0..count).try_fold(Cold::default(), |cold, _| round(functions, tokens, cold))
}

fn round(functions: &Functions, tokens: &[String], mut cold: Cold) -> anyhow::Result<Cold> {
    let start = |function: &Function| {
        let events = events(function.layout, tokens);
        function.run(&events, 1, &[]).map(|observation| observation.first_answer)
    };
    let Cold { gate: [gate, gate_handled], floor: [floor, floor_handled], cognito_at_edge, node } = &mut cold;
    gate_handled.push(start(&functions.gate_behind_handler)?);
    floor_handled.push(start(&functions.floor_behind_handler)?);
    cognito_at_edge.push(start(&functions.cognito_at_edge)?);
    gate.push(start(&functions.gate)?);
    floor.push(start(&functions.floor)?);
    node.push(start(&functions.node)?);
    Ok(cold)
}
