//! Packs functions.
