//! AWS's APIs as the local endpoint answers them, asked by AWS's own SDK; and the same questions to moto, a double that
//! others wrote, wherever it has an answer.

// Where the questions are asked.
pub(crate) mod ground;

mod parameters;
mod queries;
mod records;
mod refused;
mod uploads;
