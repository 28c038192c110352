//! Publishing from a committed row to what readers get, over a store, a bucket and a CDN in memory.

mod catalogue;
mod cloud;
mod database;
mod held;
mod kill;
mod life;
mod neighbours;
mod process;
mod scenarios;
mod trouble;
