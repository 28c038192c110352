//! What a text refers to, as far as the app knows it.

use std::collections::HashMap;

use content::markdown::{Media, MediaFile, Resolve, Source};
use js_sys::Array;
use wasm_bindgen::JsCast;

/// Addresses of entries, and media items.
#[derive(Default)]
pub(crate) struct Known {
    entries: HashMap<String, String>,
    media: HashMap<String, Media>,
}

impl Known {
    /// Reads a list of lists: `entry`, id and path; `picture`, id, description and, for each size, address, type, width
    /// and height; `file`, id, address, type and name.
    pub(crate) fn read(list: &Array) -> Self {
        let mut known = Self::default();
        for item in list.iter() {
            let item: Array = item.unchecked_into();
            let id = text(&item, 1);
            match text(&item, 0).as_str() {
                "entry" => {
                    known.entries.insert(id, text(&item, 2));
                }
                "picture" => {
                    let sizes = (3..item.length()).step_by(4);
                    let sources = sizes.map(|at| Source {
                        url: text(&item, at),
                        kind: text(&item, at + 1),
                        width: number(&item, at + 2),
                        height: number(&item, at + 3),
                    });
                    known
                        .media
                        .insert(id, Media::Picture { sources: sources.collect(), alt: text(&item, 2) });
                }
                _ => {
                    let file = MediaFile { url: text(&item, 2), kind: text(&item, 3), name: text(&item, 4) };
                    known.media.insert(id, Media::File(file));
                }
            }
        }
        known
    }
}

impl Resolve for Known {
    fn entry(&self, id: &str) -> Option<String> {
        self.entries.get(id).cloned()
    }

    fn media(&self, id: &str) -> Option<Media> {
        self.media.get(id).cloned()
    }
}

fn text(array: &Array, at: u32) -> String {
    array.get(at).as_string().unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels are whole numbers")]
fn number(array: &Array, at: u32) -> u32 {
    array.get(at).as_f64().unwrap_or_default() as u32
}
