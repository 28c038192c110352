//! The cloud on one machine, over real sockets and processes.

#[cfg(test)]
mod cdn;
#[cfg(test)]
mod function_host;
#[cfg(test)]
mod pool;
#[cfg(test)]
mod template;
