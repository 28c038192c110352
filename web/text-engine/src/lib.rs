//! What the editing app does with texts: it renders, merges and compares them as `content` does. A WebAssembly module of
//! its own, which the app fetches when a page needs it; the app's side of it is `web/src/client/text_engine.rs`.
//!
//! Lists of texts and numbers go over the border between the two modules, so that neither has code for the other's types.

#![cfg(target_arch = "wasm32")]

mod known;

use content::{diff, markdown, markdown::Reference, merge::Merge, merge::Region};
use js_sys::Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use self::known::Known;

/// HTML, words, minutes of reading, and then what is referred to and not known, such as `media:<id>`.
#[wasm_bindgen]
#[must_use]
pub fn render(markdown: &str, known: &Array) -> Array {
    let rendered = markdown::render(markdown, &Known::read(known));
    let told = Array::of3(
        &rendered.html.as_str().into(),
        &count(rendered.words()),
        &count(rendered.reading_minutes()),
    );
    for reference in rendered.broken {
        let reference = match reference {
            Reference::Entry(id) => format!("entry:{id}"),
            Reference::Media(id) => format!("media:{id}"),
        };
        told.push(&reference.into());
    }
    told
}

/// A list for each region: what is merged, or what both found, what one made of it and what the other did.
#[wasm_bindgen]
#[must_use]
pub fn merge(base: &str, mine: &str, theirs: &str) -> Array {
    let regions = Merge::of(base, mine, theirs).regions.into_iter();
    let told = regions.map(|region| match region {
        Region::Merged(text) => Array::of1(&text.into()),
        Region::Conflict { base, mine, theirs } => Array::of3(&base.into(), &mine.into(), &theirs.into()),
    });
    told.collect()
}

/// A pair for each row: left and right, null or whether a stretch differs and its text, in turn.
#[wasm_bindgen(js_name = sideBySide)]
#[must_use]
pub fn side_by_side(left: &str, right: &str) -> Array {
    let rows = diff::side_by_side(left, right).into_iter();
    rows.map(|row| Array::of2(&side(row.left), &side(row.right))).collect()
}

fn side(stretches: Option<Vec<diff::Stretch>>) -> JsValue {
    let Some(stretches) = stretches else { return JsValue::NULL };
    let told = Array::new();
    for stretch in stretches {
        told.push(&stretch.differs.into());
        told.push(&stretch.text.into());
    }
    told.into()
}

fn count(number: usize) -> JsValue {
    u32::try_from(number).unwrap_or(u32::MAX).into()
}
