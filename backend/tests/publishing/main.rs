//! Publishing from a committed row to what readers get, over a store, a bucket and a CDN in memory.

#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod cloud;
#[cfg(test)]
mod database;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod life;
#[cfg(test)]
mod neighbours;
#[cfg(test)]
mod process;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod trouble;
