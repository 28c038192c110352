//! Content comes in from other systems, and goes out again, through the site's own API.

#[cfg(test)]
mod content_moves {
    // What the tests stand on.
    mod setting;

    mod export;
    mod import;
}
