//! Content comes in from other systems, and goes out again, through the site's own API.

// What the tests stand on.
mod setting;

mod export;
mod import;
