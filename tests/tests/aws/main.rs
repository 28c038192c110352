//! AWS's APIs as the local endpoint doubles them, and the functions that call them.

#[cfg(test)]
mod doubles;
#[cfg(test)]
mod functions;
