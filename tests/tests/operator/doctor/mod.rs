//! `parapet doctor`, as an operator runs it: against the local cloud, healthy and sabotaged, and against moto.

// What the tests stand on.
mod double;
mod examination;
mod ground;

mod deployed;
mod in_the_account;
mod on_this_machine;
