//! `docs/parapet.md` shows a session of each command. Here they are typed again, and what comes of them is compared.
//!
//! `UPDATE_SESSIONS=1 cargo nextest run -p tests --test operator sessions::` writes what was seen into the document.

use crate::deploy::{account, outputs};

// The account that the sessions are held in.

mod changing;
mod document;
mod pool;
mod transcript;
mod words;
mod world;
