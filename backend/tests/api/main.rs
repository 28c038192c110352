//! The API, asked in this process: every address's success, refusals, mistakes and conflicts.

#[cfg(test)]
mod contract;
#[cfg(test)]
mod entries;
#[cfg(test)]
mod lambda;
#[cfg(test)]
mod media;
#[cfg(test)]
mod publishing;
#[cfg(test)]
mod request;
#[cfg(test)]
mod site;
#[cfg(test)]
mod token;
