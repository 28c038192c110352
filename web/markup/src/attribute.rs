//! Attributes, properties and listeners.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::node::KeyedAttribute;

use crate::node::bare;

/// A call of the element's builder.
pub(crate) fn of_element(attribute: &KeyedAttribute) -> TokenStream {
    let name = attribute.key.to_string();
    let value = attribute.value().map(bare).unwrap_or_else(|| quote! { "" });
    match name.split_once(':') {
        Some(("on", event)) => {
            let kind = format_ident!("{}", event_type(event));
            quote! { .on::<::web_sys::#kind>(#event, #value) }
        }
        Some(("prop", property)) => quote! { .prop(#property, #value) },
        Some(("class", class)) => quote! { .class(#class, #value) },
        Some(_) => {
            syn::Error::new_spanned(&attribute.key, "expected on:, prop: or class:").to_compile_error()
        }
        None if name == "node_ref" => quote! { .node_ref(#value) },
        None if name == "inner_html" => quote! { .prop("innerHTML", #value) },
        None => quote! { .attr(#name, #value) },
    }
}

/// A call of the component's builder; a name alone stands for the variable of that name.
pub(crate) fn of_component(attribute: &KeyedAttribute) -> TokenStream {
    let name = &attribute.key;
    let value = attribute.value().map_or_else(|| quote! { #name }, bare);
    quote! { .#name(#value) }
}

/// What browsers tell of an event.
fn event_type(event: &str) -> &'static str {
    match event {
        "click" => "MouseEvent",
        "keydown" => "KeyboardEvent",
        "focusout" => "FocusEvent",
        "submit" => "SubmitEvent",
        "paste" => "ClipboardEvent",
        "dragstart" | "dragover" | "drop" => "DragEvent",
        _ => "Event",
    }
}
