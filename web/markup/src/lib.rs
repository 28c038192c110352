//! `view!`: Leptos' markup, which becomes calls of the app's own builder of elements.
//!
//! Leptos' own macro gives every element a type that holds its attributes and children, and compiles code for each: most
//! of what a browser would load of the app. Here each element is three or four calls of functions that are there once.

mod attribute;
mod node;

use proc_macro::TokenStream;
use quote::quote;
use rstml::{Parser, ParserConfig};

/// Markup as a view: elements, `"text"`, `{expressions}`, and components by their names.
///
/// An attribute's value is a Rust expression. `on:click` listens, `prop:value` sets a property, `class:wide` adds a
/// class where its value is true, `node_ref` keeps hold of the element, `inner_html` is its content.
#[proc_macro]
pub fn view(markup: TokenStream) -> TokenStream {
    let parser = Parser::new(ParserConfig::default().recover_block(true));
    let (nodes, errors) = parser.parse_recoverable(markup).split_vec();
    let errors = errors.into_iter().map(|error| error.emit_as_expr_tokens());
    let view = node::view(&nodes);
    quote! {{ #(#errors;)* #view }}.into()
}
