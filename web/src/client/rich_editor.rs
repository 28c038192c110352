//! The rich editor: JavaScript of its own, fetched when an entry is opened for the first time.
//!
//! `web/editor` is bundled into a module that exports
//!
//! ```js
//! mount(element, { markdown, onChange, pickLink, pickMedia, labels })
//!   -> { setMarkdown(text), takeMarkdown(text), getMarkdown(), undo(), redo(), focus(), destroy() }
//! serveField(textarea)
//! ```
//!
//! `onChange(markdown)` is called after every change that a person makes, never for `setMarkdown` (what others wrote) and
//! `takeMarkdown` (what the person wrote in the field, which Undo takes back). `serveField` has what is pasted into the
//! field become markdown, and its Undo go on in the editor that was mounted last. `pickLink()` and
//! `pickMedia()` answer promises: `{ href, text }` and `{ src, alt }` with `entry:<id>`, `media:<id>` or plain
//! addresses, or null where the person chose nothing. `labels` has a text for every control, by its name. The app owns
//! all state; the editor only shows and changes markdown.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// What the editor is given.
pub(crate) struct Settings {
    /// The text to begin with.
    pub(crate) markdown: String,
    /// Told the text after every change.
    pub(crate) on_change: Box<dyn Fn(String)>,
    /// Asked for a link.
    pub(crate) pick_link: Box<dyn Fn() -> Promise>,
    /// Asked for a picture.
    pub(crate) pick_media: Box<dyn Fn() -> Promise>,
    /// What its controls are called.
    pub(crate) labels: Vec<(&'static str, &'static str)>,
}

/// A mounted editor. Dropping it takes it off the page.
pub(crate) struct RichEditor {
    editor: JsValue,
    // The editor calls these for as long as it lives.
    _on_change: Closure<dyn Fn(String)>,
    _pickers: [Closure<dyn Fn() -> Promise>; 2],
}

impl RichEditor {
    /// Fetches the editor and mounts it into an element. Fails where it did not arrive.
    pub(crate) async fn mount(element: &HtmlElement, settings: Settings) -> Result<Self, JsValue> {
        let mount = exported("mount").await?;
        let on_change = Closure::new(settings.on_change);
        let pickers = [Closure::new(settings.pick_link), Closure::new(settings.pick_media)];
        let [pick_link, pick_media] = &pickers;
        let labels = Object::new();
        for (name, text) in settings.labels {
            Reflect::set(&labels, &name.into(), &text.into())?;
        }
        let options = Object::new();
        Reflect::set(&options, &"markdown".into(), &settings.markdown.into())?;
        Reflect::set(&options, &"onChange".into(), on_change.as_ref())?;
        Reflect::set(&options, &"pickLink".into(), pick_link.as_ref())?;
        Reflect::set(&options, &"pickMedia".into(), pick_media.as_ref())?;
        Reflect::set(&options, &"labels".into(), &labels)?;
        let editor = mount.call2(&JsValue::NULL, element, &options)?;
        Ok(Self { editor, _on_change: on_change, _pickers: pickers })
    }

    /// Serves the field that shows the text as markdown.
    pub(crate) async fn serve_field(field: &HtmlElement) -> Result<(), JsValue> {
        exported("serveField").await?.call1(&JsValue::NULL, field).map(drop)
    }

    /// Shows what the person made of the text in the field.
    pub(crate) fn take_markdown(&self, markdown: &str) {
        self.call("takeMarkdown", Some(markdown.into()));
    }

    /// Shows another text.
    pub(crate) fn set_markdown(&self, markdown: &str) {
        self.call("setMarkdown", Some(markdown.into()));
    }

    /// Puts the keyboard's focus into it.
    pub(crate) fn focus(&self) {
        self.call("focus", None);
    }

    fn call(&self, name: &str, argument: Option<JsValue>) {
        let method = Reflect::get(&self.editor, &name.into()).and_then(JsCast::dyn_into::<Function>);
        // An editor without the method is of another version; the markdown switch still works.
        let _ = method.and_then(|method| match argument {
            Some(argument) => method.call1(&self.editor, &argument),
            None => method.call0(&self.editor),
        });
    }
}

/// A function of the module, which is fetched for the first of them. Fails where it did not arrive.
async fn exported(name: &str) -> Result<Function, JsValue> {
    // A dynamic import is syntax, which no API stands for: `boot.js` has it as a function.
    let import: Function = Reflect::get(&js_sys::global(), &"loadEditor".into())?.dyn_into()?;
    let module = JsFuture::from(import.call0(&JsValue::NULL)?.dyn_into::<Promise>()?).await?;
    Reflect::get(&module, &name.into())?.dyn_into()
}

impl Drop for RichEditor {
    fn drop(&mut self) {
        self.call("destroy", None);
    }
}
