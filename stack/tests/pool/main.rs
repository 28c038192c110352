//! The user pool as relying parties and people meet it: over HTTP.

#[cfg(test)]
mod account;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod code_flow;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod hosted_ui;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod logout;
#[cfg(test)]
mod refresh;
#[cfg(test)]
mod state_file;
#[cfg(test)]
mod world;
