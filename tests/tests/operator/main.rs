//! `parapet`, as an operator runs it.

#[cfg(test)]
mod associate;
#[cfg(test)]
mod content_moves;
#[cfg(test)]
mod deploy;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod invalidate;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod project;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod site;
