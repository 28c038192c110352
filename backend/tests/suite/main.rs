//! The backend: its store, its API in this process, publishing, and the program from outside.

#[cfg(test)]
mod api;
#[cfg(test)]
mod api_program;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod publishing;
