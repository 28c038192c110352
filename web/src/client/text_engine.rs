//! The text engine: what renders, merges and compares texts. A WebAssembly module of its own, fetched when a page needs
//! it, because it is a quarter of the app's code and lists do without.

use std::collections::BTreeMap;

use content::{
    diff::{Row, Stretch},
    markdown::{Media, Reference},
    merge::{Merge, Region},
};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The module that `web/text-engine` is built into.
    #[derive(Clone)]
    type Module;

    #[wasm_bindgen(method, js_name = render)]
    fn render(this: &Module, markdown: &str, known: &Array) -> Array;

    #[wasm_bindgen(method, js_name = merge)]
    fn merge(this: &Module, base: &str, mine: &str, theirs: &str) -> Array;

    #[wasm_bindgen(method, js_name = sideBySide)]
    fn side_by_side(this: &Module, left: &str, right: &str) -> Array;
}

/// The loaded engine.
#[derive(Clone)]
pub(crate) struct TextEngine(Module);

/// A rendered text.
pub(crate) struct Rendered {
    /// Safe HTML.
    pub(crate) html: String,
    /// How many words it has.
    pub(crate) words: u32,
    /// Minutes that reading takes.
    pub(crate) reading_minutes: u32,
    /// What it refers to and is not known.
    pub(crate) broken: Vec<Reference>,
}

impl TextEngine {
    /// Fetches the engine. Fails where it did not arrive.
    pub(crate) async fn load() -> Result<Self, JsValue> {
        // A dynamic import is syntax, which no API stands for: `boot.js` has it as a function.
        let import: Function = Reflect::get(&js_sys::global(), &"loadTextEngine".into())?.dyn_into()?;
        let module = JsFuture::from(import.call0(&JsValue::NULL)?.dyn_into::<Promise>()?).await?;
        Ok(Self(module.unchecked_into()))
    }

    /// Renders a text with what is known of what it refers to.
    pub(crate) fn render(
        &self,
        markdown: &str,
        entries: &BTreeMap<String, Option<String>>,
        media: &BTreeMap<String, Option<Media>>,
    ) -> Rendered {
        let known = Array::new();
        for (id, path) in entries {
            if let Some(path) = path {
                known.push(&texts(["entry", id, path]));
            }
        }
        for (id, item) in media {
            match item {
                Some(Media::Picture { sources, alt }) => {
                    let picture = texts(["picture", id, alt]);
                    for source in sources {
                        picture.push(&source.url.as_str().into());
                        picture.push(&source.kind.as_str().into());
                        picture.push(&source.width.into());
                        picture.push(&source.height.into());
                    }
                    known.push(&picture);
                }
                Some(Media::File(file)) => {
                    known.push(&texts(["file", id, &file.url, &file.kind, &file.name]));
                }
                None => {}
            }
        }
        let told = self.0.render(markdown, &known);
        let broken = told.iter().skip(3).filter_map(|reference| {
            let reference = reference.as_string()?;
            let (kind, id) = reference.split_once(':')?;
            let of = if kind == "entry" { Reference::Entry } else { Reference::Media };
            Some(of(id.to_owned()))
        });
        Rendered {
            html: text(&told, 0),
            words: number(&told, 1),
            reading_minutes: number(&told, 2),
            broken: broken.collect(),
        }
    }

    /// Merges two texts that began as `base`.
    pub(crate) fn merge(&self, base: &str, mine: &str, theirs: &str) -> Merge {
        let regions = self.0.merge(base, mine, theirs).into_iter().map(|region| {
            let region: Array = region.unchecked_into();
            match region.length() {
                1 => Region::Merged(text(&region, 0)),
                _ => Region::Conflict {
                    base: text(&region, 0),
                    mine: text(&region, 1),
                    theirs: text(&region, 2),
                },
            }
        });
        Merge { regions: regions.collect() }
    }

    /// The lines of two texts beside each other.
    pub(crate) fn side_by_side(&self, left: &str, right: &str) -> Vec<Row> {
        let rows = self.0.side_by_side(left, right).into_iter().map(|row| {
            let row: Array = row.unchecked_into();
            Row { left: stretches(&row.get(0)), right: stretches(&row.get(1)) }
        });
        rows.collect()
    }
}

/// Texts and, before each, whether it differs.
fn stretches(side: &JsValue) -> Option<Vec<Stretch>> {
    let side: &Array = side.dyn_ref()?;
    let pairs = (0..side.length()).step_by(2);
    Some(pairs.map(|at| Stretch { differs: side.get(at).is_truthy(), text: text(side, at + 1) }).collect())
}

fn texts<const N: usize>(texts: [&str; N]) -> Array {
    texts.into_iter().map(JsValue::from_str).collect()
}

fn text(array: &Array, at: u32) -> String {
    array.get(at).as_string().unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the engine counts in whole numbers"
)]
fn number(array: &Array, at: u32) -> u32 {
    array.get(at).as_f64().unwrap_or_default() as u32
}
