//! The gate from outside: the very binary that is deployed.

#[cfg(test)]
mod black_box;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod outside;
#[cfg(test)]
mod package;
#[cfg(test)]
mod strangers_provider;
