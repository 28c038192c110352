//! The function host against real processes.

mod lifecycle;
mod protocol;
mod python_function;
