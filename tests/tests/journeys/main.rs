//! Journeys: what readers and editors do, in a real browser, across the whole cloud on this machine.
//!
//! Each is told as a person would tell it. What is asserted is what they see, and what the cloud's parts noted down:
//! the user pool's counters, the requests that reached the API's origin, the gate's log. Most hold wherever people sign
//! in, and are made at the stack's user pool and at a provider that this project did not write.

#[cfg(test)]
mod accessible;
#[cfg(test)]
mod api_calls;
#[cfg(test)]
mod api_clients;
#[cfg(test)]
mod app;
#[cfg(test)]
mod cookies_off;
#[cfg(test)]
mod forgotten_password;
#[cfg(test)]
mod given_up;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod keyboard_only;
#[cfg(test)]
mod pool_down;
#[cfg(test)]
mod renewal;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod sign_out;
#[cfg(test)]
mod sign_up;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod strict_policy;
#[cfg(test)]
mod two_tabs;
