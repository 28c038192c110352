//! What a document makes a browser load and run.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// What one document holds that a Content-Security-Policy has a say in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Markup {
    /// Scripts, executed ones only.
    pub(super) scripts: Vec<Code>,
    /// Style sheets, in the document or outside.
    pub(super) styles: Vec<Code>,
    /// `style` attributes, by the name of the first few elements.
    pub(super) style_attributes: usize,
    /// `on…` attributes.
    pub(super) handlers: Vec<String>,
    /// Everything else that is loaded: what for, and from where.
    pub(super) loads: Vec<(Load, String)>,
    /// Where forms go.
    pub(super) forms: Vec<String>,
}

/// A script or a style sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    /// Where it is.
    pub(super) place: Place,
    /// Its `nonce`.
    pub(super) nonce: Option<String>,
}

/// Where code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// In the document: its text.
    Inline(String),
    /// At this URL.
    At(String),
}

/// What something is loaded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    Script,
    Style,
    Image,
    Font,
    Connection,
    Frame,
}

impl Markup {
    /// Reads a document, as tolerantly as browsers do.
    pub(super) fn read(html: &str) -> Markup {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut markup = Markup::default();
        let mut inside: Option<Inside> = None;
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => inside = markup.start(&tag),
                Token::String(text) => {
                    if let Some(inside) = &mut inside {
                        inside.text.push_str(&String::from_utf8_lossy(&text));
                    }
                }
                Token::EndTag(_) => {
                    if let Some(inside) = inside.take() {
                        markup.end(inside);
                    }
                }
                _ => {}
            }
        }
        markup
    }

    /// Whether WebAssembly is loaded.
    pub(super) fn loads_wasm(&self) -> bool {
        self.loads.iter().any(|(_, url)| url.split(['?', '#']).next().unwrap_or_default().ends_with(".wasm"))
    }

    fn start(&mut self, tag: &StartTag<()>) -> Option<Inside> {
        let name = String::from_utf8_lossy(&tag.name);
        self.style_attributes += usize::from(attribute(tag, "style").is_some());
        let handlers = tag.attributes.keys().map(|name| String::from_utf8_lossy(name));
        let handlers = handlers.filter(|name| name.starts_with("on"));
        self.handlers.extend(handlers.map(|handler| format!("{handler} of <{name}>")));
        match &*name {
            "script" if is_executed(tag) => return self.code(tag, Kind::Script, attribute(tag, "src")),
            "style" => return self.code(tag, Kind::Style, None),
            "link" => self.link(tag),
            "img" | "input" => self.load(Load::Image, attribute(tag, "src")),
            "iframe" | "frame" => self.load(Load::Frame, attribute(tag, "src")),
            "form" => self.forms.extend(attribute(tag, "action")),
            _ => {}
        }
        None
    }

    fn code(&mut self, tag: &StartTag<()>, kind: Kind, source: Option<String>) -> Option<Inside> {
        let nonce = attribute(tag, "nonce");
        match source {
            Some(url) => {
                self.scripts.push(Code { place: Place::At(url), nonce });
                None
            }
            None => Some(Inside { kind, nonce, text: String::new() }),
        }
    }

    fn end(&mut self, inside: Inside) {
        let code = Code { place: Place::Inline(inside.text), nonce: inside.nonce };
        match inside.kind {
            Kind::Script => self.scripts.push(code),
            Kind::Style => self.styles.push(code),
        }
    }

    /// <https://html.spec.whatwg.org/multipage/links.html#linkTypes>
    fn link(&mut self, tag: &StartTag<()>) {
        let (Some(rel), Some(href)) = (attribute(tag, "rel"), attribute(tag, "href")) else { return };
        for rel in rel.to_ascii_lowercase().split_ascii_whitespace() {
            match rel {
                "stylesheet" => {
                    let nonce = attribute(tag, "nonce");
                    self.styles.push(Code { place: Place::At(href.clone()), nonce });
                }
                "modulepreload" => self.load(Load::Script, Some(href.clone())),
                "icon" | "apple-touch-icon" => self.load(Load::Image, Some(href.clone())),
                "preload" => {
                    let wanted = attribute(tag, "as").and_then(|wanted| preloaded(&wanted));
                    if let Some(load) = wanted {
                        self.load(load, Some(href.clone()));
                    }
                }
                _ => {}
            }
        }
    }

    fn load(&mut self, what: Load, url: Option<String>) {
        self.loads.extend(url.map(|url| (what, url)));
    }
}

/// Code whose end has not come yet.
struct Inside {
    kind: Kind,
    nonce: Option<String>,
    text: String,
}

enum Kind {
    Script,
    Style,
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Data blocks such as JSON are not.
fn is_executed(tag: &StartTag<()>) -> bool {
    let kind = attribute(tag, "type").unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "" | "module" | "importmap" | "speculationrules") || kind.ends_with("javascript")
}

fn preloaded(wanted: &str) -> Option<Load> {
    Some(match wanted.to_ascii_lowercase().as_str() {
        "script" | "worker" => Load::Script,
        "style" => Load::Style,
        "image" => Load::Image,
        "font" => Load::Font,
        "fetch" => Load::Connection,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_loaded_is_found() {
        let markup = Markup::read(
            r#"<LINK rel="stylesheet" href=/a.css><script src="/b.js" nonce=n></script>
            <link rel=modulepreload href=/c.js><link rel=preload as=fetch href=/d_bg.wasm?1>
            <style>p{}</style><p style="color:red" onclick="x()">&lt;script>no</p><img src=//cdn.example/i.png>
            <script>let a = "<b>";</script><form action=/send></form><script type="application/json">{}</script>"#,
        );
        let inline = |text: &str| Code { place: Place::Inline(text.to_owned()), nonce: None };
        assert_eq!(markup.scripts[0], Code { place: Place::At("/b.js".into()), nonce: Some("n".into()) });
        assert_eq!(markup.scripts[1..], [inline("let a = \"<b>\";")]);
        assert_eq!(markup.styles[1], inline("p{}"));
        assert_eq!((markup.styles.len(), markup.style_attributes), (2, 1));
        assert_eq!(markup.handlers, ["onclick of <p>"]);
        let kinds: Vec<Load> = markup.loads.iter().map(|(load, _)| *load).collect();
        assert_eq!(kinds, [Load::Script, Load::Connection, Load::Image]);
        assert!(markup.loads_wasm());
        assert_eq!(markup.forms, ["/send"]);
    }

    #[test]
    fn broken_documents_are_read_as_far_as_they_go() {
        for html in ["", "<script", "<script>x", "<style><!--", "<link rel=preload>"] {
            assert!(!Markup::read(html).loads_wasm(), "{html}");
        }
    }
}
