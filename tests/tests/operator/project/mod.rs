//! The project file and what is made of it, as an operator runs the commands: `init`, `explain`, `keys`, `people`, `completions`,
//! `man`, and the help of every command.

// What the tests stand on.
mod operator;

mod explaining;
mod first_steps;
mod help;
mod keys;
mod people;
