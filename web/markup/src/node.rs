//! Nodes: elements, components, texts and expressions.

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::{Block, Expr, Stmt};

use crate::attribute;

/// Several nodes as one view.
pub(crate) fn view(nodes: &[Node]) -> TokenStream {
    let parts: Vec<TokenStream> = nodes.iter().map(part).collect();
    match parts.as_slice() {
        [one] => quote! { crate::ui::view::IntoView::into_view(#one) },
        _ => quote! {
            crate::ui::view::View::of([#(crate::ui::view::IntoView::into_view(#parts)),*])
        },
    }
}

/// A node as an expression that can be made a view.
fn part(node: &Node) -> TokenStream {
    match node {
        Node::Element(element) if is_component(element.name()) => component(element),
        Node::Element(element) => self::element(element),
        Node::Fragment(fragment) => view(&fragment.children),
        Node::Block(NodeBlock::ValidBlock(block)) => inner(block),
        Node::Block(NodeBlock::Invalid(block)) => block.body.clone(),
        Node::Text(text) => {
            let text = &text.value;
            quote! { #text }
        }
        other => {
            syn::Error::new_spanned(other, "expected an element, a component, \"text\" or {an expression}")
                .to_compile_error()
        }
    }
}

/// A component's name begins with a capital letter, or is a path.
fn is_component(name: &NodeName) -> bool {
    matches!(name, NodeName::Path(_)) && name.to_string().contains(|letter: char| letter.is_uppercase())
}

fn element(element: &NodeElement<rstml::Infallible>) -> TokenStream {
    let tag = element.name().to_string();
    let attributes = attributes(element).map(|attribute| match attribute {
        Ok(attribute) => attribute::of_element(attribute),
        Err(error) => error,
    });
    let children = element.children.iter().map(part);
    quote! { crate::ui::view::El::new(#tag) #(#attributes)* #(.child(#children))* }
}

/// A component is a function of its properties, which Leptos' `#[component]` makes a builder for.
fn component(element: &NodeElement<rstml::Infallible>) -> TokenStream {
    let name = element.name();
    let properties = attributes(element).map(|attribute| match attribute {
        Ok(attribute) => attribute::of_component(attribute),
        Err(error) => error,
    });
    let children = (!element.children.is_empty()).then(|| {
        let children = view(&element.children);
        quote! { .children(crate::ui::view::ToChildren::to_children(move || #children)) }
    });
    quote! {
        ::leptos::component::component_view(
            &#name,
            ::leptos::component::component_props_builder(&#name) #(#properties)* #children .build()
        )
    }
}

fn attributes(
    element: &NodeElement<rstml::Infallible>,
) -> impl Iterator<Item = Result<&KeyedAttribute, TokenStream>> {
    element.attributes().iter().map(|attribute| match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => {
            Err(syn::Error::new_spanned(block, "expected an attribute with a name").to_compile_error())
        }
    })
}

/// What a block says; where it is a single expression its braces would be warned of.
pub(crate) fn inner(block: &Block) -> TokenStream {
    match block.stmts.as_slice() {
        [Stmt::Expr(expression, None)] => quote! { #expression },
        _ => quote! { #block },
    }
}

/// The same of an expression.
pub(crate) fn bare(expression: &Expr) -> TokenStream {
    match expression {
        Expr::Block(block) if block.attrs.is_empty() && block.label.is_none() => inner(&block.block),
        other => quote! { #other },
    }
}
