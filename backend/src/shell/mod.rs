//! What touches the outside: clock and randomness, AWS, the user pool's keys, the socket, and the Lambda Runtime API.

pub(crate) mod ambient;
pub(crate) mod aws;
pub(crate) mod database_password;
pub(crate) mod lambda;
pub(crate) mod log;
pub(crate) mod pool_keys;
pub(crate) mod server;
