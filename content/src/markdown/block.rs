//! Top-level blocks and where they stand in the source, so that an editor can leave alone what nobody touched.

use std::ops::Range;

use pulldown_cmark::Event;

use super::event::ranged;

/// A top-level block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its bytes in the source, without the blank lines around it.
    pub source: Range<usize>,
}

/// The top-level blocks of a text, in their order; they do not overlap. What stands between them is blank or defines
/// link references.
#[must_use]
pub fn blocks(markdown: &str) -> Vec<Block> {
    let (mut depth, mut blocks) = (0_usize, Vec::new());
    for (event, range) in ranged(markdown) {
        match event {
            Event::Start(_) => {
                if depth == 0 {
                    blocks.push(Block { source: range });
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ if depth == 0 => blocks.push(Block { source: range }),
            _ => {}
        }
    }
    blocks
}
