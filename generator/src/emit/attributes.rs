//! Doc comments and `deprecated` attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{Docs, When};

/// The doc comment of an item.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().iter().map(|line| spaced(line));
    quote! { #(#[doc = #lines])* }
}

/// The doc comment of a module, from inside.
pub(super) fn inner_docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().iter().map(|line| spaced(line));
    quote! { #(#![doc = #lines])* }
}

/// The attribute of an item that should not be used any more.
pub(super) fn deprecated(reason: Option<&String>) -> TokenStream {
    match reason {
        Some(reason) => quote! { #[deprecated = #reason] },
        None => TokenStream::new(),
    }
}

/// The condition of an item whose features are not those of what it stands in.
pub(super) fn cfg(when: &When, within: &When) -> TokenStream {
    if when == within {
        return TokenStream::new();
    }
    match when.features.as_slice() {
        [] => TokenStream::new(),
        [one] => quote! { #[cfg(feature = #one)] },
        any => quote! { #[cfg(any(#(feature = #any),*))] },
    }
}

/// Several items under one condition.
pub(super) fn cfg_all(when: &When, within: &When, items: TokenStream) -> TokenStream {
    let cfg = cfg(when, within);
    if cfg.is_empty() {
        return items;
    }
    let items = syn::parse2::<syn::File>(items)
        .expect("every shape that is quoted is Rust")
        .items;
    quote! { #(#cfg #items)* }
}

/// What a file says that still has to deal with deprecated items.
pub(super) fn allow_deprecated(needed: bool) -> TokenStream {
    if !needed {
        return TokenStream::new();
    }
    quote! { #![allow(deprecated, reason = "what is deprecated is still read and written")] }
}

fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}
